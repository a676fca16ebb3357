package proofread

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Number is a number in a text that counts cases or goods: text[Start:End], the word
// behind it included.
type Number struct {
	Start, End int
	Unit       string // UN/CEFACT; Cases; Percent
	readings   []reading
}

// Units of numbers that are no quantities.
const (
	Cases   = "cases"
	Percent = "%"
)

// reading is what digits may mean: millionths, and how far a figure that was rounded
// may be away; 0: not at all.
type reading struct{ micro, off int64 }

var digitRun = regexp.MustCompile(`[0-9٠-٩۰-۹]+(?:[.,'’٫٬\x{00a0}\x{202f} ][0-9٠-٩۰-۹]+)*`)

// Numbers finds the numbers of cases and of goods in a text, in its order.
func Numbers(text string) (out []Number) {
	for _, at := range digitRun.FindAllStringIndex(text, -1) {
		for start := at[0]; start < at[1]; {
			end := grouped(text, start, at[1])
			if n, ok := number(text, start, end); ok {
				out = append(out, n)
			}
			start = end
			for start < at[1] && !isDigit(text, start) {
				_, size := utf8.DecodeRuneInString(text[start:])
				start += size
			}
		}
	}
	return out
}

func isDigit(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsDigit(r)
}

// grouped is where the number that begins at start ends: a space binds only groups of
// three digits.
func grouped(text string, start, end int) int {
	at := wordEnd(text, start, end)
	if utf8.RuneCountInString(text[start:at]) > 3 {
		return at
	}
	for at < end {
		_, size := utf8.DecodeRuneInString(text[at:])
		next := wordEnd(text, at+size, end)
		whole := strings.TrimRightFunc(text[at+size:next], func(r rune) bool { return !unicode.IsDigit(r) })
		if i := strings.IndexFunc(whole, func(r rune) bool { return !unicode.IsDigit(r) }); i >= 0 {
			whole = whole[:i]
		}
		if utf8.RuneCountInString(whole) != 3 {
			break
		}
		at = next
	}
	return at
}

func wordEnd(text string, start, end int) int {
	if i := strings.IndexFunc(text[start:end], isSpace); i >= 0 {
		return start + i
	}
	return end
}

func isSpace(r rune) bool { return r == ' ' || r == 0xa0 || r == 0x202f }

func number(text string, start, end int) (Number, bool) {
	if before, _ := utf8.DecodeLastRuneInString(text[:start]); start > 0 && (unicode.IsLetter(before) && !unicode.Is(unicode.Arabic, before) || strings.ContainsRune("-/#", before)) {
		return Number{}, false // part of a reference, a code, a date
	}
	n := Number{Start: start, readings: read(text[start:end])}
	word, next := wordAt(text, end)
	times, rounded := multiples[word]
	if rounded {
		if word, end = wordAt(text, next); word == "of" || word == "de" || word == "d" {
			word, end = wordAt(text, end)
		}
		next = end
	}
	n.Unit, n.End = unitOf(word), next
	for i, r := range n.readings {
		switch {
		case rounded:
			n.readings[i] = reading{r.micro * times, r.off * times}
		case n.Unit == Percent:
			n.readings[i].off = r.off/2 + 1 // rounded, not cut
		default:
			n.readings[i].off = 0
		}
	}
	return n, n.Unit != "" && len(n.readings) > 0 && !(n.Unit == Cases && yearForm.MatchString(text[start:n.End]))
}

// yearForm is "in 2017 cases": hardly a number of cases.
var yearForm = regexp.MustCompile(`^(19|20)[0-9]{2} `)

// wordAt is the folded word behind a place, and where it ends.
func wordAt(text string, at int) (string, int) {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !isSpace(r) && r != '*' && r != '_' && r != '-' && r != '\n' && r != '\'' && r != '’' {
			break
		}
		at += size
	}
	if strings.HasPrefix(text[at:], "%") || strings.HasPrefix(text[at:], "٪") {
		_, size := utf8.DecodeRuneInString(text[at:])
		return Percent, at + size
	}
	end := at
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			break
		}
		end += size
	}
	return i18n.Fold(text[at:end]), end
}

// read gives what digits may mean.
func read(typed string) (out []reading) {
	var parts []string
	var seps []rune
	var b strings.Builder
	for _, r := range typed {
		if unicode.IsDigit(r) {
			b.WriteByte(byte('0' + digit(r)))
			continue
		}
		parts, seps = append(parts, b.String()), append(seps, r)
		b.Reset()
	}
	parts = append(parts, b.String())
	last := len(parts) - 1
	threes := !slices.ContainsFunc(parts[1:], func(p string) bool { return len(p) != 3 })
	if threes && !slices.Contains(seps, '٫') {
		out = put(out, strings.Join(parts, ""), "")
	}
	if last > 0 && strings.ContainsRune(".,٫", seps[last-1]) && len(parts[last]) <= 6 {
		out = put(out, strings.Join(parts[:last], ""), parts[last])
	}
	return out
}

func digit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠'
	case r >= '۰' && r <= '۹':
		return r - '۰'
	}
	return r - '0'
}

func put(out []reading, whole, part string) []reading {
	micro, err := strconv.ParseInt(whole+(part + "000000")[:6], 10, 64)
	if err != nil {
		return out
	}
	off := int64(i18n.One)
	for range part {
		off /= 10
	}
	return append(out, reading{micro, off})
}
