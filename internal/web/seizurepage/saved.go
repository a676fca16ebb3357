package seizurepage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// keepView is the page on which filters are kept and columns chosen.
type keepView struct {
	caseListView
	form    kit.Form
	columns kit.Form
}

// keepAddress is that page, for the filter of the list.
func (l caseListView) keepAddress() string {
	if len(l.query) == 0 {
		return l.base + "keep"
	}
	return l.base + "keep?" + l.query.Encode()
}

func (s site) caseKeepShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.caseKeepPage(w, r, v, http.StatusOK, url.Values{}, nil)
}

func (s site) caseKeepPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, status int, values url.Values, wrong error) error {
	filter, query := caselist.Parse(r.URL.Query())
	filter.Limit = 1
	page, err := s.CaseLists.List(r.Context(), v.Actor(), frame.CodeOf(r), filter)
	if err != nil {
		return err
	}
	view := keepView{caseListView: caseListView{Page: page, base: casepart.Base(frame.CodeOf(r)), query: query}, form: kit.FormOf(values, wrong)}
	p := s.Inside(r, v, page.Standing, v.Printer.T("casepage.keep"), v.Printer.T("casepage.cases"))
	p.Error = wrong != nil
	view.form.Labels = map[string]string{"name": p.T("casepage.keep.name")}
	view.chips = view.chipList(p, query)
	view.columns = kit.Form{Values: url.Values{"column": page.Columns}}
	if len(page.Columns) == 0 {
		view.columns.Values["column"] = caselist.UsualColumns()
	}
	return frame.Show(w, r, status, caseKeepPage(p, view))
}

// caseKeep keeps the filter that stands in the address.
func (s site) caseKeep(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	values := frame.Keep(r.PostForm)
	_, query := caselist.Parse(r.URL.Query())
	err := s.CaseLists.Keep(r.Context(), v.Actor(), frame.CodeOf(r), values.Get("name"), query, values.Get("shared") == "1")
	if frame.Refused(err) {
		return s.caseKeepPage(w, r, v, door.Status(err), values, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, casepart.Base(frame.CodeOf(r))+"?"+query.Encode(), "case-keep")
}

func (s site) caseKeepDrop(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if err := s.CaseLists.Drop(r.Context(), v.Actor(), frame.CodeOf(r), r.PostForm.Get("id")); err != nil {
		return err
	}
	return frame.SeeOther(w, r, casepart.Base(frame.CodeOf(r))+"keep", "case-keep-drop")
}

func (s site) caseColumns(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	columns := r.PostForm["column"]
	if r.PostForm.Get("usual") == "1" {
		columns = nil
	}
	if err := s.CaseLists.Arrange(r.Context(), v.Actor(), frame.CodeOf(r), columns); err != nil {
		return err
	}
	return frame.SeeOther(w, r, casepart.Base(frame.CodeOf(r)), "case-columns")
}

// columnOptions are the columns to choose from.
func columnOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, c := range caselist.AllColumns() {
		out = append(out, kit.Option{Value: c, Label: p.T("casepage.column." + c)})
	}
	return out
}
