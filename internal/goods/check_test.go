package goods

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

func checked(l Line) (Line, string) {
	var c Checker
	out := c.Goods("goods.1.", l, map[string]int64{})
	f, ok := errors.AsType[*fault.Fault](c.Fault())
	if !ok {
		return out, ""
	}
	var all []string
	for _, p := range f.Fields {
		all = append(all, p.Path+": "+p.Key)
	}
	return out, strings.Join(all, ", ")
}

func whole() Line {
	return Line{Category: "PHA", Sub: "tablets", Description: "blisters", HS: "300490", HSEdition: "2022", GTIN: "5901234123457", Batch: "B-7", Brand: "TIDEMARK",
		Holder: "Tidemark Ltd", Violations: []string{"ipr", "medicine-falsified"}, IPR: Coded{Code: "trade-mark", Typed: "class 5"}, Right: "TM 7", Hazard: true,
		Quantities: []Quantity{{Micro: 5e6, Unit: "H87", Basis: "counted"}, {Micro: 7e5, Unit: "KGM", Basis: "weighed"}},
		Value:      Value{Micro: 9e6, Currency: "USD", Basis: "customs"}, Verdict: "fake", By: "expert",
		Declared: Declared{Description: "toys", HS: "9503", Quantity: Quantity{Micro: 2e6, Unit: "H87"}, Value: Value{Micro: 1e6, Currency: "EUR"}}}
}

func TestGoods(t *testing.T) {
	if got, wrong := checked(whole()); wrong != "" || !reflect.DeepEqual(got, whole()) {
		t.Errorf("a whole line: %s %+v", wrong, got)
	}
	for name, c := range map[string]struct {
		change func(*Line)
		want   string
	}{
		"no category":        {func(l *Line) { l.Category = "" }, "goods.1.category: fault.required"},
		"letters in a GTIN":  {func(l *Line) { l.GTIN = "59O1234123457" }, "goods.1.gtin: goods.gtin-form"},
		"a short GTIN":       {func(l *Line) { l.GTIN = "1234567" }, "goods.1.gtin: goods.gtin-form"},
		"a violation":        {func(l *Line) { l.Violations = []string{"theft"} }, "goods.1.violations: fault.unknown-code"},
		"no currency":        {func(l *Line) { l.Value.Currency = "" }, "goods.1.value_currency: goods.currency-missing"},
		"no such currency":   {func(l *Line) { l.Value.Currency = "ABC" }, "goods.1.value_currency: fault.unknown-code"},
		"no amount":          {func(l *Line) { l.Value.Micro = 0 }, "goods.1.value: goods.value-missing"},
		"too much money":     {func(l *Line) { l.Value.Micro = MaxValue }, "goods.1.value: goods.value-too-large"},
		"below zero":         {func(l *Line) { l.Value.Micro = -1 }, "goods.1.value: fault.quantity.not-positive"},
		"a basis":            {func(l *Line) { l.Quantities[1].Basis = "guessed" }, "goods.1.basis.2: fault.unknown-code"},
		"declared unit":      {func(l *Line) { l.Declared.Quantity.Unit = "" }, "goods.1.declared_unit: fault.unknown-code"},
		"declared HS":        {func(l *Line) { l.Declared.HS = "95" + "031" }, "goods.1.declared_hs: seizure.hs-form"},
		"whose verdict":      {func(l *Line) { l.By = "me" }, "goods.1.verdict_by: fault.unknown-code"},
		"the second too big": {func(l *Line) { l.Quantities[1].Micro = MaxQuantity }, "goods.1.quantity.2: seizure.quantity-too-large"},
	} {
		l := whole()
		l.Quantities = slices.Clone(l.Quantities)
		c.change(&l)
		if _, got := checked(l); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A GTIN whose check digit is wrong is what stood on the package: it is kept.
func TestWrongCheckDigitIsKept(t *testing.T) {
	l := whole()
	l.GTIN = "5901234123458"
	if got, wrong := checked(l); wrong != "" || got.GTIN != l.GTIN {
		t.Errorf("%s %s", wrong, got.GTIN)
	}
}

// Violations come in the order of their list, each once, whatever was ticked first.
func TestViolationsAreOrdered(t *testing.T) {
	got, wrong := checked(Line{Category: "FOO", Violations: []string{"fiscal", "ipr", "fiscal", "food-safety"}})
	if wrong != "" || !slices.Equal(got.Violations, []string{"ipr", "food-safety", "fiscal"}) {
		t.Errorf("%s %v", wrong, got.Violations)
	}
}

// What is left of a line whose words are erased holds no words at all.
func TestCodedHasNoWords(t *testing.T) {
	l := whole()
	left := l.Coded()
	for _, words := range []string{l.Sub, l.Description, l.GTIN, l.Batch, l.Brand, l.Holder, l.Right, l.IPR.Typed, l.Declared.Description} {
		if slices.Contains(left.Words(), words) {
			t.Errorf("%q is still there", words)
		}
	}
	if left.Category != l.Category || !reflect.DeepEqual(left.Quantities, l.Quantities) || left.Value != l.Value || !left.Hazard {
		t.Errorf("figures changed: %+v", left)
	}
}
