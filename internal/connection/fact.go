package connection

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// The kinds of fact beside those of numbers, which are codelist.Consignment's.
const (
	Lot         = "lot"         // a lot of a brand
	GTIN        = "gtin"        //
	Brand       = "brand"       // in goods of one category
	Route       = "route"       // origin, destination and conveyance
	Carrier     = "carrier"     // vessel and voyage or flight, at one place
	Concealment = "concealment" // in goods of one category
	File        = "file"        // the same file
	Picture     = "picture"     // looks alike
	Warning     = "warning"     // both cases answer one
)

// Code is the coded part of a fact.
type Code struct {
	List string `json:"list"` // name of a code list
	Code string `json:"code"`
}

// Fact is something that several records may share.
type Fact struct {
	Kind  string // codelist.Consignment, codelist.Connection
	Value string // as its record has it; empty where codes say all
	Codes []Code
	key   string   // the form in which facts are compared, without the kind of a number
	plain []string // the keys of values by which it may be known to be good, beside its own
}

// Same tells whether two facts are one.
func (f Fact) Same(other Fact) bool { return f.key == other.key }

// Key is the form in which facts are compared.
func (f Fact) Key() string { return f.key }

const between = "\x1f"

// The kinds of key of values that are typed without what else must fit.
const (
	anyBrand = "any-brand"
	anyLot   = "any-lot"
	anyRoute = "any-route"
)

// keyed is the key of a fact of a kind.
func keyed(kind string, parts ...string) string { return kind + between + strings.Join(parts, between) }

// number is a number by which goods travel. Whatever it was called, the same number is
// the same fact.
func number(kind, value string) (Fact, bool) {
	c := consignment.Mark{Kind: kind, Value: value}.Canonical()
	return Fact{Kind: kind, Value: value, key: keyed("number", c)}, len(c) >= consignment.MinValue
}

// trade is a GTIN: those of 8, 12, 13 and 14 digits are one number with noughts before it.
func trade(value string) (Fact, bool) {
	digits := strings.TrimLeft(codelist.Canonical(value), "0")
	return Fact{Kind: GTIN, Value: value, key: keyed(GTIN, digits)}, digits != ""
}

// facts are what connects a case with others.
func facts(t seizure.Trace) []Fact {
	var out []Fact
	add := func(f Fact, ok bool) {
		if ok && !has(out, f) {
			out = append(out, f)
		}
	}
	p := t.Part
	for _, m := range p.Marks {
		add(number(m.Kind, m.Value))
	}
	for _, l := range p.Goods {
		category := []Code{{codelist.Category.Name(), l.Category}}
		brand, lot := i18n.Fold(l.Brand), codelist.Canonical(l.Batch)
		ofBrand, ofLot := keyed(anyBrand, brand), keyed(anyLot, lot)
		if l.GTIN != "" {
			add(trade(l.GTIN))
		}
		if brand != "" {
			add(Fact{Kind: Lot, Value: l.Brand + " · " + l.Batch, key: keyed(Lot, brand, lot), plain: []string{ofBrand, ofLot}}, lot != "")
			add(Fact{Kind: Brand, Value: l.Brand, Codes: category, key: keyed(Brand, brand, l.Category), plain: []string{ofBrand}}, true)
		} else {
			add(Fact{Kind: Lot, Value: l.Batch, Codes: category, key: keyed(Lot, "", l.Category, lot), plain: []string{ofLot}}, lot != "")
		}
		add(Fact{Kind: Concealment, Codes: append([]Code{{codelist.Concealment.Name(), p.Concealment.Code}}, category...),
			key: keyed(Concealment, p.Concealment.Code, l.Category)}, !slices.Contains([]string{"", "none", "other"}, p.Concealment.Code))
	}
	add(Fact{Kind: Route, Codes: []Code{{codelist.Country.Name(), p.Origin.Code}, {codelist.Country.Name(), p.Destination.Code}, {codelist.Conveyance.Name(), p.Conveyance.Code}},
		key: keyed(Route, p.Origin.Code, p.Destination.Code, p.Conveyance.Code), plain: []string{keyed(anyRoute, p.Origin.Code, p.Destination.Code)}}, p.Origin.Code != "" && p.Destination.Code != "" && p.Conveyance.Code != "")
	place, carrier := p.Location, i18n.Fold(p.Carrier)
	if place == "" {
		place = i18n.Fold(p.Place)
	}
	shown := p.Place
	if shown == "" {
		shown = p.Location
	}
	add(Fact{Kind: Carrier, Value: p.Carrier + " · " + shown, key: keyed(Carrier, carrier, place)}, carrier != "" && place != "")
	add(Fact{Kind: Warning, Value: strconv.FormatInt(p.Warning, 10), key: keyed(Warning, strconv.FormatInt(p.Warning, 10))}, p.Warning != 0)
	return out
}

// watchable are the facts by which lists of values find a case: its numbers and GTINs,
// and its brands, lots and routes without what else must fit to connect two cases.
func watchable(t seizure.Trace) []Fact {
	var out []Fact
	add := func(f Fact, ok bool) {
		if ok && !has(out, f) {
			out = append(out, f)
		}
	}
	for _, m := range t.Part.Marks {
		add(number(m.Kind, m.Value))
	}
	for _, l := range t.Part.Goods {
		add(trade(l.GTIN))
		add(Value(Brand, l.Brand))
		add(Value(Lot, l.Batch))
	}
	add(Value(Route, t.Part.Origin.Code+">"+t.Part.Destination.Code))
	return out
}

func has(all []Fact, f Fact) bool {
	for _, x := range all {
		if x.Same(f) {
			return true
		}
	}
	return false
}

// Kinds are those of values that can be typed: numbers, GTIN, brand, lot, route.
func Kinds() []string { return append(codelist.Consignment.Codes(), GTIN, Brand, Lot, Route) }

// Value is a typed value as a fact by which cases are found; false: it cannot be one.
// A route is two codes of countries or areas: "CN>TH".
func Value(kind, typed string) (Fact, bool) {
	switch kind {
	case Brand:
		folded := i18n.Fold(typed)
		return Fact{Kind: kind, Value: strings.TrimSpace(typed), key: keyed(anyBrand, folded)}, folded != ""
	case Lot:
		lot := codelist.Canonical(typed)
		return Fact{Kind: kind, Value: strings.TrimSpace(typed), key: keyed(anyLot, lot)}, len([]rune(lot)) >= 3
	case GTIN:
		f, ok := trade(strings.TrimSpace(typed))
		return f, ok && len(strings.Trim(codelist.Canonical(typed), "0123456789")) == 0 && len(codelist.Canonical(typed)) >= 8
	case Route:
		from, to, _ := strings.Cut(strings.ToUpper(strings.ReplaceAll(typed, " ", "")), ">")
		return Fact{Kind: kind, Value: from + ">" + to, Codes: []Code{{codelist.Country.Name(), from}, {codelist.Country.Name(), to}},
			key: keyed(anyRoute, from, to)}, codelist.Country.Has(from) && codelist.Country.Has(to)
	}
	if !codelist.Consignment.Has(kind) {
		return Fact{}, false
	}
	return number(kind, strings.TrimSpace(typed))
}

// OfCase are the facts of a case by which lists of values find it.
func OfCase(c seizure.Case) []Fact { return watchable(c.Trace()) }

// OfMarks are those of a message: the numbers that it carries.
func OfMarks(marks []consignment.Mark) []Fact {
	return watchable(seizure.Trace{Part: seizure.TracePart{Marks: marks}})
}

// numberOf is the number of a record in a fact's value.
func numberOf(value string) int64 {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
