package publicationpage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// Accepted lessons come into their chapter in one step, as text behind which the lesson
// can be found, and never into an edition whose readers may not read them.
func TestPuttingInLessonsLearnt(t *testing.T) {
	w := webtest.Open(t)
	w.Report("")
	ctx, host := t.Context(), w.Session("coordinator").Actor
	record := func(title string, secret, accepted bool) learnt.Learnt {
		t.Helper()
		d := learnt.Draft{For: learnt.ForAll, Topic: "tools", Title: title, Happened: "1. It *was* slow: {{f1.cases}}.\n\n# Twice", Proposed: "Two scales.", Language: "en"}
		if secret {
			d.For = learnt.ForCoordination
		}
		l, err := w.App.Learnt.Record(ctx, host, webtest.Operation, d)
		if err == nil && accepted {
			l, err = w.App.Learnt.Settle(ctx, host, webtest.Operation, learnt.Name{ID: l.ID}, l.Version, learnt.Accepted, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	open, secret, waiting := record("Scales are slow", false, true), record("Quietly done", true, true), record("Not accepted", false, false)
	c := reader{w, "director"}
	page := c.get("sections/lessons/edit")
	if !strings.Contains(page, `name="insert"`) || strings.Contains(c.get("sections/aim/edit"), `name="insert"`) {
		t.Fatal("lessons are offered in the chapter of lessons, and there only")
	}
	status, _, body := c.do(http.MethodPost, "sections/lessons/edit", form(page, "insert", "lessons", "texts.en", "What we say ourselves."))
	text := form(body).Get("texts.en")
	for _, want := range []string{"What we say ourselves.", "### Scales are slow " + publication.LessonMark(open.Seq), "Two scales.", `1\. It \*was\* slow: \{\{f1.cases\}\}.`, `\# Twice`} {
		if status != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%d: no %q in %s", status, want, text)
		}
	}
	for _, l := range []learnt.Learnt{secret, waiting} {
		if strings.Contains(body, l.Title) || strings.Contains(body, publication.LessonMark(l.Seq)) {
			t.Errorf("%s came in", l.Title)
		}
	}
	c.post("sections/lessons/edit", form(body))
	shown := c.get("sections/lessons")
	if !strings.Contains(shown, "learnt/"+string(open.ID)+"?of=") || !strings.Contains(shown, "slow: {{f1.cases}}.") {
		t.Error("the chapter does not lead back to its lesson, or reads its words as signs")
	}
	page = c.get("sections/lessons/edit")
	again, _, body := c.do(http.MethodPost, "sections/lessons/edit", form(page, "insert", "lessons"))
	if n := strings.Count(form(body).Get("texts.en"), publication.LessonMark(open.Seq)); again != http.StatusOK || n != 1 {
		t.Errorf("put in twice: %d, %d times", again, n)
	}
	for name, more := range map[string]string{"insert": "lessons", "texts.en": "Kept. " + publication.LessonMark(open.Seq)} {
		f := form(page, name, more)
		f.Add("editions", publication.Public)
		if status, _, body := c.do(http.MethodPost, "sections/lessons/edit", f); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Untick the other editions") {
			t.Errorf("%s for the public: %d", name, status)
		}
	}
	if _, err := w.App.Learnt.Amend(ctx, host, webtest.Operation, learnt.Name{ID: open.ID}, learnt.Draft{For: learnt.ForCoordination, Topic: open.Topic, Title: open.Title,
		Happened: open.Happened, Language: "en"}, open.Version); err != nil {
		t.Fatal(err)
	}
	if shown := c.get("sections/lessons"); !strings.Contains(shown, "Not to be told any more") {
		t.Error("a lesson that is for coordination only by now stays unremarked")
	}
}
