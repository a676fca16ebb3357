package webtest

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const tourLesson = "01890a5d-ac96-774b-bcce-0000000a1e55"

// Lesson gives the address of a page about lessons: {id} is one that the right holder
// made of a sheet of its own with pictures, and that the officer has taken once, with
// one answer wrong, and begun again.
func (w *World) Lesson(path string) string {
	w.T.Helper()
	ctx, who := w.T.Context(), w.Session("right-holder")
	n := lesson.Name{ID: tourLesson, From: who.Organisation.ID}
	if _, err := w.App.Lessons.Read(ctx, who.Actor, n); err != nil {
		c, err := w.App.Lessons.Making(ctx, who.Actor)
		w.must(err)
		p := lesson.Plan{Language: "en", Title: product.Text{"en": "Know our face creams", "ar": "اعرف كريمات الوجه", "fr": "Reconnaître nos crèmes"}, Kinds: lesson.Kinds(),
			Aim: product.Text{"en": "Tell a genuine carton from a copy in ten seconds.", "ar": "ميّز العلبة الأصلية من المقلّدة في عشر ثوان."}, Minutes: 10, Questions: 8}
		for _, s := range c.Holders[0].Sheets {
			if s.Supply > 2 && len(p.Sheets) < 3 {
				p.Sheets = append(p.Sheets, lesson.Chosen{Sheet: s.Sheet, Explain: product.Text{"en": "Tilt the carton: the fake seal stays flat.", "ar": "أمِل العلبة: الختم المقلّد يبقى مسطّحًا."}})
			}
		}
		l, _, err := w.App.Lessons.Save(ctx, who.Actor, lesson.Saving{ID: tourLesson, Plan: p})
		w.must(err)
		_, err = w.App.Lessons.Publish(ctx, who.Actor, n, l.Edit)
		w.must(err)
		w.learn(n, 8)
		w.learn(n, 2)
	}
	return strings.NewReplacer("{id}", tourLesson, "{of}", string(who.Organisation.ID)).Replace(path)
}

// learn has the officer answer some questions of a lesson, the second wrongly.
func (w *World) learn(n lesson.Name, questions int64) {
	ctx, who := w.T.Context(), w.Session("officer").Actor
	a, err := w.App.Lessons.Take(ctx, who, n, lesson.AttemptID(w.App.Clock.ID()))
	w.must(err)
	for number := int64(1); number <= min(questions, int64(len(a.Drawn))); number++ {
		option := a.Drawn[number-1].RightOption()
		if number == 2 {
			option = map[string]string{lesson.First: lesson.Second, lesson.Second: lesson.First}[option]
		}
		_, err := w.App.Lessons.Answer(ctx, who, n, lesson.Answering{Attempt: a.ID, Number: number, Option: option})
		w.must(err)
	}
}

// Taught gives the address of a page about the story's own Train-the-Trainer, whose
// participants took lessons.
func (w *World) Taught(path string) string {
	w.T.Helper()
	all, err := w.App.Workshops.Everywhere(w.T.Context(), w.Session("trainer").Actor)
	w.must(err)
	for _, i := range all {
		if i.Kind == workshop.TrainTheTrainer && i.Starts == "2016-12-12" {
			return strings.ReplaceAll(path, "{id}", string(i.ID))
		}
	}
	w.T.Fatal("the story has no Train-the-Trainer")
	return ""
}
