package proofread

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/nominal"
	"github.com/tidewaiter/tidewaiter/internal/results"
)

// Stated are the figures that numbers in texts are held against.
type Stated struct {
	values map[string][]int64 // millionths by unit, cases among them
	shares []share
}

type share struct{ part, whole int64 }

// State adds every number of some answers.
func (s *Stated) State(all ...analysis.Answer) {
	if s.values == nil {
		s.values = map[string][]int64{}
	}
	for _, a := range all {
		s.put(a.Cases, a.Totals)
		for _, g := range a.Groups {
			s.put(g.Cases, g.Totals)
			s.shares = append(s.shares, share{g.Cases, a.Cases})
			for unit, micro := range g.Totals {
				s.shares = append(s.shares, share{micro, a.Totals[unit]})
			}
		}
	}
}

func (s *Stated) put(cases int64, totals results.Totals) {
	s.values[Cases] = append(s.values[Cases], cases*i18n.One)
	for unit, micro := range totals {
		s.values[unit] = append(s.values[unit], micro)
	}
}

// Has tells whether a number is one of the figures.
func (s *Stated) Has(n Number) bool {
	return slices.ContainsFunc(n.readings, func(r reading) bool {
		if n.Unit == Percent {
			return slices.ContainsFunc(s.shares, func(x share) bool {
				return x.whole > 0 && near(int64(float64(x.part)/float64(x.whole)*100*i18n.One), r)
			})
		}
		return slices.ContainsFunc(s.values[n.Unit], func(micro int64) bool { return near(micro, r) })
	})
}

func near(micro int64, r reading) bool {
	return micro == r.micro || r.off > 0 && micro > r.micro-r.off && micro < r.micro+r.off
}

// Hit is a place in a text.
type Hit struct{ Start, End int }

// Wrong finds the numbers of a text that are none of the figures.
func Wrong(text string, s *Stated) (out []Hit) {
	for _, n := range Numbers(text) {
		if !s.Has(n) {
			out = append(out, Hit{n.Start, n.End})
		}
	}
	return out
}

// People finds what looks like data of a person.
func People(text string) (out []Hit) {
	for _, h := range nominal.Find(text) {
		out = append(out, Hit{h.Start, h.End})
	}
	return out
}

var year = regexp.MustCompile(`[0-9٠-٩۰-۹]{4}`)

// Undated finds claims about now in sentences that say no year: read later, they mean
// another day.
func Undated(text string) (out []Hit) {
	at := 0
	for sentence := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(".!?؟。\n", r) }) {
		start := at + strings.Index(text[at:], sentence)
		at = start + len(sentence)
		if year.MatchString(sentence) {
			continue
		}
		lower := strings.ToLower(sentence)
		if len(lower) != len(sentence) {
			lower = sentence // rare letters change length: the place must stay
		}
		for _, word := range nowWords {
			if i := whole(lower, word); i >= 0 {
				out = append(out, Hit{start + i, start + i + len(word)})
				break
			}
		}
	}
	return out
}

// whole is where a word stands alone in a text, or -1; one of Han letters always does.
func whole(text, word string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		if first, _ := utf8.DecodeRuneInString(word); unicode.Is(unicode.Han, first) || !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return i
		}
		from = i + len(word)
	}
}
