package barcode

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// maxTyped bounds what somebody types or a hand scanner sends, in bytes: more
// than the largest code holds.
const maxTyped = 8000

// symbologies are what a hand scanner may put first, by ISO/IEC 15424, where it
// says something of the product.
var symbologies = map[string]struct {
	format Format
	gs1    bool
}{
	"]E0": {EAN13, false}, "]E4": {EAN8, false}, "]I0": {ITF14, false}, "]I1": {ITF14, false},
	"]C0": {Code128, false}, "]C1": {Code128, true}, "]d1": {DataMatrix, false}, "]d2": {DataMatrix, true},
	"]Q1": {QR, false}, "]Q3": {QR, true}, "]e0": {"", true}, // GS1 DataBar: no format of ours
}

// Parse makes a code of what somebody typed or a hand scanner sent: digits of any
// script, the number below the bars with blanks, GS1 element strings with or
// without brackets and symbology identifier, GS1 Digital Link addresses. It never
// refuses: what is no product number is the text of a code.
func Parse(typed string) Code {
	text := clean(typed)
	if len(text) >= 3 && text[0] == ']' {
		if s, known := symbologies[text[:3]]; known {
			return meaning(s.format, text[3:], s.gs1)
		}
	}
	c := meaning("", text, strings.HasPrefix(text, separator))
	if c.GTIN != "" || c.Batch != "" || c.Serial != "" {
		return c
	}
	if number := compact(text); number != "" {
		if gtin := typedGTIN(number); gtin != "" {
			return Code{Text: number, GTIN: gtin}
		}
		if len(number) == len(text) && len(number) < 16 {
			return c
		}
	}
	// A scanner that leaves the first FNC1 away: (01) with a number that fits.
	if len(text) >= 16 && text[:2] == "01" && gtinOf(text[2:16]) != "" {
		return meaning("", text, true)
	}
	return c
}

// clean makes of compatibility forms one, of digits 0 to 9, and of what scanners
// send for FNC1 the separator; other signs that cannot be seen are left out.
func clean(typed string) string {
	if len(typed) > maxTyped {
		typed = typed[:maxTyped]
	}
	s := i18n.WesternDigits(norm.NFKC.String(strings.ToValidUTF8(typed, "")))
	for _, written := range []string{"<GS>", "{GS}", "<FNC1>", "{FNC1}", "\u241d", "\u00e8"} {
		s = strings.ReplaceAll(s, written, separator)
	}
	return printable(s)
}

// compact gives the digits of a number as people write it, with blanks and
// hyphens; empty where anything else stands in it.
func compact(text string) string {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			out = append(out, byte(r))
		case r == ' ' || r == '-' || unicode.Is(unicode.Pd, r):
		default:
			return ""
		}
	}
	return string(out)
}

// typedGTIN reads a number of which nobody said how it is drawn. Eight digits are
// a GTIN-8 or a UPC-E: a GTIN-8 that begins with 0 is for use inside a company.
func typedGTIN(number string) string {
	switch len(number) {
	case 8:
		wide, narrow := gtinOf(wideUPC(number)), gtinOf(number)
		if narrow == "" || wide != "" && number[0] == '0' {
			return wide
		}
		return narrow
	case 12, 13, 14:
		return gtinOf(number)
	}
	return ""
}

// gtinOf is a number of 8, 12, 13 or 14 digits as 14, if its check digit fits.
func gtinOf(number string) string {
	if !digits(number) || !codelist.CheckGTIN(number).OK || strings.Trim(number, "0") == "" {
		return ""
	}
	return strings.Repeat("0", 14-len(number)) + number
}

// digits tells whether s is digits 0 to 9 and nothing else.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// wideUPC is the UPC-A of which a UPC-E leaves out zeros (GS1 General
// Specifications, figure 5.2.2.4-1); empty where it is none.
func wideUPC(e string) string {
	if len(e) != 8 || !digits(e) || e[0] > '1' {
		return ""
	}
	d, check := e[1:7], e[7:]
	switch last := d[5]; {
	case last <= '2':
		return e[:1] + d[:2] + d[5:] + "0000" + d[2:5] + check
	case last == '3':
		return e[:1] + d[:3] + "00000" + d[3:5] + check
	case last == '4':
		return e[:1] + d[:4] + "00000" + d[4:5] + check
	default:
		return e[:1] + d[:5] + "0000" + d[5:] + check
	}
}
