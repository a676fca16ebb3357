package workshop

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditWorkshops = db.Statement(`select ` + columns + ` from workshop where operation = $1 order by seq`)
	auditSessions  = db.Statement(`select ` + sessionColumns + ` from workshop_session where operation = $1 order by seq`)
	auditMaterials = db.Statement(`select ` + materialColumns + ` from workshop_material where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "workshop"},
			{Name: "workshop_session"},
			{Name: "workshop_material"},
		},
		Operation: newReplay,
	}
}

// Replay follows an operation's journal and knows which rows should stand. One verb
// changes several tables; which, the entry's subject says.
type Replay struct {
	workshops journal.Kept[Workshop]
	sessions  journal.Kept[Session]
	materials journal.Kept[Material]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	verbs := []string{string(access.WorkshopPlan), string(access.WorkshopAmend), string(access.WorkshopInvite), string(access.WorkshopCancel),
		string(access.WorkshopSupply)}
	numbered := func(row db.Row) string { return journal.Key(row.Number(1)) }
	return &Replay{
		workshops: journal.Kept[Workshop]{Table: "workshop", Columns: columns, All: auditWorkshops, Width: 10, Verbs: verbs, Of: numbered,
			Row: func(op, seq int64, w Workshop) (string, []any) {
				w.Seq = first(w.Seq, seq)
				return journal.Key(w.Seq), w.args(op)
			}},
		sessions: journal.Kept[Session]{Table: "workshop_session", Columns: sessionColumns, All: auditSessions, Width: 8, Verbs: verbs, Of: numbered,
			Row: func(op, seq int64, s Session) (string, []any) {
				s.Seq = first(s.Seq, seq)
				return journal.Key(s.Seq), s.args(op)
			}},
		materials: journal.Kept[Material]{Table: "workshop_material", Columns: materialColumns, All: auditMaterials, Width: 10, Verbs: verbs, Of: numbered,
			Row: func(op, seq int64, m Material) (string, []any) {
				m.Seq = first(m.Seq, seq)
				return journal.Key(m.Seq), m.args(op)
			}},
	}
}

// first is the number that a record says, or else the index of the entry that made it.
func first(said, seq int64) int64 {
	if said != 0 {
		return said
	}
	return seq
}

// Take takes the next entry; false: it is about no workshop.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch kind, _, _ := strings.Cut(act.Subject, "/"); kind {
	case "workshop":
		return r.workshops.Take(a, act)
	case "workshop-session":
		return r.sessions.Take(a, act)
	case "workshop-material":
		return r.materials.Take(a, act)
	}
	return false
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	for _, check := range []func(*db.Tx, *journal.Audit) error{r.workshops.Check, r.sessions.Check, r.materials.Check} {
		if err := check(tx, a); err != nil {
			return err
		}
	}
	return nil
}
