package operationpage

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// resultsFile gives the figures of the overview as a file: JSON as the command
// line prints it, or CSV, one row a figure.
func (s site) resultsFile(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code := frame.CodeOf(r)
	st, f, err := s.Results.Read(r.Context(), v.Actor(), code)
	if err != nil {
		return err
	}
	switch r.URL.Query().Get("format") {
	case "json":
		b, err := resultsJSON(st.Operation, f)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(append(b, '\n')) // the reader may have gone
	case "csv":
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+string(f.Operation)+"-"+strconv.FormatInt(f.AsOf, 10)+`.csv"`)
		p := s.Inside(r, v, st) // the operation's own names of countries
		_, _ = w.Write(resultsCSV(f, frame.Mark(v.Printer, st.Operation), func(dimension, code string) string { return resultsLabel(p.Printer, dimension, code) }))
	default:
		return frame.SeeOther(w, r, "/o/"+string(f.Operation)+"/", "")
	}
	return nil
}

// resultsJSON writes figures as the command line prints them; those of a practice say so.
func resultsJSON(o operation.Operation, f results.Figures) ([]byte, error) {
	b, err := json.Marshal(f)
	if o.Kind == operation.KindPractice {
		b = operation.Practised(b)
	}
	return b, err
}

// resultsCSV writes figures as rows: dimension, code, label, unit, figure. The
// unit of a number of cases is empty. Values come from code lists and from an
// operation's names of countries, so every cell is made safe for spreadsheets.
// Figures of a practice begin with its mark.
func resultsCSV(f results.Figures, mark string, label func(dimension, code string) string) []byte {
	var buf bytes.Buffer
	buf.WriteString("\ufeff") // spreadsheets take UTF-8 for what it is only so
	out := csv.NewWriter(&buf)
	put := func(cells ...string) {
		for i := range cells {
			cells[i] = frame.PlainCell(cells[i])
		}
		_ = out.Write(cells) // a buffer takes everything
	}
	put("dimension", "code", "label", "unit", "figure")
	if mark != "" {
		put("practice", "", mark, "", "")
	}
	put("as-of", "", "", "", strconv.FormatInt(f.AsOf, 10))
	group := func(dimension, code string, cases int64, totals results.Totals) {
		name := label(dimension, code)
		put(dimension, code, name, "", strconv.FormatInt(cases, 10))
		for _, unit := range units(totals) {
			put(dimension, code, name, unit, i18n.Decimal(totals[unit]))
		}
	}
	group("counted", "", f.Cases, f.Totals)
	for _, reason := range f.Reasons() {
		put("not-counted", reason.Class, label("not-counted", reason.Class), "", strconv.FormatInt(reason.Cases, 10))
	}
	if f.Official != nil {
		group("official", "", f.Official.Cases, f.Official.Totals)
	}
	for _, d := range []struct {
		name   string
		groups []results.Group
	}{{"category", f.Categories}, {"country", f.Countries}, {"conveyance", f.Conveyance}, {"day", f.Days}} {
		for _, g := range d.groups {
			group(d.name, g.Value, g.Cases, g.Totals)
		}
	}
	out.Flush()
	return buf.Bytes()
}

func resultsLabel(p *i18n.Printer, dimension, code string) string {
	switch dimension {
	case "country":
		return p.Country(code)
	case "category", "conveyance":
		return p.Code(dimension, code)
	case "not-counted":
		return p.T("overview.reason." + code)
	}
	return ""
}
