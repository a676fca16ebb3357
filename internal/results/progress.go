package results

import (
	"context"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/coverage"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

// Unanswered is for how long a warning may be without feedback before it wants attention.
const Unanswered = warning.Unanswered

// Progress is what the first page says of how it goes: what today added, who reports,
// and what has waited too long. The reader's own, as far as it may know.
//
// Today begins at midnight in the operation's zone. What it added are the records of
// today: counted cases that were reported since, messages that were written since. What
// stood before and was changed, taken back or answered today is not set off against
// them: no row says what a figure was yesterday.
type Progress struct {
	Standing operation.Standing
	Since    time.Time // when today began
	Added    Added
	Coverage *coverage.Coverage // nil for who may not read it, or outside the phase
	Day      string             // the newest day of Coverage that has begun where the operation is
	Members  int64              // that report on that day
	Reported int64              // of them, who has
	Unseen   int64              // open warnings that nobody has acknowledged; only for who coordinates
	Old      int64              // open warnings without feedback for longer than Unanswered
}

// Added is what today added.
type Added struct {
	Cases    int64
	Totals   Totals
	Messages int64
	Warnings int64
}

// Progress tells how it goes. Each part comes with the reader's permissions.
func (s *Store) Progress(ctx context.Context, who access.Actor, code operation.Code) (Progress, error) {
	var p Progress
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		p = Progress{Added: Added{Totals: Totals{}}}
		if p.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.OperationRead); err != nil {
			return err
		}
		local := p.Standing.Now.In(p.Standing.Operation.Location())
		p.Since = time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location())
		return p.fill(tx)
	})
	if err != nil {
		return Progress{}, fmt.Errorf("%s: %w", access.OperationRead, err)
	}
	return p, nil
}

func (p *Progress) fill(tx *db.Tx) error {
	st, op := p.Standing, p.Standing.Operation.Number
	readable, err := st.Readable(tx)
	if err != nil {
		return err
	}
	if st.May(access.ResultsRead) {
		tallies, err := seizure.CountedSince(tx, op, readable, p.Since)
		if err != nil {
			return err
		}
		f := figuresOf(tallies)
		p.Added.Cases, p.Added.Totals = f.Cases, f.Totals
	}
	if st.May(access.MessageRead) {
		if p.Added.Messages, p.Added.Warnings, err = message.Since(tx, op, readable, p.Since); err != nil {
			return err
		}
		if err := p.warnings(tx, readable); err != nil {
			return err
		}
	}
	if st.May(access.CoverageRead) {
		return p.cover(tx)
	}
	return nil
}

// warnings counts those that have waited too long.
func (p *Progress) warnings(tx *db.Tx, readable db.List) error {
	st := p.Standing
	open, err := message.OpenSince(tx, st, readable)
	if err != nil {
		return err
	}
	var numbers db.List
	for _, w := range open {
		numbers = append(numbers, w.Seq)
		if st.Now.Sub(w.Written) > Unanswered {
			p.Old++
		}
	}
	if st.Side() == access.Coordination {
		p.Unseen, err = warning.Unacknowledged(tx, st.Operation.Number, numbers)
	}
	return err
}

func (p *Progress) cover(tx *db.Tx) error {
	c, err := coverage.Of(tx, p.Standing, "", "")
	if err != nil || len(c.Days) == 0 || len(c.Rows) == 0 {
		return err
	}
	today := p.Standing.Today()
	for _, day := range c.Days {
		if day <= today {
			p.Day = day
		}
	}
	if p.Day == "" { // it has not begun
		return nil
	}
	p.Coverage = &c
	p.Members, p.Reported = c.Reporting(p.Day)
	return nil
}

// Reports is how a member has reported: on how many of the days that are over where it is.
type Reports struct {
	Over, Told int64
}

// ReportsOf counts a row.
func ReportsOf(r coverage.Row) (out Reports) {
	for _, c := range r.Days {
		if c.Away || c.Open {
			continue
		}
		out.Over++
		if !c.Silent() {
			out.Told++
		}
	}
	return out
}
