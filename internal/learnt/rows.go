package learnt

import (
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

const columns = `operation, seq, organisation, id, audience, owner, given, state, due, origin, body`

var (
	putLearnt = db.Statement(`insert into learnt (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict (operation, seq) do update set audience = excluded.audience, owner = excluded.owner, given = excluded.given,
			state = excluded.state, due = excluded.due, body = excluded.body`)
	selectOwn      = db.Statement(`select body from learnt where operation = $1 and organisation = $2 and id = $3`)
	selectNamed    = db.Statement(`select body from learnt where operation = $1 and audience {in $2} and id = $3 order by seq`)
	selectAll      = db.Statement(`select body from learnt where operation = $1 and audience {in $2} order by seq desc limit $3`)
	selectGiven    = db.Statement(`select body from learnt where operation = $1 and given {in $2} order by seq`)
	selectNumbered = db.Statement(`select body from learnt where operation = $1 and seq = $2`)
	selectOrigin   = db.Statement(`select body from learnt where operation = $1 and origin = $2`)
	countOwed      = db.Statement(`select count(*) from learnt where operation = $1 and owner = $2 and state in ('recorded', 'accepted', 'in-progress')`)
	auditAll       = db.Statement(`select ` + columns + ` from learnt where operation = $1 order by seq`)
)

func (l Learnt) args(op int64) []any {
	return []any{op, l.Seq, l.Organisation, string(l.ID), l.Audience, l.Owner, l.Given, l.State, l.Due, l.From.key(), db.Encoded(l)}
}

// key names a lesson of another operation.
func (o Origin) key() string {
	if o.Operation == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", o.Operation, o.Seq)
}

// Name names a lesson: its originator gave it the id, so where two bodies chose the same
// one it takes whose it is.
type Name struct {
	ID ID
	Of organisation.ID // empty: one's own, or that of the only body that has one under the id
}

// find gives a lesson that the actor may read; Missing: there is none, or the name could
// mean another, too.
func find(tx *db.Tx, st operation.Standing, n Name) (Learnt, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return Learnt{}, err
	}
	all, err := db.All(tx, selectNamed, db.Decoded[Learnt], st.Operation.Number, readable, string(n.ID))
	if err != nil {
		return Learnt{}, err
	}
	own := st.Who.Organisation
	if n.Of != "" {
		of, err := organisation.ByID(tx, n.Of)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return Learnt{}, err
		}
		own = of.Number
	}
	for _, l := range all {
		if l.Organisation == own || n.Of == "" && len(all) == 1 {
			return l, nil
		}
	}
	return Learnt{}, fault.Missing()
}

// readable gives the lessons of an operation that the actor may read, the newest first.
func readable(tx *db.Tx, st operation.Standing) ([]Learnt, error) {
	open, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	return db.All(tx, selectAll, db.Decoded[Learnt], st.Operation.Number, open, int64(MaxListed))
}

// ByEntries gives the lessons that some entries gave to their present owners, by
// entry, whoever may read them: for housekeeping, which decides by their audiences.
func ByEntries(tx *db.Tx, op int64, entries db.List) (map[int64]Learnt, error) {
	out := map[int64]Learnt{}
	if len(entries) == 0 {
		return out, nil
	}
	all, err := db.All(tx, selectGiven, db.Decoded[Learnt], op, entries)
	for _, l := range all {
		out[l.Given] = l
	}
	return out, err
}

// Owed counts what an organisation still owes in an operation.
func Owed(tx *db.Tx, st operation.Standing) (int64, error) {
	if !st.May(access.LearntSettle) {
		return 0, nil
	}
	return db.One(tx, countOwed, db.Int64, st.Operation.Number, st.Who.Organisation)
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "learnt"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which rows should stand.
type Replay struct{ kept journal.Kept[Learnt] }

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{journal.Kept[Learnt]{Table: "learnt", Columns: columns, All: auditAll, Width: 11,
		Verbs: []string{string(access.LearntRecord), string(access.LearntAmend), string(access.LearntSettle), string(access.LearntCarry)},
		Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
		Row:   func(op, _ int64, l Learnt) (string, []any) { return journal.Key(l.Seq), l.args(op) }}}
}

// Take takes the next entry; false: it is about no lesson learnt.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool { return r.kept.Take(a, act) }

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error { return r.kept.Check(tx, a) }
