package links

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/likeness"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Bounds of what one look costs.
const (
	maxEvent  = 200 // cases of one country and day that are compared
	MaxHints  = 10  // of one case
	maxLooked = 100 // cases that one page of doubles looks at
)

// Hints gives the cases that may be the same as one that is not stored yet (seq
// 0: the draft of the actor's organisation), or as one that the actor may read.
// Coordination is told of all that it reads. A reporter is told only if both
// reporters may read both cases, as things stand now; nobody else is told.
func (s *Store) Hints(ctx context.Context, who access.Actor, code operation.Code, draft seizure.Draft, seq int64) (Hints, error) {
	var out Hints
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := s.look(tx, who, code, access.SeizureRead)
		if err != nil {
			return err
		}
		out = l.hintsFor()
		subject := seizure.Case{Draft: draft, Organisation: who.Organisation, State: seizure.Released}
		if seq != 0 {
			if subject, err = l.caseOf(tx, seq); err != nil {
				return err
			}
		}
		out.Items, err = l.hints(tx, subject)
		return err
	})
	if err != nil {
		return Hints{}, fmt.Errorf("%s: %w", access.DuplicateRead, err)
	}
	return out, nil
}

func (l look) hintsFor() Hints {
	return Hints{Standing: l.Standing, MayRelate: l.coordinates() && l.May(access.SeizureRelate), MayDismiss: l.coordinates() && l.May(access.DuplicateDismiss)}
}

func (l look) coordinates() bool {
	return l.Side() == access.Coordination && l.May(access.DuplicateRead)
}

func (l look) caseOf(tx *db.Tx, seq int64) (seizure.Case, error) {
	r, err := l.one(tx, seq)
	if err == nil && r.Case == nil {
		err = fault.Missing()
	}
	if err != nil {
		return seizure.Case{}, err
	}
	return *r.Case, nil
}

// hints looks for the doubles of a case, among those that the reader may read.
func (l look) hints(tx *db.Tx, c seizure.Case) ([]Hint, error) {
	if !isOut(c) {
		return nil, nil
	}
	reasons, err := l.reasons(tx, c)
	if err != nil || len(reasons) == 0 {
		return nil, err
	}
	var seqs db.List
	for seq := range reasons {
		seqs = append(seqs, seq)
	}
	slices.Sort(seqs)
	others, err := seizure.Some(tx, l.op(), l.readable, seqs)
	if err != nil {
		return nil, err
	}
	kept, err := consignment.KeptApart(tx, l.op(), db.List{c.Seq})
	if err != nil {
		return nil, err
	}
	var out []Hint
	for _, other := range others {
		if !isOut(other) || related(c, other) || kept[consignment.PairOf(c.Seq, other.Seq)] {
			continue
		}
		tell, err := l.tell(tx, c, other)
		if err != nil {
			return nil, err
		}
		if r := settled(reasons[other.Seq](other)); tell && len(r) > 0 {
			out = append(out, Hint{Case: other, Reasons: r})
		}
	}
	slices.SortStableFunc(out, func(a, b Hint) int {
		return cmp.Or(cmp.Compare(b.Strength(), a.Strength()), cmp.Compare(b.Case.Seq, a.Case.Seq))
	})
	return l.signed(tx, out[:min(len(out), MaxHints)])
}

// tell decides whether the reader is told that two cases may be one.
func (l look) tell(tx *db.Tx, c, other seizure.Case) (bool, error) {
	if l.coordinates() {
		return true, nil
	}
	if own := l.Who.Organisation; own != c.Organisation && own != other.Organisation {
		return false, nil
	}
	of, err := l.readers(tx, c)
	if err != nil || !slices.Contains(of, other.Organisation) {
		return false, err
	}
	of, err = audience.Readers(tx, l.op(), other.Audience, l.Now)
	return slices.Contains(of, c.Organisation), err
}

// readers are the organisations that may read a case: one that is not stored yet,
// once it is released.
func (l look) readers(tx *db.Tx, c seizure.Case) ([]int64, error) {
	if c.Seq == 0 {
		return seizure.ReleasedTo(tx, l.Standing)
	}
	return audience.Readers(tx, l.op(), c.Audience, l.Now)
}

func (l look) signed(tx *db.Tx, hints []Hint) ([]Hint, error) {
	var from []int64
	for _, h := range hints {
		from = append(from, h.Case.Organisation)
	}
	slices.Sort(from)
	bodies, err := organisation.These(tx, slices.Compact(from))
	for i := range hints {
		hints[i].From = bodies[hints[i].Case.Organisation]
	}
	return hints, err
}

// reasons gives for each case that shares something what that is. Nothing is
// asked that the reader may not read, and what is asked is bounded.
func (l look) reasons(tx *db.Tx, c seizure.Case) (map[int64]func(seizure.Case) []Reason, error) {
	found := map[int64][]func(seizure.Case) []Reason{}
	for _, m := range c.Marks {
		if _, tells := telling(m, c.Draft, c.Draft); !tells {
			continue
		}
		carriers, _, err := consignment.Carrying(tx, l.op(), l.readable, m, c.Seq, consignment.Message, MaxNamed)
		if err != nil {
			return nil, err
		}
		for _, r := range carriers {
			found[r.Record] = append(found[r.Record], func(other seizure.Case) []Reason {
				strength, _ := telling(m, c.Draft, other.Draft)
				return []Reason{{Kind: ByMark, Strength: strength, Mark: consignment.Mark{Kind: m.Kind, Value: m.Value}}}
			})
		}
	}
	if err := l.likeness(tx, c.Seq, found); err != nil {
		return nil, err
	}
	if c.Country != "" && c.Day != "" && c.Place != "" {
		event, _, err := seizure.OfEvent(tx, l.op(), l.readable, c.Draft, c.Seq, maxEvent)
		if err != nil {
			return nil, err
		}
		for _, other := range event {
			if r := sameEvent(c.Draft, other.Draft); len(r) > 0 {
				found[other.Seq] = append(found[other.Seq], func(seizure.Case) []Reason { return r })
			}
		}
	}
	out := map[int64]func(seizure.Case) []Reason{}
	for seq, all := range found {
		out[seq] = func(other seizure.Case) (reasons []Reason) {
			for _, of := range all {
				reasons = append(reasons, of(other)...)
			}
			return reasons
		}
	}
	return out, nil
}

