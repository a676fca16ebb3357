package practice

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Prepare copies a past operation into the practice, day by day. Its director and
// coordinators do, who are that in the operation of the workshop too, and once: what
// was prepared stays. Days come in their order, when somebody plays them.
//
// The past operation is read first, and what was copied is kept then: no unit ever
// holds the journals of two operations in an order that another one does not.
func (s *Store) Prepare(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, from operation.Code, labels Labels) (days int, err error) {
	var all []Day
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		at, err := enter(tx, s.source.Now(), who, code, id, access.PracticePrepare)
		if err != nil {
			return err
		}
		p, _, err := at.practice(tx)
		if err != nil {
			return err
		}
		past, err := operation.Enter(tx, s.source.Now(), who, from, access.PracticePrepare)
		if err != nil {
			return err
		}
		if last := lastDay(past.Operation); past.Operation.Kind != operation.KindOperation || last == "" || last >= past.Today() {
			return fault.At("from", "practice.not-over")
		}
		all, err = copied(tx, past, newCopier(p.ID, labels))
		return err
	})
	if err == nil && len(all) == 0 {
		err = fault.At("from", "practice.nothing-there")
	}
	if err == nil {
		err = s.db.Write(ctx, string(code), func(tx *db.Tx) error { return s.prepare(tx, who, code, id, all) })
	}
	return len(all), fault.In(access.PracticePrepare, err)
}

// lastDay is the last operational day of an operation; empty: it has none.
func lastDay(o operation.Operation) (last string) {
	for _, ph := range o.Phases {
		if ph.Kind == nilreport.Phase {
			last = max(last, ph.Ends)
		}
	}
	return last
}

func (s *Store) prepare(tx *db.Tx, who access.Actor, code operation.Code, id workshop.ID, all []Day) error {
	at, err := enter(tx, s.source.Now(), who, code, id, access.PracticePrepare)
	if err != nil {
		return err
	}
	p, o, err := at.practice(tx)
	if err != nil {
		return err
	}
	in := operation.Standing{Operation: o, Who: who, Now: at.Now}
	have, err := db.All(tx, selectDays, db.Decoded[Day], o.Number)
	if err != nil {
		return err
	}
	if len(have) > 0 {
		return fault.Of(fault.Conflict, "practice.prepared")
	}
	for _, d := range all {
		if err := s.keepDay(tx, in, access.PracticePrepare, p, &d); err != nil {
			return err
		}
	}
	return nil
}

// keepDay keeps a day as it stands, for those who lead.
func (s *Store) keepDay(tx *db.Tx, in operation.Standing, verb access.Permission, p Practice, d *Day) error {
	var seq int64
	if _, err := s.note(tx, in, verb, fmt.Sprintf("practice-day/%d", d.Number), coordination(p.Organisation), func(int64) any { return *d }, &seq); err != nil {
		return err
	}
	if d.Seq == 0 {
		d.Seq = seq
	}
	_, err := tx.Exec(putDay, d.args(in.Operation.Number)...)
	return err
}

// Advance plays a day: from now on it is one that was. Days are played in their order;
// one that was played is played.
func (s *Store) Advance(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, number int64) (d Day, err error) {
	err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		at, err := enter(tx, s.source.Now(), who, code, id, access.PracticeAdvance)
		if err != nil {
			return err
		}
		p, o, err := at.practice(tx)
		if err != nil {
			return err
		}
		days, err := db.All(tx, selectDays, db.Decoded[Day], o.Number)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(days, func(d Day) bool { return d.Number == number })
		switch {
		case i < 0:
			return fault.Missing()
		case !days[i].Played.IsZero():
			d = days[i]
			return db.Unchanged
		case i > 0 && days[i-1].Played.IsZero():
			return fault.Of(fault.Conflict, "practice.day-order")
		}
		d = days[i]
		d.Played = at.Now
		return s.keepDay(tx, operation.Standing{Operation: o, Who: who, Now: at.Now}, access.PracticeAdvance, p, &d)
	})
	return d, fault.In(access.PracticeAdvance, err)
}

