package i18n

import (
	"math"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// maxWhole is the number of digits before the decimal separator: quantities
// stand below 10^12.
const (
	maxWhole    = 12
	maxDecimals = 6
	maxTyped    = 64 // bytes; nobody types a longer number on purpose
)

// ParseDecimal reads a quantity as people type it, in any of the languages, and
// gives it in millionths: 0 < value < 10^12, at most six decimals. Digits may be
// Western, full-width, Arabic-Indic (both sets) or Thai, but not mixed.
// Thousands may be grouped by space, apostrophe, comma, full stop or U+066C; the
// decimal separator is a comma, a full stop or U+066B.
//
// Nothing is guessed. A single comma or full stop before exactly three digits
// ("1,234", "12.500") is a thousand in one country and a decimal in the next,
// and is refused with both readings; "0.500", "1234.567", "1,23" and
// "1,234,567" have one reading only. Errors are faults of kind Invalid with a
// key under fault.quantity, or fault.required.
func ParseDecimal(s string) (micro int64, err error) {
	t, err := tokens(s)
	if err != nil {
		return 0, err
	}
	whole, part, err := t.split()
	if err != nil {
		return 0, err
	}
	return t.micro(whole, part)
}

// ParseInt reads a whole number as people type it: 0 <= value < 10^12, with
// digits and grouping as in ParseDecimal.
func ParseInt(s string) (int64, error) {
	t, err := tokens(s)
	if err != nil {
		return 0, err
	}
	whole, part, err := t.split()
	if err != nil {
		return 0, err
	}
	if part != "" {
		return 0, t.fault("not-whole")
	}
	if len(whole) > maxWhole {
		return 0, t.fault("too-large")
	}
	return strconv.ParseInt(whole, 10, 64)
}

// ParseCanonical reads what Decimal writes, the form of JSON and of files: only
// Western digits and a full stop. It is strict: Decimal of the answer is s.
func ParseCanonical(s string) (micro int64, err error) {
	t := typed{raw: s}
	whole, part, dot := strings.Cut(s, ".")
	if !digitsOnly(whole) || dot && !digitsOnly(part) {
		if s == "" {
			return 0, fault.Of(fault.Invalid, "fault.required")
		}
		return 0, t.fault("not-a-number")
	}
	micro, err = t.micro(whole, part)
	if err == nil && Decimal(micro) != s {
		return 0, t.fault("not-canonical", fault.Args{"canonical": Decimal(micro)})
	}
	return micro, err
}

// Typed writes millionths for an input field, in a form that ParseDecimal reads
// back: as Decimal, except that three decimals get a fourth ("1.2340").
func Typed(micro int64) string {
	s := Decimal(micro)
	if whole, part, ok := strings.Cut(s, "."); ok && len(part) == 3 && len(whole) <= 3 && whole != "0" {
		return s + "0"
	}
	return s
}

// typed is a number cut into characters of one alphabet: digits 0 to 9 and the
// separators , . ' (any group mark that is never decimal) and d (U+066B).
type typed struct {
	raw  string
	text string
}

func (t typed) fault(key string, args ...fault.Args) *fault.Fault {
	all := fault.Args{"value": t.raw}
	for _, a := range args {
		for k, v := range a {
			all[k] = v
		}
	}
	return fault.Of(fault.Invalid, "fault.quantity."+key, all)
}

// tokens brings what was typed to one alphabet. Width is folded by hand and not
// with NFKC, which would read "5²" as 52 and "½" as "1⁄2".
func tokens(s string) (typed, error) {
	s = strings.TrimFunc(s, ignorable)
	t := typed{raw: s}
	if s == "" {
		return t, fault.Of(fault.Invalid, "fault.required")
	}
	if len(s) > maxTyped {
		t.raw = s[:0]
		return t, t.fault("too-long")
	}
	var b strings.Builder
	script := rune(-1)
	for _, r := range s {
		if zero, ok := zeroOf(r); ok {
			if script >= 0 && script != zero {
				return t, t.fault("not-a-number")
			}
			script = zero
			b.WriteByte(byte('0' + r - zero))
			continue
		}
		c, key := separator(r)
		if key != "" {
			return t, t.fault(key)
		}
		b.WriteByte(c)
	}
	t.text = b.String()
	if script < 0 {
		return t, t.fault("not-a-number")
	}
	return t, nil
}

// ignorable are the spaces and direction marks that come along when a number is
// copied out of a page; around a number they mean nothing.
func ignorable(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', 0xa0, 0x202f, 0x2009, 0x3000, 0x200e, 0x200f, 0x61c, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff:
		return true
	}
	return false
}

