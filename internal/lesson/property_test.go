package lesson_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// pupil is what a slow reference knows of a learner at the lesson.
type pupil struct {
	id             lesson.AttemptID // of the open attempt
	drawn          []lesson.Drawn
	said           []string // of the open attempt
	attempts, done int
	right          int       // of the last that was finished
	first          time.Time // when the first was finished
}

// Whatever learners do, in whatever order, the store says of each what a plain list of
// what they did says.
func TestLikeReference(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		l := w.made("holder", plan(3, w.sheet("holder", "One", 2, 1, customs), w.sheet("holder", "Two", 2, 0, customs)))
		n := lesson.Name{ID: l.ID}
		r := rand.New(rand.NewPCG(7, 62))
		names := []string{"xa", "xa.officer", "xb", "xb.officer", "wco", "wco.coordinator"}
		all := map[string]*pupil{}
		for _, name := range names[:5] {
			all[name] = &pupil{}
		}
		w.Must(w.check(all, n))
		for range 90 {
			who := names[r.IntN(5)]
			p := all[who]
			w.Source.Set(w.Source.Now().Add(time.Minute))
			if p.id == "" {
				a, err := w.store.Take(ctx, w.Actor[who], n, lesson.AttemptID(w.ID()))
				w.Must(err)
				p.id, p.drawn, p.said = a.ID, a.Drawn, nil
				p.attempts++
				continue
			}
			option := []string{lesson.First, lesson.Second}[r.IntN(2)]
			number := int64(len(p.said) + 1)
			if r.IntN(3) == 0 { // an answered question once more, or one out of turn
				number = 1 + r.Int64N(int64(len(p.drawn)))
			}
			_, asked := w.store.Ask(ctx, w.Actor[who], n, number)
			_, err := w.store.Answer(ctx, w.Actor[who], n, lesson.Answering{Attempt: p.id, Number: number, Option: option})
			switch at := int(number) - 1; {
			case at < len(p.said) && p.said[at] == option:
				w.Must(err)
			case at != len(p.said):
				w.refused(fmt.Sprintf("%s answers %d after %d", who, number, len(p.said)), err, fault.Conflict)
			default:
				w.Must(err)
				w.Must(asked)
				p.answer(option, w.Source.Now())
			}
		}
		w.Must(w.check(all, n))
	})
}

// answer notes an answer to the next question.
func (p *pupil) answer(option string, at time.Time) {
	p.said = append(p.said, option)
	if len(p.said) < len(p.drawn) {
		return
	}
	p.done, p.right = p.done+1, 0
	for i, said := range p.said {
		if said == p.drawn[i].RightOption() {
			p.right++
		}
	}
	if p.first.IsZero() {
		p.first = at
	}
	p.id = ""
}

// check holds what everybody sees against the reference.
func (w *world) check(all map[string]*pupil, n lesson.Name) error {
	ctx := w.T.Context()
	for name, p := range all {
		o, err := w.store.Read(ctx, w.Actor[name], n)
		if err != nil {
			return err
		}
		if int(o.Attempts) != p.attempts || (o.Open != nil) != (p.id != "") || o.Open != nil && int(o.Open.Answered) != len(p.said) ||
			(o.Last != nil) != (p.done > 0) || o.Last != nil && int(o.Last.Right) != p.right {
			w.T.Errorf("%s: %+v, the reference %+v", name, o.Item, p)
		}
	}
	for _, point := range []string{"xa", "xb", "wco"} {
		report, err := w.store.Results(ctx, w.Actor[point])
		if err != nil {
			return err
		}
		want := 0
		for name, p := range all {
			if w.Actor[name].Organisation != w.Actor[point].Organisation || p.attempts == 0 {
				continue
			}
			want++
			for _, r := range report.Learners {
				if string(r.Person) == w.Actor[name].Person && (int(r.Attempts) != p.attempts || int(r.Last.Right) != p.right) {
					w.T.Errorf("%s reads %+v of %s, the reference %+v", point, r, name, p)
				}
			}
		}
		if len(report.Learners) != want {
			w.T.Errorf("%s reads of %d, the reference of %d", point, len(report.Learners), want)
		}
	}
	finished := 0
	for _, p := range all {
		if !p.first.IsZero() {
			finished++
		}
	}
	now := w.Source.Now()
	w.Source.Set(now.Add(24 * time.Hour))
	defer w.Source.Set(now)
	o, err := w.store.Read(ctx, w.Actor["holder"], n)
	if err == nil && int(o.Figures.Learners) != finished/lesson.Crowd*lesson.Crowd {
		w.T.Errorf("the holder reads of %d, %d finished", o.Figures.Learners, finished)
	}
	return err
}

// size is how many entries the library has.
func (w *world) size() (n int64) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		o, err := operation.ByCode(tx, operation.Library)
		if err == nil {
			n, err = journal.Size(tx, o.Number)
		}
		return err
	}))
	return n
}
