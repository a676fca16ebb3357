package lessonpage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// base does not stand below /t/: "/t/{id}/agenda" and "/t/lessons/{id}" would both be
// the address of one page, and neither pattern the narrower.
const (
	base = "/lessons/"
	form = 256 << 10
)

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/lessons/{$}", Command: access.LessonRead}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: "/lessons/results", Command: access.LessonResults}, Handle: s.results},
		{Route: door.Route{Method: "GET", Pattern: "/lessons/new", Command: access.LessonSave}, Handle: s.write},
		{Route: door.Route{Method: "POST", Pattern: "/lessons/new", Command: access.LessonSave, Limit: form}, Handle: s.save},
		{Route: door.Route{Method: "GET", Pattern: "/lessons/{id}", Command: access.LessonRead}, Handle: s.show},
		{Route: door.Route{Method: "POST", Pattern: "/lessons/{id}/take", Command: access.LessonTake, Limit: frame.SmallForm}, Handle: s.take},
		{Route: door.Route{Method: "GET", Pattern: "/lessons/{id}/q", Command: access.LessonTake}, Handle: s.ask},
		{Route: door.Route{Method: "POST", Pattern: "/lessons/{id}/q", Command: access.LessonTake, Limit: frame.SmallForm}, Handle: s.answer},
		{Route: door.Route{Method: "GET", Pattern: "/lessons/{id}/done", Command: access.LessonTake}, Handle: s.done},
		{Route: door.Route{Method: "GET", Pattern: "/lessons/{id}/edit", Command: access.LessonSave}, Handle: s.edit},
		{Route: door.Route{Method: "POST", Pattern: "/lessons/{id}/edit", Command: access.LessonSave, Limit: form}, Handle: s.save},
		{Route: door.Route{Method: "POST", Pattern: "/lessons/{id}/publish", Command: access.LessonPublish, Limit: frame.SmallForm}, Handle: s.publish},
		{Route: door.Route{Method: "GET", Pattern: "/lessons/{id}/withdraw", Command: access.LessonWithdraw}, Handle: s.withdrawAsk},
		{Route: door.Route{Method: "POST", Pattern: "/lessons/{id}/withdraw", Command: access.LessonWithdraw, Limit: frame.SmallForm}, Handle: s.withdraw},
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/results/lessons", Command: access.LessonResults}, Handle: s.ofWorkshop},
	}
}

// named is the lesson that an address names.
func named(r *http.Request) lesson.Name {
	return lesson.Name{ID: lesson.ID(r.PathValue("id")), From: organisation.ID(r.URL.Query().Get("of"))}
}

// here is the address of the lesson of this request, or of what stands below it.
func here(r *http.Request, more string) string {
	return href(r.PathValue("id"), organisation.ID(r.URL.Query().Get("of")), more)
}

func href(id string, of organisation.ID, more string) string {
	more, query, _ := strings.Cut(more, "?")
	q, _ := url.ParseQuery(query) // our own
	if of != "" {
		q.Set("of", string(of))
	}
	at := base + id + more
	if len(q) > 0 {
		at += "?" + q.Encode()
	}
	return at
}

// at is the address of a lesson: its holder gave it the id, so whoever is not on that
// side says whose it is.
func at(i lesson.Item, more string) string {
	if i.Mine {
		return href(string(i.ID), "", more)
	}
	return href(string(i.ID), i.Of.ID, more)
}

func (s site) page(r *http.Request, v *frame.Visit, st operation.Standing, titles ...string) *kit.Page {
	p := s.InLibrary(r, v, st, append(titles, v.Printer.T("lessonpage.title"))...)
	p.Styles = []string{"product.css", "lesson.css"}
	return p
}

// listView is the list of lessons.
type listView struct {
	lesson.Listed
	sheet product.ID // of which it is; empty: of any
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	l := listView{sheet: product.ID(r.URL.Query().Get("sheet"))}
	var err error
	if l.Listed, err = s.Lessons.List(r.Context(), v.Actor(), lesson.Filter{Sheet: l.sheet}); err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, listPage(s.page(r, v, l.Standing), l))
}

// showView is one lesson.
type showView struct {
	lesson.Opened
	form kit.Form
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.showAgain(w, r, v, nil)
}

