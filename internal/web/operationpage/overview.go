package operationpage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) overviewRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/{$}", Command: access.OperationRead}, Handle: s.overview},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/results", Command: access.ResultsRead}, Handle: s.resultsFile},
	}
}

func (s site) overview(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, err := s.Results.Overview(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, o.Standing, v.Printer.T("overview.title"))
	p.Wide = true
	view := overviewView{Overview: o, base: p.Operation.Href, beside: s.besides(r, v, p, o), demo: s.Demo}
	if frame.Partial(r) && o.Figures != nil {
		return frame.Show(w, r, http.StatusOK, overviewTiles(p, view))
	}
	if r.URL.Query().Get("wall") == "1" {
		onWall(w, p)
		return frame.Show(w, r, http.StatusOK, wallPage(p, view))
	}
	return frame.Show(w, r, http.StatusOK, overviewPage(p, view))
}

// onWall takes away what a page says of its reader, and has the browser ask again: a
// wall has no hands. Figures change in between as they do on the overview.
func onWall(w http.ResponseWriter, p *kit.Page) {
	p.Viewer, p.Nav, p.Bar, p.Contact, p.SearchURL = nil, nil, nil, "", ""
	p.Operation.Nav = nil
	p.Styles = []string{"analysis.css"}
	w.Header().Set("Refresh", "120")
}

// overviewView is the overview as the page asks for it.
type overviewView struct {
	results.Overview
	beside
	base string // address of the operation
	demo bool   // invented countries have places on the map
}

func (o overviewView) may(need access.Permission) bool { return o.Standing.May(need) }

// official tells whether this reader is shown the coordination's figure alone.
func (o overviewView) official() bool {
	return o.Standing.Side() == access.ObserverSide && o.Figures != nil && o.Figures.Official != nil
}

// cases is the address of the list of cases with one filter; empty for who may
// not read cases.
func (o overviewView) cases(name, value string) string {
	if !o.may(access.SeizureRead) {
		return ""
	}
	return o.base + "c/?" + url.Values{name: {value}}.Encode()
}

// counted is cases with the filter that a bar of the counted cases needs.
func (o overviewView) counted(name, value string) string {
	if !o.may(access.SeizureRead) {
		return ""
	}
	return o.base + "c/?" + url.Values{name: {value}, "class": {"counted"}}.Encode()
}

// act is the one thing that this reader most likely came to do.
func (o overviewView) act(p *kit.Page) kit.Button {
	b := kit.Button{Kind: kit.Primary}
	switch {
	case o.may(access.SeizureReport):
		b.Label, b.Href = p.T("overview.act.report"), o.base+"c/new"
	case o.may(access.MessageSend) && o.may(access.OperationPeople):
		b.Label, b.Href = p.T("overview.act.write"), o.base+"m/new"
	case o.may(access.MessageRead):
		b.Label, b.Href = p.T("overview.act.messages"), o.base+"m/"
	case o.may(access.JournalRead):
		b.Label, b.Href = p.T("overview.act.journal"), o.base+"journal/"
	default:
		b.Label, b.Href = p.T("overview.act.home"), "/"
	}
	return b
}

// phase says where the operation stands: planned, day n of m, between two
// phases, or over.
func (o overviewView) phase(p *kit.Page) string {
	if line := frame.PhaseLine(p, o.Standing); line != "" {
		return line
	}
	today := o.Standing.Today()
	phases := o.Standing.Operation.Phases
	for _, ph := range phases {
		if today < ph.Starts {
			return p.T("overview.phase.next", fault.Args{"phase": i18n.Code{List: "phase-kind", Code: ph.Kind}, "day": i18n.Day(ph.Starts)})
		}
	}
	if len(phases) == 0 {
		return p.T("overview.phase.none")
	}
	return p.T("overview.phase.over", fault.Args{"day": i18n.Day(phases[len(phases)-1].Ends)})
}

// rule is the counting rule in words for this reader, with its language: the
// reader's, the operation's, or any there is.
func (o overviewView) rule(p *kit.Page) (text, lang string) {
	words := o.Standing.Operation.Counting.Words
	for _, lang := range []string{string(p.Printer.Lang()), o.Standing.Operation.Language, "en"} {
		if words[lang] != "" {
			return words[lang], lang
		}
	}
	for lang, text := range words {
		return text, lang
	}
	return "", ""
}
