package pack

import (
	"slices"
	"strings"
	"unicode"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// shape says which column holds what. -1: none does.
type shape struct {
	own                                                              bool
	hs, locode                                                       bool
	code, place, parent, label, other, subdivision, functions, coord int
}

// The columns of the public shapes.
var (
	publicHS     = []string{"section", "hscode", "description", "parent", "level"}
	publicLocode = []string{"Change", "Country", "Location", "Name", "NameWoDiacritics", "Subdivision", "Status", "Function", "Date", "IATA", "Coordinates", "Remarks"}
	ownColumns   = []string{"code", "parent", "label", "other", "subdivision", "functions", "coordinates"}
)

// shapeOf tells which shape a file has by its columns. What a public shape is need
// not be said again.
func (f *File) shapeOf(head []string, own bool) (shape, error) {
	for i := range head {
		head[i] = strings.TrimSpace(head[i])
	}
	at := func(name string) int { return slices.Index(head, name) }
	s := shape{own: own, place: -1, code: at("code"), parent: at("parent"), label: at("label"), other: at("other"),
		subdivision: at("subdivision"), functions: at("functions"), coord: at("coordinates")}
	kind, name, lang := "", "", ""
	switch {
	case own:
		for i, column := range head {
			if !slices.Contains(ownColumns, column) || at(column) != i {
				return s, fault.Of(fault.Invalid, "pack.columns", fault.Args{"columns": strings.Join(ownColumns, ", ")})
			}
		}
		if s.code < 0 || s.label < 0 {
			return s, fault.Of(fault.Invalid, "pack.columns", fault.Args{"columns": strings.Join(ownColumns, ", ")})
		}
		return s, nil
	case slices.Equal(head, publicHS):
		s.hs, s.code, s.label, s.parent = true, at("hscode"), at("description"), -1
		kind, name, lang = HS, "harmonized-system", "en"
	case slices.Equal(head, publicLocode):
		s = shape{locode: true, code: at("Country"), place: at("Location"), parent: -1, label: at("Name"), other: at("NameWoDiacritics"),
			subdivision: at("Subdivision"), functions: at("Function"), coord: at("Coordinates")}
		kind, name = Locode, "un-locode"
	default:
		return s, fault.Of(fault.Invalid, "pack.shape")
	}
	if f.Kind != "" && f.Kind != kind {
		return s, fault.Of(fault.Invalid, "pack.other-kind", fault.Args{"kind": kind})
	}
	f.Kind = kind
	if f.Name == "" {
		f.Name = name
	}
	if f.Language == "" {
		f.Language = lang
	}
	return s, nil
}

// entry reads a row. skip: it is no code of that kind: the name of a country, an
// alias, a total, a national code of more digits, a chapter for national use.
func (s shape) entry(row []string) (e Entry, skip bool) {
	get := func(i int) string {
		if i < 0 {
			return ""
		}
		if s.own {
			return strings.TrimSpace(row[i])
		}
		return tidy(row[i])
	}
	e = Entry{Code: get(s.code), Parent: get(s.parent), Label: get(s.label), Other: get(s.other), Subdivision: get(s.subdivision),
		Functions: get(s.functions), Coordinates: get(s.coord)}
	switch {
	case s.locode:
		place := get(s.place)
		e.Code += place
		if e.Other == e.Label {
			e.Other = ""
		}
		return e, place == ""
	case s.hs:
		c := codelist.CheckHS(e.Code)
		total := strings.EqualFold(e.Code, "TOTAL")
		national := len(e.Code) > 6 && strings.TrimLeft(e.Code, "0123456789") == ""
		return e, total || national || c.Reason == "check-digit.hs-chapter"
	}
	return e, false
}

// tidy takes out of a public file what is not seen: broken lines, zero widths.
func tidy(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
