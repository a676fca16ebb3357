package lesson

import (
	"context"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// Crowd is how many learners must stand behind every figure that a right holder sees,
// and behind every change of one.
const Crowd = 5

// Figures are what a right holder learns of who took its lesson. They count the first
// finished attempt of each learner, in crowds: the first five who finished, the first
// ten, and so on, of before today. Whoever looks again and again never sees one learner
// come, neither in how many there were nor in what was missed: a figure that changes
// changes by five learners, and not at the moment at which anybody finished.
type Figures struct {
	Learners  int64 // a multiple of Crowd
	Countries []CountryFigure
	Questions []QuestionFigure // of the newest version, the most missed first
}

// CountryFigure is how many learners a country has: a multiple of Crowd.
type CountryFigure struct {
	Country  string
	Learners int64
}

// QuestionFigure is how often a question was missed.
type QuestionFigure struct {
	Question Question
	Sheet    Copied
	Asked    int64 // of how many learners: a multiple of Crowd
	Missed   int64
}

// learner is the first finished attempt of somebody.
type learner struct {
	country string
	said    []Answer
}

// crowd cuts a list to whole crowds.
func crowd[T any](all []T) []T { return all[:len(all)/Crowd*Crowd] }

// figuresOf counts learners, in the order in which they finished.
func figuresOf(all []learner, v Version) Figures {
	all = crowd(all)
	out := Figures{Learners: int64(len(all))}
	from, said := map[string]int64{}, map[string][]Answer{}
	for _, l := range all {
		from[l.country]++
		for _, a := range l.said {
			said[a.Question] = append(said[a.Question], a)
		}
	}
	for country, n := range from {
		if n = n / Crowd * Crowd; n > 0 && country != "" {
			out.Countries = append(out.Countries, CountryFigure{country, n})
		}
	}
	slices.SortFunc(out.Countries, func(a, b CountryFigure) int {
		if a.Learners != b.Learners {
			return int(b.Learners - a.Learners)
		}
		if a.Country < b.Country {
			return -1
		}
		return 1
	})
	for _, q := range v.Questions {
		f := QuestionFigure{Question: q, Sheet: v.Sheets[q.Sheet]}
		for _, a := range crowd(said[q.Key]) {
			f.Asked++
			if !a.Right {
				f.Missed++
			}
		}
		if f.Asked > 0 {
			out.Questions = append(out.Questions, f)
		}
	}
	slices.SortStableFunc(out.Questions, func(a, b QuestionFigure) int { return int(b.Missed*a.Asked - a.Missed*b.Asked) })
	return out
}

// figures reads those of a lesson.
func (k *looking) figures(l Lesson, v Version) (Figures, error) {
	op := k.st.Operation
	local := k.st.Now.In(op.Location())
	today := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location())
	all, err := db.All(k.tx, selectFinished, db.Decoded[Attempt], op.Number, l.Seq, today.UnixMicro())
	if err != nil {
		return Figures{}, err
	}
	seen := map[person.ID]bool{}
	all = slices.DeleteFunc(all, func(a Attempt) bool {
		was := seen[a.Person]
		seen[a.Person] = true
		return was
	})
	var seqs db.List
	var numbers []int64
	for _, a := range all {
		seqs, numbers = append(seqs, a.Seq), append(numbers, a.Organisation)
	}
	said, err := answersOf(k.tx, op.Number, seqs...)
	if err != nil {
		return Figures{}, err
	}
	from, err := organisation.These(k.tx, numbers)
	if err != nil {
		return Figures{}, err
	}
	learners := make([]learner, len(all))
	for i, a := range all {
		learners[i].country = from[a.Organisation].Country
		for n := range a.Drawn {
			if s, is := said[a.Seq][int64(n+1)]; is {
				learners[i].said = append(learners[i].said, s)
			}
		}
	}
	return figuresOf(learners, v), nil
}

// mayResults: a contact point, of the people of its own organisation.
func mayResults(st operation.Standing) bool {
	return st.Who.ContactPoint && st.Side() != access.RightHolderSide && st.May(access.LessonResults)
}

// Results gives what the people of the actor's organisation made of lessons: for its
// contact point only. Missing for anybody else.
func (s *Store) Results(ctx context.Context, who access.Actor) (Report, error) {
	var out Report
	err := s.read(ctx, who, access.LessonResults, func(tx *db.Tx, k *looking) error {
		out = Report{Standing: k.st}
		if !mayResults(k.st) {
			return fault.Missing()
		}
		op := k.st.Operation.Number
		all, err := db.All(tx, selectFrom, db.Decoded[Attempt], op, k.st.Who.Organisation)
		if err != nil {
			return err
		}
		some, err := gathered(tx, op, all)
		if err != nil {
			return err
		}
		out.Learners, err = called(tx, op, some)
		return err
	})
	if err != nil {
		return Report{}, err
	}
	return out, nil
}

// called adds the names of people, and whose lessons they are.
func called(tx *db.Tx, op int64, all []Result) ([]Learner, error) {
	var people []string
	var lessons db.List
	for _, r := range all {
		people, lessons = append(people, string(r.Person)), append(lessons, r.Seq)
	}
	if len(all) == 0 {
		return nil, nil
	}
	by, err := person.These(tx, people)
	if err != nil {
		return nil, err
	}
	rows, err := db.All(tx, selectThese, db.Decoded[Lesson], op, lessons)
	if err != nil {
		return nil, err
	}
	var numbers []int64
	holders := map[int64]int64{}
	for _, l := range rows {
		holders[l.Seq] = l.Organisation
		numbers = append(numbers, l.Organisation)
	}
	of, err := organisation.These(tx, numbers)
	out := make([]Learner, len(all))
	for i, r := range all {
		out[i] = Learner{Result: r, Name: by[string(r.Person)].Name, From: of[holders[r.Seq]].ID}
	}
	return out, err
}

// OfSheet tells whether there is a lesson on a sheet that the actor may take; for
// whoever takes none there is none.
func (s *Store) OfSheet(ctx context.Context, who access.Actor, sheet product.ID) (bool, error) {
	l, err := s.List(ctx, who, Filter{Sheet: sheet})
	if fault.Is(err, fault.NotFound) && who.Known() {
		return false, nil
	}
	return l.MayTake && slices.ContainsFunc(l.Items, func(i Item) bool { return i.Asks > 0 }), err
}
