package kit

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

func page(lang i18n.Lang) *Page {
	return &Page{Printer: i18n.NewPrinter(lang), Path: "/x", Nonce: "n", Title: []string{"Thing"}}
}

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Hostile text in any slot comes out as text.
func TestNothingTypedBecomesMarkup(t *testing.T) {
	const evil = `"><script>x</script><img src=x onerror=y>' \u202e`
	p := page(i18n.English)
	var wrong fault.Problems
	wrong.Add("a", "fault.unknown-code", fault.Args{"value": evil})
	f := FormOf(url.Values{"a": {evil}}, wrong.Fault())
	d := Field{Name: "a", Label: evil, Hint: evil, Options: []Option{{Value: evil, Label: evil, Hint: evil, Group: evil}}, List: []string{evil}}
	for i, c := range []templ.Component{
		Input(p, f, d), Textarea(p, f, d), Select(p, f, d), Radios(p, f, d), Checkboxes(p, f, d), DateField(p, f, d),
		QuantityField(p, f, d, Field{Name: "u", Label: evil}), ErrorSummary(p, f), UserText(evil, evil), Code(evil), Text(evil), Day(p, evil),
		BarFigure(p, BarChart{ID: "b", Caption: evil, Bars: []Bar{{Label: evil, Value: 1, Text: evil, Href: evil}}}),
		Chips(p, []Chip{{Label: evil, Value: evil, Remove: evil}}), Tag(Bad, evil), TLP(evil), Press(Button{Label: evil, Name: evil, Value: evil}),
	} {
		if got := render(t, c); strings.Contains(got, "<script>") || strings.Contains(got, "<img") {
			t.Errorf("component %d lets markup through: %s", i, got)
		}
	}
}

// A dangerous address never becomes a link's target unchanged.
func TestFieldIDIsASafeFragment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := FieldID(rapid.String().Draw(t, "name"))
		for _, r := range id {
			if r != '-' && (r < '0' || r > 'z' || r > '9' && r < 'A' || r > 'Z' && r < 'a') {
				t.Fatalf("%q holds %q", id, r)
			}
		}
	})
}

func TestTyped(t *testing.T) {
	p := page(i18n.English)
	f := FormOf(url.Values{"a": {"12,5"}, "p": {"secret"}}, nil)
	if got := render(t, Input(p, f, Field{Name: "a", Label: "A"})); !strings.Contains(got, `value="12,5"`) {
		t.Errorf("what was typed is lost: %s", got)
	}
	if got := render(t, Input(p, f, Field{Name: "p", Label: "P", Type: "password"})); strings.Contains(got, "secret") {
		t.Errorf("a password was sent back: %s", got)
	}
}

// Every mistake of a form leads from the summary to an element of that id.
func TestSummaryLeadsToFields(t *testing.T) {
	p := page(i18n.French)
	names := []string{"goods.0.quantity", "kind", "box", "when", "text", "pick"}
	var wrong fault.Problems
	for _, n := range names {
		wrong.Add(n, "fault.required")
	}
	f := FormOf(nil, wrong.Fault())
	two := []Option{{Value: "1", Label: "1"}, {Value: "2", Label: "2"}}
	html := render(t, Join(ErrorSummary(p, f),
		QuantityField(p, f, Field{Name: names[0], Label: "q"}, Field{Name: "goods.0.unit", Label: "u"}),
		Radios(p, f, Field{Name: names[1], Label: "k", Options: two}), Checkboxes(p, f, Field{Name: names[2], Label: "b", Options: two}),
		DateField(p, f, Field{Name: names[3], Label: "w"}), Textarea(p, f, Field{Name: names[4], Label: "t"}), Select(p, f, Field{Name: names[5], Label: "s", Options: two})))
	for _, n := range names {
		if strings.Count(html, `href="#`+FieldID(n)+`"`) != 1 || strings.Count(html, `id="`+FieldID(n)+`"`) != 1 {
			t.Errorf("%s: the summary does not lead to exactly one field", n)
		}
		if strings.Count(html, `id="`+FieldID(n)+`-error"`) != 1 {
			t.Errorf("%s: the words are not beside the field", n)
		}
	}
}

func TestHX(t *testing.T) {
	p := page(i18n.English)
	at := p.HX("get", "/x", "trigger", "input changed delay:400ms")
	if at["hx-nonce"] != "n" || at["hx-get"] != "/x" {
		t.Errorf("attributes %v", at)
	}
	for _, bad := range [][]string{{"on:click", "x"}, {"get"}, {"confirm", "js:x()"}, {"trigger", "click[ctrlKey]"}, {"vals", "{}"}, {"boost", "true"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("HX(%q) was taken", bad)
				}
			}()
			p.HX(bad...)
		}()
	}
}

// A mirrored chart holds the same bars; nothing leaves the drawing.
func TestChartsMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := rapid.Int64Range(0, 1_000_000).Draw(t, "top")
		v := rapid.Int64Range(-5, top).Draw(t, "value")
		var x, w float64
		for _, lang := range []i18n.Lang{i18n.English, i18n.Arabic} {
			p := &Page{Printer: i18n.NewPrinter(lang)}
			_, _ = fmt.Sscanf(barX(p, v, top), "%f%%", &x)
			_, _ = fmt.Sscanf(percent(v, top), "%f%%", &w)
			if w < 0 || w > 100 || x < 0 || x > 100 || x+w > 100.02 {
				t.Fatalf("%s: bar of %d in %d at %v wide %v", lang, v, top, x, w)
			}
		}
	})
}

func TestTitleSaysError(t *testing.T) {
	p := page(i18n.English)
	if got := p.title(); got != "Thing - Tidewaiter" {
		t.Errorf("title %q", got)
	}
	p.Error = true
	if got := p.title(); got != "Error: Thing - Tidewaiter" {
		t.Errorf("title %q", got)
	}
}
