package participant

import (
	"cmp"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditPlaces       = db.Statement(`select ` + placesColumns + ` from workshop_places where operation = $1 order by workshop, organisation`)
	auditParticipants = db.Statement(`select ` + columns + ` from workshop_participant where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables:    []journal.Table{{Name: "workshop_places"}, {Name: "workshop_participant"}},
		Operation: newReplay,
	}
}

// Replay follows an operation's journal and knows which rows should stand. One verb
// changes both tables, and those of workshop; which, the entry's subject says.
type Replay struct {
	places       journal.Kept[Places]
	participants journal.Kept[Participant]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	verbs := []string{string(access.WorkshopAmend), string(access.WorkshopNominate), string(access.WorkshopConfirm)}
	return &Replay{
		places: journal.Kept[Places]{Table: "workshop_places", Columns: placesColumns, All: auditPlaces, Width: 5, Verbs: verbs,
			Of: func(row db.Row) string { return journal.Key(row.Number(1), row.Number(2)) },
			Row: func(op, _ int64, p Places) (string, []any) {
				return journal.Key(p.Workshop, p.Organisation), p.args(op)
			}},
		participants: journal.Kept[Participant]{Table: "workshop_participant", Columns: columns, All: auditParticipants, Width: 9, Verbs: verbs,
			Of: func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, p Participant) (string, []any) {
				p.Seq = cmp.Or(p.Seq, seq) // the index of the entry that made it
				return journal.Key(p.Seq), p.args(op)
			}},
	}
}

// Take takes the next entry; false: it is about nobody who takes part.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch kind, _, _ := strings.Cut(act.Subject, "/"); kind {
	case "workshop-places":
		return r.places.Take(a, act)
	case "workshop-participant":
		return r.participants.Take(a, act)
	}
	return false
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := r.places.Check(tx, a); err != nil {
		return err
	}
	return r.participants.Check(tx, a)
}
