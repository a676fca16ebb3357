package notice

import (
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Learnt is the reason why a lesson learnt matters: the person's organisation is to see
// to it.
const Learnt = "learnt"

// learnt tells those who answer for the owner of a lesson, and the person who was named.
func (s *sieve) learnt(entries []journal.Entry) error {
	var numbers db.List
	for _, e := range entries {
		if e.Verb == string(access.LearntRecord) || e.Verb == string(access.LearntAmend) || e.Verb == string(access.LearntCarry) {
			numbers = append(numbers, e.Seq)
		}
	}
	all, err := learnt.ByEntries(s.tx, s.operation, numbers)
	for _, e := range entries {
		l, ok := all[e.Seq]
		if !ok || !l.Open() {
			continue
		}
		people, noPeople := s.peopleOf(l.Owner)
		err = errors.Join(err, noPeople)
		for _, p := range people {
			if p.May(access.LearntSettle) || p.Person == l.Person && p.May(access.LearntRead) {
				s.keep(e, e.Seq, p, Learnt)
			}
		}
	}
	return err
}

// openLessons reads the lessons that are wanted: while the reader's organisation sees
// to them, and as long as something is to be done.
func (d *desk) openLessons(tx *db.Tx, st operation.Standing, open db.List) error {
	d.readableLessons = map[int64]learnt.Learnt{}
	if len(d.lessons) == 0 || !st.May(access.LearntRead) {
		return nil
	}
	all, err := learnt.ByEntries(tx, st.Operation.Number, d.lessons)
	for seq, l := range all {
		if slices.Contains(open, l.Audience) && l.Owner == st.Who.Organisation && l.Open() {
			d.readableLessons[seq] = l
		}
	}
	return err
}

func (d *desk) learnt(n Notice) (Notice, bool) {
	l, ok := d.readableLessons[n.Seq]
	n.Learnt, n.From = &l, organisation.Organisation{Number: l.Organisation}
	return n, ok
}
