package goods

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Limits of a line.
const (
	// MaxQuantity bounds a case in one unit, in millionths: a thousand million. More is
	// a slip (a bar code in the wrong column) and, added up, no figure could hold it:
	// figures are 64 bits wide, so 9,000 such cases still fit. The same for money.
	MaxQuantity = 1_000_000_000 * 1_000_000
	// MaxValue bounds an amount of money: a million million, for currencies of small units.
	MaxValue = 1_000_000_000_000 * 1_000_000
	MaxWord  = 200    // characters of a name, a brand, a typed value
	MaxText  = 10_000 // characters of remarks or a description
)

var (
	hsForm   = regexp.MustCompile(`^[0-9]{2}([0-9]{2}([0-9]{2})?)?$`)
	gtinForm = regexp.MustCompile(`^[0-9]{8,14}$`)
)

// Checker cleans texts in place and notes what is wrong, each at its field.
type Checker struct{ fault.Problems }

// Code checks a value of a list.
func (c *Checker) Code(path, code string, list codelist.List, required bool) {
	switch {
	case code == "" && required:
		c.Add(path, "fault.required")
	case code != "" && !list.Has(code):
		c.Add(path, "fault.unknown-code", fault.Args{"value": code})
	}
}

// Coded checks a value that may have words instead of, or beside, its code.
func (c *Checker) Coded(path string, v *Coded, list codelist.List) {
	c.Code(path, v.Code, list, false)
	c.Line(path, &v.Typed)
}

// Line cleans a text of one line.
func (c *Checker) Line(path string, s *string) {
	if *s = strings.TrimSpace(*s); *s == "" {
		return
	}
	clean, err := i18n.CleanLine(*s, MaxWord)
	c.text(path, s, clean, err)
}

// Body cleans a text of several lines.
func (c *Checker) Body(path string, s *string) {
	if *s = strings.TrimSpace(*s); *s == "" {
		return
	}
	clean, err := i18n.CleanBody(*s, MaxText)
	c.text(path, s, clean, err)
}

func (c *Checker) text(path string, s *string, clean string, err error) {
	if err == nil {
		*s = clean
		return
	}
	if f, ok := err.(*fault.Fault); ok {
		c.Add(path, f.Key, f.Args)
		return
	}
	c.Add(path, "fault.invalid")
}

// Value checks an amount of money: above zero, with its currency.
func (c *Checker) Value(path string, v Value) {
	if !v.Stated() {
		return
	}
	switch {
	case v.Micro == 0:
		c.Add(path, "goods.value-missing")
	case v.Micro < 0:
		c.Add(path, "fault.quantity.not-positive")
	case v.Micro >= MaxValue:
		c.Add(path, "goods.value-too-large")
	}
	if v.Currency == "" {
		c.Add(path+"_currency", "goods.currency-missing")
	} else {
		c.Code(path+"_currency", v.Currency, codelist.Currency, false)
	}
	c.Code(path+"_basis", v.Basis, codelist.ValueBasis, false)
}

// Goods checks one line, whose fields stand under at (goods.2.); sum adds up the
// case by unit, which stays below the limit of a single quantity.
func (c *Checker) Goods(at string, l Line, sum map[string]int64) Line {
	c.Code(at+"category", l.Category, codelist.Category, true)
	c.Line(at+"sub", &l.Sub)
	c.Body(at+"description", &l.Description)
	c.Line(at+"brand", &l.Brand)
	c.Line(at+"holder", &l.Holder)
	c.Line(at+"batch", &l.Batch)
	c.Line(at+"right", &l.Right)
	c.hs(at+"hs", l.HS)
	c.Code(at+"hs_edition", l.HSEdition, codelist.HSEdition, false)
	l.GTIN = strings.TrimSpace(l.GTIN)
	if l.GTIN != "" && !gtinForm.MatchString(l.GTIN) {
		c.Add(at+"gtin", "goods.gtin-form")
	}
	l.Violations = c.violations(at+"violations", l.Violations)
	c.Coded(at+"ipr", &l.IPR, codelist.IPRType)
	if l.Verdict == "" {
		l.Verdict = "suspected"
	}
	c.Code(at+"verdict", l.Verdict, codelist.Verdict, true)
	c.Code(at+"verdict_by", l.By, codelist.VerdictBy, false)
	c.Value(at+"value", l.Value)
	c.quantities(at, l.Quantities, sum)
	c.declared(at+"declared_", &l.Declared)
	return l
}

func (c *Checker) hs(path, hs string) {
	if hs != "" && !hsForm.MatchString(hs) {
		c.Add(path, "seizure.hs-form")
	}
}

// violations puts them into the order of the list, each once.
func (c *Checker) violations(path string, list []string) []string {
	var out []string
	for _, v := range list {
		c.Code(path, v, codelist.Violation, false)
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return codelist.Violation.Index(a) - codelist.Violation.Index(b) })
	return out
}

func (c *Checker) quantities(at string, list []Quantity, sum map[string]int64) {
	seen := map[string]bool{}
	for i, q := range list {
		unit, quantity, basis := at+"unit", at+"quantity", at+"basis"
		if i > 0 {
			n := "." + strconv.Itoa(i+1)
			unit, quantity, basis = unit+n, quantity+n, basis+n
		}
		c.Code(basis, q.Basis, codelist.QuantityBasis, false)
		switch {
		case !codelist.Unit.Has(q.Unit):
			c.Add(unit, "fault.unknown-code")
		case seen[q.Unit]:
			c.Add(unit, "seizure.unit-twice")
		case q.Micro <= 0:
			c.Add(quantity, "fault.quantity.not-positive")
		case q.Micro >= MaxQuantity:
			c.Add(quantity, "seizure.quantity-too-large")
		case sum[q.Unit]+q.Micro >= MaxQuantity:
			c.Add(quantity, "seizure.sum-too-large")
		default:
			sum[q.Unit] += q.Micro
		}
		seen[q.Unit] = true
	}
}

// declared checks what the papers said. Its quantity enters no sum.
func (c *Checker) declared(at string, d *Declared) {
	c.Body(at+"description", &d.Description)
	c.hs(at+"hs", d.HS)
	if q := d.Quantity; q != (Quantity{}) {
		switch {
		case !codelist.Unit.Has(q.Unit):
			c.Add(at+"unit", "fault.unknown-code")
		case q.Micro <= 0:
			c.Add(at+"quantity", "fault.quantity.not-positive")
		case q.Micro >= MaxQuantity:
			c.Add(at+"quantity", "seizure.quantity-too-large")
		}
	}
	c.Value(at+"value", d.Value)
}