// copied copies what whoever coordinates a past operation reads there now: cases that
// are out, whole and neither withdrawn nor erased, and warnings that were not taken back.
// What enforcement as a whole did not read there, it does not read in a replay either.
func copied(tx *db.Tx, past operation.Standing, c *copier) ([]Day, error) {
	readable, err := past.Readable(tx)
	if err != nil {
		return nil, err
	}
	op, zone := past.Operation.Number, past.Operation.Location()
	found, err := standing(tx, op, readable)
	if err != nil {
		return nil, err
	}
	warnings, err := message.Warnings(tx, op, readable)
	if err != nil {
		return nil, err
	}
	answers, err := message.Feedbacks(tx, op, readable)
	if err != nil {
		return nil, err
	}
	w := &withheld{op: op, by: map[int64]bool{}, answers: map[int64]bool{}}
	if found, warnings, err = w.without(tx, found, warnings); err != nil {
		return nil, err
	}
	if err := c.reporters(tx, found); err != nil {
		return nil, err
	}
	days := map[string]*Day{}
	on := func(t time.Time) *Day {
		day := t.In(zone).Format(time.DateOnly)
		if days[day] == nil {
			days[day] = &Day{Known: Known{Answers: map[string]int64{}, Groups: map[string]int64{}}}
		}
		return days[day]
	}
	for _, f := range found {
		d := on(f.Reported)
		d.add(c.of(f.Draft))
	}
	for _, m := range warnings {
		if m.Taken.State == "" {
			d := on(m.Written)
			if d.Known.Warnings++; len(d.Warnings) < mostOfADay {
				d.Warnings = append(d.Warnings, c.warning(m))
			}
		}
	}
	for _, m := range answers {
		if m.Taken.State == "" && !w.answers[m.Answers] {
			on(m.Written).Known.Answers[m.Outcome]++
		}
	}
	return summed(days), nil
}

func (d *Day) add(c seizure.Draft) {
	d.Known.Cases++
	for _, l := range c.Goods[:min(1, len(c.Goods))] {
		d.Known.Groups[l.Category]++
	}
	if len(d.Cases) < mostOfADay {
		d.Cases = append(d.Cases, c)
	}
}

// standing gives the cases that are out, the oldest first.
func standing(tx *db.Tx, op int64, readable db.List) (out []seizure.Case, err error) {
	for before := int64(math.MaxInt64); len(out) < mostOfReplay; {
		page, err := seizure.Back(tx, op, readable, before, pageOfCases)
		if err != nil {
			return nil, err
		}
		for _, c := range page {
			if c.State == seizure.Released && c.Redacted == "" {
				out = append(out, c)
			}
		}
		if len(page) < pageOfCases {
			break
		}
		before = page[len(page)-1].Seq
	}
	slices.Reverse(out)
	return out, nil
}

// reporters gives administrations their labels, in the order of their first case.
func (c *copier) reporters(tx *db.Tx, all []seizure.Case) error {
	for _, f := range all {
		of, err := organisation.One(tx, f.Organisation)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		c.reports(of.Country)
		c.reports(f.Country)
	}
	return nil
}

// summed numbers days in their order, and adds up what was known each evening.
func summed(days map[string]*Day) []Day {
	var out []Day
	so := Known{Answers: map[string]int64{}, Groups: map[string]int64{}}
	for i, day := range slices.Sorted(maps.Keys(days)) {
		if i == MaxDays {
			break
		}
		d := *days[day]
		so.Cases, so.Warnings, so.Today = so.Cases+d.Known.Cases, so.Warnings+d.Known.Warnings, d.Known.Cases
		for k, n := range d.Known.Answers {
			so.Answers[k] += n
		}
		for k, n := range d.Known.Groups {
			so.Groups[k] += n
		}
		d.Number, d.Question = int64(i+1), int64(i%Questions+1)
		d.Known = Known{Cases: so.Cases, Warnings: so.Warnings, Today: so.Today, Answers: maps.Clone(so.Answers), Groups: maps.Clone(so.Groups)}
		out = append(out, d)
	}
	return out
}
