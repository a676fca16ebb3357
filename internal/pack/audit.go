package pack

import (
	"encoding/json"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// auditPage is how many rows an audit reads at once.
const auditPage = 5000

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "code_pack", Instance: true, Stays: "lists of codes belong to the instance: load them there"},
			{Name: "code_item", Instance: true, Stays: "lists of codes belong to the instance: load them there"},
		},
		Instance: newReplay,
	}
}

// Replay follows the instance's journal and knows which lists should stand.
type Replay struct {
	rows journal.Rows
	made map[int64]standing
}

// standing is a list that should stand, and the entry that loaded it.
type standing struct {
	Pack
	seq int64
}

// newReplay begins at an empty instance.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{rows: journal.Rows{Table: "code_pack", Columns: packColumns}, made: map[int64]standing{}}
}

// Take takes the next entry; false: it is none of a list.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	content := act.After
	switch access.Permission(act.Verb) {
	case access.PackAdd:
	case access.PackRemove:
		content = act.Before
	default:
		return false
	}
	var p Pack
	if err := json.Unmarshal(content, &p); err != nil { // nobody erases an entry about a list
		a.Bad(act, err)
		return true
	}
	key := journal.Key(p.Name, p.Edition)
	if access.Permission(act.Verb) == access.PackRemove {
		r.rows.Remove(key)
		delete(r.made, p.Number)
		return true
	}
	r.rows.Put(act.Seq, key, p.args()...)
	r.made[p.Number] = standing{p, act.Seq}
	return true
}

// Check holds the rows against what was replayed, and every list's own rows
// against the digest in its entry.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, selectPacks, db.Raw(11))
	if err != nil {
		return err
	}
	r.rows.Check(a, rows, func(row db.Row) string { return journal.Key(row.Text(2), row.Text(3)) })
	counts, err := db.All(tx, countItems, func(row db.Scanner) (n [2]int64, err error) {
		err = row.Scan(&n[0], &n[1])
		return n, err
	})
	if err != nil {
		return err
	}
	for _, n := range counts {
		if _, ok := r.made[n[0]]; !ok {
			a.Found(journal.NoEntry, "code_item", journal.Key(n[0]), "%d rows of a list that no entry loaded", n[1])
		}
	}
	for number, want := range r.made {
		if err := want.check(tx, a, number); err != nil {
			return err
		}
	}
	return nil
}

// check recomputes the digest of a list's rows.
func (want standing) check(tx *db.Tx, a *journal.Audit, number int64) error {
	var have digest
	for last := ""; ; {
		rows, err := db.All(tx, selectPage, scanColumns, number, last, int64(auditPage))
		if err != nil {
			return err
		}
		for _, columns := range rows {
			have.add(columns)
			a.Compared("code_item")
			last = columns[0]
		}
		if len(rows) < auditPage {
			break
		}
	}
	if have.rows != want.Rows || have.text() != want.Digest {
		a.Found(want.seq, "code_item", journal.Key(want.Name, want.Edition), "%d rows that are not the %d that the entry loaded", have.rows, want.Rows)
	}
	return nil
}

func scanColumns(row db.Scanner) ([]string, error) {
	columns, into := make([]string, 8), make([]any, 8)
	for i := range columns {
		into[i] = &columns[i]
	}
	return columns, row.Scan(into...)
}
