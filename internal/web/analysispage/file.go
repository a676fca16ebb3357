package analysispage

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"html"
	"net/http"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// csv gives every group as a row: codes, words, cases and each unit by itself. Words
// come from people too (brands), so every cell is made safe for spreadsheets.
func (v view) csv(w http.ResponseWriter, p *kit.Page) error {
	q, units := v.question(), v.units()
	head := []string{q.Group, q.Group + "-label"}
	if q.Split != "" {
		head = append(head, q.Split, q.Split+"-label")
	}
	mark := frame.Mark(p.Printer, v.Standing.Operation)
	var buf bytes.Buffer
	buf.WriteString("\ufeff") // spreadsheets take UTF-8 for what it is only so
	out := csv.NewWriter(&buf)
	put := func(cells []string, practice string) {
		if mark != "" {
			cells = append([]string{practice}, cells...)
		}
		for i := range cells {
			cells[i] = frame.PlainCell(cells[i])
		}
		_ = out.Write(cells) // a buffer takes everything
	}
	put(append(append(head, "cases"), units...), "practice")
	for _, g := range v.Answer.Groups {
		cells := []string{g.Value, v.label(p, q.Group, g.Value)}
		if q.Split != "" {
			cells = append(cells, g.Split, v.label(p, q.Split, g.Split))
		}
		cells = append(cells, strconv.FormatInt(g.Cases, 10))
		for _, unit := range units {
			cells = append(cells, i18n.Decimal(g.Totals[unit]))
		}
		put(cells, mark)
	}
	out.Flush()
	return send(w, "text/csv; charset=utf-8", v.fileName("analysis", ".csv"), buf.Bytes())
}

// json gives the answer as other systems get it.
func (v view) json(w http.ResponseWriter) error {
	b, err := json.Marshal(struct {
		analysis.Answer
		Left     analysis.LeftOut `json:"left_out"`
		Practice bool             `json:"practice,omitempty"`
	}{v.Answer, v.Left, v.Standing.Operation.Kind == operation.KindPractice})
	if err != nil {
		return err
	}
	return send(w, "application/json", "", append(b, '\n'))
}

// svg gives the picture of the answer alone. A two-way table has none: its table is.
func (v view) svg(w http.ResponseWriter, r *http.Request, p *kit.Page) error {
	picture := kit.BarFile(p, v.bars(p))
	if line, ok := v.days(p); ok {
		picture = kit.LineFile(p, line)
	}
	if v.question().Split != "" || v.Answer.Cases == 0 {
		return frame.SeeOther(w, r, v.at(""), "")
	}
	var buf bytes.Buffer
	if err := picture.Render(r.Context(), &buf); err != nil {
		return err
	}
	return send(w, "image/svg+xml", v.fileName("analysis", ".svg"), stamped(p, v.Standing.Operation, buf.Bytes()))
}

// stamped is a picture with the mark of a practice on it.
func stamped(p *kit.Page, o operation.Operation, svg []byte) []byte {
	mark, end := frame.Mark(p.Printer, o), []byte("</svg>")
	i := bytes.LastIndex(svg, end)
	if mark == "" || i < 0 {
		return svg
	}
	text := `<text x="50%" y="14" text-anchor="middle" font-family="sans-serif" font-size="12" font-weight="700" fill="#a32020">` + html.EscapeString(mark) + `</text>`
	return slices.Concat(svg[:i], []byte(text), svg[i:])
}

// send hands a file out; without a name the browser shows it.
func send(w http.ResponseWriter, kind, name string, body []byte) error {
	w.Header().Set("Content-Type", kind)
	if name != "" {
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	}
	_, _ = w.Write(body) // the reader may have gone
	return nil
}
