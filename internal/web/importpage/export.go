package importpage

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/export"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// exportView is where a file of cases is asked for.
type exportView struct {
	standing operation.Standing
	form     kit.Form
	carried  url.Values // of the filter of the list that led here
	matching int64
	bounded  bool // more hold the words than were counted; the file has them all
}

// export shows what can be had, and with a format hands it out.
func (s site) export(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	filter, clean := caselist.Parse(r.URL.Query())
	format := r.URL.Query().Get("format")
	if slices.Contains(export.Formats(), format) {
		return s.deliverCases(w, r, v, format, filter)
	}
	list := filter
	list.Limit, list.Before = 1, 0
	page, err := s.CaseLists.List(r.Context(), v.Actor(), frame.CodeOf(r), list)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, page.Standing, v.Printer.T("importpage.export"))
	m := exportView{standing: page.Standing, matching: page.Counts.Matching, bounded: page.Bounded, carried: clean}
	m.form = kit.FormOf(url.Values{"format": {export.XLSX}, "from": clean["from"], "to": clean["to"]}, nil)
	return frame.Show(w, r, http.StatusOK, exportPage(p, m))
}

// deliverCases writes the file as it is made. What fails before its first byte is
// an answer like any other.
func (s site) deliverCases(w http.ResponseWriter, r *http.Request, v *frame.Visit, format string, filter caselist.Filter) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	s.Inside(r, v, st) // the printer calls countries as the operation does
	begun := false
	name := string(st.Operation.Code) + "-" + st.Today() + "." + format
	_, err = s.Exports.Cases(r.Context(), v.Actor(), frame.CodeOf(r), export.Request{Format: format, Filter: filter, Printer: v.Printer}, w,
		func() { begun = true; deliver(w, format, name) })
	if err != nil && begun {
		s.Log.Warn("export broken off", "error", err)
		panic(http.ErrAbortHandler) // the reader must not take the half for the whole
	}
	return err
}
