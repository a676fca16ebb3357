package frame

import (
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/nominal"
)

// Limits of what a notice about data of persons shows.
const (
	maxLooks = 3  // on a phone the button below must stay in sight
	around   = 16 // characters of the text on each side
)

// Look is a place in a text that looks like data of a person, with a little of
// what stands around it.
type Look struct {
	Kind                string // of nominal.Kinds
	Before, Text, After string
}

// Nominal finds what looks like data of a person in what somebody typed: each
// text once, the first ones to be shown and how many more there are.
func Nominal(texts []string) (looks []Look, more int64) {
	seen := map[string]bool{}
	for _, text := range texts {
		for _, h := range nominal.Find(text) {
			l := Look{Kind: h.Kind, Before: tail(text[:h.Start]), Text: text[h.Start:h.End], After: head(text[h.End:])}
			if seen[l.Kind+l.Text] {
				continue
			}
			seen[l.Kind+l.Text] = true
			if len(looks) == maxLooks {
				more++
			} else {
				looks = append(looks, l)
			}
		}
	}
	return looks, more
}

// tail is the end of what stands before, within its line; "…" where it was cut.
func tail(text string) string {
	text = text[strings.LastIndexByte(text, '\n')+1:]
	at := len(text)
	for range around {
		_, n := utf8.DecodeLastRuneInString(text[:at])
		at -= n
	}
	if at > 0 {
		return "…" + text[at:]
	}
	return text
}

// head is the beginning of what stands behind, within its line.
func head(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	at := 0
	for range around {
		_, n := utf8.DecodeRuneInString(text[at:])
		at += n
	}
	if at < len(text) {
		return text[:at] + "…"
	}
	return text
}
