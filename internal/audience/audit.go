package audience

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const (
	audienceColumns = `operation, number, value`
	memberColumns   = `operation, organisation, since, side, until`
	readerColumns   = `operation, organisation, audience, since, until`
)

var (
	auditAudiences = db.Statement(`select ` + audienceColumns + ` from audience where operation = $1 order by number`)
	auditMembers   = db.Statement(`select ` + memberColumns + ` from audience_member where operation = $1 order by organisation, since`)
	auditReaders   = db.Statement(`select ` + readerColumns + ` from audience_reader where operation = $1 and organisation = $2 order by audience, since`)
	auditReading   = db.Statement(`select organisation from audience_reader where operation = $1 group by organisation`)

	auditNamed = db.Statement(`select operation, audience, named from audience_operation where operation = $1 order by audience, named`)
)

// Tables are what this package keeps: what operation replays tells what should stand.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "audience"},
			{Name: "audience_member"},
			{Name: "audience_reader"},
			{Name: "audience_operation"},
		},
	}
}

// Replay follows an operation's journal and knows which audiences, members and
// readers should stand.
type Replay struct {
	op      int64
	epochs  []epoch
	used    map[int64]use
	unknown bool // who joined or left is not known: contents were erased
}

// epoch is one membership: who reads from when to when.
type epoch struct {
	organisation int64
	side         access.Side
	since, until time.Time
	began, ended int64 // entries; ended is 0 while it lasts
}

// use is the first that an audience was used, and the value that entries give it.
type use struct {
	first int64
	value string
	named int64 // the entry that gave the value
}

// NewReplay begins at an operation that is not opened yet. It hears of every audience
// that an entry uses.
func NewReplay(a *journal.Audit) *Replay {
	r := &Replay{op: a.Operation, used: map[int64]use{}}
	a.Audiences = func(seq, number int64, value string) { r.use(a, seq, number, value) }
	return r
}

// Joined says that an organisation joined, by that entry.
func (r *Replay) Joined(seq, organisation int64, side access.Side, at time.Time) {
	r.epochs = append(r.epochs, epoch{organisation: organisation, side: side, since: at, began: seq})
}

// Left says that an organisation left, by that entry; one that was only invited
// reads nothing.
func (r *Replay) Left(seq, organisation int64, at time.Time) {
	for i, e := range r.epochs {
		if e.organisation == organisation && e.ended == 0 {
			r.epochs[i].until, r.epochs[i].ended = at, seq
		}
	}
}

// Unknown says that an entry about members has lost its content.
func (r *Replay) Unknown() { r.unknown = true }

func (r *Replay) use(a *journal.Audit, seq, number int64, value string) {
	if number == 0 {
		return
	}
	u, known := r.used[number]
	if !known || seq < u.first {
		u.first = seq
	}
	switch {
	case value == "":
	case u.value == "":
		u.value, u.named = value, seq
	case u.value != value:
		a.Found(seq, "audience", fmt.Sprint(number), "the entry gives it another value than entry %d", u.named)
	}
	r.used[number] = u
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	values := journal.Rows{Table: "audience", Columns: audienceColumns}
	for number, u := range r.used {
		if u.value == "" {
			values.Unknown(fmt.Sprint(number))
			continue
		}
		values.Put(u.named, fmt.Sprint(number), r.op, number, u.value)
	}
	rows, err := db.All(tx, auditAudiences, db.Raw(3), r.op)
	if err != nil {
		return err
	}
	values.Check(a, rows, func(row db.Row) string { return fmt.Sprint(row.Number(1)) })

	if err := r.named(tx, a); err != nil {
		return err
	}
	members := journal.Rows{Table: "audience_member", Columns: memberColumns}
	if r.unknown {
		members.Unknown("")
	}
	for _, e := range r.epochs {
		members.Put(max(e.began, e.ended), journal.Key(e.organisation, e.since.UnixMicro()), r.op, e.organisation, e.since, string(e.side), db.Null(e.until))
	}
	if rows, err = db.All(tx, auditMembers, db.Raw(5), r.op); err != nil {
		return err
	}
	members.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(1), row.Number(2)) })
	return r.readers(tx, a)
}

// named holds the operations that audiences name against their values.
func (r *Replay) named(tx *db.Tx, a *journal.Audit) error {
	want := journal.Rows{Table: "audience_operation", Columns: `operation, audience, named`}
	for number, u := range r.used {
		value, err := Parse(u.value)
		if err != nil {
			want.Unknown(fmt.Sprint(number))
			continue
		}
		for _, named := range value.Operations {
			want.Put(u.named, journal.Key(number, named), r.op, number, named)
		}
	}
	rows, err := db.All(tx, auditNamed, db.Raw(3), r.op)
	want.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(1), row.Number(2)) })
	return err
}

// readers goes organisation by organisation, so that it remembers one at a time.
func (r *Replay) readers(tx *db.Tx, a *journal.Audit) error {
	parsed := map[int64]Value{}
	for number, u := range r.used {
		if v, err := Parse(u.value); err == nil {
			parsed[number] = v
		}
	}
	of := map[int64][]epoch{}
	for _, e := range r.epochs {
		of[e.organisation] = append(of[e.organisation], e)
	}
	reading, err := db.All(tx, auditReading, db.Int64, r.op)
	if err != nil {
		return err
	}
	for _, organisation := range reading {
		of[organisation] = append(of[organisation], []epoch{}...)
	}
	for _, organisation := range slices.Sorted(maps.Keys(of)) {
		if err := r.reader(tx, a, organisation, of[organisation], parsed); err != nil {
			return err
		}
	}
	return nil
}

func (r *Replay) reader(tx *db.Tx, a *journal.Audit, organisation int64, epochs []epoch, values map[int64]Value) error {
	want := journal.Rows{Table: "audience_reader", Columns: readerColumns}
	if r.unknown {
		want.Unknown("")
	}
	for number, u := range r.used {
		value, ok := values[number]
		if !ok {
			want.Unknown(fmt.Sprint(number))
			continue
		}
		for _, e := range epochs {
			// What was written after an organisation had left, it never read.
			if value.Has(organisation, e.side) && (e.ended == 0 || u.first < e.ended) {
				want.Put(max(e.began, e.ended), journal.Key(number, organisation, e.since.UnixMicro()), r.op, organisation, number, e.since, db.Null(e.until))
			}
		}
	}
	rows, err := db.All(tx, auditReaders, db.Raw(5), r.op, organisation)
	want.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(2), row.Number(1), row.Number(3)) })
	return err
}
