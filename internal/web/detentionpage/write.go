package detentionpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/protection"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// writing is a form about a clock.
type writing struct {
	view
	form kit.Form
	kind string // of an event that is entered
	told detention.Disclosure
	// applications for action that are valid for the goods where they were found
	applications []protection.Matched
}

// applications asks the library; whoever does not read it has none.
func (s site) applications(r *http.Request, v *frame.Visit, a view) ([]protection.Matched, error) {
	var of []protection.Goods
	for _, l := range a.Case.Goods {
		of = append(of, protection.Goods{Brand: l.Brand, Right: l.Right})
	}
	return s.Protections.ForGoods(r.Context(), v.Actor(), a.Case.Country, of)
}

// labels names the fields of the forms for the summary of what is wrong.
func labels(p *kit.Page) map[string]string {
	return frame.Labels(p, "clock.field.", "kind", "day", "time", "step", "answer", "reason", "fields", "request", "basis", "purpose", "officer", "to",
		"addressee", "note", "profile", "text", "zone", "weekend", "holidays", "worked", "years", "source")
}

// formOf is a form as it was typed, with what is wrong.
func formOf(p *kit.Page, values url.Values, wrong error) kit.Form {
	f := kit.FormOf(values, wrong)
	f.Labels = labels(p)
	p.Error = wrong != nil
	return f
}

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// number is a hidden number of a form; what is none is 0, and refused as such.
func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

func (s site) startAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.startPage(w, r, v, nil, nil)
}

func (s site) startPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	a, p, err := s.opened(r, v, "clock.start")
	if err != nil {
		return err
	}
	if !a.MayStart {
		return fault.Missing()
	}
	if values == nil {
		values = url.Values{"day": {min(a.Case.Day, a.Today.String())}}
	}
	m := writing{view: a, form: formOf(p, values, wrong)}
	if m.applications, err = s.applications(r, v, a); err != nil {
		return err
	}
	return frame.Show(w, r, frame.FormStatus(wrong), startPage(p, m))
}

func (s site) start(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	ref := r.PathValue("ref")
	_, err := s.Detentions.Start(r.Context(), v.Actor(), frame.CodeOf(r), ref, detention.Starting{Kind: r.PostForm.Get("kind"),
		Perishable: r.PostForm.Get("perishable") != "", Day: r.PostForm.Get("day"), Time: r.PostForm.Get("time")})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Unavailable) {
		return s.startPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "clock-started")
}

// done leads back to the clock.
func (s site) done(w http.ResponseWriter, r *http.Request, said string) error {
	return frame.SeeOther(w, r, frame.ClockHref("/o/"+string(frame.CodeOf(r))+"/", r.PathValue("ref")), said)
}

// noteAsk asks what happened, and then when.
func (s site) noteAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.notePage(w, r, v, nil, nil)
}

func (s site) notePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	a, p, err := s.opened(r, v, "clock.note")
	if err != nil {
		return err
	}
	if !a.MayNote {
		return fault.Missing()
	}
	kind := r.FormValue("kind")
	if !codelist.ClockEvent.Has(kind) {
		return frame.Show(w, r, http.StatusOK, choosePage(p, a))
	}
	if values == nil {
		values = url.Values{"kind": {kind}, "day": {a.Today.String()}, "step": {r.FormValue("step")}, "clock": {strconv.FormatInt(a.Clock.Seq, 10)}}
	}
	return frame.Show(w, r, frame.FormStatus(wrong), notePage(p, writing{view: a, kind: kind, form: formOf(p, values, wrong)}))
}

func (s site) note(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	err := s.Detentions.Note(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("ref"), detention.Happening{Clock: number(f.Get("clock")), Kind: f.Get("kind"),
		Day: f.Get("day"), Time: f.Get("time"), Step: f.Get("step"), Answer: f.Get("answer"), Reason: lines(f.Get("reason"))})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Unavailable) {
		return s.notePage(w, r, v, f, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "clock-noted")
}

func (s site) discloseAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.disclosePage(w, r, v, nil, nil)
}

func (s site) disclosePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	a, p, err := s.opened(r, v, "clock.disclose")
	if err != nil {
		return err
	}
	if !a.MayDisclose {
		return fault.Missing()
	}
	if values == nil {
		values = url.Values{"id": {s.Source.ID()}, "clock": {strconv.FormatInt(a.Clock.Seq, 10)}, "officer": {v.Actor().Person}}
	}
	return frame.Show(w, r, frame.FormStatus(wrong), disclosePage(p, writing{view: a, form: formOf(p, values, wrong)}))
}

func (s site) disclose(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	_, err := s.Detentions.Disclose(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("ref"), detention.Disclosing{ID: f.Get("id"), Clock: number(f.Get("clock")),
		Fields: f["fields"], Request: lines(f.Get("request")), Basis: f.Get("basis"), Purpose: f.Get("purpose"), Officer: person.ID(f.Get("officer")),
		To: organisation.ID(f.Get("to")), Addressee: f.Get("addressee")})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Unavailable) {
		return s.disclosePage(w, r, v, f, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "clock-disclosed")
}

func (s site) told(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.toldPage(w, r, v, nil, nil)
}

func (s site) toldPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	a, p, err := s.opened(r, v, "clock.told")
	if err != nil {
		return err
	}
	d, err := a.disclosure(r)
	if err != nil {
		return err
	}
	if values == nil {
		values = url.Values{"day": {a.Today.String()}}
	}
	return frame.Show(w, r, frame.FormStatus(wrong), toldPage(p, writing{view: a, told: d, form: formOf(p, values, wrong)}))
}

func (s site) receive(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq := number(r.PathValue("seq"))
	err := s.Detentions.Receive(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("ref"), seq, r.PostForm.Get("day"), lines(r.PostForm.Get("note")))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Unavailable) {
		return s.toldPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "clock-received")
}

// happenings are the events that can be entered, in their usual order.
func (a view) happenings() []string {
	kinds := codelist.ClockEvent.Codes()
	return slices.DeleteFunc(kinds, func(k string) bool { return k == legal.Extended && len(a.extendable()) == 0 })
}

// extendable are the deadlines that the law lets be extended, and that run.
func (a view) extendable() []legal.Deadline {
	return slices.DeleteFunc(slices.Clone(a.Deadlines), func(d legal.Deadline) bool {
		return !d.Step.Extendable(a.Clock.Perishable) || d.Extended || !d.Open()
	})
}
