package i18n

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// Unicode isolates: what stands between them does not disturb the order of what
// stands around them (Unicode Standard Annex 9).
const (
	firstStrong = "\u2068"
	leftToRight = "\u2066"
	rightToLeft = "\u2067"
	endIsolate  = "\u2069"
)

// Isolate wraps text whose direction may differ from the reader's language in
// first-strong isolates. For a reader of a language written from left to right
// that is text with at least one right-to-left character; for a reader of one
// written from right to left it is everything but text of that direction's own
// letters only, for there even a plain "2017-02-06" or "34 of 61" is reordered.
// Marks cost nothing in HTML, logs and mail; they are kept out of everything
// that is stored (see CleanName).
func (p *Printer) Isolate(s string) string {
	if s == "" || !p.mayDisturb(s) {
		return s
	}
	if p.lang.rtl() && strings.ContainsAny(s, leftToRight+rightToLeft+firstStrong) {
		if strings.Index(s, endIsolate) == len(s)-len(endIsolate) && strings.ContainsAny(s[:len(endIsolate)], leftToRight+rightToLeft+firstStrong) {
			return s // isolated as a whole
		}
		// Put together by this printer already, such as a day and a time: its parts run
		// as the language does, and first-strong would not look inside the isolates.
		return rightToLeft + s + endIsolate
	}
	return firstStrong + s + endIsolate
}

func (p *Printer) mayDisturb(s string) bool {
	rtl := p.lang.rtl()
	for _, r := range s {
		if r < 0x80 {
			// Nothing below U+0080 runs from right to left.
			if rtl && r != ' ' {
				return true
			}
			continue
		}
		props, _ := bidi.LookupRune(r)
		switch props.Class() {
		case bidi.R, bidi.AL, bidi.AN, bidi.RLE, bidi.RLO, bidi.RLI:
			if !rtl {
				return true
			}
		case bidi.NSM, bidi.WS:
		default:
			if rtl {
				return true
			}
		}
	}
	return false
}

// ltr keeps a run such as "10:02 UTC" in its order within right-to-left text.
func (p *Printer) ltr(s string) string {
	if !p.lang.rtl() {
		return s
	}
	return leftToRight + s + endIsolate
}

func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return strings.Clone(s)
}
