package importpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/export"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// exportView is where a file of cases is asked for.
type exportView struct {
	standing operation.Standing
	form     kit.Form
	carried  url.Values // of the filter of the list that led here
	matching int64
}

// export shows what can be had, and with a format hands it out.
func (s site) export(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	filter, clean := filterOf(r.URL.Query())
	format := r.URL.Query().Get("format")
	if slices.Contains(export.Formats(), format) {
		return s.deliverCases(w, r, v, format, filter)
	}
	list := filter
	list.Limit = 1
	page, err := s.Seizures.List(r.Context(), v.Actor(), frame.CodeOf(r), list)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, page.Standing, v.Printer.T("importpage.export"))
	m := exportView{standing: page.Standing, matching: page.Matching, carried: clean}
	m.form = kit.FormOf(url.Values{"format": {export.XLSX}, "from": clean["from"], "to": clean["to"]}, nil)
	return frame.Show(w, r, http.StatusOK, exportPage(p, m))
}

// deliverCases writes the file as it is made. What fails before its first byte is
// an answer like any other.
func (s site) deliverCases(w http.ResponseWriter, r *http.Request, v *frame.Visit, format string, filter seizure.Filter) error {
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

// filterOf reads the filter of the list of cases; what cannot be is left out.
func filterOf(q url.Values) (seizure.Filter, url.Values) {
	var f seizure.Filter
	clean := url.Values{}
	take := func(name string, into *string, valid func(string) bool) {
		if value := q.Get(name); value != "" && valid(value) {
			*into = value
			clean.Set(name, value)
		}
	}
	in := func(list ...string) func(string) bool { return func(s string) bool { return slices.Contains(list, s) } }
	day := func(s string) bool { _, err := time.Parse(time.DateOnly, s); return err == nil }
	take("class", &f.Class, in(append([]string{seizure.Counted}, seizure.Classes()...)...))
	take("state", &f.State, in(seizure.Saved, seizure.Reported, seizure.Released, seizure.Withdrawn))
	take("country", &f.Country, codelist.Country.Has)
	take("category", &f.Category, codelist.Category.Has)
	take("conveyance", &f.Conveyance, codelist.Conveyance.Has)
	take("status", &f.Status, codelist.Outcome.Has)
	take("from", &f.From, day)
	take("to", &f.To, day)
	if n, err := strconv.ParseInt(q.Get("organisation"), 10, 64); err == nil && n > 0 {
		f.Organisation = n
		clean.Set("organisation", strconv.FormatInt(n, 10))
	}
	return f, clean
}
