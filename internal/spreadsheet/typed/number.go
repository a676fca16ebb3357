package typed

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// maxQuantityDigits: numbers lie below 10^12; seizure bounds a case.
const maxQuantityDigits = 12

// Number reads a quantity written with the mapping's decimal sign and
// group separator ("" for none; " " stands for all kinds of blank, "'" for the
// apostrophe and its curly form). It gives millionths, or the catalogue key of
// the reason why the text is not such a number. Nothing is rounded and no
// locale is guessed: where the mapping does not say what a comma means, "1,234"
// is refused.
func Number(s, decimal, group string) (micro int64, reason string) {
	s = i18n.WesternDigits(sheet.Trim(s))
	if s == "" {
		return 0, "spreadsheet.number.malformed"
	}
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "\u2212") {
		if _, r := Number(strings.TrimLeft(s, "-\u2212"), decimal, group); r == "" || r == "spreadsheet.number.zero" {
			return 0, "spreadsheet.number.negative"
		}
		return 0, "spreadsheet.number.malformed"
	}
	s = strings.TrimPrefix(s, "+")
	if exponent(s) {
		return 0, "spreadsheet.number.exponent"
	}
	whole, part, fraction := strings.Cut(s, decimal)
	if other := foreignSign(s, decimal, group); other {
		return 0, "spreadsheet.number.ambiguous"
	}
	whole, ok := ungroup(whole, group)
	if !ok || !sheet.Digits(whole) || (fraction && !sheet.Digits(part)) {
		return 0, "spreadsheet.number.malformed"
	}
	whole = strings.TrimLeft(whole, "0")
	part = strings.TrimRight(part, "0")
	if len(whole) > maxQuantityDigits {
		return 0, "spreadsheet.number.absurd"
	}
	if len(part) > 6 {
		return 0, "spreadsheet.number.precision"
	}
	for _, d := range whole + part + strings.Repeat("0", 6-len(part)) {
		micro = micro*10 + int64(d-'0')
	}
	if micro == 0 {
		return 0, "spreadsheet.number.zero"
	}
	return micro, ""
}

var (
	withoutSigns = strings.NewReplacer(",", "", ".", "", "٫", "", "٬", "", "'", "", "’", "")
	oneBlank     = strings.NewReplacer("\u00a0", " ", "\u2009", " ", "\u202f", " ")
)

// foreignSign tells whether the text would be a number if a sign that the
// mapping has not explained were a decimal sign or a group separator.
func foreignSign(s, decimal, group string) bool {
	for _, sign := range []string{",", ".", "٫", "٬", "'", "’"} {
		if sign == decimal || sign == group || (group == "'" && sign == "’") {
			continue
		}
		if strings.Contains(s, sign) {
			return sheet.Digits(withoutSigns.Replace(s))
		}
	}
	return false
}

func ungroup(whole, group string) (string, bool) {
	switch group {
	case "":
		return whole, true
	case " ":
		whole = oneBlank.Replace(whole)
	case "'":
		whole = strings.ReplaceAll(whole, "’", "'")
	}
	pieces := strings.Split(whole, group)
	for i, p := range pieces {
		if !sheet.Digits(p) || (len(pieces) > 1 && (len(p) > 3 || (i > 0 && len(p) != 3))) {
			return "", false
		}
	}
	return strings.Join(pieces, ""), true
}

func exponent(s string) bool {
	mantissa, exp, ok := strings.Cut(strings.ToLower(s), "e")
	return ok && sheet.Digits(withoutSigns.Replace(mantissa)) && sheet.Digits(strings.TrimLeft(exp, "+-"))
}

// CutUnit splits "12,5 kg" into the number and the word after it.
func CutUnit(s string) (number, unit string) {
	s = sheet.Trim(i18n.WesternDigits(s))
	end := strings.LastIndexAny(s, "0123456789")
	return sheet.Trim(s[:end+1]), sheet.Trim(s[end+1:])
}
