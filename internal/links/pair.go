package links

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/likeness"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Pair is two cases side by side, for whoever settles whether they are one.
type Pair struct {
	Hints
	One, Other Hint     // the older first
	Reasons    []Reason // what they share now; none: nothing that we know of
	Settled    bool     // it was said already that they are one, or that they are not
}

// Pair gives two cases by their references. The actor coordinates and reads both.
func (s *Store) Pair(ctx context.Context, who access.Actor, code operation.Code, one, other string) (Pair, error) {
	var out Pair
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := s.look(tx, who, code, access.DuplicateRead)
		if err != nil {
			return err
		}
		out = Pair{Hints: l.hintsFor()}
		var both []Hint
		for _, ref := range []string{one, other} {
			c, err := seizure.Readable(tx, l.Standing, ref)
			if err != nil {
				return err
			}
			both = append(both, Hint{Case: c})
		}
		if both[0].Case.Seq == both[1].Case.Seq {
			return fault.Missing()
		}
		if both[0].Case.Seq > both[1].Case.Seq {
			both[0], both[1] = both[1], both[0]
		}
		if both, err = l.signed(tx, both); err != nil {
			return err
		}
		out.One, out.Other = both[0], both[1]
		return out.judge(tx, l)
	})
	if err != nil {
		return Pair{}, fmt.Errorf("%s: %w", access.DuplicateRead, err)
	}
	return out, nil
}

func (p *Pair) judge(tx *db.Tx, l look) error {
	a, b := p.One.Case, p.Other.Case
	kept, err := consignment.KeptApart(tx, l.op(), db.List{a.Seq})
	if err != nil {
		return err
	}
	p.Settled = related(a, b) || kept[consignment.PairOf(a.Seq, b.Seq)] || !isOut(a) || !isOut(b)
	reasons, err := l.reasons(tx, a)
	if of := reasons[b.Seq]; err == nil && of != nil {
		p.Reasons = settled(of(b))
	}
	return err
}

// Alike gives the records of some audiences that have a file of a record's, and those
// whose pictures look like its own, with the bits of 64 in which the closest differ. The
// caller may read the record.
func Alike(tx *db.Tx, op int64, readable db.List, record int64) (files []int64, pictures map[int64]int, err error) {
	var l look
	l.Operation.Number, l.readable = op, readable
	if files, err = l.sameFiles(tx, record); err != nil {
		return nil, nil, err
	}
	pictures, err = likeness.Near(tx, op, readable, record)
	for _, r := range files {
		delete(pictures, r)
	}
	return files, pictures, err
}