// likeness adds the records that have the same files as a stored case, or
// pictures that look alike.
func (l look) likeness(tx *db.Tx, seq int64, found map[int64][]func(seizure.Case) []Reason) error {
	if seq == 0 {
		return nil
	}
	add := func(record int64, r Reason) {
		found[record] = append(found[record], func(seizure.Case) []Reason { return []Reason{r} })
	}
	same, err := l.sameFiles(tx, seq)
	if err != nil {
		return err
	}
	for _, record := range same {
		add(record, Reason{Kind: ByFile, Strength: Strong})
	}
	near, err := likeness.Near(tx, l.op(), l.readable, seq)
	for record, differ := range near {
		if !slices.Contains(same, record) {
			add(record, Reason{Kind: ByPicture, Strength: Likely, Differ: differ})
		}
	}
	return err
}

// sameFiles gives the records that have a file of a case's. What was withdrawn says
// nothing any more, to nobody.
func (l look) sameFiles(tx *db.Tx, seq int64) (out []int64, err error) {
	pairs, err := attachment.Same(tx, l.op(), l.readable, seq, maxEvent)
	if err != nil {
		return nil, err
	}
	var all db.List
	for _, p := range pairs {
		all = append(all, p.Own, p.Other)
	}
	gone, err := seizure.StruckOf(tx, l.op(), all)
	for _, p := range pairs {
		if !slices.Contains(gone, p.Own) && !slices.Contains(gone, p.Other) && !slices.Contains(out, p.Record) {
			out = append(out, p.Record)
		}
	}
	return out, err
}

// Duplicates gives the hints that are open, as coordination sees them: cases from
// the newest on, each with older ones that may be the same.
func (s *Store) Duplicates(ctx context.Context, who access.Actor, code operation.Code, before int64) (Doubles, error) {
	var out Doubles
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := s.look(tx, who, code, access.DuplicateRead)
		if err != nil {
			return err
		}
		out = Doubles{Hints: l.hintsFor()}
		if before <= 0 {
			before = 1 << 62
		}
		cases, err := seizure.Back(tx, l.op(), l.readable, before, maxLooked)
		if err != nil {
			return err
		}
		for _, c := range cases {
			if err := out.add(tx, l, c); err != nil {
				return err
			}
		}
		if len(cases) == maxLooked {
			out.Next = cases[len(cases)-1].Seq
		}
		return nil
	})
	if err != nil {
		return Doubles{}, fmt.Errorf("%s: %w", access.DuplicateRead, err)
	}
	return out, nil
}

// add adds a case with the older ones that may be the same.
func (d *Doubles) add(tx *db.Tx, l look, c seizure.Case) error {
	hints, err := l.hints(tx, c)
	if err != nil {
		return err
	}
	hints = slices.DeleteFunc(hints, func(h Hint) bool { return h.Case.Seq > c.Seq })
	if len(hints) == 0 {
		return nil
	}
	own, err := l.signed(tx, []Hint{{Case: c}})
	if err == nil {
		d.Doubles = append(d.Doubles, Double{own[0], hints})
	}
	return err
}

// Dismiss says that two cases are not the same, and why (codelist.Apart). The
// actor coordinates and reads both. Nobody is given the hint again.
func (s *Store) Dismiss(ctx context.Context, who access.Actor, code operation.Code, one, other int64, reason string) error {
	return s.act(ctx, who, code, access.DuplicateDismiss, func(tx *db.Tx, l look) error {
		var p fault.Problems
		switch {
		case reason == "":
			p.Add("reason", "fault.required")
		case !codelist.Apart.Has(reason):
			p.Add("reason", "fault.unknown-code", fault.Args{"value": reason})
		}
		for _, seq := range []int64{one, other} {
			if _, err := l.caseOf(tx, seq); err != nil {
				return err
			}
		}
		if one == other {
			return fault.Of(fault.Invalid, "consignment.itself")
		}
		if err := p.Fault(); err != nil {
			return err
		}
		pair := consignment.PairOf(one, other)
		kept, err := consignment.KeptApart(tx, l.op(), db.List{one})
		if err != nil {
			return err
		}
		if kept[pair] {
			return db.Unchanged
		}
		value, err := l.common(tx, one, other)
		if err != nil {
			return err
		}
		made := consignment.Apart{One: pair.One, Other: pair.Other, Organisation: who.Organisation, Author: who.Name(), At: l.Now, Reason: reason}
		if made.Audience, err = audience.Intern(tx, l.op(), value); err != nil {
			return err
		}
		made.Seq, err = s.journal.Append(tx, l.Entry(access.DuplicateDismiss, fmt.Sprintf("consignment/%d/%d", pair.One, pair.Other), made.Audience),
			journal.Content{After: made, With: map[string]string{"audience": value.String()}})
		if err != nil {
			return err
		}
		return made.Keep(tx, l.op())
	})
}
