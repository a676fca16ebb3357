package reportpage

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// The parts of the form that repeat, and amounts of money; both directions.

// digits takes what a hand scanner or a person types for a code of digits.
func digits(typed string) string {
	return i18n.WesternDigits(strings.NewReplacer(".", "", " ", "", "-", "").Replace(strings.TrimSpace(typed)))
}

// readMicro reads a number; what is none is told at its field.
func readMicro(path, typed string, problems *fault.Problems) int64 {
	micro, err := i18n.ParseDecimal(typed)
	if f, ok := frame.AsFault(err); ok {
		problems.Add(path, f.Key, f.Args)
	}
	return micro
}

// readValue reads an amount of money under a name.
func readValue(form url.Values, name string, problems *fault.Problems) goods.Value {
	typed, v := strings.TrimSpace(form.Get(name)), goods.Value{Currency: strings.ToUpper(strings.TrimSpace(form.Get(name + "_currency"))), Basis: form.Get(name + "_basis")}
	if typed != "" {
		v.Micro = readMicro(name, typed, problems)
	}
	return v
}

func writeValue(set func(name, value string), name string, v goods.Value) {
	if v.Micro != 0 {
		set(name, i18n.Typed(v.Micro))
	}
	set(name+"_currency", v.Currency)
	set(name+"_basis", v.Basis)
}

func goodsLine(form url.Values, n int, problems *fault.Problems) goods.Line {
	at := "goods." + strconv.Itoa(n) + "."
	get := func(name string) string { return form.Get(at + name) }
	l := goods.Line{Category: get("category"), Sub: get("sub"), Description: get("description"), Brand: get("brand"), Holder: get("holder"),
		GTIN: digits(get("gtin")), Batch: get("batch"), HS: digits(get("hs")), HSEdition: get("hs_edition"), Right: get("right"),
		IPR: goods.Coded{Code: get("ipr"), Typed: strings.TrimSpace(get("ipr.typed"))}, Hazard: get("hazard") != "",
		Value: readValue(form, at+"value", problems), Verdict: get("verdict"), By: get("verdict_by")}
	for _, v := range form[at+"violations"] {
		if v != "" {
			l.Violations = append(l.Violations, v)
		}
	}
	for m := 1; m <= measures; m++ {
		quantity, unit, basis := measureNames(at, m)
		if q, ok := readQuantity(form, quantity, unit, problems); ok {
			q.Basis = form.Get(basis)
			l.Quantities = append(l.Quantities, q)
		}
	}
	l.Declared = goods.Declared{Description: get("declared_description"), HS: digits(get("declared_hs")), Value: readValue(form, at+"declared_value", problems)}
	l.Declared.Quantity, _ = readQuantity(form, at+"declared_quantity", at+"declared_unit", problems)
	return l
}

// readQuantity reads a number and its unit; false: there is none, or it is wrong.
func readQuantity(form url.Values, quantity, unit string, problems *fault.Problems) (goods.Quantity, bool) {
	typed, code := strings.TrimSpace(form.Get(quantity)), form.Get(unit)
	if typed == "" && code == "" {
		return goods.Quantity{}, false
	}
	micro, err := i18n.ParseDecimal(typed)
	if f, ok := frame.AsFault(err); ok {
		problems.Add(quantity, f.Key, f.Args)
		return goods.Quantity{}, false
	}
	if code == "" {
		problems.Add(unit, "seizure.unit-missing")
		return goods.Quantity{}, false
	}
	return goods.Quantity{Micro: micro, Unit: code}, true
}

func writeLine(form url.Values, n int, l goods.Line) {
	at := "goods." + strconv.Itoa(n) + "."
	set := setter(form, at)
	form.Set(at+"category", l.Category) // always: it says that the line exists
	for name, value := range map[string]string{"sub": l.Sub, "description": l.Description, "brand": l.Brand, "holder": l.Holder, "gtin": l.GTIN,
		"batch": l.Batch, "hs": l.HS, "hs_edition": l.HSEdition, "right": l.Right, "ipr": l.IPR.Code, "ipr.typed": l.IPR.Typed,
		"verdict": l.Verdict, "verdict_by": l.By, "declared_description": l.Declared.Description, "declared_hs": l.Declared.HS} {
		set(name, value)
	}
	if l.Hazard {
		set("hazard", "1")
	}
	if len(l.Violations) > 0 {
		form[at+"violations"] = l.Violations
	}
	writeValue(set, "value", l.Value)
	for m, q := range l.Quantities {
		quantity, unit, basis := measureNames("", m+1)
		set(quantity, i18n.Typed(q.Micro))
		set(unit, q.Unit)
		set(basis, q.Basis)
	}
	if q := l.Declared.Quantity; q != (goods.Quantity{}) {
		set("declared_quantity", i18n.Typed(q.Micro))
		set("declared_unit", q.Unit)
	}
	writeValue(set, "declared_value", l.Declared.Value)
}

func routeLeg(form url.Values, n int) seizure.Leg {
	get := func(name string) string { return strings.TrimSpace(form.Get("legs." + strconv.Itoa(n) + "." + name)) }
	return seizure.Leg{Kind: get("kind"), Country: get("country"), Place: get("place"), Location: get("location"), Mode: get("mode"),
		Carrier: get("carrier"), Day: get("day")}
}

func writeLeg(form url.Values, n int, l seizure.Leg) {
	at := "legs." + strconv.Itoa(n) + "."
	form.Set(at+"kind", l.Kind)
	set := setter(form, at)
	for name, value := range map[string]string{"country": l.Country, "place": l.Place, "location": l.Location, "mode": l.Mode, "carrier": l.Carrier, "day": l.Day} {
		set(name, value)
	}
}

func custodyStep(form url.Values, n int) seizure.Custody {
	get := func(name string) string {
		return strings.TrimSpace(form.Get("custody." + strconv.Itoa(n) + "." + name))
	}
	return seizure.Custody{Kind: get("kind"), Day: get("day"), Place: get("place"), Note: get("note")}
}

func writeCustody(form url.Values, n int, s seizure.Custody) {
	at := "custody." + strconv.Itoa(n) + "."
	form.Set(at+"kind", s.Kind)
	set := setter(form, at)
	set("day", s.Day)
	set("place", s.Place)
	set("note", s.Note)
}

// yields are what a case brought beside goods, in the order of their list.
func yields(form url.Values, problems *fault.Problems) (out []seizure.Yield) {
	for _, kind := range codelist.Yield.Codes() {
		name := "yields." + kind
		if kind == "cash" {
			if v := readValue(form, name, problems); v.Stated() {
				out = append(out, seizure.Yield{Kind: kind, Value: v})
			}
			continue
		}
		typed := i18n.WesternDigits(strings.TrimSpace(form.Get(name)))
		if typed == "" || typed == "0" {
			continue
		}
		n, err := strconv.ParseInt(typed, 10, 64)
		if err != nil {
			n = -1 // refused by the draft's own check
		}
		out = append(out, seizure.Yield{Kind: kind, Count: n})
	}
	return out
}
