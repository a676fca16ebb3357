package textindex

import (
	"cmp"
	"slices"
	"strings"
)

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// In tells whether texts of one record hold everything that is looked for, each
// term in one of them.
func (q Query) In(texts ...string) bool {
	if q.Empty() {
		return false
	}
	missing := slices.Clone(q.terms)
	for _, text := range texts {
		tokens := segment(text)
		missing = slices.DeleteFunc(missing, func(t term) bool { return t.find(tokens, nil) })
		if len(missing) == 0 {
			return true
		}
	}
	return false
}

// Marks gives the parts of a text that a reader has looked for, in their order
// and apart from each other.
func (q Query) Marks(text string) []Span {
	var all []Span
	tokens := segment(text)
	for _, t := range q.terms {
		t.find(tokens, &all)
	}
	return apart(all)
}

// Find is In, and Marks of each text, at the price of one: it cuts each text once.
func (q Query) Find(texts ...string) (marks [][]Span, found bool) {
	has, n := make([]bool, len(q.terms)), 0
	for _, text := range texts {
		var here []Span
		if text != "" {
			tokens := segment(text)
			for i, t := range q.terms {
				if t.find(tokens, &here) && !has[i] {
					has[i] = true
					n++
				}
			}
		}
		marks = append(marks, apart(here))
	}
	return marks, n > 0 && n == len(q.terms)
}

// apart orders spans and joins those that meet.
func apart(all []Span) []Span {
	slices.SortFunc(all, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var out []Span
	for _, s := range all {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// find tells whether the term stands among the words of a text, and puts every
// place into spans unless that is nil.
func (t term) find(tokens []token, spans *[]Span) (found bool) {
	at := func(start, end int) bool {
		found = true
		if spans != nil {
			*spans = append(*spans, Span{start, end})
		}
		return spans == nil
	}
	for i, first := range tokens {
		if t.whole != "" && t.fits(first.text, t.whole, true) && at(first.start, first.end) {
			return true
		}
		if first.beside && len(t.words) > 1 {
			continue
		}
		if end, ok := t.stands(tokens[i:]); ok && at(first.start, end) {
			return true
		}
	}
	return found
}

// stands tells whether the words stand at the beginning of tokens, and where the
// last of them ends.
func (t term) stands(tokens []token) (end int, ok bool) {
	if len(tokens) < len(t.words) {
		return 0, false
	}
	for i, w := range t.words {
		here := tokens[i]
		if i > 0 && here.beside || !t.fits(here.text, w, i == len(t.words)-1) {
			return 0, false
		}
		end = max(end, here.end)
	}
	return end, true
}

func (t term) fits(has, wanted string, last bool) bool {
	return has == wanted || last && t.begins && strings.HasPrefix(has, wanted)
}
