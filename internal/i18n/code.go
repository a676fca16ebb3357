package i18n

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
)

// Code says the label of a coded value: the text "code.<list>.<code>". The
// lists country, unit, language and currency have their own names. A code
// without a label is shown as it is, because records outlive lists.
func (p *Printer) Code(list, code string) string {
	switch list {
	case "country":
		return p.Country(code)
	case "language":
		return p.Language(code)
	case "currency":
		return p.Currency(code)
	}
	if key := "code." + list + "." + code; code != "" && p.Has(key) {
		return p.T(key)
	}
	return code
}

// Unit says the name of a unit of quantity, such as "pieces (H87)" in a list to
// choose from; Quantity prints it beside a number.
func (p *Printer) Unit(code string) string { return p.Code("unit", code) }

// Country says the name of a country or area by its ISO 3166 code: from the
// operation, the instance or CLDR, in that order. A name above is used even
// where it lacks the reader's language (then its English one), for it was put
// there on purpose. A code without a name is shown as it is: user-assigned
// codes (XA to XZ, QM to QZ) have none by default.
func (p *Printer) Country(code string) string {
	for i := len(p.names) - 1; i >= 0; i-- {
		byLang, ok := p.names[i][code]
		if !ok {
			continue
		}
		if name := byLang[p.lang.data()]; name != "" {
			return p.pseudo(name)
		}
		if name := byLang[English]; name != "" {
			return p.pseudo(name)
		}
	}
	if name := p.table.country[code]; name != "" {
		return p.pseudo(name)
	}
	return code
}

// Language says the name of a language by its BCP 47 code, in the reader's.
func (p *Printer) Language(code string) string {
	if name := p.table.language[code]; name != "" {
		return p.pseudo(name)
	}
	return code
}

// Currency says the name of a currency by its ISO 4217 code.
func (p *Printer) Currency(code string) string {
	if name := p.table.currency[code]; name != "" {
		return p.pseudo(name)
	}
	return code
}

// List joins items as the language does: "A, B and C". Items whose direction
// may differ are isolated.
func (p *Printer) List(items []string) string {
	n := len(items)
	switch n {
	case 0:
		return ""
	case 1:
		return p.Isolate(items[0])
	case 2:
		return fill(p.table.patterns["list-2"], p.Isolate(items[0]), p.Isolate(items[1]))
	}
	s := fill(p.table.patterns["list-end"], p.Isolate(items[n-2]), p.Isolate(items[n-1]))
	for i := n - 3; i > 0; i-- {
		s = fill(p.table.patterns["list-middle"], p.Isolate(items[i]), s)
	}
	return fill(p.table.patterns["list-start"], p.Isolate(items[0]), s)
}

// fill puts two texts into a CLDR list pattern such as "{0} and {1}".
func fill(pattern, a, b string) string {
	before, rest, _ := strings.Cut(pattern, "{0}")
	between, after, _ := strings.Cut(rest, "{1}")
	return before + a + between + b + after
}

// collators are not safe for use by several goroutines, so each language has a pool.
var collators sync.Map // Lang to *sync.Pool

func (p *Printer) withCollator(f func(*collate.Collator)) {
	pool, ok := collators.Load(p.lang)
	if !ok {
		tag := p.lang.tag()
		pool, _ = collators.LoadOrStore(p.lang, &sync.Pool{New: func() any {
			return collate.New(tag, collate.Numeric)
		}})
	}
	c := pool.(*sync.Pool).Get().(*collate.Collator)
	defer pool.(*sync.Pool).Put(c)
	f(c)
}

// Compare orders two texts as the reader's language does (digits by value).
// Texts that the language does not tell apart are ordered by their bytes.
func (p *Printer) Compare(a, b string) (order int) {
	p.withCollator(func(c *collate.Collator) { order = c.CompareString(a, b) })
	if order == 0 {
		return strings.Compare(a, b)
	}
	return order
}

// SortByLabel orders codes by their labels, as for a list to choose from.
func (p *Printer) SortByLabel(codes []string, label func(string) string) {
	type pair struct{ code, label string }
	pairs := make([]pair, len(codes))
	for i, code := range codes {
		pairs[i] = pair{code, label(code)}
	}
	p.withCollator(func(c *collate.Collator) {
		slices.SortStableFunc(pairs, func(a, b pair) int {
			if order := c.CompareString(a.label, b.label); order != 0 {
				return order
			}
			return strings.Compare(a.code, b.code)
		})
	})
	for i := range pairs {
		codes[i] = pairs[i].code
	}
}
