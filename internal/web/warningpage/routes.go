package warningpage

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/warnings/{$}", Command: access.MessageRead, Rate: door.Searches}, Handle: s.ledger},
	}
}

// ledgerView is a part of the ledger, and what was chosen to narrow it.
type ledgerView struct {
	warning.Ledger
	base   string
	query  url.Values
	unseen map[int64]bool
}

// narrowing are the parameters of the address.
var narrowing = []string{"state", "outcome", "source", "category", "before"}

func (s site) ledger(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	l, err := s.narrowed(r.Context(), v.Actor(), frame.CodeOf(r), r.URL.Query())
	if err != nil {
		return err
	}
	p := s.Inside(r, v, l.Standing, v.Printer.T("warningpage.title"))
	p.Wide = true
	frame.Fresh(p, "messages")
	l.base = p.Operation.Href
	if frame.Partial(r) {
		return frame.Show(w, r, http.StatusOK, ledgerPart(p, l))
	}
	return frame.Show(w, r, http.StatusOK, ledgerPage(p, l))
}

// narrowed is the ledger as the query narrows it.
func (s site) narrowed(ctx context.Context, who access.Actor, code operation.Code, q url.Values) (ledgerView, error) {
	f := warning.Filter{State: q.Get("state"), Outcome: q.Get("outcome"), Source: q.Get("source"), Category: q.Get("category"), OpenFirst: true}
	f.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64) // what is no number begins at the newest
	l := ledgerView{query: url.Values{}}
	for _, name := range narrowing {
		if value := q.Get(name); value != "" {
			l.query.Set(name, value)
		}
	}
	attend, err := s.Warnings.Attention(ctx, who, code)
	if err != nil {
		return l, err
	}
	l.unseen = attend.Unseen
	l.Ledger, err = s.Warnings.List(ctx, who, code, f)
	return l, err
}

// address is the ledger narrowed by what is chosen, without some of it.
func (l ledgerView) address(without ...string) string {
	q := url.Values{}
	for _, name := range narrowing {
		q[name] = l.query[name]
	}
	for _, name := range without {
		q.Del(name)
	}
	if len(q.Encode()) == 0 {
		return l.base + "warnings/"
	}
	return l.base + "warnings/?" + q.Encode()
}

func (l ledgerView) next() string {
	if l.Next == 0 {
		return ""
	}
	q := url.Values{}
	for _, name := range narrowing {
		q[name] = l.query[name]
	}
	q.Set("before", strconv.FormatInt(l.Next, 10))
	return l.base + "warnings/?" + q.Encode()
}

func (l ledgerView) filter(p *kit.Page) kit.Filter {
	f := kit.Filter{Action: l.base + "warnings/", Clear: l.base + "warnings/", Target: "#warnings"}
	chip := func(name string, label func(string) string) {
		if value := l.query.Get(name); value != "" {
			f.Chips = append(f.Chips, kit.Chip{Label: p.T("warningpage.filter." + name), Value: label(value), Remove: l.address(name, "before")})
		}
	}
	chip("state", func(c string) string { return p.T("warningpage.state." + c) })
	chip("outcome", func(c string) string { return outcomeName(p, c) })
	chip("source", func(c string) string { return p.Printer.Code(codelist.WarningSource.Name(), c) })
	chip("category", func(c string) string { return p.Printer.Code(codelist.Category.Name(), c) })
	return f
}

func outcomeName(p *kit.Page, outcome string) string {
	if outcome == warning.Open {
		return p.T("warningpage.outcome.open")
	}
	return p.Printer.Code(codelist.Feedback.Name(), outcome)
}

// states are those that the reader can tell apart.
func (l ledgerView) states(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, s := range warning.States() {
		if s != warning.Unseen || l.Standing.Side() == access.Coordination {
			out = append(out, kit.Option{Value: s, Label: p.T("warningpage.state." + s)})
		}
	}
	return out
}

func (l ledgerView) outcomes(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, o := range warning.Outcomes() {
		out = append(out, kit.Option{Value: o, Label: p.T("warningpage.with-count", fault.Args{"name": outcomeName(p, o), "number": l.Counts[o]})})
	}
	return out
}

// outcomeTone is the colour of an outcome; its words say the same.
func outcomeTone(e warning.Entry) kit.Tone {
	switch e.Outcome {
	case "hit":
		return kit.Good
	case "clean":
		return kit.Info
	case "surveillance":
		return kit.Bad
	case warning.Open:
		if e.Item.Open {
			return kit.Warn
		}
	}
	return kit.Neutral
}

// mayWrite tells whether the reader may write a warning.
func (l ledgerView) mayWrite() bool {
	return frame.Controls(l.Standing) && l.Standing.May(access.MessageSend)
}

func (l ledgerView) mayAcknowledge(e warning.Entry) bool {
	return l.unseen[e.Seq] && l.Standing.May(access.WarningAcknowledge)
}

func (l ledgerView) mayAnswer(e warning.Entry) bool {
	return e.Waits && frame.Controls(l.Standing) && l.Standing.May(access.MessageAnswer)
}

// counts is how many have answered and acknowledged, where the reader may know.
func (l ledgerView) counts(e warning.Entry) (key string, args fault.Args) {
	args = fault.Args{"answered": int64(e.Heard), "asked": int64(e.Asked), "acknowledged": int64(e.Acknowledged)}
	if l.Standing.Who.Organisation == e.Organisation || l.Standing.Side() == access.Coordination {
		return "warningpage.counts", args
	}
	return "warningpage.counts-own", args
}

// rateTable is the table of one dimension.
func (l ledgerView) rateTable(p *kit.Page, dimension string) kit.Table {
	t := kit.Table{Caption: p.T("warningpage.by." + dimension), Hidden: true, Columns: []kit.Column{{Head: p.T("warningpage.by." + dimension), Lead: true},
		{Head: p.T("warningpage.rate.warnings"), Numeric: true}, {Head: p.T("warningpage.rate.controlled"), Numeric: true},
		{Head: p.T("warningpage.rate.hits"), Numeric: true}, {Head: p.T("warningpage.rate.rate"), Numeric: true}}}
	list := map[string]string{warning.BySource: "warning-source", warning.ByCategory: "category", warning.ByConveyance: "conveyance"}[dimension]
	for _, r := range l.Rates[dimension] {
		name := kit.Text(p.T("warningpage.not-stated"))
		switch {
		case r.Value == "":
		case list == "":
			name = kit.Country(p, r.Value)
		default:
			name = kit.Listed(p, list, r.Value)
		}
		rate := kit.Text(p.T("warningpage.rate.too-few"))
		if r.Known() {
			rate = kit.Text(p.T("warningpage.rate.percent", fault.Args{"percent": r.Percent()}))
		}
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{name, kit.Num(p, r.Warnings), kit.Num(p, r.Controlled), kit.Num(p, r.Hits), rate}})
	}
	return t
}

// class is the edge of colour of a warning in the list.
func class(e warning.Entry) string { return string(outcomeTone(e)) }
