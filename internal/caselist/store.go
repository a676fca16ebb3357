package caselist

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// Store does what people do with the list of cases.
type Store struct {
	// Readings is told what was read; nil: nobody keeps a log of it.
	Readings *reading.Log

	db     *db.DB
	source *source.Source
	cases  *register.Register
}

// NewStore makes a store.
func NewStore(d *db.DB, s *source.Source, cases *register.Register) *Store {
	return &Store{db: d, source: s, cases: cases}
}

// Page is one page of cases, newest first, with what stands beside it.
type Page struct {
	Standing      operation.Standing
	Items         []seizure.Case
	Organisations map[int64]organisation.Organisation
	Members       []operation.Member // who takes part now, for the filter
	Counts        register.Counts
	Bounded       bool  // more cases than MaxFound hold the words: the counts are of the newest of them
	Next          int64 // Before of the next page; 0: this is the last
	Saved         []Saved
	Columns       []string // that the reader chose; nil: none
}

// List gives the cases that the actor may read, by filter, with the counts of
// every choice.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code, f Filter) (Page, error) {
	var p Page
	f = f.normal()
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		p = Page{}
		if err := s.page(tx, who, code, f, &p, true); err != nil {
			return err
		}
		if p.Members, err = operation.Members(tx, p.Standing.Operation.Number); err != nil {
			return err
		}
		if p.Saved, err = savedOf(tx, p.Standing); err != nil {
			return err
		}
		p.Columns, err = columnsOf(tx, p.Standing)
		return err
	})
	if err == nil {
		err = s.note(p, reading.Opened)
	}
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", access.SeizureRead, err)
	}
	return p, nil
}

// Feed is List for other systems: without counts and what else only people look at.
func (s *Store) Feed(ctx context.Context, who access.Actor, code operation.Code, f Filter) (Page, error) {
	var p Page
	f = f.normal()
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		p = Page{}
		return s.page(tx, who, code, f, &p, false)
	})
	if err == nil {
		err = s.note(p, reading.Exported)
	}
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", access.SeizureRead, err)
	}
	return p, nil
}

func (s *Store) page(tx *db.Tx, who access.Actor, code operation.Code, f Filter, p *Page, counted bool) (err error) {
	if p.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.SeizureRead); err != nil {
		return err
	}
	readable, err := p.Standing.Readable(tx)
	if err != nil {
		return err
	}
	op := p.Standing.Operation.Number
	if f, err = named(tx, f); err != nil {
		return err
	}
	var in looked
	if f.Words != "" {
		if in, err = look(tx, p.Standing, readable, f, counted); err != nil {
			return err
		}
	}
	p.Bounded = in.all.bounded
	seqs, err := s.ask(tx, p, f, readable, in, counted)
	if err != nil {
		return err
	}
	if len(seqs) > f.Limit {
		seqs = seqs[:f.Limit]
		p.Next = seqs[f.Limit-1]
	} else if in.here.bounded {
		p.Next = in.here.oldest // older ones have not been looked at
	}
	if len(seqs) > 0 {
		if p.Items, err = seizure.These(tx, op, readable, db.List(seqs)); err == nil {
			err = seizure.WithPhotos(tx, p.Standing, p.Items)
		}
		if err != nil {
			return err
		}
	}
	p.Organisations, err = bodies(tx, p.Items)
	return err
}

// named gives the filter the number of the reporter that it names; what is
// nobody's is no case's either.
func named(tx *db.Tx, f Filter) (Filter, error) {
	if f.Reporter == "" {
		return f, nil
	}
	o, err := organisation.ByID(tx, f.Reporter)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return f, err
	}
	codes := maps.Clone(f.Codes)
	if codes == nil {
		codes = map[string]string{}
	}
	codes[Organisation] = strconv.FormatInt(o.Number, 10)
	f.Codes = codes
	return f, nil
}

// ask puts the question to the register: one case more than the page holds.
func (s *Store) ask(tx *db.Tx, p *Page, f Filter, readable db.List, in looked, counted bool) ([]int64, error) {
	l, done, err := s.cases.Look(tx, p.Standing, readable)
	if err != nil {
		return nil, err
	}
	defer done()
	if counted {
		p.Counts = l.Counts(f.ByCodes(in.all.seqs))
	}
	return l.Newest(f.ByCodes(in.here.seqs), f.Before, f.Limit+1), nil
}

// MaxFound bounds how many cases that hold words are looked at for one page.
const MaxFound = 1000

// found are cases that hold the words, by number, oldest first: those that the index
// names, looked at down to oldest. bounded: there may be more.
type found struct {
	seqs    []int64
	oldest  int64
	bounded bool
}

// looked is what was found for the counts, which are the same on every page, and for
// one page.
type looked struct{ all, here found }

func look(tx *db.Tx, st operation.Standing, readable db.List, f Filter, counted bool) (in looked, err error) {
	from := f.Before
	if counted {
		from = newest
	}
	if in.all, err = find(tx, st, readable, f.Words, from); err != nil {
		return in, err
	}
	in.here = in.all
	if from != f.Before && in.all.bounded && f.Before <= in.all.oldest {
		in.here, err = find(tx, st, readable, f.Words, f.Before)
	}
	return in, err
}

// find gives the newest cases before one that hold the words.
func find(tx *db.Tx, st operation.Standing, readable db.List, words string, before int64) (in found, err error) {
	q, err := textindex.Parse(words)
	if err != nil {
		return in, err
	}
	keys, err := st.Keys(tx, readable)
	if err != nil {
		return in, err
	}
	op := st.Operation.Number
	scope := textindex.Scope{Operation: op, Kinds: []textindex.Kind{textindex.Case}, Audiences: readable, Keys: keys, Before: before}
	numbers, err := textindex.Match(tx, scope, q, MaxFound+1)
	if err != nil || len(numbers) == 0 {
		return in, err
	}
	if in.bounded = len(numbers) > MaxFound; in.bounded {
		numbers = numbers[:MaxFound]
	}
	in.oldest = numbers[len(numbers)-1]
	cases, err := seizure.These(tx, op, readable, db.List(numbers))
	for _, c := range slices.Backward(cases) {
		if q.In(c.Texts()...) {
			in.seqs = append(in.seqs, c.Seq)
		}
	}
	return in, err
}

func bodies(tx *db.Tx, cases []seizure.Case) (map[int64]organisation.Organisation, error) {
	var numbers []int64
	for _, c := range cases {
		numbers = append(numbers, c.Organisation)
	}
	slices.Sort(numbers)
	return organisation.These(tx, slices.Compact(numbers))
}

// note notes that somebody reads these cases.
func (s *Store) note(p Page, act string) error {
	seqs := make([]int64, 0, len(p.Items))
	for _, c := range p.Items {
		seqs = append(seqs, c.Seq)
	}
	return s.Readings.Note(p.Standing.Operation.Number, p.Standing.Who.Person, p.Standing.Who.Organisation, reading.Case, act, seqs...)
}
