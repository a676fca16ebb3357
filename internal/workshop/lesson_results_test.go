package workshop_test

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/nomination/nominationtest"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/product/producttest"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Who teaches reads the results of confirmed participants in the lessons it set, and of
// nobody else; who teaches another workshop, of another body too, reads none of them.
func TestLessonResults(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := producttest.New(t, d)
		w := &nominationtest.World{World: p.World, Workshops: workshop.NewStore(d, p.Journal, p.Source), Nominations: nomination.NewStore(d, p.Journal, p.Source)}
		w.Give("xa", "trainer", access.Trainer)
		w.Give("xb", "second", access.Officer)
		ctx, lessons := t.Context(), lesson.NewStore(d, p.Journal, p.Source)
		sheet := p.Publish("holder", producttest.Content("Shoe"), product.To{All: true})
		l, _, err := lessons.Save(ctx, w.Actor["holder"], lesson.Saving{ID: lesson.ID(nominationtest.ID()), Plan: lesson.Plan{Language: "en", Title: producttest.Text("Shoes"),
			Kinds: lesson.Kinds(), Minutes: 10, Questions: 1, Sheets: []lesson.Chosen{{Sheet: sheet.ID}}}})
		w.Must(err)
		n := lesson.Name{ID: l.ID}
		_, err = lessons.Publish(ctx, w.Actor["holder"], n, l.Edit)
		w.Must(err)
		for _, who := range []string{"xa.officer", "xb.officer", "xb.second"} {
			a, err := lessons.Take(ctx, w.Actor[who], n, "")
			w.Must(err)
			_, err = lessons.Answer(ctx, w.Actor[who], n, lesson.Answering{Attempt: a.ID, Number: 1, Option: a.Drawn[0].RightOption()})
			w.Must(err)
		}
		one, other := w.Called("wco", w.Draft()).ID, w.Called("wco", w.Draft()).ID
		national := w.Draft()
		national.Kind, national.To = workshop.National, audience.Address{}
		xas := w.Called("xa.trainer", national).ID
		set := workshop.MaterialDraft{ID: workshop.ID(nominationtest.ID()), Kind: workshop.MaterialLesson, Ref: string(l.ID)}
		_, err = w.Workshops.Supply(ctx, w.Actor["wco"], nominationtest.Code, one, set)
		w.Must(err)
		for _, who := range []string{"xb.officer", "xb.second"} { // the second waits to be confirmed
			nominee := w.Nominee("Learner " + who)
			nominee.Person = person.ID(w.Actor[who].Person)
			made := w.Nominate("xb", one, nominee)
			if who == "xb.officer" {
				w.Tick()
				_, err = w.Nominations.Confirm(ctx, w.Actor["wco"], nominationtest.Code, one, true, "", made.ID)
				w.Must(err)
			}
		}
		read, err := w.Workshops.LessonResults(ctx, w.Actor["wco"], nominationtest.Code, one)
		w.Must(err)
		if len(read.Learners) != 1 || read.Learners[0].Participant.Name != "Learner xb.officer" || read.Learners[0].Result.Last.Right != 1 {
			t.Errorf("who teaches reads %+v", read.Learners)
		}
		if read, err = w.Workshops.LessonResults(ctx, w.Actor["wco"], nominationtest.Code, other); err != nil || len(read.Learners) != 0 {
			t.Errorf("of a workshop that set no lesson: %+v, %v", read.Learners, err)
		}
		if read, err = w.Workshops.LessonResults(ctx, w.Actor["xa.trainer"], nominationtest.Code, xas); err != nil || len(read.Learners) != 0 {
			t.Errorf("of a national workshop: %+v, %v", read.Learners, err)
		}
		for _, who := range []string{"xa.trainer", "xa", "xb", "xb.officer", "holder", "observer", "stranger"} {
			if _, err := w.Workshops.LessonResults(ctx, w.Actor[who], nominationtest.Code, one); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reads results: %v", who, err)
			}
		}
		if _, err := w.Workshops.LessonResults(ctx, w.Actor["wco"], nominationtest.Code, xas); !fault.Is(err, fault.NotFound) {
			t.Errorf("coordination reads a national workshop's results: %v", err)
		}
	})
}
