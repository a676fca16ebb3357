package analysis

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store answers questions, and keeps those that people want again.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	cases   *register.Register
}

// NewStore makes a store over the register that the list of cases uses.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, cases *register.Register) *Store {
	return &Store{db: d, journal: j, source: s, cases: cases}
}

// MaxGroups is how many groups an answer shows.
const MaxGroups = 20_000

// View is an answer with what stands beside it.
type View struct {
	Standing      operation.Standing
	Answer        Answer
	Left          LeftOut                             // what MaxGroups cut off
	Counts        register.Counts                     // how many cases there are under every choice of every filter
	Organisations map[int64]organisation.Organisation // reporters, by number, of groups and of the filter's choices
	Saved         []Saved
	References    []Reference // published figures of earlier operations, by name
}

// Ask answers a question of what the actor may read.
func (s *Store) Ask(ctx context.Context, who access.Actor, code operation.Code, q Question) (View, error) {
	var v View
	err := q.Check()
	if err == nil {
		err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
			v = View{}
			if v.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.AnalysisRead); err != nil {
				return err
			}
			return s.fill(tx, &v, q)
		})
	}
	if err != nil {
		return View{}, fmt.Errorf("%s: %w", access.AnalysisRead, err)
	}
	return v, nil
}

// fill answers and adds what stands beside the answer.
func (s *Store) fill(tx *db.Tx, v *View, q Question) error {
	st := v.Standing
	a, err := Of(tx, s.cases, st, q)
	if err != nil {
		return err
	}
	v.Answer, v.Left = a.Cut(MaxGroups)
	readable, err := st.Readable(tx)
	if err != nil {
		return err
	}
	l, done, err := s.cases.Look(tx, st, readable)
	if err != nil {
		return err
	}
	v.Counts = l.Counts(q.filter())
	done()
	if v.Organisations, err = reporters(tx, v.Answer, v.Counts); err != nil {
		return err
	}
	if v.Saved, err = savedOf(tx, st); err != nil {
		return err
	}
	v.References, err = referencesOf(tx, st.Operation.Number)
	return err
}

// Answer is Ask for other systems: without counts and what else only people look at.
// reporter narrows to what one organisation reported, empty to none.
func (s *Store) Answer(ctx context.Context, who access.Actor, code operation.Code, q Question, reporter organisation.ID) (View, error) {
	var v View
	err := q.Check()
	if err == nil {
		err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
			v = View{}
			if v.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.AnalysisRead); err != nil {
				return err
			}
			q, err := q.reportedBy(tx, reporter)
			if err != nil {
				return err
			}
			a, err := Of(tx, s.cases, v.Standing, q)
			if err != nil {
				return err
			}
			v.Answer, v.Left = a.Cut(MaxGroups)
			v.Organisations, err = reporters(tx, v.Answer, register.Counts{})
			return err
		})
	}
	if err != nil {
		return View{}, fmt.Errorf("%s: %w", access.AnalysisRead, err)
	}
	return v, nil
}

// reportedBy narrows a question to one organisation's; what is nobody's is no case's
// either.
func (q Question) reportedBy(tx *db.Tx, reporter organisation.ID) (Question, error) {
	if reporter == "" {
		return q, nil
	}
	o, err := organisation.ByID(tx, reporter)
	if errors.Is(err, db.ErrNone) {
		o.Number, err = math.MaxInt64, nil
	}
	q.Where = maps.Clone(q.Where)
	if q.Where == nil {
		q.Where = map[string]string{}
	}
	q.Where[register.Organisation] = strconv.FormatInt(o.Number, 10)
	return q, err
}

// Of answers a question of what a reader may read, from the register,
// brought up to this snapshot. Never inside a write: it may not take in what is not
// committed.
func Of(tx *db.Tx, r *register.Register, st operation.Standing, q Question) (Answer, error) {
	if err := q.Check(); err != nil {
		return Answer{}, err
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return Answer{}, err
	}
	return of(tx, r, st, readable, q)
}

// Official answers a question of what the directing administration may read: the
// figure that everybody may be told.
func Official(tx *db.Tx, r *register.Register, st operation.Standing, q Question) (Answer, error) {
	if err := q.Check(); err != nil {
		return Answer{}, err
	}
	directing, err := operation.Directing(tx, st.Operation.Number)
	if errors.Is(err, db.ErrNone) {
		return Answer{Question: q, AsOf: st.AsOf, Totals: results.Totals{}, Groups: []Group{}}, nil
	}
	if err != nil {
		return Answer{}, err
	}
	readable, err := audience.Readable(tx, st.Operation.Number, directing, st.Now)
	if err != nil {
		return Answer{}, err
	}
	return of(tx, r, st, readable, q)
}

func of(tx *db.Tx, r *register.Register, st operation.Standing, readable db.List, q Question) (Answer, error) {
	l, done, err := r.Look(tx, st, readable)
	if err != nil {
		return Answer{}, err
	}
	g := l.Groups(q.filter(), axes[q.Group], axes[q.Split])
	done()
	a := Answer{Question: q, AsOf: g.Size - 1, Cases: g.Cases, Totals: g.Totals, Groups: make([]Group, len(g.All))}
	for i, x := range g.All {
		a.Groups[i] = Group{Value: x.Value, Split: x.Split, Cases: x.Cases, Totals: x.Totals}
	}
	return a, nil
}

// axes are the dimensions as package caselist calls them.
var axes = map[string]string{ByCountry: caselist.Country, ByOrigin: caselist.Origin, ByDestination: caselist.Destination, ByRoute: register.ByRoute,
	ByCategory: caselist.Category, ByBrand: caselist.Brand, ByViolation: caselist.Violation, ByConveyance: caselist.Conveyance,
	ByDirection: caselist.Direction, ByDetection: caselist.Detection, ByStatus: caselist.Status, ByReporter: caselist.Organisation,
	ByClass: caselist.Class, ByDay: register.ByDay, ByWeek: register.ByWeek, ByMonth: register.ByMonth}

// reporters are the organisations that an answer and its filter's choices name.
func reporters(tx *db.Tx, a Answer, counts register.Counts) (map[int64]organisation.Organisation, error) {
	var numbers []int64
	name := func(value string) {
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			numbers = append(numbers, n)
		}
	}
	for value := range counts.Choices[caselist.Organisation] {
		name(value)
	}
	name(a.Question.Where[caselist.Organisation])
	for _, g := range a.Groups {
		if a.Question.Group == ByReporter {
			name(g.Value)
		}
		if a.Question.Split == ByReporter {
			name(g.Split)
		}
	}
	slices.Sort(numbers)
	return organisation.These(tx, slices.Compact(numbers))
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}
