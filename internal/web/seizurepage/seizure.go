package seizurepage

import (
	"net/http"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) seizureRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{$}", Command: access.SeizureRead, Rate: door.Searches}, Handle: s.caseList},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/keep", Command: access.CaseListKeep}, Handle: s.caseKeepShow},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/keep", Command: access.CaseListKeep, Limit: frame.SmallForm}, Handle: s.caseKeep},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/keep/drop", Command: access.CaseListKeep, Limit: frame.SmallForm}, Handle: s.caseKeepDrop},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/columns", Command: access.CaseListKeep, Limit: frame.SmallForm}, Handle: s.caseColumns},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/new", Command: access.SeizureReport}, Handle: s.caseNew},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/new", Command: access.SeizureReport, Limit: frame.LargeForm}, Handle: s.caseReport},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}", Command: access.SeizureRead}, Handle: s.caseShow},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/why", Command: access.OperationPeople}, Handle: s.caseWhy},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/amend", Command: access.SeizureAmend}, Handle: s.caseAmendShow},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/{ref}/amend", Command: access.SeizureAmend, Limit: frame.LargeForm}, Handle: s.caseAmend},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/status", Command: access.SeizureAmend}, Handle: s.caseAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/{ref}/status", Command: access.SeizureAmend, Limit: frame.SmallForm}, Handle: s.caseAct},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/release", Command: access.SeizureRelease}, Handle: s.caseAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/{ref}/release", Command: access.SeizureRelease, Limit: frame.SmallForm}, Handle: s.caseAct},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/recall", Command: access.SeizureRecall}, Handle: s.caseAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/{ref}/recall", Command: access.SeizureRecall, Limit: frame.SmallForm}, Handle: s.caseAct},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/withdraw", Command: access.SeizureWithdraw}, Handle: s.caseAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/{ref}/withdraw", Command: access.SeizureWithdraw, Limit: frame.SmallForm}, Handle: s.caseAct},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/check", Command: access.ReviewCheck}, Handle: s.caseAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/{ref}/check", Command: access.ReviewCheck, Limit: frame.SmallForm}, Handle: s.caseAct},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/return", Command: access.ReviewReturn}, Handle: s.caseAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/{ref}/return", Command: access.ReviewReturn, Limit: frame.SmallForm}, Handle: s.caseAct},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/double", Command: access.SeizureRelate}, Handle: s.caseAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/c/{ref}/double", Command: access.SeizureRelate, Limit: frame.SmallForm}, Handle: s.caseAct},
	}
}

// caseBase is the address of the operation's cases.
func caseBase(code operation.Code) string { return "/o/" + string(code) + "/c/" }

// caseAddress is the address of one case.
func caseAddress(code operation.Code, ref string) string { return caseBase(code) + ref }

// badReference says that a number cannot be right because of its check letter.
// That betrays nothing: it is true of the number alone.
var badReference = fault.Of(fault.NotFound, "seizure.check-letter")

// caseReference takes the case number of an address or a field, forgiving case
// and spaces.
func caseReference(typed string) (string, error) {
	ref, ok := seizure.ValidReference(typed)
	if ok {
		return ref, nil
	}
	if ref != "" {
		return "", badReference
	}
	return "", fault.Missing()
}

// readCase opens the case of an address.
func (s site) readCase(r *http.Request, v *frame.Visit) (seizure.File, error) {
	ref, err := caseReference(r.PathValue("ref"))
	if err != nil {
		return seizure.File{}, err
	}
	return s.Seizures.Read(r.Context(), v.Actor(), frame.CodeOf(r), ref)
}

func (s site) caseShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, err := s.readCase(r, v)
	if err != nil {
		return err
	}
	if typed := r.PathValue("ref"); typed != f.Case.Reference {
		return frame.SeeOther(w, r, strings.TrimSuffix(r.URL.Path, typed)+f.Case.Reference, "")
	}
	s.Opened(r, v, frame.CodeOf(r), f.Case.Seq)
	p := s.Inside(r, v, f.Standing, f.Case.Reference, v.Printer.T("casepage.cases"))
	view, err := s.caseView(r, v, p, f)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("view") == "print" {
		return frame.Show(w, r, http.StatusOK, casePrintPage(p, view))
	}
	return frame.Show(w, r, http.StatusOK, casePage(p, view))
}

// caseActions are the pages on which something is done with a case, in the
// order in which they are offered.
var caseActions = []struct {
	name string
	need access.Permission
	own  bool                      // only for the organisation that reported
	when func(c seizure.Case) bool // the state in which it makes sense
}{
	{"release", access.SeizureRelease, true, func(c seizure.Case) bool { return c.State == seizure.Reported }},
	{"amend", access.SeizureAmend, true, caseIsOut},
	{"status", access.SeizureAmend, true, caseIsOut},
	{"recall", access.SeizureRecall, true, func(c seizure.Case) bool { return c.State == seizure.Released }},
	{"withdraw", access.SeizureWithdraw, true, func(c seizure.Case) bool { return c.State != seizure.Withdrawn }},
	{"check", access.ReviewCheck, false, caseIsOut},
	{"return", access.ReviewReturn, false, caseIsOut},
	{"double", access.SeizureRelate, false, caseIsOut},
}

func caseIsOut(c seizure.Case) bool {
	return c.State == seizure.Reported || c.State == seizure.Released
}

// caseMay tells whether a page of an action is offered to this reader.
func caseMay(f seizure.File, name string) bool {
	for _, a := range caseActions {
		if a.name == name {
			return f.Standing.May(a.need) && (!a.own || f.Own()) && a.when(f.Case) && (a.need != access.ReviewCheck && a.need != access.ReviewReturn || review.May(f.Standing, f.Case))
		}
	}
	return false
}

// caseButtons are the buttons of a case page: the first one filled.
func caseButtons(p *kit.Page, f seizure.File) []kit.Button {
	at := caseAddress(f.Standing.Operation.Code, f.Case.Reference)
	var out []kit.Button
	if f.Case.State == seizure.Saved && f.Own() && f.Standing.May(access.SeizureReport) {
		out = append(out, kit.Button{Label: p.T("casepage.act.draft"), Href: caseBase(f.Standing.Operation.Code) + "new?draft=" + f.Case.Reference})
	}
	for _, a := range caseActions {
		if caseMay(f, a.name) && a.name != "double" {
			out = append(out, kit.Button{Label: p.T("casepage.act." + a.name), Href: at + "/" + a.name})
		}
	}
	if len(out) == 0 {
		out = append(out, kit.Button{Label: p.T("casepage.act.back"), Href: caseBase(f.Standing.Operation.Code)})
	}
	if caseMay(f, "double") {
		out = append(out, kit.Button{Label: p.T("casepage.act.double"), Href: at + "/double"})
	}
	out[0].Kind = kit.Primary
	for i := range out {
		if strings.HasSuffix(out[i].Href, "/withdraw") {
			out[i].Kind = kit.Quiet
		}
	}
	return out
}
