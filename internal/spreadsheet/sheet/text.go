package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Trim takes blanks of any kind (also no-break spaces) off both ends.
func Trim(s string) string { return strings.TrimFunc(s, unicode.IsSpace) }

// Plain is the coarser comparison used for names of countries and for guessing:
// no accents, no punctuation, Arabic letters without their variants.
func Plain(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 'ـ' || r == '\'' || r == '’':
			continue
		case r == 'ى':
			r = 'ي'
		case r == 'ة':
			r = 'ه'
		case r == 'ß':
			b.WriteString("s")
			r = 's'
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Unreadable names the reason why a cell cannot be taken at all: bytes that the
// encoding does not know, control characters, or characters that turn the
// direction of what follows (Unicode technical report 36).
func Unreadable(s string) string {
	for _, r := range s {
		switch {
		case r == '\uFFFD':
			return "spreadsheet.cell.encoding"
		case r == '\n' || r == '\r' || r == '\t':
		case unicode.IsControl(r):
			return "spreadsheet.cell.control"
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return "spreadsheet.cell.direction"
		}
	}
	return ""
}

// Split cuts a cell at any of the separators; empty pieces do not count.
func Split(s string, separators []string) []string {
	parts := []string{s}
	for _, sep := range separators {
		var next []string
		for _, p := range parts {
			next = append(next, strings.Split(p, sep)...)
		}
		parts = next
	}
	kept := parts[:0]
	for _, p := range parts {
		if p = Trim(p); p != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

// Beginning cuts a value for a message: enough to find the cell again.
func Beginning(s string) string {
	s = strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD"))
	n := 0
	for i := range s {
		if n++; n > 160 {
			return s[:i] + "…"
		}
	}
	return s
}

// Digits tells whether a text is digits from 0 to 9 and nothing else.
func Digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// computed are the signs with which a spreadsheet program takes a text for a
// formula; the wide forms are those of East Asia.
const computed = "=+-@\t\r\n\x00＝＋－＠"

// Defuse puts an apostrophe before a text that a program would compute.
func Defuse(s string) string {
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " '")); s != "" && strings.ContainsRune(computed, first) {
		return "'" + s
	}
	return s
}

// Armed gives back the text that Defuse was given.
func Armed(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && Defuse(rest) == s {
		return rest
	}
	return s
}
