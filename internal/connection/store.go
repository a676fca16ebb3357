package connection

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with connections.
type Store struct {
	// Readings is told what was read; nil: nobody keeps a log of it.
	Readings *reading.Log
	// Good gives the keys of what the reader's organisation, of some audiences, takes to
	// be good; nil: nothing is. Package watchlist's row function.
	Good func(tx *db.Tx, st operation.Standing, readable db.List) (map[string]bool, error)

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	index   *Index
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, i *Index) *Store {
	return &Store{db: d, journal: j, source: s, index: i}
}

// Chart tells what connects the case with that reference, in up to MaxDepth steps.
func (s *Store) Chart(ctx context.Context, who access.Actor, code operation.Code, ref string, depth int) (Chart, error) {
	return s.chart(ctx, who, code, depth, reading.Opened, func(tx *db.Tx, st operation.Standing) (seizure.Case, error) {
		return seizure.Readable(tx, st, ref)
	})
}

// Feed is Chart for other systems, which call a case as they like.
func (s *Store) Feed(ctx context.Context, who access.Actor, code operation.Code, n seizure.Name, depth int) (Chart, error) {
	return s.chart(ctx, who, code, depth, reading.Exported, func(tx *db.Tx, st operation.Standing) (seizure.Case, error) {
		return seizure.Called(tx, st, n)
	})
}

func (s *Store) chart(ctx context.Context, who access.Actor, code operation.Code, depth int, act string,
	from func(tx *db.Tx, st operation.Standing) (seizure.Case, error)) (Chart, error) {
	var out Chart
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.ConnectionRead)
		if err != nil {
			return err
		}
		c, err := from(tx, st)
		if err != nil {
			return err
		}
		out = Chart{Standing: st, Case: c, Depth: min(max(depth, 1), MaxDepth), MayJudge: st.May(access.ConnectionJudge), Facts: OfCase(c)}
		if c.Trace().Out() {
			err = s.grow(tx, &out)
		}
		if err == nil {
			err = out.signed(tx)
		}
		return err
	})
	if err == nil {
		seqs := []int64{out.Case.Seq}
		for _, l := range append(slices.Clone(out.Links), out.Hidden...) {
			seqs = append(seqs, l.Case.Seq)
		}
		err = s.Readings.Note(out.Standing.Operation.Number, who.Person, who.Organisation, reading.Case, act, seqs...)
	}
	if err != nil {
		return Chart{}, fmt.Errorf("%s: %w", access.ConnectionRead, err)
	}
	return out, nil
}

// grow walks from the case.
func (s *Store) grow(tx *db.Tx, out *Chart) error {
	readable, err := out.Standing.Readable(tx)
	if err != nil {
		return err
	}
	w := walk{tx: tx, st: out.Standing, readable: readable, warnings: map[int64]string{}}
	if s.Good != nil {
		if w.good, err = s.Good(tx, out.Standing, readable); err != nil {
			return err
		}
	}
	c, _, done, err := s.index.followed.Current(tx, out.Standing.Operation.Number)
	if err != nil {
		return err
	}
	defer done()
	w.view = c.view(readable)
	return w.from(out)
}

// signed says whose the cases of a chart are.
func (c *Chart) signed(tx *db.Tx) error {
	of := []int64{c.Case.Organisation}
	for _, l := range append(slices.Clone(c.Links), c.Hidden...) {
		of = append(of, l.Case.Organisation)
	}
	by, err := organisation.These(tx, sorted(of))
	c.From = by[c.Case.Organisation]
	for i := range c.Links {
		c.Links[i].From = by[c.Links[i].Case.Organisation]
	}
	for i := range c.Hidden {
		c.Hidden[i].From = by[c.Hidden[i].Case.Organisation]
	}
	return err
}

func sorted(numbers []int64) []int64 {
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, fn func(tx *db.Tx, st operation.Standing, readable db.List) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.ConnectionJudge)
		if err != nil {
			return err
		}
		readable, err := st.Readable(tx)
		if err != nil {
			return err
		}
		return fn(tx, st, readable)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.ConnectionJudge, err)
	}
	return nil
}
