package spreadsheet

import (
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

// form is what a field's text becomes.
type form int

const (
	formText form = iota
	formDay
	formTime
	formHS
	formCode    // a code and nothing else
	formCoded   // a code, or the text as typed
	formCountry // a code list whose words are known: names of countries
	formCodes   // several codes in one cell, each once
	formYes     // yes or no
	formList    // entries of several parts: a journey, custody, what a case brought, numbers of consignments
)

// Kind is what is the same for a field in every mapping.
type Kind struct {
	List   string // name of the code list, "" for countries and fields without codes
	Needed bool   // a case cannot be without it
	form   form
	typed  bool // the case keeps the text beside or instead of the code
	goods  bool // of a line of goods, not of the case as a whole
}

// fieldNames is the order of a case, in which problems are reported.
var fieldNames = []string{
	"day", "time", "country", "place", "location", "direction", "conveyance", "carrier", "detection", "concealment", "hidden", "cover", "loading",
	"origin", "transit", "destination", "legs", "status", "status_day", "custody", "yields", "marks",
	"category", "sub", "description", "hs", "hs_edition", "gtin", "batch", "brand", "holder", "violations", "ipr", "right", "hazard", "verdict", "verdict_by",
	"declared_description", "declared_hs", "language", "remarks",
}

var kinds = map[string]Kind{
	"day":         {form: formDay, Needed: true},
	"time":        {form: formTime},
	"country":     {form: formCountry, Needed: true},
	"place":       {form: formText},
	"location":    {form: formText},
	"direction":   {form: formCoded, List: "direction", typed: true},
	"conveyance":  {form: formCoded, List: "conveyance", typed: true},
	"carrier":     {form: formText},
	"detection":   {form: formCoded, List: "detection", typed: true},
	"concealment": {form: formCoded, List: "concealment", typed: true},
	"hidden":      {form: formText},
	"cover":       {form: formText},
	"loading":     {form: formCode, List: "loading-status"},
	"origin":      {form: formCountry, typed: true},
	"transit":     {form: formCountry, typed: true},
	"destination": {form: formCountry, typed: true},
	"legs":        {form: formList},
	"status":      {form: formCode, List: "outcome"},
	"status_day":  {form: formDay},
	"custody":     {form: formList},
	"yields":      {form: formList},
	"marks":       {form: formList},

	"category":             {form: formCode, List: "category", Needed: true, goods: true},
	"sub":                  {form: formText, goods: true},
	"description":          {form: formText, goods: true},
	"hs":                   {form: formHS, goods: true},
	"hs_edition":           {form: formCode, List: "hs-edition", goods: true},
	"gtin":                 {form: formText, goods: true},
	"batch":                {form: formText, goods: true},
	"brand":                {form: formText, goods: true},
	"holder":               {form: formText, goods: true},
	"violations":           {form: formCodes, List: "violation", goods: true},
	"ipr":                  {form: formCoded, List: "ipr-type", typed: true, goods: true},
	"right":                {form: formText, goods: true},
	"hazard":               {form: formYes, goods: true},
	"verdict":              {form: formCode, List: "verdict", goods: true},
	"verdict_by":           {form: formCode, List: "verdict-by", goods: true},
	"declared_description": {form: formText, goods: true},
	"declared_hs":          {form: formHS, goods: true},

	"language": {form: formCode, List: "language"},
	"remarks":  {form: formText},
}

// KindOf gives the kind of a field; a name that is no field's has the zero Kind.
func KindOf(name string) Kind { return kinds[name] }

// FieldNames gives the fields of a case in its order.
func FieldNames() []string { return slices.Clone(fieldNames) }

// Coded tells whether the field has a code list; countries are one.
func (k Kind) Coded() bool { return k.form >= formCode && k.form <= formCodes }

// Several tells whether a cell may hold several codes that all count.
func (k Kind) Several() bool { return k.form == formCodes }

// Typed tells whether a case keeps the text beside or instead of the code.
func (k Kind) Typed() bool { return k.typed }

// YesNo tells whether the field is a yes or a no.
func (k Kind) YesNo() bool { return k.form == formYes }

// Listed tells whether the field's cells hold entries of several parts.
func (k Kind) Listed() bool { return k.form == formList }

// Day tells whether the field is a date.
func (k Kind) Day() bool { return k.form == formDay }

// Goods tells whether the field belongs to a line of goods.
func (k Kind) Goods() bool { return k.goods }

// Country tells whether the field's codes are those of countries.
func (k Kind) Country() bool { return k.form == formCountry }

// knows tells whether code belongs to the field's list.
func (k Kind) knows(code string) bool {
	if k.Country() {
		return codelist.Country.Has(code)
	}
	list, _ := codelist.Named(k.List)
	return list.Has(code)
}

func (f *Field) check(path string, p *fault.Problems) {
	if f.kind.Needed {
		f.Required = true
	}
	sources := 0
	for _, given := range []bool{f.Column != "", len(f.Columns) > 0, f.Constant != ""} {
		if given {
			sources++
		}
	}
	if sources != 1 {
		p.Add(path, "spreadsheet.mapping.one-source", fault.Args{"name": path})
	}
	if len(f.Columns) > 0 && f.kind.form != formText {
		p.Add(path+".columns", "spreadsheet.mapping.text-only", fault.Args{"name": path})
	}
	if f.Join == "" {
		f.Join = ", "
	}
	if !f.kind.Coded() && (len(f.Values)+len(f.Partly) > 0 || len(f.Separate) > 0 || f.Several != "" || f.Part != "" || f.Otherwise != "") {
		p.Add(path, "spreadsheet.mapping.coded-only", fault.Args{"name": path})
		return
	}
	f.checkConstant(path, p)
	if f.kind.Coded() {
		f.checkCodes(path, p)
	}
	f.blank = folded(f.NotStated)
}

func (f *Field) checkConstant(path string, p *fault.Problems) {
	if f.Constant == "" {
		return
	}
	ok := true
	switch f.kind.form {
	case formCode, formCoded, formCountry, formCodes:
		ok = f.kind.knows(f.Constant)
	case formYes:
		_, ok = typed.Yes(f.Constant)
	case formList:
		ok = false
	case formDay:
		_, ok = stated[0].Parse(f.Constant, 1970)
	case formTime:
		_, ok = typed.ParseClock(f.Constant)
	case formHS:
		ok = validHS(f.Constant)
	}
	if !ok {
		p.Add(path+".constant", "spreadsheet.mapping.constant", fault.Args{"name": path, "value": f.Constant})
	}
}

func (f *Field) checkCodes(path string, p *fault.Problems) {
	f.values, f.partly = map[string]string{}, map[string]bool{}
	for _, table := range []string{"values", "partly"} {
		entries := map[string]map[string]string{"values": f.Values, "partly": f.Partly}[table]
		for _, typed := range slices.Sorted(maps.Keys(entries)) {
			code, key := entries[typed], i18n.Fold(typed)
			if !f.kind.knows(code) {
				p.Add(path+"."+table, "spreadsheet.mapping.no-code", fault.Args{"name": path, "value": typed, "code": code})
			}
			if before, ok := f.values[key]; ok && (before != code || table == "partly" && !f.partly[key]) {
				p.Add(path+"."+table, "spreadsheet.mapping.two-codes", fault.Args{"name": path, "value": typed})
			}
			f.values[key] = code
			f.partly[key] = table == "partly"
		}
	}
	if f.Otherwise != "" && !f.kind.knows(f.Otherwise) {
		p.Add(path+".otherwise", "spreadsheet.mapping.no-code", fault.Args{"name": path, "value": "otherwise", "code": f.Otherwise})
	}
	if !slices.Contains([]string{"", "agree", "first", "refuse"}, f.Several) {
		p.Add(path+".several", "spreadsheet.mapping.one-of",
			fault.Args{"name": path + ".several", "value": f.Several, "allowed": quoted([]string{"agree", "first", "refuse"})})
	}
	if !slices.Contains([]string{"", "whole", "last"}, f.Part) {
		p.Add(path+".part", "spreadsheet.mapping.one-of",
			fault.Args{"name": path + ".part", "value": f.Part, "allowed": quoted([]string{"whole", "last"})})
	}
	if f.PartSign == "" {
		f.PartSign = ","
	}
	if f.Separate == nil && f.kind.Country() {
		f.Separate = []string{";"} // "Doha, Qatar; Bangkok, Thailand" never ends in Thailand only
	}
	if f.Separate == nil && f.kind.Several() {
		f.Separate = []string{";", "\n"}
	}
	if slices.Contains(f.Separate, "") || (f.Part == "last" && slices.Contains(f.Separate, f.PartSign)) {
		p.Add(path+".separators", "spreadsheet.mapping.separators", fault.Args{"name": path})
	}
}

func folded(list []string) map[string]bool {
	set := map[string]bool{}
	for _, v := range list {
		set[i18n.Fold(v)] = true
	}
	return set
}

func validHS(s string) bool {
	return sheet.Digits(s) && (len(s) == 2 || len(s) == 4 || len(s) == 6)
}

func validLanguage(s string) bool {
	return codelist.Language.Has(s)
}
