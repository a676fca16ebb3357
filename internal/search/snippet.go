package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// Piece is a part of a text; Marked: it was looked for.
type Piece struct {
	Text   string
	Marked bool
}

// Plain is the text of pieces without marks.
func Plain(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Lengths of a snippet, in bytes: before the first mark, and in all.
const (
	lead    = 60
	longest = 240
)

// snippet is the first place of the texts where something was found, with what
// stands around it; the beginning of the first text that holds anything, if what
// was found stands elsewhere.
func snippet(words textindex.Query, texts ...string) []Piece {
	for _, text := range texts {
		if marks := words.Marks(text); len(marks) > 0 {
			return around(text, marks)
		}
	}
	for _, text := range texts {
		if text != "" {
			return around(text, nil)
		}
	}
	return nil
}

// around cuts a text near its first mark, between characters, and at spaces where
// there are any.
func around(text string, marks []textindex.Span) []Piece {
	from, to := 0, len(text)
	if len(marks) > 0 && marks[0].Start > lead {
		from = border(text, marks[0].Start-lead)
		if at := strings.IndexFunc(text[from:marks[0].Start], unicode.IsSpace); at >= 0 {
			from += at + 1
		}
	}
	if to-from > longest {
		to = border(text, from+longest)
		if at := strings.LastIndexFunc(text[from:to], unicode.IsSpace); at > longest/2 {
			to = from + at
		}
	}
	var inside []textindex.Span
	for _, m := range marks {
		if m.Start >= from && m.Start < to {
			inside = append(inside, textindex.Span{Start: m.Start - from, End: min(m.End, to) - from})
		}
	}
	out := pieces(text[from:to], inside)
	if from > 0 {
		out = append([]Piece{{Text: "… "}}, out...)
	}
	if to < len(text) {
		out = append(out, Piece{Text: " …"})
	}
	return out
}

// border is the nearest place at or before i where a character begins.
func border(text string, i int) int {
	for i > 0 && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// pieces takes a text apart at its marks.
func pieces(text string, marks []textindex.Span) []Piece {
	var out []Piece
	at := 0
	for _, m := range marks {
		if m.Start > at {
			out = append(out, Piece{Text: text[at:m.Start]})
		}
		out = append(out, Piece{Text: text[m.Start:m.End], Marked: true})
		at = m.End
	}
	if at < len(text) {
		out = append(out, Piece{Text: text[at:]})
	}
	return out
}
