package register

import (
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Look is what one reader may know of an operation's cases while it stands still.
type Look struct {
	columns  *columns
	size     int64 // of the journal that they belong to
	readable db.List
	who      int64 // organisation
	person   string
}

// Look brings an operation's cases up to this snapshot and holds them still until done
// is called: those of some audiences. Never inside a write.
func (r *Register) Look(tx *db.Tx, st operation.Standing, readable db.List) (l Look, done func(), err error) {
	l = Look{readable: readable, who: st.Who.Organisation, person: st.Who.Person}
	l.columns, l.size, done, err = r.followed.Current(tx, st.Operation.Number)
	return l, done, err
}

func (l Look) asked(f Filter) *question { return l.columns.asked(f, l.readable, l.who, l.person) }

// Counts are how many cases match a filter, and how many every other choice would
// leave.
func (l Look) Counts(f Filter) Counts { return l.asked(f).count() }

// Newest gives the numbers of the newest cases before one that match, newest first.
func (l Look) Newest(f Filter, before int64, limit int) []int64 {
	return l.asked(f).page(before, limit)
}

// Groups groups the cases that match a filter by a dimension (a coded filter, Brand, or
// one of those above; empty: one group) and by a second. Lines that are meant pass
// every filter of lines themselves.
func (l Look) Groups(f Filter, by, split string) Groups {
	g := l.columns.group(l.asked(f), f, by, split)
	g.Size = l.size
	return g
}
