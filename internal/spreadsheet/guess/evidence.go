package guess

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

// column is what Guess knows of one column.
type column struct {
	heading  sheet.Heading
	plain    string   // its heading, plain, without what stands in brackets
	whole    string   // its heading, plain
	cells    []string // of all rows, trimmed; "" for empty
	distinct []string // in order of appearance
	texts    []string // those of them that are texts: a workbook knows what its numbers are
	filled   int
}

var brackets = regexp.MustCompile(`[(\[（][^)\]）]*[)\]）]`)

func columnsOf(s *shape) []*column {
	hs := sheet.Headings(s.headings)
	list := make([]*column, len(hs))
	for i, h := range hs {
		c := &column{heading: h, plain: sheet.Plain(brackets.ReplaceAllString(h.Typed, " ")), whole: sheet.Plain(h.Typed)}
		seen := map[string]bool{}
		for _, rec := range s.rows {
			if rec.Fault != "" || len(rec.Cells) < len(hs) && rec.Kinds == nil {
				continue // a row that will be refused is no witness
			}
			v := ""
			if i < len(rec.Cells) {
				v = sheet.Trim(rec.Cells[i])
			}
			c.cells = append(c.cells, v)
			if v == "" {
				continue
			}
			c.filled++
			if !seen[i18n.Fold(v)] {
				seen[i18n.Fold(v)] = true
				c.distinct = append(c.distinct, v)
				if kind, _ := rec.Kind(i); kind == sheet.Text {
					c.texts = append(c.texts, v)
				}
			}
		}
		list[i] = c
	}
	return list
}

// share is the part of the column's different values of which test is true. It
// looks at a sample: roles need no more, tables and dates see every value.
func (c *column) share(test func(string) bool) float64 {
	sample := c.sample()
	n := 0
	for _, v := range sample {
		if test(v) {
			n++
		}
	}
	return float64(n) / float64(max(1, len(sample)))
}

// sample is at most 200 of the different values, from the whole column.
func (c *column) sample() []string {
	const most = 200
	if len(c.distinct) <= most {
		return c.distinct
	}
	list := make([]string, most)
	for i := range list {
		list[i] = c.distinct[i*len(c.distinct)/most]
	}
	return list
}

// blanks are the column's words for "nothing stated".
func (c *column) blanks() []string {
	var list []string
	for _, v := range c.distinct {
		if isBlank(v) {
			list = append(list, v)
		}
	}
	return list
}

// datesFound is what a column says of how its dates are written.
type datesFound struct {
	patterns  []string
	share     float64 // of the filled cells
	ambiguous bool    // day and month cannot be told apart
	short     bool
	counter   int // cells that speak against the order chosen
}

// dateFormats are the patterns that Guess tries, most usual first.
var dateFormats = func() (list []string) {
	for _, sep := range []string{"-", "/", ".", " "} {
		for _, p := range []string{"yyyy-m-d", "d-m-yyyy", "m-d-yyyy", "d-mmm-yyyy", "d-mmm-yy", "d-m-yy", "m-d-yy", "mmm-d-yyyy"} {
			list = append(list, strings.ReplaceAll(p, "-", sep))
		}
	}
	list = append(list, "mmm d, yyyy", "d mmm, yyyy", "d 'de' mmm 'de' yyyy", "d mmm yy", "yyyymmdd")
	for _, p := range slices.Clone(list) {
		list = append(list, p+" HH:MM", p+" HH:MM:SS")
	}
	return append(list, "yyyy-mm-ddTHH:MM", "yyyy-mm-ddTHH:MM:SS")
}()

// dates infers the patterns of dates from values, each seen once.
func dates(values []string, first int) datesFound {
	parsed := map[string]map[string]string{} // pattern to value to day
	for _, text := range dateFormats {
		p, _ := typed.ParsePattern(text)
		for _, v := range values {
			if day, ok := p.Day(v, first); ok {
				if parsed[text] == nil {
					parsed[text] = map[string]string{}
				}
				parsed[text][v] = day
			}
		}
	}
	var f datesFound
	left := slices.Clone(values)
	for len(f.patterns) < 4 {
		best, n := "", 0
		for _, text := range dateFormats {
			if k := covers(parsed[text], left); k > n && !slices.Contains(f.patterns, otherOrder(text)) {
				best, n = text, k
			}
		}
		if best == "" || (len(f.patterns) > 0 && n*20 < len(values)) {
			break
		}
		f.add(best, parsed, left)
		left = slices.DeleteFunc(left, func(v string) bool {
			return slices.ContainsFunc(f.patterns, func(p string) bool { return parsed[p][v] != "" })
		})
	}
	f.share = 1 - float64(len(left))/float64(max(1, len(values)))
	for _, p := range f.patterns {
		f.short = f.short || (strings.Contains(p, "yy") && !strings.Contains(p, "yyyy"))
	}
	return f
}

