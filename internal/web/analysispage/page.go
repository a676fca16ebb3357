package analysispage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

const (
	drawn  = 12 // bars of a picture
	listed = 50 // rows of a table; the file has them all
	rows   = 25 // of a two-way table
	across = 6  // columns of it
)

// view is an answer as the page shows it.
type view struct {
	analysis.View
	base  string     // address of the page
	cases string     // address of the list of cases
	query url.Values // of the question, cleaned
	with  string     // id of the reference it is compared with
	demo  bool       // invented countries have places on the map
}

func (s site) ask(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	view, err := s.answered(r, v)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, view.Standing, v.Printer.T("analysispage.title"))
	p.Wide, p.Styles = true, []string{"analysis.css"}
	switch r.URL.Query().Get("format") {
	case "csv":
		return view.csv(w, p)
	case "json":
		return view.json(w)
	case "svg":
		return view.svg(w, r, p)
	}
	return frame.Show(w, r, http.StatusOK, askPage(p, view))
}

// answered asks the question of the address.
func (s site) answered(r *http.Request, v *frame.Visit) (view, error) {
	q, query := analysis.ParseQuestion(r.URL.Query())
	if len(r.URL.Query()) == 0 || q.Group == analysis.ByAll && r.URL.Query().Get("group") == "" {
		q.Group = analysis.ByCountry // the first question, when none was chosen
		query = q.Query()
	}
	a, err := s.Analyses.Ask(r.Context(), v.Actor(), frame.CodeOf(r), q)
	return view{View: a, base: base(r), cases: "/o/" + string(frame.CodeOf(r)) + "/c/", query: query, with: r.URL.Query().Get("compare")}, err
}

func (v view) question() analysis.Question { return v.Answer.Question }

// at is the address of the page with some values of the question changed; an empty
// value takes one away.
func (v view) at(page string, pairs ...string) string {
	q := url.Values{}
	for k, values := range v.query {
		q[k] = values
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if q.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			q.Del(pairs[i])
		}
	}
	return v.base + page + "?" + q.Encode()
}

// behind is the address of the cases behind a group; empty: no list shows them alone.
func (v view) behind(g analysis.Group) string { return v.behindOf(v.question(), g) }

// row is the address of the cases behind a line, whatever the second dimension.
func (v view) row(l line) string {
	q := v.question()
	q.Split = ""
	return v.behindOf(q, l.group)
}

func (v view) behindOf(q analysis.Question, g analysis.Group) string {
	of, ok := q.Of(g)
	if !ok || g.Cases == 0 || !v.Standing.May(access.SeizureRead) {
		return ""
	}
	return v.cases + "?" + of.Cases().Encode()
}

// all is the address of all cases of the answer.
func (v view) all() string {
	if !v.Standing.May(access.SeizureRead) {
		return ""
	}
	return v.cases + "?" + v.question().Cases().Encode()
}

// asked are the chips of dimensions, those that are asked for most first.
func (v view) asked(p *kit.Page) []kit.NavItem {
	var out []kit.NavItem
	for _, d := range chips {
		item := kit.NavItem{Label: p.T("analysispage.by." + d), Href: v.at("", "group", d), Current: v.question().Group == d}
		switch {
		case v.question().Split == d:
			item.Href = v.at("", "group", d, "split", "")
		case d == analysis.ByClass && v.query.Get(caselist.Class) == "": // those that count are of one class
			item.Href = v.at("", "group", d, caselist.Class, analysis.EveryClass)
		}
		out = append(out, item)
	}
	return out
}

var chips = []string{analysis.ByCountry, analysis.ByRoute, analysis.ByCategory, analysis.ByBrand, analysis.ByConveyance, analysis.ByDetection,
	analysis.ByViolation, analysis.ByDay, analysis.ByWeek, analysis.ByMonth, analysis.ByStatus, analysis.ByReporter, analysis.ByOrigin,
	analysis.ByDestination, analysis.ByDirection, analysis.ByClass}

// fileName names a file by the operation, the question and the journal's index.
func (v view) fileName(kind, suffix string) string {
	return string(v.Standing.Operation.Code) + "-" + kind + "-" + strconv.FormatInt(v.Answer.AsOf, 10) + suffix
}
