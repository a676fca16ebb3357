package kit

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Page is what the frame around every page needs to know. Only Printer, Title,
// Path and Nonce must be set.
type Page struct {
	Printer   *i18n.Printer
	Title     []string    // from the thing to the whole: "S-26-0412-K", "Action IPR"; the product's name is added
	Path      string      // path and query of this page, so that switches come back to it
	Query     string      // what stands in the search box
	Viewer    *Viewer     // nil when nobody is signed in
	Operation *Operation  // nil outside an operation
	Strip     *Strip      // in a practice; nil elsewhere
	Nav       []NavItem   // the global bar
	Bar       []NavItem   // the bottom bar of phones, at most four
	Languages []i18n.Lang // the switch; empty: all that are offered
	TLP       string      // handling of the page as a whole: "clear", "green", "amber", "amber+strict", "red"; empty: no line
	Handling  string      // words beside the TLP label on the classification line
	Demo      bool        // the ribbon
	Error     bool        // the title starts with "Error: "
	Theme     string      // "light", "dark"; empty: as the browser prefers
	Density   string      // "compact"; empty: comfortable
	Nonce     string      // of the Content-Security-Policy of this answer
	Live      string      // address of the live stream; empty: none
	Flash     *Flash      // what the last action did
	Contact   string      // the reader's contact point, for the footer
	Footer    []Link      // help, privacy, handling conditions
	Version   string      // of the product, for the footer
	Now       time.Time   // the moment the page shows, for ages ("3 minutes ago"); zero: none are written
	Styles    []string    // names of further sheets in static, such as "product.css"
	Scripts   []string    // names of further scripts in static, such as "case.js"
	Home      string      // where the mark leads; empty: "/"
	SearchURL string      // empty: no search box
	Wide      bool        // tables and dashboards: the wide measure
}

// Viewer is the person who reads.
type Viewer struct {
	Name         string
	Organisation string
	Role         string // in words
	Hats         []Hat  // the other organisations the person may act for
}

// Hat is an organisation a person may act for.
type Hat struct {
	ID      string
	Name    string
	Role    string
	Current bool
}

// Operation is the closed user group in which the page stands.
type Operation struct {
	Code  string
	Name  string
	Href  string
	Phase string    // in words: "Operational phase, day 12 of 19"
	Nav   []NavItem // the sub-navigation
}

// NavItem is a link of a navigation. Count is shown when it is above zero.
type NavItem struct {
	Label   string
	Href    string
	Icon    string // only the bottom bar shows it; see [Icon]
	Current bool
	Count   int64
}

// Flash is shown once, above the page's content.
type Flash struct {
	Tone Tone
	Text string
	Href string // optional: the thing just made
	Link string // words of that link
}

// Tone is the meaning of a tag, notice or event. Words always say it too.
type Tone string

// The tones.
const (
	Neutral Tone = "neutral"
	Info    Tone = "info"
	Good    Tone = "good"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
)

// T gives the text behind key in the reader's language.
func (p *Page) T(key string, args ...fault.Args) string { return p.Printer.T(key, args...) }

// title is "Error: thing - operation - product".
func (p *Page) title() string {
	parts := append(append([]string{}, p.Title...), p.T("kit.product"))
	t := strings.Join(parts, " - ")
	if p.Error {
		return p.T("component.error-title", fault.Args{"title": t})
	}
	return t
}

func (p *Page) home() string {
	if p.Home == "" {
		return "/"
	}
	return p.Home
}

func (p *Page) rtl() bool { return p.Printer.Dir() == "rtl" }

// switchTo is the address that changes the language and comes back here.
func (p *Page) switchTo(tag i18n.Lang) templ.SafeURL {
	q := url.Values{"to": {string(tag)}, "back": {p.Path}}
	return templ.SafeURL("/language?" + q.Encode())
}

func (p *Page) languages() []i18n.Lang {
	if len(p.Languages) == 0 {
		return i18n.Languages()
	}
	return p.Languages
}

func (p *Page) lang() string { return string(p.Printer.Lang()) }

// allowedHX are the htmx attributes in use; the list is short so that going
// back to htmx 2 stays cheap and nothing needs eval.
var allowedHX = map[string]bool{
	"get": true, "post": true, "target": true, "swap": true, "trigger": true, "push-url": true,
	"indicator": true, "sync": true, "confirm": true, "sse:connect": true,
}

// HX writes htmx attributes from pairs, ("get", "/x", "target", "#y"), with the
// page's nonce; without it the browser side ignores the element. It panics on
// an attribute that is not on the list and on values that would need eval:
// both are mistakes of the page, which its first test finds.
func (p *Page) HX(pairs ...string) templ.Attributes {
	if len(pairs)%2 != 0 {
		panic("kit: HX wants pairs")
	}
	at := templ.Attributes{"hx-nonce": p.Nonce}
	for i := 0; i < len(pairs); i += 2 {
		name, value := pairs[i], pairs[i+1]
		if !allowedHX[name] {
			panic(fmt.Sprintf("kit: hx-%s is not on the list of ux.md 2.2", name))
		}
		if low := strings.ToLower(value); strings.HasPrefix(low, "js:") || strings.HasPrefix(low, "javascript:") ||
			(name == "trigger" && strings.Contains(value, "[")) {
			panic(fmt.Sprintf("kit: hx-%s=%q needs eval", name, value))
		}
		at["hx-"+name] = value
	}
	return at
}

// htmxConfig names the extensions by the names they register under; any other
// name is silently not loaded. Indicators are styled in our own sheet.
const htmxConfig = `extensions:"hx-csp, sse" includeIndicatorCSS:false history:true defaultTimeout:30000`

func orAuto(v string) string {
	if v == "" {
		return "auto"
	}
	return v
}

// toneIcon is the drawing beside words of a tone.
func toneIcon(t Tone) string {
	switch t {
	case Good:
		return "done"
	case Warn, Bad:
		return "warn"
	}
	return "info"
}

// printLine stands at the foot of every printed page.
func printLine(p *Page) string {
	parts := []string{}
	for _, s := range []string{tlpName(p.TLP), p.Handling} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if p.Operation != nil {
		parts = append(parts, p.Operation.Name)
	}
	return strings.Join(parts, " · ")
}
