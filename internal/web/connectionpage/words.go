package connectionpage

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// kindWord names a kind of fact.
func kindWord(p *kit.Page, kind string) string {
	if codelist.Consignment.Has(kind) {
		return p.Printer.Code(codelist.Consignment.Name(), kind)
	}
	return p.Printer.Code(codelist.Connection.Name(), kind)
}

// factWords are a fact's value and codes in the reader's language.
func factWords(p *kit.Page, f connection.Fact) string {
	var parts []string
	if f.Value != "" && f.Kind != connection.Route {
		parts = append(parts, p.Printer.Isolate(f.Value))
	}
	for _, c := range f.Codes {
		switch {
		case c.Code == "":
		case c.List == codelist.Country.Name():
			parts = append(parts, p.Printer.Country(c.Code))
		default:
			parts = append(parts, p.Printer.Code(c.List, c.Code))
		}
	}
	return strings.Join(parts, " · ")
}

// reasonWords say what two cases share.
func reasonWords(p *kit.Page, r connection.Reason) string {
	words := factWords(p, r.Fact)
	if words == "" {
		return kindWord(p, r.Kind)
	}
	return p.T("connectionpage.fact", fault.Args{"kind": kindWord(p, r.Kind), "value": words})
}

func tone(s connection.Strength) kit.Tone {
	switch s {
	case connection.Strong:
		return kit.Warn
	case connection.Likely:
		return kit.Info
	}
	return kit.Neutral
}

// finding is the one sentence that says what was found.
func (c chartView) finding(p *kit.Page) string {
	if len(c.Steps) == 0 || c.Steps[0].Found == 0 {
		return p.T("connectionpage.nothing")
	}
	return p.T("connectionpage.finding", fault.Args{"count": int64(c.Steps[0].Found)})
}

// cut says of the steps that found more than is shown, exactly how many.
func (c chartView) cut(p *kit.Page) (out []string) {
	for i, s := range c.Steps {
		if s.Shown < s.Found {
			out = append(out, p.T("connectionpage.cut", fault.Args{"step": int64(i + 1), "shown": int64(s.Shown), "count": int64(s.Found)}))
		}
	}
	return out
}

// listHref is where the cases stand that share what was left out; empty: no filter of
// the list says that.
func listHref(base string, f connection.Fact) string {
	q := url.Values{}
	switch f.Kind {
	case connection.Brand:
		q.Set("brand", f.Value)
		q.Set("category", f.Codes[0].Code)
	case connection.Route:
		q.Set("origin", f.Codes[0].Code)
		q.Set("destination", f.Codes[1].Code)
		q.Set("conveyance", f.Codes[2].Code)
	case connection.Concealment, connection.File, connection.Picture, connection.Warning, connection.Lot, connection.Carrier:
		return ""
	default:
		q.Set("q", f.Value)
	}
	return base + "c/?" + q.Encode()
}

// sightingWords is who says what of a sighting.
func sightingWords(p *kit.Page, s watchlist.Sighted) string {
	return p.T("watchpage.said", fault.Args{"organisation": p.Printer.Isolate(frame.Called(p, s.Of)), "state": p.T("watchpage.state." + s.State)})
}

func states(p *kit.Page) []kit.Option {
	return []kit.Option{{Value: watchlist.SeenHere, Label: p.T("watchpage.state.seen-here")}, {Value: watchlist.NotConfirmed, Label: p.T("watchpage.state.not-confirmed")}}
}

func kinds(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, k := range connection.Kinds() {
		out = append(out, kit.Option{Value: k, Label: kindWord(p, k)})
	}
	return out
}

func audiences(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, to := range watchlist.Audiences() {
		out = append(out, kit.Option{Value: to, Label: p.T("watchpage.to." + to)})
	}
	return out
}

// entryHref is the address of an entry: its originator gave it the id, so whoever is of
// another organisation says whose it is.
func entryHref(base string, i watchlist.Item, more string) string {
	at := base + "watch/" + string(i.ID) + more
	if !i.Mine {
		at += "?" + url.Values{"of": {string(i.Of.ID)}}.Encode()
	}
	return at
}

// heard is how many messages carry a value.
func heard(p *kit.Page, i watchlist.Item) templ.Component {
	if i.Messages > watchlist.MaxHits {
		return kit.Text(p.T("watchpage.more-than", fault.Args{"count": int64(watchlist.MaxHits)}))
	}
	return kit.Num(p, i.Messages)
}

// valueWords are the value of an entry: a route in the names of its places.
func valueWords(p *kit.Page, e watchlist.Entry) templ.Component {
	if e.Kind == connection.Route {
		return kit.Text(factWords(p, e.Fact()))
	}
	return kit.Code(e.Value)
}

// node is a case in the picture of a chart.
type node struct {
	x, y, fromX, fromY int // from: the case on which it hangs
	ref, word          string
	strength           connection.Strength
}

// The picture's measures, in pixels. Phones of 360 show it whole.
const (
	pitch    = 30
	indent   = 22
	wide     = 290
	margin   = 14
	wordFrom = 116 // of a label's beginning
)

// nodes lay the chart out as a tree, each case under the one on which it hangs.
func (c chartView) nodes(p *kit.Page) []node {
	out := []node{{x: margin, y: pitch / 2, ref: c.Case.Reference}}
	var grow func(seq int64, at node)
	grow = func(seq int64, at node) {
		for _, l := range c.Of(seq) {
			n := node{x: margin + l.Depth*indent, y: pitch/2 + len(out)*pitch, fromX: at.x, fromY: at.y, ref: l.Case.Reference,
				word: p.T("connection.strength." + l.Strength.String()), strength: l.Strength}
			out = append(out, n)
			grow(l.Case.Seq, n)
		}
	}
	grow(c.Case.Seq, out[0])
	return out
}

// mirrored puts a place from the other edge where pages run from right to left.
func mirrored(p *kit.Page, x int) string {
	if p.Printer.Dir() == "rtl" {
		x = wide - x
	}
	return strconv.Itoa(x)
}

func anchor(p *kit.Page) string {
	if p.Printer.Dir() == "rtl" {
		return "end"
	}
	return "start"
}

// path leads from a case down and over to one that hangs on it.
func (n node) path(p *kit.Page) string {
	return "M" + mirrored(p, n.fromX) + " " + strconv.Itoa(n.fromY) + "V" + strconv.Itoa(n.y) + "H" + mirrored(p, n.x)
}

// dash and weight tell strengths apart without colour.
func (n node) dash() string {
	return map[connection.Strength]string{connection.Possible: "2 4", connection.Likely: "7 3", connection.Strong: "none"}[n.strength]
}

func (n node) weight() string {
	if n.strength == connection.Strong {
		return "3"
	}
	return "2"
}

func caseHref(base string, c seizure.Case) string { return base + "c/" + c.Reference }