// add takes a pattern, and the one with day and month exchanged as well when
// the cells do not tell which of the two it is.
func (f *datesFound) add(best string, parsed map[string]map[string]string, left []string) {
	f.patterns = append(f.patterns, best)
	other := otherOrder(best)
	if other == "" {
		return
	}
	pro, contra := 0, 0
	for _, v := range left {
		a, b := parsed[best][v], parsed[other][v]
		switch {
		case a != "" && b == "":
			pro++
		case a == "" && b != "":
			contra++
		}
	}
	f.counter += contra
	if pro == 0 || contra*20 > pro {
		f.patterns = append(f.patterns, other)
		f.ambiguous = true
	}
}

func covers(days map[string]string, values []string) (n int) {
	for _, v := range values {
		if days[v] != "" {
			n++
		}
	}
	return n
}

// otherOrder exchanges day and month where both are numbers.
func otherOrder(pattern string) string {
	day, _, _ := strings.Cut(pattern, " HH")
	if strings.Contains(day, "mmm") || strings.HasPrefix(day, "yyyy") {
		return ""
	}
	swapped := strings.Map(func(r rune) rune {
		switch r {
		case 'd':
			return 'm'
		case 'm':
			return 'd'
		}
		return r
	}, day)
	return swapped + strings.TrimPrefix(pattern, day)
}

var (
	decimalSure = regexp.MustCompile(`^[+-]?(\d+[.,٫](\d{1,2}|\d{4,})|0[.,٫]\d+|\d{4,}[.,٫]\d+|\d{1,3}([.,٬ '’\x{00a0}\x{202f}]\d{3})+[.,٫]\d+)$`)
	groupSure   = regexp.MustCompile(`^[+-]?\d{1,3}([.,٬ '’\x{00a0}\x{202f}])\d{3}(?:[.,٬ '’\x{00a0}\x{202f}]\d{3})*([.,٫]\d+)?$`)
)

// numbersFound is what the numbers of a sheet say of their signs.
type numbersFound struct {
	decimal, group string
	ambiguous      string // an example of a number that can be read in two ways
}

// numberSigns infers decimal sign and separator of thousands over all columns
// of quantities. Without evidence the mapping is made so that a number which
// can be read in two ways is refused.
func numberSigns(cells []string) numbersFound {
	decimals, groups, doubts := map[string]int{}, map[string]int{}, map[string]string{}
	for _, v := range cells {
		n, _ := typed.CutUnit(v)
		n = i18n.WesternDigits(n)
		if m := decimalSure.FindString(n); m != "" {
			at := strings.LastIndexAny(n, ".,٫")
			sign, _ := firstRune(n[at:])
			if !repeated(n, sign) {
				decimals[sign]++
			}
		}
		m := groupSure.FindStringSubmatch(n)
		if m == nil {
			continue
		}
		sign := blankSign(m[1])
		switch {
		case m[2] != "" && !strings.HasPrefix(m[2], m[1]), repeated(n, m[1]), sign == " ", sign == "'", sign == "٬":
			groups[sign]++
		default:
			doubts[sign] = n
		}
	}
	return weigh(decimals, groups, doubts)
}

func weigh(decimals, groups map[string]int, doubts map[string]string) numbersFound {
	f := numbersFound{decimal: "."}
	for _, sign := range []string{".", ",", "٫"} {
		if decimals[sign] > decimals[f.decimal] {
			f.decimal = sign
		}
	}
	sure := decimals[f.decimal] > 0
	if !sure && (groups["."] > 0 || (doubts["."] != "" && doubts[","] == "")) {
		f.decimal = "," // so that a full stop is never taken for a decimal sign unproved
	}
	if !sure && f.decimal == "." && doubts["."] != "" {
		f.decimal = "٫" // both signs stand in doubt: take neither
	}
	for _, sign := range []string{",", ".", " ", "'", "٬"} {
		if groups[sign] > groups[f.group] && sign != f.decimal {
			f.group = sign
		}
	}
	for _, sign := range []string{",", "."} {
		switch {
		case doubts[sign] == "" || sign == f.group:
		case sign != f.decimal && sure && f.group == "":
			f.group = sign // 0.5 elsewhere: so 1,234 can only be thousands
		case sign != f.decimal || !sure:
			f.ambiguous = doubts[sign]
		}
	}
	return f
}

// chosen is what somebody said of the decimal sign: the other sign groups.
func (n numbersFound) chosen(decimal string) numbersFound {
	if n.decimal != decimal || n.ambiguous != "" {
		n = numbersFound{decimal: decimal, group: map[string]string{".": ",", ",": "."}[decimal]}
	}
	return n
}

func firstRune(s string) (string, string) {
	for i := range s {
		if i > 0 {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

func repeated(s, sign string) bool { return strings.Count(s, sign) > 1 }

func blankSign(s string) string {
	switch s {
	case "\u00a0", "\u202f":
		return " "
	case "’":
		return "'"
	}
	return s
}

// numeric tells whether a cell looks like a quantity, whatever its signs.
func numeric(v string) bool {
	n, unit := typed.CutUnit(strings.TrimLeft(v, "+-"))
	n = strings.Map(func(r rune) rune {
		if strings.ContainsRune(".,٫٬ '’\u00a0\u202f", r) {
			return -1
		}
		return r
	}, n)
	return sheet.Digits(n) && utf8.RuneCountInString(unit) < 20
}
