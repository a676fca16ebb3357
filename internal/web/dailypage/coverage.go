package dailypage

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/coverage"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) coverageRoutes() []frame.Route {
	return []frame.Route{
		get("coverage/{$}", access.CoverageRead, s.coverage),
		get("situation", access.CoverageRead, s.situation),
	}
}

func (s site) coverage(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := r.URL.Query()
	c, err := s.Coverage.Read(r.Context(), v.Actor(), frame.CodeOf(r), q.Get("from"), q.Get("to"))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, c.Standing, v.Printer.T("coverage.title"))
	return frame.Show(w, r, http.StatusOK, coveragePage(p, c))
}

// mark is what a cell shows; its word says the same to who does not see it.
func mark(p *kit.Page, c coverage.Cell) (sign, word string, tone kit.Tone) {
	switch {
	case c.Cases > 0:
		return p.Printer.Number(c.Cases), p.T("coverage.cases", fault.Args{"count": c.Cases}), kit.Good
	case c.Nil != nil:
		return p.Printer.Number(0), p.T("coverage.nil"), kit.Info
	case c.Away:
		return "·", p.T("coverage.away"), kit.Neutral
	case c.Open:
		return "…", p.T("coverage.open"), kit.Neutral
	}
	return "–", p.T("coverage.silent"), kit.Bad
}

// rowWords sums a member's days up in a line.
func rowWords(p *kit.Page, r coverage.Row) string {
	var cases, nothing, controls int64
	for _, c := range r.Days {
		cases += c.Cases
		if c.Nil != nil {
			nothing++
		}
		n, _ := c.Controls()
		controls += n
	}
	words := []string{p.T("coverage.cases", fault.Args{"count": cases}), p.T("coverage.nil-reports", fault.Args{"count": nothing}),
		p.T("coverage.controls", fault.Args{"count": controls})}
	if n := int64(r.Silent()); n > 0 {
		words = append(words, p.T("coverage.silent-days", fault.Args{"count": n}))
	}
	return p.Printer.List(words)
}

// silentTasks lists the members that are silent, the longest first.
func silentTasks(p *kit.Page, rows []coverage.Row) []kit.Task {
	var out []kit.Task
	for _, r := range rows {
		n := r.SilentFor()
		t := kit.Task{Label: bodyName(p, r.Organisation.Country, frame.Called(p, r.Organisation)),
			State: p.T("coverage.silent-for", fault.Args{"count": int64(n)}), Tone: kit.Warn}
		if n >= results.LongSilence {
			t.Tone = kit.Bad
		}
		out = append(out, t)
	}
	return out
}

// bodyName is a member by its country, else by its name.
func bodyName(p *kit.Page, country, name string) string {
	if country == "" {
		return name
	}
	return p.Printer.Country(country)
}

// unsaid are the days of the reader's own organisation for which it may still say
// something, the newest first.
func unsaid(c coverage.Coverage) []string {
	var out []string
	for _, r := range c.Rows {
		for _, cell := range slices.Backward(r.Days) {
			if cell.Silent() {
				out = append(out, cell.Day)
			}
		}
	}
	return out
}

func coverageLede(p *kit.Page, c coverage.Coverage) string {
	if len(c.Days) == 0 {
		return p.T("coverage.no-days")
	}
	key := "coverage.lede"
	if !c.Whole {
		key = "coverage.lede-own"
	}
	return p.T(key, fault.Args{"from": i18n.Day(c.Days[0]), "to": i18n.Day(c.Days[len(c.Days)-1])})
}

// dayNumber is the day of the month.
func dayNumber(p *kit.Page, day string) string {
	n, err := strconv.ParseInt(day[len("2006-01-"):], 10, 64)
	if err != nil {
		return day
	}
	return p.Printer.Number(n)
}
