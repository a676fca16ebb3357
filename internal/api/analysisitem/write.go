package analysisitem

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/results"
)

// JSON is what json.Marshal makes of Of(v), in a tenth of the time: an answer may have
// ten thousand groups. reporter is who was asked about, by id, if anybody was: the id
// may be nobody's.
func JSON(v analysis.View, reporter string) ([]byte, error) {
	groups := v.Answer.Groups
	v.Answer.Groups = nil
	head := Of(v)
	if reporter != "" {
		head.Question.Where[analysis.ByReporter] = reporter
	}
	w := writer{b: make([]byte, 0, 512+100*len(groups))}
	w.text(`{"operation":`).value(head.Operation).text(`,"as_of":`).number(head.AsOf).text(`,"question":`).value(head.Question)
	w.text(`,"cases":`).number(head.Cases).text(`,"totals":`).value(head.Totals).text(`,"groups":[`)
	q := v.Answer.Question
	for i, g := range groups {
		if i > 0 {
			w.text(",")
		}
		w.text(`{"value":`).word(named(v, q.Group, g.Value))
		if split := named(v, q.Split, g.Split); split != "" {
			w.text(`,"split":`).word(split)
		}
		w.text(`,"cases":`).number(g.Cases).text(`,"totals":`).sums(g.Totals).text("}")
	}
	w.text(`],"left_out":`).value(head.LeftOut).text("}")
	return w.b, w.err
}

// writer writes JSON.
type writer struct {
	b   []byte
	err error
}

func (w *writer) text(s string) *writer {
	w.b = append(w.b, s...)
	return w
}

func (w *writer) number(n int64) *writer {
	w.b = strconv.AppendInt(w.b, n, 10)
	return w
}

func (w *writer) value(v any) *writer {
	text, err := json.Marshal(v)
	if err != nil {
		w.err = err
	}
	w.b = append(w.b, text...)
	return w
}

// word writes a string, one without anything special as it is.
func (w *writer) word(s string) *writer {
	from := len(w.b)
	w.b = append(w.b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '>': // of routes
			w.b = append(w.b, `\u003e`...)
		case c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '&':
			w.b = w.b[:from]
			return w.value(s)
		default:
			w.b = append(w.b, c)
		}
	}
	w.b = append(w.b, '"')
	return w
}

// sums writes totals in the order of units.
func (w *writer) sums(t results.Totals) *writer {
	w.text("{")
	if len(t) == 1 {
		for unit, micro := range t {
			w.word(unit).text(`:"`).text(i18n.Decimal(micro)).text(`"`)
		}
		return w.text("}")
	}
	for i, unit := range slices.Sorted(maps.Keys(t)) {
		if i > 0 {
			w.text(",")
		}
		w.word(unit).text(`:"`).text(i18n.Decimal(t[unit])).text(`"`)
	}
	return w.text("}")
}
