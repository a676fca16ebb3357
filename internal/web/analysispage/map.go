package analysispage

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// drawnFlows is how many flows a map draws, and its table lists; the file has them all.
const drawnFlows = 20

// flows is the map of where goods came from and went to: a question by route.
func (s site) flows(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	asked := r.URL.Query()
	asked.Set("group", analysis.ByRoute)
	asked.Del("split")
	q, query := analysis.ParseQuestion(asked)
	a, err := s.Analyses.Ask(r.Context(), v.Actor(), frame.CodeOf(r), q)
	if err != nil {
		return err
	}
	of := view{View: a, base: base(r), cases: "/o/" + string(frame.CodeOf(r)) + "/c/", query: query, demo: s.Demo}
	p := s.Inside(r, v, of.Standing, v.Printer.T("analysispage.map"), v.Printer.T("analysispage.title"))
	p.Wide, p.Styles = true, []string{"analysis.css"}
	switch r.URL.Query().Get("format") {
	case "csv":
		return of.csv(w, p)
	case "json":
		return of.json(w)
	case "svg":
		return of.mapFile(w, r, p)
	}
	return frame.Show(w, r, http.StatusOK, mapPage(p, of))
}

// flowMap is the answer as a map: what has no origin or no destination is not on it.
func (v view) flowMap(p *kit.Page) kit.FlowMap {
	m := kit.FlowMap{ID: "flows", Caption: v.finding(p), Note: p.T("analysispage.map-note"), Top: drawnFlows, CSV: v.at("map", "group", "", "format", "csv")}
	m.Table = kit.Table{Caption: p.T("analysispage.flows"), Columns: []kit.Column{{Head: p.T("analysispage.by.origin"), Lead: true}, {Head: p.T("analysispage.by.destination")},
		{Head: p.T("overview.cases"), Numeric: true}, {Head: p.T("situation.quantity"), Numeric: true}}}
	for i, l := range v.lines() {
		from, to, _ := strings.Cut(l.value, ">")
		if from != "" && to != "" {
			m.Flows = append(m.Flows, kit.Flow{From: from, To: to, Value: l.cases})
		}
		if i < drawnFlows {
			m.Table.Rows = append(m.Table.Rows, kit.TableRow{Cells: []templ.Component{named(v.coded(p, analysis.ByOrigin, from), v.row(l)), kit.Text(v.coded(p, analysis.ByDestination, to)),
				kit.Num(p, l.cases), kit.UserWords("", p.Printer.Totals(l.totals))}})
		}
	}
	return frame.Placed(m, v.demo)
}

// coded is a country by its name with the code that the map has.
func (v view) coded(p *kit.Page, dimension, code string) string {
	name := v.label(p, dimension, code)
	if code == "" || code == name {
		return name
	}
	return p.Printer.Isolate(name) + " " + p.Printer.Isolate(code)
}

// left says what the map does not draw.
func (v view) left(p *kit.Page, m kit.FlowMap) string {
	var words []string
	drawable := int64(len(m.Flows)) - m.Missing()
	if drawable > drawnFlows {
		words = append(words, p.T("analysispage.map-drawn", fault.Args{"shown": int64(drawnFlows), "count": drawable}))
	}
	var unknown int64
	for _, l := range v.lines() {
		if from, to, _ := strings.Cut(l.value, ">"); from == "" || to == "" {
			unknown += l.cases
		}
	}
	if unknown > 0 {
		words = append(words, p.T("analysispage.map-unknown", fault.Args{"count": unknown}))
	}
	if n := m.Missing(); n > 0 {
		words = append(words, p.T("analysispage.map-missing", fault.Args{"count": n}))
	}
	return strings.Join(words, " ")
}

func (v view) mapFile(w http.ResponseWriter, r *http.Request, p *kit.Page) error {
	var buf bytes.Buffer
	if err := kit.FlowFile(p, v.flowMap(p)).Render(r.Context(), &buf); err != nil {
		return err
	}
	return send(w, "image/svg+xml", v.fileName("flows", ".svg"), stamped(p, v.Standing.Operation, buf.Bytes()))
}

// onMap are the chosen filters, each with the map without it.
func (v view) onMap(p *kit.Page) []kit.Chip {
	out := v.chosen(p)
	for i := range out {
		out[i].Remove = v.base + "map" + strings.TrimPrefix(out[i].Remove, v.base)
	}
	return out
}
