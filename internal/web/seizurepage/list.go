package seizurepage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// caseListView is the list of cases as one reader sees it.
type caseListView struct {
	caselist.Page
	base    string
	query   url.Values // of the filter alone, cleaned
	chips   []kit.Chip
	figures *results.Figures // nil when a filter is chosen
	drafts  []seizure.Case
	waiting []seizure.Case
	back    []review.Back // came back to be corrected
	first   bool          // the first page
	ask     kit.Form      // "open by number", when it was refused
}

func (s site) caseList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	var ask kit.Form
	if typed := r.URL.Query().Get("ref"); typed != "" {
		f, err := casepart.Find(s.Site, r, v, typed)
		if err == nil {
			return frame.SeeOther(w, r, casepart.Address(frame.CodeOf(r), f.Case.Reference), "")
		}
		ask = kit.FormOf(r.URL.Query(), casepart.AsField("ref", err))
	}
	view, err := s.listed(r, v)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, view.Standing, v.Printer.T("casepage.cases"))
	p.Wide, p.Error = true, ask.Fault != nil
	frame.Fresh(p, "cases")
	view.ask, view.chips = ask, view.chipList(p, view.query)
	switch {
	case frame.Partial(r):
		return frame.Show(w, r, http.StatusOK, caseListPart(p, view))
	case p.Error:
		return frame.Show(w, r, http.StatusUnprocessableEntity, caseListPage(p, view))
	}
	return frame.Show(w, r, http.StatusOK, caseListPage(p, view))
}

// listed is the list that the address asks for, with what stands beside it.
func (s site) listed(r *http.Request, v *frame.Visit) (caseListView, error) {
	filter, query := caselist.Parse(r.URL.Query())
	page, err := s.CaseLists.List(r.Context(), v.Actor(), frame.CodeOf(r), filter)
	if err != nil {
		return caseListView{}, err
	}
	view := caseListView{Page: page, base: casepart.Base(frame.CodeOf(r)), query: query, first: filter.Before == 0}
	err = s.besideList(r, v, &view)
	return view, err
}

// besideList adds what stands above the whole list: figures, and what waits.
func (s site) besideList(r *http.Request, v *frame.Visit, view *caseListView) error {
	if !view.first || len(view.query) > 0 {
		return nil
	}
	code, st := view.Standing.Operation.Code, view.Standing
	if st.May(access.ResultsRead) {
		_, f, err := s.Results.Read(r.Context(), v.Actor(), code)
		if err != nil {
			return err
		}
		view.figures = &f
	}
	var err error
	if st.May(access.SeizureSave) {
		if view.drafts, err = s.Seizures.Mine(r.Context(), v.Actor(), code, seizure.Saved); err != nil {
			return err
		}
		if view.waiting, err = s.Seizures.Mine(r.Context(), v.Actor(), code, seizure.Reported); err != nil {
			return err
		}
		view.back, err = s.Reviews.Waiting(r.Context(), v.Actor(), code)
	}
	return err
}

// with is the address of the list with one value of the filter changed; an empty
// value takes it away. Pages start anew.
func (l caseListView) with(name, value string) string {
	q := url.Values{}
	for k, v := range l.query {
		q[k] = v
	}
	if q.Set(name, value); value == "" {
		q.Del(name)
	}
	return l.at(q)
}

// at is the address of the list under a filter.
func (l caseListView) at(q url.Values) string {
	if len(q) == 0 {
		return l.base
	}
	return l.base + "?" + q.Encode()
}

// older is the address of the next page.
func (l caseListView) older() string {
	if l.Next == 0 {
		return ""
	}
	return l.with("before", strconv.FormatInt(l.Next, 10))
}

// newest leads back to the first page.
func (l caseListView) newest() string {
	if l.first {
		return ""
	}
	return l.with("before", "")
}

// fresh is the list from its newest case on.
func (l caseListView) fresh() string { return l.with("before", "") }

// canReport tells whether the primary button reports.
func (l caseListView) canReport() bool { return l.Standing.May(access.SeizureReport) }

// files leads to the cases of the list as a file, and to where sheets come in.
func (l caseListView) files(p *kit.Page) []kit.Link {
	export := p.Operation.Href + "export"
	if len(l.query) > 0 {
		export += "?" + l.query.Encode()
	}
	out := []kit.Link{{Label: p.T("importpage.export"), Href: export}}
	if l.Standing.May(access.InquiryRead) {
		out = append(out, kit.Link{Label: p.T("inquirypage.list"), Href: "/inquiries/"})
	}
	if l.canReport() {
		out = append(out, kit.Link{Label: p.T("importpage.title"), Href: p.Operation.Href + "import/"})
	}
	return out
}
