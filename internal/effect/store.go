package effect

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store sets training beside reports.
type Store struct {
	db     *db.DB
	source *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, s *source.Source) *Store { return &Store{db: d, source: s} }

// View is what followed training, as one reader may know it.
type View struct {
	Standing   operation.Standing
	Operations []operation.Operation // that are looked at, the earliest first: this one is the last
	Countries  []Country             // by name
	Bodies     map[int64]organisation.Organisation
	Teachers   map[string]person.Person
	All        bool // of all administrations; otherwise the reader's own
	Cases      bool // the reader reads cases
}

// Of is the organisation of a row.
func (v View) Of(r Row) organisation.Organisation { return v.Bodies[r.Organisation] }

// Read sets what was trained in an operation and in earlier ones beside what was
// reported: of all administrations for coordination, otherwise of the actor's own.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code) (View, error) {
	var v View
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.EffectRead)
		if err != nil {
			return err
		}
		v = View{Standing: st, All: course.Scope(st) == 0, Cases: st.May(access.SeizureRead)}
		return v.fill(tx)
	})
	if err != nil {
		return View{}, fmt.Errorf("%s: %w", access.EffectRead, err)
	}
	return v, nil
}

// unread says of every row that nothing is known of its cases: none were counted, which
// is not the same as that there are none.
func (v *View) unread() {
	for i := range v.Countries {
		c := &v.Countries[i]
		c.Why, c.Measures, c.Beside = NotRead, nil, nil
		for k := range c.Posts {
			c.Posts[k].Why, c.Posts[k].Measures = NotRead, nil
		}
	}
}

func (v *View) fill(tx *db.Tx) error {
	all, err := before(tx, v.Standing)
	if err != nil {
		return err
	}
	for _, st := range all {
		v.Operations = append(v.Operations, st.Operation)
	}
	g := gathered{in: v.Operations}
	for i, st := range all {
		if err := g.take(tx, i, st); err != nil {
			return err
		}
	}
	if !v.All {
		g.narrow(v.Standing.Who.Organisation)
	}
	v.Countries = Tally(g.observed, g.answers, g.trainings)
	if err := v.present(tx, g); err != nil {
		return err
	}
	if !v.Cases {
		v.unread()
	}
	return v.names(tx)
}

// present leaves out who was in earlier operations only: here they neither take part nor
// have reported, answered or been trained.
func (v *View) present(tx *db.Tx, g gathered) error {
	last, here := len(g.in)-1, map[int64]bool{}
	for _, o := range g.observed {
		here[o.Organisation] = here[o.Organisation] || o.Operation == last
	}
	for _, a := range g.answers {
		here[a.Organisation] = here[a.Organisation] || a.Operation == last
	}
	for _, t := range g.trainings {
		here[t.Organisation] = here[t.Organisation] || t.Operation == last
	}
	for n, is := range here {
		takes, err := operation.Takes(tx, v.Standing.Operation.Number, n)
		if err != nil {
			return err
		}
		here[n] = is || takes
	}
	v.Countries = slices.DeleteFunc(v.Countries, func(c Country) bool { return !here[c.Organisation] })
	return nil
}

// before gives where the actor reads what training changed, in this operation and in
// those that began before it; this one is the last.
func before(tx *db.Tx, st operation.Standing) ([]operation.Standing, error) {
	all, err := operation.Everywhere(tx, st.Now, st.Who, operation.KindOperation)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(o operation.Standing) bool {
		return !o.May(access.EffectRead) || o.Operation.Number == st.Operation.Number ||
			begins(o.Operation) >= begins(st.Operation)
	})
	slices.SortFunc(all, func(a, b operation.Standing) int {
		return cmp.Or(cmp.Compare(begins(a.Operation), begins(b.Operation)), cmp.Compare(a.Operation.Number, b.Operation.Number))
	})
	return append(all, st), nil
}

// begins is the first day of an operation's calendar.
func begins(o operation.Operation) string {
	first := ""
	for _, p := range o.Phases {
		if first == "" || p.Starts < first {
			first = p.Starts
		}
	}
	return first
}

