package watchlist

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const (
	columns         = `operation, seq, organisation, id, audience, kind, value, good, until, dropped, body`
	sightingColumns = `operation, seq, organisation, id, audience, seizure, value, body`
)

var (
	insertEntry = db.Statement(`insert into watch_entry (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`)
	dropEntry   = db.Statement(`update watch_entry set dropped = $3, body = $4 where operation = $1 and seq = $2`)
	selectEntry = db.Statement(`select body from watch_entry where operation = $1 and organisation = $2 and id = $3`)
	selectNamed = db.Statement(`select body from watch_entry where operation = $1 and id = $2 and audience {in $3} order by seq`)
	selectOpen  = db.Statement(`select body from watch_entry where operation = $1 and audience {in $2} and dropped = 0 order by seq desc limit $3`)
	selectOwn   = db.Statement(`select body from watch_entry where operation = $1 and organisation = $2 and dropped = 0 and until >= $3 order by seq`)
	selectGood  = db.Statement(`select value from watch_entry where operation = $1 and audience {in $2} and dropped = 0 and good and until >= $3`)
	selectWaits = db.Statement(`select body from watch_entry where operation = $1 and dropped = 0 and not good and until >= $2 order by seq`)
	auditEntry  = db.Statement(`select ` + columns + ` from watch_entry where operation = $1 order by seq`)

	insertSighting = db.Statement(`insert into sighting (` + sightingColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)`)
	selectSighting = db.Statement(`select body from sighting where operation = $1 and organisation = $2 and id = $3`)
	selectOfCase   = db.Statement(`select body from sighting where operation = $1 and audience {in $2} and seizure = $3 order by seq desc limit $4`)
	selectOfValue  = db.Statement(`select body from sighting where operation = $1 and audience {in $2} and value = $3 and seizure = 0 order by seq desc limit $4`)
	auditSighting  = db.Statement(`select ` + sightingColumns + ` from sighting where operation = $1 order by seq`)
)

func (e Entry) args(op int64) []any {
	return []any{op, e.Seq, e.Organisation, string(e.ID), e.Audience, e.Kind, e.Key, e.Good, e.Until, e.Dropped.Entry, db.Encoded(e)}
}

func (s Sighting) args(op int64) []any {
	return []any{op, s.Seq, s.Organisation, string(s.ID), s.Audience, s.Seizure, s.Key, db.Encoded(s)}
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "watch_entry"}, {Name: "sighting"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which rows should stand.
type Replay struct {
	entries   journal.Kept[Entry]
	sightings journal.Kept[Sighting]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{
		entries: journal.Kept[Entry]{Table: "watch_entry", Columns: columns, All: auditEntry, Width: 11,
			Verbs: []string{string(access.WatchSet), string(access.WatchDrop)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, e Entry) (string, []any) {
				if e.Dropped.Entry != 0 {
					e.Dropped.Entry = seq
				} else {
					e.Seq = seq
				}
				return journal.Key(e.Seq), e.args(op)
			}},
		sightings: journal.Kept[Sighting]{Table: "sighting", Columns: sightingColumns, All: auditSighting, Width: 8,
			Verbs: []string{string(access.SightingSay)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, s Sighting) (string, []any) {
				s.Seq = seq
				return journal.Key(seq), s.args(op)
			}},
	}
}

// Take takes the next entry; false: it is about nothing here.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	return r.entries.Take(a, act) || r.sightings.Take(a, act)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := r.entries.Check(tx, a); err != nil {
		return err
	}
	return r.sightings.Check(tx, a)
}

// Good gives the keys of the values that are known to be good, by what the reader may
// read of lists now.
func Good(tx *db.Tx, st operation.Standing, readable db.List) (map[string]bool, error) {
	all, err := db.All(tx, selectGood, db.Text, st.Operation.Number, readable, st.Today())
	out := map[string]bool{}
	for _, key := range all {
		out[key] = true
	}
	return out, err
}

// Waits gives the entries of an operation that wait for a value on a day, whoever may
// read them: for housekeeping, which tells their owners.
func Waits(tx *db.Tx, op int64, day string) ([]Entry, error) {
	return db.All(tx, selectWaits, db.Decoded[Entry], op, day)
}