// showAgain shows a lesson, and why it was not published or taken.
func (s site) showAgain(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	o, err := s.Lessons.Read(r.Context(), v.Actor(), named(r))
	if err != nil {
		return err
	}
	m := showView{o, kit.FormOf(url.Values{"id": {s.Source.ID()}}, wrong)}
	title, _ := m.title(string(v.Printer.Lang()))
	p := s.page(r, v, o.Standing, title)
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), showPage(p, m))
}

func (s site) take(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	_, err := s.Lessons.Take(r.Context(), v.Actor(), named(r), lesson.AttemptID(r.PostForm.Get("id")))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, here(r, "/q"), "")
	case frame.Refused(err):
		return s.showAgain(w, r, v, err)
	}
	return err
}

// ask shows the next question, or with n one that was answered, with why.
func (s site) ask(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.askAgain(w, r, v, nil)
}

func (s site) askAgain(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	number, _ := strconv.ParseInt(r.URL.Query().Get("n"), 10, 64) // what is no number is the next
	q, err := s.Lessons.Ask(r.Context(), v.Actor(), named(r), number)
	if err != nil {
		return s.astray(w, r, v, err)
	}
	m := askView{Asked: q, lang: string(v.Printer.Lang()), form: kit.FormOf(url.Values{}, wrong)}
	p := s.page(r, v, q.Standing, m.heading(v.Printer))
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), askPage(p, m))
}

// astray leads whoever may take a lesson back to it where there is no such question: it
// was finished in another window.
func (s site) astray(w http.ResponseWriter, r *http.Request, v *frame.Visit, err error) error {
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	o, again := s.Lessons.Read(r.Context(), v.Actor(), named(r))
	if again != nil || !o.Standing.May(access.LessonTake) {
		return err
	}
	return frame.SeeOther(w, r, here(r, ""), "")
}

// answer notes an answer and shows at once whether it was right. What was answered
// before, in another window, is shown as it was.
func (s site) answer(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	number, _ := strconv.ParseInt(r.PostForm.Get("number"), 10, 64) // what is no number is no question
	_, err := s.Lessons.Answer(r.Context(), v.Actor(), named(r),
		lesson.Answering{Attempt: lesson.AttemptID(r.PostForm.Get("attempt")), Number: number, Option: r.PostForm.Get("option")})
	switch {
	case err == nil, fault.Is(err, fault.Conflict):
		return frame.SeeOther(w, r, here(r, "/q?n="+strconv.FormatInt(number, 10)), "")
	case frame.Refused(err):
		return s.askAgain(w, r, v, err)
	}
	return err
}

func (s site) done(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, err := s.Lessons.Done(r.Context(), v.Actor(), named(r))
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, donePage(s.page(r, v, f.Standing, v.Printer.T("lessonpage.done")), f, s.Source.ID()))
}

// titled are titles of lessons in the reader's language, by the number of the lesson.
type titled map[int64]words

// titles are those of the lessons that the reader may read.
func (s site) titles(r *http.Request, v *frame.Visit) (titled, error) {
	all, err := s.Lessons.List(r.Context(), v.Actor(), lesson.Filter{})
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	out := titled{}
	for _, i := range all.Items {
		text, in := titleOf(i, string(v.Printer.Lang()))
		out[i.Seq] = words{text, in}
	}
	return out, nil
}

// put names the lesson of a result; one that is not known keeps its first title.
func (t titled) put(r *lesson.Result) {
	if w, known := t[r.Seq]; known {
		r.Title, r.Language = w.text, w.in
	}
}

func (s site) results(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	report, err := s.Lessons.Results(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	titles, err := s.titles(r, v)
	if err != nil {
		return err
	}
	for i := range report.Learners {
		titles.put(&report.Learners[i].Result)
	}
	return frame.Show(w, r, http.StatusOK, resultsPage(s.page(r, v, report.Standing, v.Printer.T("lessonpage.results")), report))
}

// ofWorkshop is what the participants of a workshop made of its lessons.
func (s site) ofWorkshop(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	id := workshop.ID(r.PathValue("id"))
	code, err := s.Workshops.Locate(r.Context(), v.Actor(), id)
	if err != nil {
		return err
	}
	report, err := s.Workshops.LessonResults(r.Context(), v.Actor(), code, id)
	if err != nil {
		return err
	}
	titles, err := s.titles(r, v)
	if err != nil {
		return err
	}
	for i := range report.Learners {
		titles.put(&report.Learners[i].Result)
	}
	p := s.Inside(r, v, report.Standing, v.Printer.T("lessonpage.workshop-results"))
	return frame.Show(w, r, http.StatusOK, workshopPage(p, report))
}
