package withdrawalpage

import (
	"net/http"
	"net/url"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

func (s site) erasureRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/erase/{kind}/{seq}", Command: access.RedactionAsk}, Handle: s.eraseAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/erase/{kind}/{seq}", Command: access.RedactionAsk, Limit: frame.SmallForm}, Handle: s.erase},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/erasures/{$}", Command: access.RedactionRead}, Handle: s.desk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/erasures/{seq}/accept", Command: access.MessageRedact, Limit: frame.SmallForm}, Handle: s.accept},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/erasures/{seq}/refuse", Command: access.RedactionRefuse, Limit: frame.SmallForm}, Handle: s.refuse},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/holds/{$}", Command: access.HoldSet, Limit: frame.SmallForm}, Handle: s.hold},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/holds/{seq}", Command: access.HoldLift, Limit: frame.SmallForm}, Handle: s.lift},
	}
}

func (s site) eraseAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.erasePage(w, r, v, url.Values{}, nil)
}

func (s site) erasePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	seq, err := number(r, "seq")
	if err != nil {
		return err
	}
	st, err := s.Withdrawals.Askable(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("kind"), seq)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("withdrawal.erase"))
	p.Error = wrong != nil
	f := kit.FormOf(values, wrong)
	f.Labels = map[string]string{"code": p.T("withdrawal.erase-code"), "reason": p.T("withdrawal.erase-reason")}
	return frame.Show(w, r, frame.FormStatus(wrong), erasePage(p, f, s.back(r, v, seq)))
}

// back is the page of a record.
func (s site) back(r *http.Request, v *frame.Visit, seq int64) string {
	if r.PathValue("kind") == reading.Case {
		return base(r) + "c/"
	}
	return frame.MessageHref(base(r), seq)
}

func (s site) erase(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r, "seq")
	if err != nil {
		return err
	}
	err = s.Withdrawals.Ask(r.Context(), v.Actor(), frame.CodeOf(r), withdrawal.Asking{Kind: r.PathValue("kind"), Record: seq,
		Code: r.PostForm.Get("code"), Reason: r.PostForm.Get("reason")})
	switch {
	case err == nil:
		return frame.SeeOther(w, r, s.back(r, v, seq), "erasure-asked")
	case frame.Refused(err):
		return s.erasePage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

func (s site) desk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.deskPage(w, r, v, url.Values{}, nil)
}

func (s site) deskPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	d, err := s.Withdrawals.Desk(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, d.Standing, v.Printer.T("withdrawal.erasures"))
	p.Error = wrong != nil
	f := kit.FormOf(values, wrong)
	f.Labels = map[string]string{"reason": p.T("withdrawal.hold-reason"), "until": p.T("withdrawal.hold-until")}
	return frame.Show(w, r, frame.FormStatus(wrong), deskPage(p, d, f))
}

// decide does something with a request or a hold, and comes back to the desk.
func (s site) decide(w http.ResponseWriter, r *http.Request, v *frame.Visit, done string, do func(seq int64) error) error {
	seq, err := number(r, "seq")
	if err != nil {
		return err
	}
	if err = do(seq); err == nil {
		return frame.SeeOther(w, r, base(r)+"erasures/", done)
	}
	if frame.Refused(err) {
		return s.deskPage(w, r, v, url.Values{}, err)
	}
	return err
}

func (s site) accept(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.decide(w, r, v, "erased", func(seq int64) error { return s.Withdrawals.Accept(r.Context(), v.Actor(), frame.CodeOf(r), seq) })
}

func (s site) refuse(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.decide(w, r, v, "erasure-refused", func(seq int64) error { return s.Withdrawals.Refuse(r.Context(), v.Actor(), frame.CodeOf(r), seq) })
}

func (s site) lift(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.decide(w, r, v, "hold-lifted", func(seq int64) error { return s.Withdrawals.Lift(r.Context(), v.Actor(), frame.CodeOf(r), seq) })
}

// hold sets a hold on the whole operation until the end of a day there.
func (s site) hold(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	day, _ := time.ParseInLocation(time.DateOnly, r.PostForm.Get("until"), st.Operation.Location()) // what is no day is long past
	err = s.Withdrawals.Hold(r.Context(), v.Actor(), frame.CodeOf(r), "", 0, r.PostForm.Get("reason"), day.AddDate(0, 0, 1))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, base(r)+"erasures/", "hold-set")
	case frame.Refused(err):
		return s.deskPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// requestRows is what a request says.
func requestRows(p *kit.Page, one withdrawal.Redaction) []kit.Row {
	return []kit.Row{
		{Label: p.T("withdrawal.kind." + one.Kind), Value: kit.Code(called(one.Kind, one.Reference, one.Record))},
		{Label: p.T("withdrawal.erase-code"), Value: kit.Listed(p, codelist.RedactionReason.Name(), one.Code)},
		{Label: p.T("withdrawal.reason"), Value: kit.UserText("", one.Reason)},
		{Label: p.T("withdrawal.asked"), Value: kit.When(p, one.At)},
		{Label: p.T("withdrawal.until-when"), Value: kit.When(p, one.Until)},
	}
}

func holdRows(p *kit.Page, h withdrawal.Hold) []kit.Row {
	on := kit.Text(p.T("withdrawal.hold-on-all"))
	if h.Kind != "" {
		on = kit.Text(p.T("withdrawal.kind."+h.Kind) + " " + called("", "", h.Record))
	}
	return []kit.Row{{Label: p.T("withdrawal.holds"), Value: on}, {Label: p.T("withdrawal.reason"), Value: kit.UserText("", h.Reason)},
		{Label: p.T("withdrawal.hold-ends"), Value: kit.When(p, h.Until)}}
}

// requestHref is the page of what a request is about.
func requestHref(p *kit.Page, one withdrawal.Redaction) string {
	if one.Kind == reading.Case {
		return p.Operation.Href + "c/" + one.Reference
	}
	return frame.MessageHref(p.Operation.Href, one.Record)
}
