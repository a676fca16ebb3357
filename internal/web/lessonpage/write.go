package lessonpage

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// writing is a lesson that is being written.
type writing struct {
	lesson.Choices
	of   lesson.Choice
	id   string // of the lesson that is changed; empty: a new one
	form kit.Form
}

// labels names the fields of the forms for the summary of what is wrong.
func labels(p *kit.Page) map[string]string {
	return frame.Labels(p, "lessonpage.field.", "title", "aim", "language", "sheets", "kinds", "minutes", "questions", "explain", "holder", "reason")
}

// tongues are the languages in which a lesson's own words may be said beside its main one.
func tongues(main string) []string {
	var out []string
	for _, l := range i18n.Languages() {
		if string(l) != main {
			out = append(out, string(l))
		}
	}
	return out
}

// chosen is the right holder in whose name somebody writes: the one named, or the first.
func chosen(c lesson.Choices, id organisation.ID) (lesson.Choice, bool) {
	for _, h := range c.Holders {
		if h.Of.ID == id || id == "" {
			return h, true
		}
	}
	return lesson.Choice{}, false
}

func (s site) write(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	values := url.Values{"id": {s.Source.ID()}, "edit": {"0"}, "language": {frame.WrittenIn(v)}, "kinds": lesson.Kinds(), "holder": {r.URL.Query().Get("holder")},
		"minutes": {strconv.Itoa(lesson.UsualMinutes)}, "questions": {strconv.Itoa(lesson.UsualQuestions)}, "sheets": r.URL.Query()["sheet"]}
	return s.writePage(w, r, v, values, nil)
}

func (s site) edit(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, err := s.Lessons.Read(r.Context(), v.Actor(), named(r))
	if err != nil {
		return err
	}
	if !o.Mine {
		return fault.Missing()
	}
	values := formOf(o.Plan)
	values.Set("id", string(o.ID))
	values.Set("edit", strconv.FormatInt(o.Edit, 10))
	values.Set("holder", string(o.Of.ID))
	return s.writePage(w, r, v, values, nil)
}

func (s site) writePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	c, err := s.Lessons.Making(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	m := writing{Choices: c, id: r.PathValue("id")}
	var is bool
	if m.of, is = chosen(c, organisation.ID(values.Get("holder"))); !is {
		return fault.Missing()
	}
	values.Set("holder", string(m.of.Of.ID))
	m.form = kit.FormOf(values, located(wrong, values))
	p := s.page(r, v, c.Standing, m.heading(v.Printer))
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, m))
}

func (s site) save(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	edit, _ := strconv.ParseInt(f.Get("edit"), 10, 64) // what is no number was seen by nobody, and is refused
	id := f.Get("id")
	if in := r.PathValue("id"); in != "" {
		if o, err := s.Lessons.Read(r.Context(), v.Actor(), named(r)); err != nil || !o.Mine {
			return cmp.Or(err, error(fault.Missing()))
		}
		id = in
	}
	l, _, err := s.Lessons.Save(r.Context(), v.Actor(), lesson.Saving{ID: lesson.ID(id), Holder: organisation.ID(f.Get("holder")), Edit: edit, Plan: planOf(f)})
	switch {
	case err == nil:
		return frame.SeeOther(w, r, base+string(l.ID), "lesson-saved")
	case frame.Refused(err):
		return s.writePage(w, r, v, frame.Keep(f), err)
	}
	return err
}

func (s site) publish(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	edit, _ := strconv.ParseInt(r.PostForm.Get("edit"), 10, 64) // as above
	_, err := s.Lessons.Publish(r.Context(), v.Actor(), named(r), edit)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, here(r, ""), "lesson-published")
	case frame.Refused(err):
		return s.showAgain(w, r, v, err)
	}
	return err
}

func (s site) withdrawAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.withdrawPage(w, r, v, url.Values{}, nil)
}

func (s site) withdrawPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	o, err := s.Lessons.Read(r.Context(), v.Actor(), named(r))
	if err != nil {
		return err
	}
	if !o.MayWithdraw {
		return fault.Missing()
	}
	p := s.page(r, v, o.Standing, v.Printer.T("lessonpage.withdraw"))
	m := showView{o, kit.FormOf(values, wrong)}
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), withdrawPage(p, m))
}

func (s site) withdraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	err := s.Lessons.Withdraw(r.Context(), v.Actor(), named(r), lines(r.PostForm.Get("reason")))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, here(r, ""), "lesson-withdrawn")
	case frame.Refused(err):
		return s.withdrawPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// explain is the field of a sheet's explanation; in another language with its tag.
func explain(sheet product.ID) string { return "explain." + string(sheet) }

func in(name, tag string) string { return name + "." + tag }

// planOf reads a form; formOf writes it.
func planOf(f url.Values) lesson.Plan {
	main := f.Get("language")
	text := func(name string) product.Text {
		t := product.Text{main: lines(f.Get(name))}
		for _, tag := range tongues(main) {
			t[tag] = lines(f.Get(in(name, tag)))
		}
		return t
	}
	p := lesson.Plan{Language: main, Title: text("title"), Aim: text("aim"), Kinds: f["kinds"]}
	for _, id := range f["sheets"] {
		p.Sheets = append(p.Sheets, lesson.Chosen{Sheet: product.ID(id), Explain: text(explain(product.ID(id)))})
	}
	p.Minutes, _ = i18n.ParseInt(f.Get("minutes"))     // what is no number is too few
	p.Questions, _ = i18n.ParseInt(f.Get("questions")) // as well
	return p
}

func formOf(p lesson.Plan) url.Values {
	f := url.Values{"language": {p.Language}, "kinds": p.Kinds, "minutes": {strconv.FormatInt(p.Minutes, 10)}, "questions": {strconv.FormatInt(p.Questions, 10)}}
	put := func(name string, t product.Text) {
		for tag, words := range t {
			if tag != p.Language {
				f.Set(in(name, tag), words)
			} else {
				f.Set(name, words)
			}
		}
	}
	put("title", p.Title)
	put("aim", p.Aim)
	for _, c := range p.Sheets {
		f.Add("sheets", string(c.Sheet))
		put(explain(c.Sheet), c.Explain)
	}
	return f
}

// located says of what a command refused at which field of the form it stands.
func located(err error, f url.Values) error {
	wrong, ok := frame.AsFault(err)
	if !ok {
		return err
	}
	out := *wrong
	out.Fields = slices.Clone(wrong.Fields)
	for i := range out.Fields {
		group, rest, _ := strings.Cut(out.Fields[i].Path, ".")
		n, _ := strconv.Atoi(rest)
		switch {
		case group == "explain" && n > 0 && n <= len(f["sheets"]):
			out.Fields[i].Path = explain(product.ID(f["sheets"][n-1]))
		case group == "sheets":
			out.Fields[i].Path = group
		}
	}
	return &out
}
