package i18n

import (
	"slices"
	"strconv"
	"strings"
)

// One is one whole unit in millionths, the form in which quantities are held.
const One = 1_000_000

// Decimal writes millionths as canonical digits: "1453429", "0.5". It is the
// form of JSON and of files; ParseCanonical reads it back.
func Decimal(micro int64) string {
	sign, n := "", uint64(micro)
	if micro < 0 {
		sign, n = "-", -n
	}
	whole, part := strconv.FormatUint(n/One, 10), n%One
	if part == 0 {
		return sign + whole
	}
	digits := strconv.FormatUint(One+part, 10)[1:]
	return sign + whole + "." + strings.TrimRight(digits, "0")
}

// Number prints a whole number with the language's grouping: 1,453,429 or
// 1 453 429. Years, references and codes are strings, not numbers.
func (p *Printer) Number(n int64) string { return p.digits(strconv.FormatInt(n, 10)) }

// Micro prints millionths without a unit, trailing zeros cut.
func (p *Printer) Micro(micro int64) string { return p.digits(Decimal(micro)) }

// Money prints an amount with the code of its currency, which every reader knows
// apart: "1,250.5 USD".
func (p *Printer) Money(micro int64, currency string) string {
	return p.Isolate(p.Micro(micro) + "\u00a0" + currency)
}

// digits puts the language's separators into canonical digits.
func (p *Printer) digits(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "\u2212", s[1:]
	}
	whole, part, decimals := strings.Cut(s, ".")
	f := formatOf(p.lang)
	if len(whole) >= 3+f.minGroup {
		var b strings.Builder
		for i, c := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				b.WriteString(f.group)
			}
			b.WriteRune(c)
		}
		whole = b.String()
	}
	if decimals {
		whole += f.decimal + part
	}
	return sign + whole
}

// Quantity prints millionths of a unit: "1,453,429 pieces", "0.5 kg". The unit is a
// UN/CEFACT Recommendation 20 code with a text "unit.<code>"; one without is
// printed as its code.
func (p *Printer) Quantity(micro int64, unit string) string {
	key := "unit." + unit
	if !p.Has(key) {
		return p.Micro(micro) + " " + unit
	}
	cat := p.cat
	e, ok := cat.entries[key]
	if !ok {
		cat = p.en
		e = cat.entries[key]
	}
	var b strings.Builder
	for _, s := range cat.form(e, Decimal(micro)) {
		b.WriteString(s.text)
		if s.arg == "count" {
			b.WriteString(p.Micro(micro))
		}
	}
	return b.String()
}

// unitOrder is how totals are read out: pieces, weight, volume, then the rest.
var unitOrder = map[string]int{"H87": -3, "KGM": -2, "LTR": -1}

// SortUnits orders unit codes as Totals does.
func SortUnits(units []string) {
	slices.SortFunc(units, func(a, b string) int {
		if d := unitOrder[a] - unitOrder[b]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
}

// Totals prints a total, which is a number per unit (millionths by unit code),
// because units are never added to each other: "1,453,429 pieces + 153,099 kg +
// 75 litres". An empty total is "0".
func (p *Printer) Totals(totals map[string]int64) string {
	units := make([]string, 0, len(totals))
	for unit, micro := range totals {
		if micro != 0 {
			units = append(units, unit)
		}
	}
	if len(units) == 0 {
		return "0"
	}
	SortUnits(units)
	for i, unit := range units {
		units[i] = p.Quantity(totals[unit], unit)
	}
	return strings.Join(units, " + ")
}

// Percent prints a share in whole per cent. What is not nothing is never
// printed as 0 %, what is not all never as 100 %; a share of nothing is "–".
func (p *Printer) Percent(part, whole int64) string {
	if whole <= 0 || part < 0 {
		return "–"
	}
	mark, value := "", (float64(part)/float64(whole))*100
	n := int64(value + 0.5)
	switch {
	case part == 0:
		n = 0
	case n == 0:
		mark, n = "<", 1
	case n >= 100 && part < whole:
		mark, n = ">", 99
	}
	f := formatOf(p.lang)
	return p.ltr(mark + p.Number(n) + f.percentGap + "%")
}

// format is how a language writes numbers, with Western digits throughout.
// Source: CLDR 48, numbers, number system latn.
type format struct {
	group, decimal string
	minGroup       int // digits before the first separator: 1,000 or 1000
	percentGap     string
}

func formatOf(lang Lang) format {
	switch lang.data() {
	case "fr":
		return format{"\u202f", ",", 1, "\u202f"}
	case "ru":
		return format{"\u00a0", ",", 1, "\u00a0"}
	case "es":
		return format{".", ",", 2, "\u00a0"}
	case "pt":
		return format{".", ",", 1, ""}
	}
	return format{",", ".", 1, ""}
}
