package seizurepage

import (
	"net/http"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
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
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}", Command: access.SeizureRead}, Handle: s.caseShow},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/c/{ref}/why", Command: access.OperationPeople}, Handle: s.caseWhy},
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

func (s site) caseShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, err := casepart.Read(s.Site, r, v)
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

// caseButtons are the buttons of a case page: the first one filled.
func caseButtons(p *kit.Page, f seizure.File) []kit.Button {
	at := casepart.Address(f.Standing.Operation.Code, f.Case.Reference)
	var out []kit.Button
	if f.Case.State == seizure.Saved && f.Own() && f.Standing.May(access.SeizureReport) {
		out = append(out, kit.Button{Label: p.T("casepage.act.draft"), Href: casepart.Base(f.Standing.Operation.Code) + "new?draft=" + f.Case.Reference})
	}
	for _, a := range casepart.Offered(f) {
		if a != "double" {
			out = append(out, kit.Button{Label: p.T("casepage.act." + a), Href: at + "/" + a})
		}
	}
	if len(out) == 0 {
		out = append(out, kit.Button{Label: p.T("casepage.act.back"), Href: casepart.Base(f.Standing.Operation.Code)})
	}
	if casepart.May(f, "double") {
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