// gathered is what Tally is told.
type gathered struct {
	in        []operation.Operation
	observed  []Observation
	answers   []Answer
	trainings []Training
}

// narrow leaves what is of one organisation.
func (g *gathered) narrow(own int64) {
	g.observed = slices.DeleteFunc(g.observed, func(o Observation) bool { return o.Organisation != own })
	g.answers = slices.DeleteFunc(g.answers, func(a Answer) bool { return a.Organisation != own })
	g.trainings = slices.DeleteFunc(g.trainings, func(t Training) bool { return t.Organisation != own })
}

func (g *gathered) take(tx *db.Tx, at int, st operation.Standing) error {
	trained, err := course.Trainings(tx, st)
	if err != nil {
		return err
	}
	for _, t := range trained {
		g.trainings = append(g.trainings, Training{at, t})
	}
	readable, err := st.Readable(tx)
	if err == nil && st.May(access.SeizureRead) {
		err = g.cases(tx, at, st, readable)
	}
	if err == nil && st.May(access.MessageRead) {
		err = g.feedback(tx, at, st, readable)
	}
	return err
}

// atOnce is how many cases are read in one question.
const atOnce = 1000

func (g *gathered) cases(tx *db.Tx, at int, st operation.Standing, readable db.List) error {
	back, err := review.EverReturned(tx, st.Operation.Number, readable)
	if err != nil {
		return err
	}
	scope := course.Scope(st)
	for from := int64(1) << 62; ; {
		all, err := seizure.Standing(tx, st.Operation.Number, readable, from, atOnce)
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.State == seizure.Released && (scope == 0 || c.Organisation == scope) {
				_, returned := slices.BinarySearch(back, c.Seq)
				o := Observe(st.Operation, c, returned, g.in...)
				o.Operation = at
				g.observed = append(g.observed, o)
			}
		}
		if len(all) < atOnce {
			return nil
		}
		from = all[len(all)-1].Seq
	}
}

// feedback takes each organisation's newest word on each warning, where it says that
// the goods were controlled.
func (g *gathered) feedback(tx *db.Tx, at int, st operation.Standing, readable db.List) error {
	all, err := message.Feedbacks(tx, st.Operation.Number, readable)
	if err != nil {
		return err
	}
	type word struct{ warning, organisation int64 }
	newest := map[word]message.Message{}
	for _, m := range all {
		w := word{m.Answers, m.Organisation}
		if m.Taken.State == "" && m.Seq >= newest[w].Seq {
			newest[w] = m
		}
	}
	scope := course.Scope(st) // there, which may be less than here
	for _, m := range newest {
		if scope != 0 && m.Organisation != scope {
			continue
		}
		if m.Outcome == "hit" || m.Outcome == "clean" {
			g.answers = append(g.answers, Answer{at, m.Organisation, m.Written.In(st.Operation.Location()).Format(time.DateOnly), m.Outcome == "hit"})
		}
	}
	return nil
}

// names puts in whose the rows are, and leaves out bodies that report nothing: a right
// holder's people may sit in a workshop, too.
func (v *View) names(tx *db.Tx) error {
	var bodies []int64
	var people []string
	for _, c := range v.Countries {
		bodies = append(bodies, c.Organisation)
		for _, t := range c.Trainings {
			bodies, people = append(bodies, t.Host), append(people, string(t.Teacher))
		}
	}
	slices.Sort(bodies)
	var err error
	if v.Bodies, err = organisation.These(tx, slices.Compact(bodies)); err != nil {
		return err
	}
	v.Countries = slices.DeleteFunc(v.Countries, func(c Country) bool {
		kind := v.Of(c.Row).Kind
		return c.Cases() == 0 && (kind == "right-holder" || kind == "observer")
	})
	slices.SortStableFunc(v.Countries, func(a, b Country) int { return cmp.Compare(v.Of(a.Row).Name, v.Of(b.Row).Name) })
	v.Teachers, err = person.These(tx, people)
	return err
}