// zeroOf is the zero of a digit's own set: Western, Arabic-Indic, extended
// Arabic-Indic, Thai, full-width.
func zeroOf(r rune) (rune, bool) {
	for _, zero := range [...]rune{'0', 0x660, 0x6f0, 0xe50, 0xff10} {
		if r >= zero && r <= zero+9 {
			return zero, true
		}
	}
	return 0, false
}

// separator gives the one character for a separator, or what is wrong with it.
func separator(r rune) (c byte, key string) {
	switch r {
	case ',', 0x60c, 0xff0c:
		return ',', ""
	case '.', 0xff0e:
		return '.', ""
	case 0x66b:
		return 'd', ""
	case ' ', 0xa0, 0x202f, 0x2009, 0x3000, '\'', 0x2019, 0x66c:
		return '\'', ""
	case '-', '+', 0x2212, 0x2012, 0x2013, 0xff0d, 0xff0b:
		return 0, "signed"
	case 'e', 'E', 0x207a, 0xd7:
		return 0, "exponent"
	}
	return 0, "not-a-number"
}

// split finds the decimal separator and takes the grouping away.
func (t typed) split() (whole, part string, err error) {
	s := t.text
	i := strings.LastIndexAny(s, ",.d'")
	switch {
	case i < 0:
		return t.ungroup(s, "")
	case s[i] == 'd':
		whole, part = s[:i], s[i+1:]
	case s[i] == '\'' || strings.Count(s, s[i:i+1]) > 1:
		return t.ungroup(s, "")
	case strings.ContainsAny(s[:i], ",.d'"):
		whole, part = s[:i], s[i+1:]
	case len(s)-i-1 == 3 && i >= 1 && i <= 3 && s[0] != '0':
		return "", "", t.fault("ambiguous", fault.Args{
			"whole":   s[:i] + s[i+1:],
			"decimal": s[:i] + "." + s[i+1:] + "0",
		})
	default:
		whole, part = s[:i], s[i+1:]
	}
	if part == "" {
		return "", "", t.fault("not-a-number")
	}
	return t.ungroup(whole, part)
}

// ungroup takes group separators out of the whole part: one kind only, groups
// of three after a first one of one to three.
func (t typed) ungroup(whole, part string) (string, string, error) {
	if i := strings.IndexAny(whole, ",.d'"); i >= 0 {
		groups := strings.Split(whole, whole[i:i+1])
		for n, g := range groups {
			if !digitsOnly(g) || n == 0 && len(g) > 3 || n > 0 && len(g) != 3 {
				return "", "", t.fault("not-a-number")
			}
		}
		whole = strings.Join(groups, "")
	}
	if !digitsOnly(whole) || len(whole) > 1 && whole[0] == '0' {
		return "", "", t.fault("not-a-number")
	}
	return whole, part, nil
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// micro puts digits together; all bounds are checked here.
func (t typed) micro(whole, part string) (int64, error) {
	if len(part) > maxDecimals {
		return 0, t.fault("too-precise", fault.Args{"max": int64(maxDecimals)})
	}
	if len(whole) > maxWhole {
		return 0, t.fault("too-large")
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", maxDecimals-len(part)), 10, 64)
	if err != nil || n == math.MaxInt64 {
		return 0, t.fault("too-large")
	}
	if n == 0 {
		return 0, t.fault("not-positive")
	}
	return n, nil
}

// WesternDigits reads the digits that quantities may have as 0 to 9, for codes,
// days and times; everything else stays.
func WesternDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if zero, ok := zeroOf(r); ok {
			return '0' + r - zero
		}
		return r
	}, s)
}
