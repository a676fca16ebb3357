package frame

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// Page is the frame of a page outside an operation. titles go from the thing to
// the whole.
func (s *Site) Page(r *http.Request, v *Visit, titles ...string) *kit.Page {
	p := &kit.Page{
		Printer: v.Printer, Title: titles, Path: CleanPath(r.URL), Nonce: v.nonce, Demo: s.Demo, Version: s.Version,
		Theme: preferred(v.Session.Person.Theme), Density: preferred(v.Session.Person.Density), Now: s.Source.Now(),
	}
	// The catalogues list what can be said after a form was taken; anything else
	// in the address is ignored.
	if key := "web.done." + r.URL.Query().Get("done"); v.Printer.Has(key) {
		p.Flash = &kit.Flash{Tone: kit.Good, Text: v.Printer.T(key)}
	}
	if !v.Actor().Known() {
		return p
	}
	p.SearchURL = "/find"
	lang := string(v.Printer.Lang())
	p.Viewer = &kit.Viewer{Name: v.Session.Person.Name, Organisation: v.Session.Organisation.Called(lang), Role: v.Session.Hat.Position}
	for _, h := range v.Session.Hats {
		p.Viewer.Hats = append(p.Viewer.Hats, kit.Hat{ID: string(h.Organisation.ID), Name: h.Organisation.Called(lang),
			Role: h.Hat.Position, Current: h.Organisation.Number == v.Session.Organisation.Number})
	}
	p.Nav = []kit.NavItem{{Label: p.T("web.nav.home"), Href: "/", Current: r.URL.Path == "/"}}
	p.Nav = append(p.Nav, kit.NavItem{Label: p.T("web.nav.notices"), Href: "/notices", Current: r.URL.Path == "/notices", Count: s.unseen(r, v)})
	if at := s.library(r, v); at != "" {
		p.Nav = append(p.Nav, kit.NavItem{Label: p.T("web.nav.products"), Href: at, Current: strings.HasPrefix(r.URL.Path, "/p/")})
	}
	if n, member := s.waiting(r, v); member {
		p.Nav = append(p.Nav, kit.NavItem{Label: p.T("web.nav.alerts"), Href: "/alerts/", Current: strings.HasPrefix(r.URL.Path, "/alerts/"), Count: n})
	}
	p.Nav = append(p.Nav, kit.NavItem{Label: p.T("web.nav.training"), Href: "/t/", Current: strings.HasPrefix(r.URL.Path, "/t/")})
	if n, holds := s.asked(r, v); holds {
		p.Nav = append(p.Nav, kit.NavItem{Label: p.T("web.nav.requests"), Href: "/inquiries/", Current: strings.HasPrefix(r.URL.Path, "/inquiries/"), Count: n})
	}
	if access.May(v.Actor(), access.PersonRead) {
		p.Nav = append(p.Nav, kit.NavItem{Label: p.T("web.nav.admin"), Href: "/admin/", Current: strings.HasPrefix(r.URL.Path, "/admin/")})
	}
	return p
}

// unseen tells how many notices wait for the reader. A page does not fail for them.
func (s *Site) unseen(r *http.Request, v *Visit) int64 {
	n, err := s.Notices.Count(r.Context(), v.Actor())
	if err != nil {
		return 0
	}
	return n
}

// library is where the reader looks products up, or writes of its own; empty for who
// is no member of the library. A page does not fail for it.
func (s *Site) library(r *http.Request, v *Visit) string {
	st, err := s.Operations.Read(r.Context(), v.Actor(), operation.Library)
	switch {
	case err != nil || !st.May(access.ProductRead):
		return ""
	case st.May(access.ProductSave):
		return "/p/own/"
	}
	return "/p/"
}

// waiting tells how many alerts wait for the reader's organisation, and whether it
// is a member of the library at all. A page does not fail for them.
func (s *Site) waiting(r *http.Request, v *Visit) (n int64, member bool) {
	n, member, err := s.Alerts.Count(r.Context(), v.Actor())
	return n, member && err == nil
}

// asked tells how many questions wait for an answer of a right holder's side, and
// whether the reader stands there. A page does not fail for them.
func (s *Site) asked(r *http.Request, v *Visit) (n int64, holds bool) {
	if kind := v.Session.Organisation.Kind; kind != "right-holder" && kind != "partner" {
		return 0, false // it is asked on every page
	}
	n, err := s.Inquiries.Waiting(r.Context(), v.Actor())
	return n, err == nil
}

