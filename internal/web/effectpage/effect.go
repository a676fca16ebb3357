package effectpage

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/effect"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// effectView is what followed training: of all administrations, or of one.
type effectView struct {
	effect.View
	one *effect.Country // looked at by itself; nil: all
}

func (s site) effect(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	view, err := s.Effects.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	m := effectView{View: view}
	titles := []string{v.Printer.T("effectpage.title")}
	if id := r.URL.Query().Get("of"); id != "" {
		i := slices.IndexFunc(view.Countries, func(c effect.Country) bool { return string(view.Of(c.Row).ID) == id })
		if i < 0 {
			return fault.Missing()
		}
		m.one = &view.Countries[i]
	} else if !view.All && len(view.Countries) == 1 {
		m.one = &view.Countries[0]
	}
	p := s.Inside(r, v, view.Standing, titles...)
	switch r.URL.Query().Get("format") {
	case "":
		return frame.Show(w, r, http.StatusOK, effectPage(p, m))
	case "csv":
		return m.csv(w, p)
	}
	return fault.Missing()
}

// shown are the countries that the page is about.
func (m effectView) shown() []effect.Country {
	if m.one != nil {
		return []effect.Country{*m.one}
	}
	return m.Countries
}

func (m effectView) csvHref(p *kit.Page) string {
	q := url.Values{"format": {"csv"}}
	if m.one != nil && m.All {
		q.Set("of", string(m.Of(m.one.Row).ID))
	}
	return p.Operation.Href + "effect/?" + q.Encode()
}

// names are the measures in the order in which they stand in rows.
var names = []string{effect.Complete, effect.Failed, effect.Returned, effect.Prompt, effect.Counted, effect.Warnings}

