package analysispage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// keepView is the page on which the question of the address is kept.
type keepView struct {
	view
	form kit.Form
}

func (s site) keepShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.keepPage(w, r, v, url.Values{}, nil)
}

func (s site) keepPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	of, err := s.answered(r, v)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, of.Standing, v.Printer.T("analysispage.keep"), v.Printer.T("analysispage.title"))
	k := keepView{of, kit.FormOf(typed, wrong)}
	k.form.Labels = map[string]string{"name": p.T("analysispage.keep.name")}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), keepPage(p, k))
}

// keep keeps the question of the address under the name of the form.
func (s site) keep(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q, query := analysis.ParseQuestion(r.URL.Query())
	_, err := s.Analyses.Keep(r.Context(), v.Actor(), frame.CodeOf(r), r.PostFormValue("name"), q, r.PostFormValue("shared") == "1")
	if frame.Refused(err) {
		return s.keepPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r)+"?"+query.Encode(), "question-kept")
}

func (s site) drop(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if err := s.Analyses.Drop(r.Context(), v.Actor(), frame.CodeOf(r), r.PostFormValue("id")); err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r)+"keep", "question-dropped")
}

// saying says a question in words: "By country or area · Kind of goods: Footwear".
func (v view) saying(p *kit.Page, q analysis.Question) string {
	words := []string{p.T("analysispage.by." + q.Group)}
	if q.Split != "" {
		words = append(words, p.T("analysispage.by."+q.Split))
	}
	for _, name := range analysis.Filters() {
		if value := q.Where[name]; value != "" {
			words = append(words, p.T("analysispage.filtered", fault.Args{"filter": p.T("casepage.filter." + name), "value": p.Printer.Isolate(v.choice(p, name, value))}))
		}
	}
	return p.Printer.List(words)
}

// droppable tells whether the reader may drop a kept question.
func (v view) droppable(k analysis.Saved) bool {
	return v.Standing.May(access.QuestionDrop) && (k.Own || v.Standing.Side() == access.Coordination)
}

// kept is the address of a kept question.
func (v view) kept(k analysis.Saved) string { return v.base + "?" + k.Question.Query().Encode() }
