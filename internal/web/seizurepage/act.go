package seizurepage

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// caseActView is the page that asks before something is done with a case.
type caseActView struct {
	seizure.File
	name   string // release, recall, withdraw, status, check, return, double
	base   string
	action string
	form   kit.Form
	moved  bool          // the case changed since it was read
	later  *seizure.Desk // of release: who will see it then
}

// caseActName is the last part of the address.
func caseActName(r *http.Request) string {
	return r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
}

// actable opens a case with which the reader may do what the address names.
func (s site) actable(r *http.Request, v *frame.Visit) (seizure.File, error) {
	f, err := casepart.Read(s.Site, r, v)
	if err == nil && !casepart.May(f, caseActName(r)) {
		err = fault.Missing()
	}
	return f, err
}

func (s site) caseAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, err := s.actable(r, v)
	if err != nil {
		return err
	}
	values := url.Values{"status": {f.Case.Status}, "status_day": {f.Standing.Today()}}
	if f.DuplicateOf != nil {
		values.Set("of", f.DuplicateOf.Reference)
	}
	return s.caseActPage(w, r, v, http.StatusOK, f, values, nil)
}

func (s site) caseActPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, status int, f seizure.File, values url.Values, wrong error) error {
	name := caseActName(r)
	p := s.Inside(r, v, f.Standing, v.Printer.T("casepage.act."+name), f.Case.Reference)
	p.Error = wrong != nil
	view := caseActView{File: f, name: name, base: casepart.Base(frame.CodeOf(r)), action: r.URL.Path, form: kit.FormOf(values, wrong)}
	view.form.Labels = map[string]string{"reason": p.T("casepage.field.reason"), "of": p.T("casepage.field.of"),
		"status": p.T("casepage.field.status"), "status_day": p.T("casepage.field.status_day")}
	view.moved = values.Has("version") && casepart.VersionOf(values) != f.Case.Version
	if name == "release" {
		desk, err := s.Seizures.Prepare(r.Context(), v.Actor(), frame.CodeOf(r))
		if err != nil {
			return err
		}
		view.later = &desk
	}
	return frame.Show(w, r, status, caseActPage(p, view))
}

func (s site) caseAct(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, err := s.actable(r, v)
	if err != nil {
		return s.actDone(w, r, v, err)
	}
	values := frame.Keep(r.PostForm)
	name := caseActName(r)
	if err := s.doAct(r, v, name, f, values); err != nil {
		if !frame.Refused(err) {
			return err
		}
		if f, other := s.actable(r, v); other == nil {
			return s.caseActPage(w, r, v, door.Status(err), f, values, err)
		}
		return err
	}
	return frame.SeeOther(w, r, casepart.Address(frame.CodeOf(r), f.Case.Reference), "case-"+name)
}

// actDone answers an act that is no longer offered: a second press of the same
// button leads to the case, where the state is seen; anything else is missing.
func (s site) actDone(w http.ResponseWriter, r *http.Request, v *frame.Visit, err error) error {
	f, other := casepart.Read(s.Site, r, v)
	if other != nil || !f.Own() {
		return err
	}
	return frame.SeeOther(w, r, casepart.Address(frame.CodeOf(r), f.Case.Reference), "")
}

// doAct calls the one command behind the page.
func (s site) doAct(r *http.Request, v *frame.Visit, name string, f seizure.File, values url.Values) error {
	ctx, who, code, seq, version := r.Context(), v.Actor(), frame.CodeOf(r), f.Case.Seq, casepart.VersionOf(values)
	reason := values.Get("reason")
	var err error
	switch name {
	case "release":
		_, err = s.Seizures.Release(ctx, who, code, seq, version)
	case "recall":
		_, err = s.Seizures.Recall(ctx, who, code, seq, version, reason)
	case "withdraw":
		_, err = s.Seizures.Withdraw(ctx, who, code, seq, version, reason)
	case "check":
		err = s.Reviews.Check(ctx, who, code, f.Case.Reference, version, reason)
	case "return":
		err = s.Reviews.Return(ctx, who, code, f.Case.Reference, version, reason)
	case "status":
		d := f.Case.Draft
		d.Status, d.StatusDay = values.Get("status"), values.Get("status_day")
		_, err = s.Seizures.Amend(ctx, who, code, seq, version, d, reason)
	case "double":
		var of int64
		if of, err = s.doubleOf(r, v, f, values); err == nil {
			_, err = s.Seizures.Relate(ctx, who, code, seq, version, of, reason)
		}
	}
	return err
}

// doubleOf is the number of the case that counts instead; an empty reference
// takes the mark back, where there is one.
func (s site) doubleOf(r *http.Request, v *frame.Visit, f seizure.File, values url.Values) (int64, error) {
	typed := strings.TrimSpace(values.Get("of"))
	if typed == "" {
		if f.Case.DuplicateOf != 0 {
			return 0, nil
		}
		var p fault.Problems
		p.Add("of", "fault.required")
		return 0, p.Fault()
	}
	other, err := casepart.Find(s.Site, r, v, typed)
	if err != nil {
		return 0, casepart.AsField("of", err)
	}
	return other.Case.Seq, nil
}

func (c caseActView) doubleHint(p *kit.Page) string {
	if c.Case.DuplicateOf != 0 {
		return p.T("casepage.hint.of-back")
	}
	return p.T("casepage.hint.of")
}
