package inquiry

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Time is how fast one right holder answers, as far as the reader sees its inquiries.
type Time struct {
	Holder   organisation.Organisation
	Asked    int
	Answered int
	Late     int           // answered late, or not at all by now
	Median   time.Duration // from question to first answer
}

// Times measures the inquiries that the actor may see, of one operation or, without a
// code, of all in which it takes part, by right holder, by name. The parts of a request
// count once they were answered: before, nobody but coordination knows of them.
func (s *Store) Times(ctx context.Context, who access.Actor, code operation.Code) ([]Time, error) {
	var out []Time
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		where, err := s.measuring(tx, who, code)
		if err != nil {
			return err
		}
		var all []Inquiry
		for _, d := range where {
			some, err := d.seen(tx, selectReadable)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		out, err = measured(tx, s.source.Now(), all)
		return err
	})
	return out, fault.In(access.InquiryRead, err)
}

func (s *Store) measuring(tx *db.Tx, who access.Actor, code operation.Code) ([]desk, error) {
	if code == "" {
		all, err := desks(tx, s.source.Now(), who)
		if err == nil && len(all) == 0 {
			err = fault.Missing()
		}
		return all, err
	}
	st, err := operation.Enter(tx, s.source.Now(), who, code, access.InquiryRead)
	if err != nil {
		return nil, err
	}
	d, err := deskOf(tx, st)
	return []desk{d}, err
}

// seen gives those of a query by audience that the actor may see.
func (d desk) seen(tx *db.Tx, q db.SQL) ([]Inquiry, error) {
	all, err := db.All(tx, q, scan, d.standing.Operation.Number, d.readable)
	return slices.DeleteFunc(all, func(i Inquiry) bool { return !d.sees(i) }), err
}

// Waiting counts the inquiries of all operations that wait for an answer of those for
// whom the actor acts. Missing: it stands nowhere on a right holder's side.
func (s *Store) Waiting(ctx context.Context, who access.Actor) (int64, error) {
	var n int64
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		n = 0
		all, err := desks(tx, s.source.Now(), who)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(d desk) bool { return d.standing.Side() != access.RightHolderSide })
		if len(all) == 0 {
			return fault.Missing()
		}
		for _, d := range all {
			open, err := d.seen(tx, selectOpen)
			if err != nil {
				return err
			}
			n += int64(len(open))
		}
		return nil
	})
	return n, fault.In(access.InquiryRead, err)
}

func measured(tx *db.Tx, now time.Time, all []Inquiry) ([]Time, error) {
	by := map[int64]*Time{}
	took := map[int64][]time.Duration{}
	var order []int64
	for _, i := range all {
		t := by[i.Holder]
		if t == nil {
			t = &Time{}
			by[i.Holder], order = t, append(order, i.Holder)
		}
		t.Asked++
		if i.Late(now) {
			t.Late++
		}
		if len(i.Answers) == 0 {
			continue
		}
		t.Answered++
		if i.Answers[0].Late {
			t.Late++
		}
		took[i.Holder] = append(took[i.Holder], i.Answers[0].At.Sub(i.At))
	}
	names, err := organisation.These(tx, order)
	var out []Time
	for _, n := range order {
		t := *by[n]
		t.Holder, t.Median = names[n], median(took[n])
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b Time) int { return cmp.Compare(a.Holder.Name, b.Holder.Name) })
	return out, err
}

// median is the middle one, or the mean of the two in the middle.
func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	n := len(all)
	switch {
	case n == 0:
		return 0
	case n%2 == 1:
		return all[n/2]
	}
	return (all[n/2-1] + all[n/2]) / 2
}

// Addressees lists the organisations that are told of an inquiry to a right holder: it,
// and who acts for it in that operation, as far as the mandate goes.
func Addressees(tx *db.Tx, now time.Time, op int64, i Inquiry) ([]int64, error) {
	o, err := operation.ByNumber(tx, op)
	if err != nil {
		return nil, err
	}
	members, err := operation.Members(tx, op)
	var out []int64
	for _, m := range members {
		if m.Membership.Side != access.RightHolderSide {
			continue
		}
		st := operation.Standing{Operation: o, Organisation: m.Organisation, Membership: m.Membership, Now: now}
		st.Who.Organisation = m.Membership.Organisation
		d, err := deskOf(tx, st)
		if err != nil {
			return nil, err
		}
		if slices.Contains(d.readable, i.Audience) && d.acts(i) {
			out = append(out, m.Membership.Organisation)
		}
	}
	return out, err
}
