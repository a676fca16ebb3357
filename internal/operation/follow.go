package operation

import (
	"context"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Pattern is an operation that is taken as the pattern of a new one: what it is, and
// which organisations take part. Nothing that was reported or said in it is among it.
type Pattern struct {
	Standing Standing
	Members  []Member // that take part now, without their people and without the directing body
}

// Follow gives an operation as a pattern to who draws conclusions of it.
func (s *Store) Follow(ctx context.Context, who access.Actor, code Code) (p Pattern, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if p.Standing, err = Enter(tx, s.source.Now(), who, code, access.OperationFollow); err != nil {
			return err
		}
		p.Members = nil
		all, err := Members(tx, p.Standing.Operation.Number)
		for _, m := range all {
			if m.Organisation.Number != p.Standing.Organisation.Number {
				p.Members = append(p.Members, m)
			}
		}
		return err
	})
	return p, fault.In(string(access.OperationFollow), err)
}

// week is what phases are shifted by: a calendar that began on a Monday does so again.
const week = 7 * 24 * time.Hour

// Again is the first day of a calendar like this one: on the same day of the week, a
// year or as many years later as it takes to lie a month ahead.
func (o Operation) Again(today string) string {
	first, err := time.Parse(time.DateOnly, o.first())
	now, wrong := time.Parse(time.DateOnly, today)
	if err != nil || wrong != nil {
		return today
	}
	for first.Before(now.AddDate(0, 1, 0)) {
		first = first.Add(52 * week)
	}
	return first.Format(time.DateOnly)
}

// first is the day on which the calendar begins.
func (o Operation) first() string {
	out := ""
	for _, p := range o.Phases {
		if out == "" || p.Starts < out {
			out = p.Starts
		}
	}
	return out
}

// Shifted gives the phases at the same distances from another first day; as they are
// where that is no day.
func (o Operation) Shifted(first string) []Phase {
	from, err := time.Parse(time.DateOnly, o.first())
	to, wrong := time.Parse(time.DateOnly, first)
	if err != nil || wrong != nil {
		return o.Phases
	}
	days := int(to.Sub(from).Hours() / 24)
	move := func(day string) string {
		t, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return day
		}
		return t.AddDate(0, 0, days).Format(time.DateOnly)
	}
	out := make([]Phase, len(o.Phases))
	for i, p := range o.Phases {
		out[i] = Phase{Kind: p.Kind, Name: p.Name, Starts: move(p.Starts), Ends: move(p.Ends)}
	}
	return out
}
