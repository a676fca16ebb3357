package consignment

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditMarks = db.Statement(`select operation, ` + markColumns + ` from consignment_mark
		where operation = $1 and noun = $2 and record >= $3 and record <= $4 order by record, place`)
	auditNouns = db.Statement(`select noun, count(*) from consignment_mark
		where operation = $1 and noun <> 'message' and noun <> 'seizure' group by noun order by noun`)
	auditLinks = db.Statement(`select operation, ` + linkColumns + `, ended from consignment_link where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "consignment_mark"}, {Name: "consignment_link"}, {Name: "consignment_apart"}}, Operation: newReplay}
}

// Kept is what the entries say of one record's marks.
type Kept struct {
	Entry    int64 // the last that changed them
	Audience int64
	Marks    []Mark
	Unknown  bool // the entry's content is gone
}

// Audit holds the marks of the records of a noun with numbers from first to last
// against what their entries say. A record that is not in kept has none.
func Audit(tx *db.Tx, a *journal.Audit, noun string, first, last int64, kept map[int64]Kept) error {
	want := journal.Rows{Table: "consignment_mark", Columns: "operation, " + markColumns}
	for _, record := range slices.Sorted(maps.Keys(kept)) {
		k := kept[record]
		if k.Unknown {
			want.Unknown(fmt.Sprint(record))
			continue
		}
		for i, m := range k.Marks {
			want.Put(k.Entry, journal.Key(record, i+1), m.row(a.Operation, record, i+1, noun, k.Audience)...)
		}
	}
	rows, err := db.All(tx, auditMarks, db.Raw(10), a.Operation, noun, first, last)
	if err != nil {
		return err
	}
	want.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(1), row.Number(2)) })
	return nil
}

// Replay follows an operation's journal and knows which links should stand.
type Replay struct {
	made    map[int64]Link
	ended   map[int64]time.Time
	unknown bool // an entry has lost its content

	kept         []Apart
	unknownApart bool
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{made: map[int64]Link{}, ended: map[int64]time.Time{}}
}

// Take takes the next entry; false: it neither linked nor unlinked.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	if r.apart(a, act) {
		return true
	}
	linked := access.Permission(act.Verb) == access.ConsignmentLink
	if !linked && access.Permission(act.Verb) != access.ConsignmentUnlink {
		return false
	}
	if act.Erased {
		r.unknown = true
		return true
	}
	var l Link
	content := act.Before
	if linked {
		content = act.After
	}
	if err := json.Unmarshal(content, &l); err != nil {
		a.Bad(act, err)
		return true
	}
	if !linked {
		r.ended[l.Seq] = act.At
		return true
	}
	l.Seq, l.Audience, l.Organisation, l.Author, l.At = act.Seq, act.Audience, act.Organisation, act.Actor, act.At
	r.made[act.Seq] = l
	return true
}

// Check holds the links of an operation against the entries that made them, and
// finds marks of what is neither a message nor a case.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	want := journal.Rows{Table: "consignment_link", Columns: "operation, " + linkColumns + ", ended"}
	if r.unknown {
		want.Unknown("")
	}
	for seq, l := range r.made {
		want.Put(seq, fmt.Sprint(seq), append(l.row(a.Operation), db.Null(r.ended[seq]))...)
	}
	rows, err := db.All(tx, auditLinks, db.Raw(9), a.Operation)
	if err != nil {
		return err
	}
	want.Check(a, rows, func(row db.Row) string { return fmt.Sprint(row.Number(1)) })
	if err := r.auditApart(tx, a); err != nil {
		return err
	}
	nouns, err := db.All(tx, auditNouns, db.Raw(2), a.Operation)
	for _, n := range nouns {
		a.Found(journal.NoEntry, "consignment_mark", n.Text(0), "%d rows of a noun that carries no marks", n.Number(1))
	}
	return err
}
