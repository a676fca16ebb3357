package frame

import (
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// practise marks a page as one of a practice, and tells its reader what they are at.
// Without that line the page is still marked.
func (s *Site) practise(r *http.Request, v *Visit, p *kit.Page, code operation.Code) {
	p.Handling = p.T(practice.Banner)
	p.Styles = append(p.Styles, "practice.css")
	p.Strip = &kit.Strip{Mark: p.T("practice.mark")}
	at, ok, err := s.Practices.Strip(r.Context(), v.Actor(), code)
	if err != nil && r.Context().Err() == nil && !fault.Is(err, fault.NotFound) {
		s.Log.Warn("line of a practice not shown", "error", err)
	}
	if err != nil || !ok {
		return
	}
	st := p.Strip
	st.Progress = p.T("practice.progress", fault.Args{"done": int64(at.Done), "of": int64(at.Of)})
	st.Href, st.Link, st.More = ExerciseHref(at.Workshop), p.T("practice.all-tasks"), p.T("practice.scenario")
	if t := at.Item.Task; t.Number != 0 {
		title, text, lang := TaskWords(p, t)
		st.Task, st.Text, st.Lang = p.T("practice.numbered", fault.Args{"number": t.Number, "title": title}), text, lang
		st.Href, st.Link = st.Href+strconv.FormatInt(t.Number, 10), p.T("practice.to-feedback")
		st.Said, st.Tone = TaskState(p, at.Item)
	}
}

// Mark is what a file made in a practice says inside, since files travel without their
// names; empty of what is real.
func Mark(p *i18n.Printer, o operation.Operation) string {
	if o.Kind != operation.KindPractice {
		return ""
	}
	return p.T(practice.Banner)
}

// ExerciseHref is where the tasks of a workshop are.
func ExerciseHref(of workshop.ID) string { return "/t/" + string(of) + "/exercise/" }

// TaskWords gives the title and the scenario of a task; lang is empty where they are
// the product's own words, in the reader's language.
func TaskWords(p *kit.Page, t practice.Task) (title, text, lang string) {
	if t.Ready != "" {
		return p.T("practice.ready." + t.Ready + ".title"), p.T("practice.ready." + t.Ready + ".text"), ""
	}
	text, lang = practice.In(t.Text, string(p.Printer.Lang()))
	return t.Title[lang], text, lang
}

// TaskState says in a few words how somebody stands with a task.
func TaskState(p *kit.Page, it practice.Item) (string, kit.Tone) {
	right, of := practice.Count(it.Remarks)
	switch {
	case it.Begun.IsZero():
		return p.T("practice.state.open"), kit.Info
	case of == 0:
		return p.T("practice.state.begun"), kit.Info
	case it.Done && right == of:
		return p.T("practice.state.right"), kit.Good
	case it.Done:
		return p.T("practice.state.near", fault.Args{"right": int64(right), "of": int64(of)}), kit.Good
	}
	return p.T("practice.state.look", fault.Args{"right": int64(right), "of": int64(of)}), kit.Warn
}