// csv gives every country and post as a row: what the page shows, with the figures that
// it is made of.
func (m effectView) csv(w http.ResponseWriter, p *kit.Page) error {
	head := []string{"organisation", "country", "post", "attended", "reached", "first", "before_cases", "after_cases", "why"}
	for _, n := range names {
		head = append(head, n+"_before", n+"_before_of", n+"_after", n+"_after_of", n+"_difference", n+"_low", n+"_high", n+"_verdict")
	}
	var buf bytes.Buffer
	buf.WriteString("\ufeff") // spreadsheets take UTF-8 for what it is only so
	out := csv.NewWriter(&buf)
	put := func(cells []string) {
		for i := range cells {
			cells[i] = frame.PlainCell(cells[i])
		}
		_ = out.Write(cells) // a buffer takes everything
	}
	put(head)
	for _, c := range m.shown() {
		of := m.Of(c.Row)
		for i, r := range append([]effect.Row{c.Row}, c.Posts...) {
			post := r.Name
			if i > 0 && post == "" {
				post = p.T("effectpage.no-post")
			}
			put(append([]string{frame.Called(p, of), of.Country, post, number(r.Attended), number(r.Reached), r.First, number(r.Before.Cases), number(r.After.Cases), r.Why}, measured(r)...))
		}
	}
	out.Flush()
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="training-`+p.Operation.Code+`.csv"`)
	_, _ = w.Write(buf.Bytes()) // the reader may have gone
	return nil
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// measured are the cells of all measures, empty where a row has none.
func measured(r effect.Row) []string {
	var out []string
	for _, n := range names {
		i := slices.IndexFunc(r.Measures, func(x effect.Measure) bool { return x.Name == n })
		if i < 0 {
			out = append(out, make([]string, 8)...)
			continue
		}
		x := r.Measures[i]
		if x.Difference.Verdict == effect.NoRatio {
			out = append(out, "", number(x.Before.Whole), "", number(x.After.Whole), "", "", "", effect.NoRatio)
			continue
		}
		out = append(out, number(x.Before.Part), number(x.Before.Whole), number(x.After.Part), number(x.After.Whole),
			i18n.Decimal(x.Difference.Micro), i18n.Decimal(x.Difference.Low), i18n.Decimal(x.Difference.High), x.Difference.Verdict)
	}
	return out
}

// listed is how many cases of an operation stand on a side, with the list that shows
// them.
type listed struct {
	code, href string
	cases      int64
}

// lists lead to the cases of one side of a country, or of one of its posts: the filter
// of the list gives the same count.
func (m effectView) lists(r effect.Row, side effect.Side, after, post bool) []listed {
	var out []listed
	for i, o := range m.Operations {
		n := side.By[i]
		if n == 0 {
			continue
		}
		q := url.Values{"state": {"released"}, "organisation": {strconv.FormatInt(r.Organisation, 10)}}
		if post {
			q.Set(caselist.Post, cmp.Or(r.Name, caselist.Nowhere))
		}
		switch {
		case after:
			q.Set("from", r.First)
		case r.First != "":
			q.Set("to", dayBefore(r.First))
		}
		out = append(out, listed{string(o.Code), "/o/" + string(o.Code) + "/c/?" + q.Encode(), n})
	}
	return out
}

func dayBefore(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, -1).Format(time.DateOnly)
}

// bars draw how many people were trained, by the administrations that have any.
func (m effectView) bars(p *kit.Page) kit.BarChart {
	c := kit.BarChart{ID: "trained", Caption: m.finding(p), Label: p.T("effectpage.column.organisation"), Measure: p.T("effectpage.column.people"), Top: 20, CSV: m.csvHref(p)}
	for _, x := range m.Countries {
		if x.People() > 0 {
			c.Bars = append(c.Bars, kit.Bar{Label: frame.Called(p, m.Of(x.Row)), Value: x.People(), Href: m.oneHref(p, x)})
		}
	}
	slices.SortStableFunc(c.Bars, func(a, b kit.Bar) int { return int(b.Value - a.Value) })
	return c
}

func (m effectView) oneHref(p *kit.Page, c effect.Country) string {
	return p.Operation.Href + "effect/?" + url.Values{"of": {string(m.Of(c.Row).ID)}}.Encode()
}

// finding is the sentence over the table: people and administrations, and how many
// posts report with nobody trained.
func (m effectView) finding(p *kit.Page) string {
	var people, trained int64
	for _, c := range m.Countries {
		people += c.People()
		if c.First != "" {
			trained++
		}
	}
	return p.T("effectpage.finding", fault.Args{"people": people, "trained": trained, "of": int64(len(m.Countries))})
}

// waitingShown is how many of them stand on the page of all administrations, those with
// most cases; each administration's own page and the file have all.
const waitingShown = 20

// waiting are the posts that report and where nobody was trained.
type waiting struct {
	of  effect.Country
	row effect.Row
}

func (m effectView) waiting() (out []waiting) {
	for _, c := range m.shown() {
		for _, r := range c.Posts {
			if r.First == "" && r.Cases() > 0 {
				out = append(out, waiting{c, r})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b waiting) int { return int(b.row.Cases() - a.row.Cases()) })
	return out
}

// cases prints how many there are, and nothing where the reader reads none.
func cases(p *kit.Page, why string, n int64) templ.Component {
	if why == effect.NotRead {
		return kit.Text("–")
	}
	return kit.Num(p, n)
}

// followed says in words what a row shows, or why it shows no figures. It never says
// because of.
func followed(p *kit.Page, r effect.Row) string {
	if r.Why != "" {
		return p.T("effect.why."+r.Why, fault.Args{"people": int64(effect.LeastPeople), "cases": int64(effect.LeastCases)})
	}
	var told int64
	for _, m := range r.Measures {
		if m.Difference.Verdict == effect.Higher || m.Difference.Verdict == effect.Lower {
			told++
		}
	}
	if told == 0 {
		return p.T("effectpage.followed-none")
	}
	return p.T("effectpage.followed", fault.Args{"count": told})
}

func share(p *kit.Page, s effect.Share, verdict string) string {
	if verdict == effect.NoRatio {
		return p.T("effectpage.only", fault.Args{"count": s.Whole})
	}
	return p.T("effectpage.share", fault.Args{"percent": p.Printer.Percent(s.Part, s.Whole), "part": s.Part, "whole": s.Whole})
}

// difference says what the interval of a difference allows to say.
func difference(p *kit.Page, d effect.Difference) string {
	low, high, by := d.Low, d.High, d.Micro
	if d.Verdict == effect.Lower {
		low, high, by = -d.High, -d.Low, -d.Micro
	}
	return p.T("effectpage.verdict."+d.Verdict, fault.Args{"points": points(p, by), "low": points(p, low), "high": points(p, high)})
}

// points prints millionths of one as points of a hundred with one decimal.
func points(p *kit.Page, micro int64) string {
	return p.Printer.Micro((micro + 500) / 1000 * 1000 * 100)
}

// trainedBy names a workshop or course.
func trainedBy(p *kit.Page, t effect.Training) string {
	switch {
	case t.By == course.ByCourse && t.Cascade:
		return p.T("effectpage.by.cascade")
	case t.By == course.ByCourse:
		return p.T("effectpage.by.course")
	}
	return p.Printer.Code("workshop-kind", t.Kind)
}
