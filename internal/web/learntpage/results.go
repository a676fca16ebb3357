package learntpage

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

func (s site) results(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code, err := s.located(r, v)
	if err != nil {
		return err
	}
	res, err := s.Evaluations.Results(r.Context(), v.Actor(), code, workshopOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, res.Standing, v.Printer.T("evaluation.results"), res.Workshop.Title)
	if r.URL.Query().Get("format") == "csv" {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="evaluation-`+string(res.Workshop.ID)+`.csv"`)
		_, _ = w.Write(resultsCSV(p, res)) // the reader may have gone
		return nil
	}
	p.Styles = append(p.Styles, "training.css")
	return frame.Show(w, r, http.StatusOK, resultsPage(p, res))
}

// part is the results of one session, or of the whole workshop.
type part struct {
	id      string
	heading string // empty: of the whole
	cells   []outcome
}

// outcome is one question with what came of it.
type outcome struct {
	evaluation.Question
	evaluation.Cell
}

// parts are results by session in the order of the agenda, the whole workshop first.
func parts(r evaluation.Results) []part {
	by := map[workshop.ID][]outcome{}
	for _, c := range r.Evaluation.Ended.Cells {
		i := slices.IndexFunc(r.Evaluation.Questions, func(q evaluation.Question) bool { return q.Key == c.Question })
		if i >= 0 {
			by[c.Session] = append(by[c.Session], outcome{r.Evaluation.Questions[i], c})
		}
	}
	var out []part
	if len(by[""]) > 0 {
		out = append(out, part{id: "whole", cells: by[""]})
	}
	for i, s := range r.Sessions {
		if cells := by[s.ID]; len(cells) > 0 {
			out = append(out, part{id: "session-" + strconv.Itoa(i+1), heading: s.Title, cells: cells})
		}
	}
	return out
}

// chart draws how often each value was chosen.
func (o outcome) chart(p *kit.Page, id string) kit.BarChart {
	c := kit.BarChart{ID: id, Caption: o.caption(p), Label: p.T("evaluation.value"), Measure: p.T("evaluation.count")}
	for i, n := range o.Counts {
		c.Bars = append(c.Bars, kit.Bar{Label: o.value(p, i), Value: n})
	}
	return c
}

func (o outcome) value(p *kit.Page, i int) string {
	if o.Kind == evaluation.Scale {
		return p.Printer.Number(int64(i + 1))
	}
	return choice(p, o.Question, i)
}

// caption says what came of it in one line.
func (o outcome) caption(p *kit.Page) string {
	if o.Kind == evaluation.Scale {
		return p.T("evaluation.scale-result", fault.Args{"count": o.N, "mean": p.Printer.Micro(tenth(o.Mean())), "median": p.Printer.Micro(o.Median())})
	}
	return p.T("evaluation.answers", fault.Args{"count": o.N})
}

// tenth rounds millionths to a tenth: more says more than a few people do.
func tenth(micro int64) int64 { return (micro + 50_000) / 100_000 * 100_000 }

// resultsCSV gives every value as a row. Words come from people, so every cell is made
// safe for spreadsheets.
func resultsCSV(p *kit.Page, r evaluation.Results) []byte {
	var buf bytes.Buffer
	buf.WriteString("\ufeff") // spreadsheets take UTF-8 for what it is only so
	out := csv.NewWriter(&buf)
	put := func(cells ...string) {
		for i := range cells {
			cells[i] = frame.PlainCell(cells[i])
		}
		_ = out.Write(cells) // a buffer takes everything
	}
	put("session", "question", "measure", "value", "figure")
	for _, part := range parts(r) {
		for _, o := range part.cells {
			asks := bare(p, o.Question)
			put(part.heading, asks, "answers", "", strconv.FormatInt(o.N, 10))
			if o.Kind == evaluation.Scale && o.Enough() {
				put(part.heading, asks, "mean", "", i18n.Decimal(tenth(o.Mean())))
				put(part.heading, asks, "median", "", i18n.Decimal(o.Median()))
			}
			for i, n := range o.Counts {
				value := strconv.Itoa(i + 1)
				if o.Kind == evaluation.Choice {
					value = plain(p, o.Question, "."+value, own(o.Question, i))
				}
				put(part.heading, asks, "count", value, strconv.FormatInt(n, 10))
			}
			for _, words := range o.Words {
				put(part.heading, asks, "words", words, "")
			}
		}
	}
	out.Flush()
	return buf.Bytes()
}

func bare(p *kit.Page, q evaluation.Question) string { return plain(p, q, "", q.Text) }

// own is a choice in its asker's words; empty: the question is ready-made.
func own(q evaluation.Question, i int) string {
	if i < len(q.Choices) {
		return q.Choices[i]
	}
	return ""
}
