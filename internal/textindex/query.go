package textindex

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// MaxQuery is the longest query, in characters.
const MaxQuery = 256

// term is one thing that a record must hold: words that stand one after the
// other, or a code that is written as one.
type term struct {
	words  []string
	whole  string // the words joined, another way to hold it; empty: there is none
	begins bool   // the last word, or the whole, may go on
}

// Query is what is looked for. The zero Query finds nothing.
type Query struct{ terms []term }

// Empty tells whether there is nothing to look for: no letter and no digit.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// Parse reads what a person types: every word must be there, words in quotes one
// after the other, and the last word may go on. There is no other syntax, so
// nothing is malformed; only what is longer than MaxQuery is an Invalid fault.
func Parse(text string) (Query, error) {
	if utf8.RuneCountInString(text) > MaxQuery {
		var p fault.Problems
		p.Add("q", "fault.too-long", fault.Args{"max": int64(MaxQuery)})
		return Query{}, p.Fault()
	}
	var q Query
	pieces := strings.Split(strings.Map(straight, text), `"`)
	for i, piece := range pieces {
		// A quote that nobody closed is none.
		if quoted := i%2 == 1 && i < len(pieces)-1; quoted {
			q.add(phrase(piece))
			continue
		}
		for _, t := range loose(piece, i == len(pieces)-1) {
			q.add(t)
		}
	}
	return q, nil
}

// straight makes every kind of double quote the plain one.
func straight(r rune) rune {
	if strings.ContainsRune(`“”„‟«»＂「」『』`, r) {
		return '"'
	}
	return r
}

func (q *Query) add(t term) {
	same := func(o term) bool {
		return slices.Equal(o.words, t.words) && o.whole == t.whole && o.begins == t.begins
	}
	if len(t.words) > 0 && !slices.ContainsFunc(q.terms, same) {
		q.terms = append(q.terms, t)
	}
}

// phrase is words in quotes.
func phrase(text string) term {
	return sequence(slices.DeleteFunc(segment(text), func(t token) bool { return t.beside }))
}

// sequence is the words as they must stand. The last letter of a run of a script
// without spaces is in the pair before it; one that is alone may be the first of
// a pair.
func sequence(tokens []token) term {
	var t term
	for _, w := range tokens {
		t.words = append(t.words, w.text)
	}
	n := len(tokens)
	if n == 0 {
		return t
	}
	last := tokens[n-1]
	if r, size := utf8.DecodeRuneInString(last.text); size == len(last.text) && classOf(r) == dense {
		if n > 1 && tokens[n-2].end == last.end && tokens[n-2].start < last.start {
			t.words = t.words[:n-1]
		} else {
			t.begins = true
		}
	}
	return t
}

// loose are the terms of words without quotes: one for each, but a code that is
// typed with spaces is one.
func loose(text string, last bool) []term {
	var beside []token
	var chunks [][]token // the words between two spaces
	before := 0          // where the word before begins
	for _, t := range segment(text) {
		if t.beside {
			beside = append(beside, t)
			continue
		}
		if len(chunks) == 0 || strings.ContainsFunc(text[before:t.start], unicode.IsSpace) {
			chunks = append(chunks, nil)
		}
		chunks[len(chunks)-1] = append(chunks[len(chunks)-1], t)
		before = t.start
	}
	var out []term
	for i := 0; i < len(chunks); {
		n, whole := wholeOf(chunks[i:], beside)
		t := sequence(slices.Concat(chunks[i : i+n]...))
		t.whole = whole
		out = append(out, t)
		i += n
	}
	if n := len(out); last && n > 0 && utf8.RuneCountInString(out[n-1].words[len(out[n-1].words)-1]) > 1 {
		out[n-1].begins = true
	}
	return out
}

// wholeOf tells over how many chunks from the first a code goes, and how it is
// written as one; 1 and nothing where there is none.
func wholeOf(chunks [][]token, beside []token) (n int, whole string) {
	n = 1
	for i, c := range chunks {
		for _, b := range beside {
			if b.start == chunks[0][0].start && b.end == c[len(c)-1].end && (i > 0 || len(c) > 1) {
				n, whole = i+1, b.text
			}
		}
	}
	return n, whole
}
