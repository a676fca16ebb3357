package workshoppage

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// maxShelf is how many documents are offered, the newest of them.
const maxShelf = 200

// supplying is the form by which a workshop hands something out.
type supplying struct {
	view
	options []kit.Option // "kind:UUID"
	form    kit.Form
}

func (s site) supplying(r *http.Request, v *frame.Visit) (supplying, error) {
	o, code, err := s.opened(r, v)
	if err != nil {
		return supplying{}, err
	}
	m := supplying{view: o}
	if !o.MaySupply {
		return m, fault.Missing()
	}
	f := document.Filter{}
	for len(m.options) < maxShelf {
		page, err := s.Documents.List(r.Context(), v.Actor(), code, f)
		if err != nil {
			return m, err
		}
		for _, d := range page.Items {
			if d.InUse() {
				m.options = append(m.options, kit.Option{Value: workshop.MaterialDocument + ":" + string(d.ID), Label: d.Title, Group: v.Printer.Code(codelist.WorkshopMaterial.Name(), workshop.MaterialDocument)})
			}
		}
		if f.Before = page.Next; page.Next == 0 {
			break
		}
	}
	return m, s.taught(r, v, &m, code)
}

// taught adds the lessons that the reader may read, and the workshop's own practice.
func (s site) taught(r *http.Request, v *frame.Visit, m *supplying, code operation.Code) error {
	add := func(kind, ref, title string) {
		m.options = append(m.options, kit.Option{Value: kind + ":" + ref, Label: title, Group: v.Printer.Code(codelist.WorkshopMaterial.Name(), kind)})
	}
	lessons, err := s.Lessons.List(r.Context(), v.Actor(), lesson.Filter{})
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	for _, l := range lessons.Items {
		if l.State == lesson.Published {
			title, _ := l.Says.Title.In(string(v.Printer.Lang()), l.Says.Language)
			add(workshop.MaterialLesson, string(l.ID), title)
		}
	}
	desk, err := s.Practices.Read(r.Context(), v.Actor(), code, m.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err == nil && desk.Practice.Seq != 0 {
		add(workshop.MaterialPractice, string(desk.Practice.ID), desk.Name)
	}
	return err
}

func (s site) supplyAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, err := s.supplying(r, v)
	if err != nil {
		return err
	}
	return s.supplyPage(w, r, v, m, url.Values{"id": {s.Source.ID()}}, nil)
}

func (s site) supplyPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, m supplying, values url.Values, wrong error) error {
	if wrong != nil && !frame.Refused(wrong) {
		return wrong
	}
	p := s.inside(r, v, m.view, v.Printer.T("workshoppage.material-add"), m.Title)
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), supplyPage(p, m))
}

func (s site) supply(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, err := s.supplying(r, v)
	if err != nil {
		return err
	}
	kind, ref, _ := strings.Cut(r.PostForm.Get("ref"), ":")
	_, wrong := s.Workshops.Supply(r.Context(), v.Actor(), m.Standing.Operation.Code, m.ID, workshop.MaterialDraft{ID: workshop.ID(r.PostForm.Get("id")),
		Session: workshop.ID(r.PostForm.Get("session")), Kind: kind, Ref: ref})
	if wrong == nil {
		return frame.SeeOther(w, r, m.at(""), "material-supplied")
	}
	values := frame.Keep(r.PostForm)
	if fault.Is(wrong, fault.Conflict) {
		values.Set("id", s.Source.ID())
	}
	return s.supplyPage(w, r, v, m, values, pathed(wrong, map[string]string{"kind": "ref"}))
}

func (s site) remove(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, code, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if err := s.Workshops.Remove(r.Context(), v.Actor(), code, o.ID, workshop.ID(r.PathValue("material"))); err != nil {
		return err
	}
	return frame.SeeOther(w, r, o.at(""), "material-removed")
}

// talkOptions are the sessions that take place.
func (o view) talkOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, t := range o.Talks {
		if d, c, _ := cut(t.Starts); t.On() {
			out = append(out, kit.Option{Value: string(t.ID), Label: p.Printer.DayShort(d) + ", " + c + " · " + t.Title})
		}
	}
	return out
}