// Opened marks a notice as seen whose record the reader has just read. The page
// does not fail for it.
func (s *Site) Opened(r *http.Request, v *Visit, code operation.Code, seq int64) {
	if err := s.Notices.Opened(r.Context(), v.Actor(), code, seq); err != nil && r.Context().Err() == nil {
		s.Log.Warn("notice not marked", "error", err)
	}
}

// preferred is a preference as the kit takes it: nothing where the device decides.
func preferred(preference string) string {
	if preference == "auto" {
		return ""
	}
	return preference
}

// CleanPath is the address without what is shown only once.
func CleanPath(u *url.URL) string {
	q := u.Query()
	q.Del("done")
	if len(q) == 0 {
		return u.Path
	}
	return u.Path + "?" + q.Encode()
}

// Inside is the frame of a page of an operation. The names of countries and
// areas are the operation's own.
func (s *Site) Inside(r *http.Request, v *Visit, st operation.Standing, titles ...string) *kit.Page {
	o := st.Operation
	v.Printer = s.Printer(st, v.Printer.Lang())
	p := s.Page(r, v, append(titles, o.Name)...)
	base := "/o/" + string(o.Code) + "/"
	p.Operation = &kit.Operation{Code: string(o.Code), Name: o.Name, Href: base, Phase: PhaseLine(p, st)}
	for _, n := range []struct {
		need        access.Permission
		label, href string
	}{
		{access.OperationRead, "web.nav.overview", ""},
		{access.MessageRead, "web.nav.messages", "m/"},
		{access.WarningRemind, "web.nav.warnings", "warnings/"}, // who controls goods; others read warnings among their messages
		{access.SeizureRead, "web.nav.cases", "c/"},
		{access.AnalysisRead, "web.nav.analysis", "analysis/"},
		{access.DetentionRead, "web.nav.clocks", "clocks/"},
		{access.DocumentRead, "web.nav.documents", "documents/"},
		{access.CoverageRead, "web.nav.coverage", "coverage/"},
		{access.TaskRead, "web.nav.tasks", "tasks/"},
		{access.RosterRead, "web.nav.roster", "roster/"},
		{access.OperationPeople, "web.nav.people", "people/"},
		{access.EditionRead, "web.nav.report", "report/"}, // whoever writes it reads editions, too
		{access.JournalRead, "web.nav.journal", "journal/"},
	} {
		if st.May(n.need) {
			at := base + n.href
			p.Operation.Nav = append(p.Operation.Nav, kit.NavItem{Label: p.T(n.label), Href: at,
				Current: r.URL.Path == at || n.href != "" && strings.HasPrefix(r.URL.Path, at) || n.need == access.AnalysisRead && strings.HasPrefix(r.URL.Path, base+"watch/")})
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
	if o.Kind == operation.KindPractice {
		s.practise(r, v, p, o.Code)
	}
	if st.May(access.MessageRead) || st.May(access.SeizureRead) {
		sealed := st.Side() == access.RightHolderSide
		p.Live = base + "live?after=" + s.Cursors.Write(o.Number, st.AsOf, sealed)
	}
	return p
}

// Printer speaks a language with the operation's names of countries and areas.
func (s *Site) Printer(st operation.Standing, lang i18n.Lang) *i18n.Printer {
	return i18n.NewPrinter(lang, i18n.WithNames(s.Names), i18n.WithNames(langNames(st.Operation.Names)))
}

// Fresh has the page's live stream say what is new in a list: "messages" or
// "cases". The line above the list is kit.Fresh.
func Fresh(p *kit.Page, list string) {
	if p.Live != "" {
		p.Live += "&show=" + list
	}
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

// PhaseLine says where the operation stands today: "Operational phase, day 12 of 19".
func PhaseLine(p *kit.Page, st operation.Standing) string {
	ph, day, days, ok := st.Operation.PhaseAt(st.Today())
	if !ok {
		return ""
	}
	return p.T("web.phase-day", fault.Args{"phase": i18n.Code{List: "phase-kind", Code: ph.Kind}, "day": int64(day), "days": int64(days)})
}
