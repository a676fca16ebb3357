package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func asFault(err error) (*fault.Fault, bool) { return errors.AsType[*fault.Fault](err) }

// done lists the sentences that a page may show after a form was taken; anything
// else in the address is ignored.
var done = map[string]bool{
	"accepted":          true,
	"amended":           true,
	"assigned":          true,
	"ended":             true,
	"hat":               true,
	"hat-ended":         true,
	"invited":           true,
	"opened":            true,
	"password":          true,
	"password-set":      true,
	"person-registered": true,
	"registered":        true,
	"resumed":           true,
	"session-ended":     true,
	"settled":           true,
	"suspended":         true,
	"answer-sent":       true,
	"case-amended":      true, "case-double": true, "case-recall": true, "case-release": true, "case-saved": true, "case-status": true,
	"case-withdraw": true,
	"message-sent":  true,
}

// page is the frame of a page outside an operation. titles go from the thing to
// the whole.
func (s *Site) page(r *http.Request, v *visit, titles ...string) *kit.Page {
	p := &kit.Page{
		Printer: v.printer, Title: titles, Path: cleanPath(r.URL), Nonce: v.nonce, Demo: s.Demo, Version: s.Version,
		Theme: preferred(v.session.Person.Theme), Density: preferred(v.session.Person.Density), Now: s.Source.Now(),
	}
	if d := r.URL.Query().Get("done"); done[d] {
		p.Flash = &kit.Flash{Tone: kit.Good, Text: v.printer.T("web.done." + d)}
	}
	if !v.actor().Known() {
		return p
	}
	lang := string(v.printer.Lang())
	p.Viewer = &kit.Viewer{Name: v.session.Person.Name, Organisation: v.session.Organisation.Called(lang), Role: v.session.Hat.Position}
	for _, h := range v.session.Hats {
		p.Viewer.Hats = append(p.Viewer.Hats, kit.Hat{ID: string(h.Organisation.ID), Name: h.Organisation.Called(lang),
			Role: h.Hat.Position, Current: h.Organisation.Number == v.session.Organisation.Number})
	}
	p.Nav = []kit.NavItem{{Label: p.T("web.nav.home"), Href: "/", Current: r.URL.Path == "/"}}
	if access.May(v.actor(), access.PersonRead) {
		p.Nav = append(p.Nav, kit.NavItem{Label: p.T("web.nav.admin"), Href: "/admin/", Current: strings.HasPrefix(r.URL.Path, "/admin/")})
	}
	return p
}

// preferred is a preference as the kit takes it: nothing where the device decides.
func preferred(preference string) string {
	if preference == "auto" {
		return ""
	}
	return preference
}

// cleanPath is the address without what is shown only once.
func cleanPath(u *url.URL) string {
	q := u.Query()
	q.Del("done")
	if len(q) == 0 {
		return u.Path
	}
	return u.Path + "?" + q.Encode()
}

// inside is the frame of a page of an operation. The names of countries and
// areas are the operation's own.
func (s *Site) inside(r *http.Request, v *visit, st operation.Standing, titles ...string) *kit.Page {
	o := st.Operation
	v.printer = i18n.NewPrinter(v.printer.Lang(), i18n.WithNames(s.Names), i18n.WithNames(langNames(o.Names)))
	p := s.page(r, v, append(titles, o.Name)...)
	base := "/o/" + string(o.Code) + "/"
	p.Operation = &kit.Operation{Code: string(o.Code), Name: o.Name, Href: base, Phase: phaseLine(p, st)}
	for _, n := range []struct {
		need        access.Permission
		label, href string
	}{
		{access.OperationRead, "web.nav.overview", ""},
		{access.MessageRead, "web.nav.messages", "m/"},
		{access.SeizureRead, "web.nav.cases", "c/"},
		{access.OperationPeople, "web.nav.people", "people/"},
		{access.JournalRead, "web.nav.journal", "journal/"},
	} {
		if st.May(n.need) {
			at := base + n.href
			p.Operation.Nav = append(p.Operation.Nav, kit.NavItem{Label: p.T(n.label), Href: at,
				Current: r.URL.Path == at || n.href != "" && strings.HasPrefix(r.URL.Path, at)})
		}
	}
	if st.May(access.SeizureReport) {
		p.Bar = []kit.NavItem{
			{Label: p.T("web.bar.report"), Href: base + "c/new", Icon: "report", Current: r.URL.Path == base+"c/new"},
			{Label: p.T("web.nav.messages"), Href: base + "m/", Icon: "message"},
			{Label: p.T("web.nav.cases"), Href: base + "c/", Icon: "case"},
			{Label: p.T("web.nav.overview"), Href: base, Icon: "home"},
		}
	}
	if o.Banner != "" {
		p.Handling = p.T(o.Banner)
	}
	return p
}

func langNames(names map[string]map[string]string) map[string]map[i18n.Lang]string {
	out := make(map[string]map[i18n.Lang]string, len(names))
	for code, by := range names {
		out[code] = make(map[i18n.Lang]string, len(by))
		for lang, name := range by {
			out[code][i18n.Lang(lang)] = name
		}
	}
	return out
}

// phaseLine says where the operation stands today: "Operational phase, day 12 of 19".
func phaseLine(p *kit.Page, st operation.Standing) string {
	ph, day, days, ok := st.Operation.PhaseAt(st.Today())
	if !ok {
		return ""
	}
	return p.T("web.phase-day", fault.Args{"phase": i18n.Code{List: "phase-kind", Code: ph.Kind}, "day": int64(day), "days": int64(days)})
}

// limits of forms, in bytes.
const (
	small = 64 << 10
	large = 4 << 20 // a case of many lines
)
