package publication

import (
	"regexp"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
)

// Place is what a placeholder in a text names: {{f1}}, {{f1.cases}}, {{f1.H87}};
// {{f5.PHA.cases}} and {{f12.PHA|mail.H87}} name one cell, {{official.cases}} the
// figure of all cases that count.
type Place struct {
	Figure string // or Official
	Cell   bool   // one cell; otherwise the whole figure
	Value  string
	Split  string
	Unit   string // Cases, a unit, or empty: cases and all totals
}

// Official names the figure of figures in placeholders, Cases what is no quantity.
const (
	Official = "official"
	Cases    = "cases"
)

var (
	placeholder = regexp.MustCompile(`\{\{([^{}\n]{1,200})\}\}`)
	unitForm    = regexp.MustCompile(`^([A-Z0-9]{2,3}|cases)$`)
)

// ParsePlace reads what stands between the braces.
func ParsePlace(text string) (Place, bool) {
	name, rest, more := strings.Cut(strings.TrimSpace(text), ".")
	p := Place{Figure: name}
	if !more {
		return p, name != ""
	}
	if unitForm.MatchString(rest) {
		p.Unit = rest
		return p, name != ""
	}
	i := strings.LastIndexByte(rest, '.')
	if i < 0 || !unitForm.MatchString(rest[i+1:]) {
		return p, false
	}
	p.Cell, p.Unit = true, rest[i+1:]
	p.Value, p.Split, _ = strings.Cut(rest[:i], "|")
	return p, name != ""
}

// Fill puts words in the place of each placeholder. say gives them, as the edition
// and its reader's language print them; false leaves the placeholder as it was typed,
// and it is among those that Fill gives back.
func Fill(text string, say func(Place) (string, bool)) (filled string, unknown []string) {
	filled = placeholder.ReplaceAllStringFunc(text, func(found string) string {
		if p, ok := ParsePlace(found[2 : len(found)-2]); ok {
			if words, ok := say(p); ok {
				return words
			}
		}
		unknown = append(unknown, found)
		return found
	})
	return filled, unknown
}

// Look finds what a placeholder names among answers; false: there is no such figure,
// cell or unit. A cell without cases is an answer, too, when its figure has the unit:
// none. official is the answer under Official.
func Look(p Place, answers map[string]analysis.Answer, official analysis.Answer) (analysis.Group, bool) {
	a, ok := answers[p.Figure]
	if p.Figure == Official {
		a, ok = official, true
	}
	if !ok {
		return analysis.Group{}, false
	}
	g := analysis.Group{Cases: a.Cases, Totals: a.Totals}
	if p.Cell {
		if g, ok = cell(a, p.Value, p.Split); !ok {
			return g, false
		}
	}
	if _, has := a.Totals[p.Unit]; p.Unit != "" && p.Unit != Cases && !has {
		return g, false
	}
	return g, true
}

func cell(a analysis.Answer, value, split string) (analysis.Group, bool) {
	for _, g := range a.Groups {
		if g.Value == value && g.Split == split {
			return g, true
		}
	}
	return analysis.Group{}, false
}
