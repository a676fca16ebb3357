package typed

import (
	_ "embed"
	"maps"
	"strconv"
	"sync"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

//go:embed names.toml
var namesFile string

// nameTable holds the names of months and countries in plain text (sheet.Plain).
type nameTable struct {
	months    map[string]int
	countries map[string]string // name to code; "" for a name of two countries
}

// names is read once; a mistake in the embedded file is caught by a test.
var names = sync.OnceValue(func() *nameTable {
	var file struct {
		Months    map[string][]string
		Countries map[string][]string
		Ambiguous struct{ Countries []string }
	}
	if _, err := toml.Decode(namesFile, &file); err != nil {
		panic("typed: names.toml: " + err.Error())
	}
	table := &nameTable{months: map[string]int{}, countries: countryNames()}
	for n, list := range file.Months {
		month, err := strconv.Atoi(n)
		if err != nil {
			panic("typed: names.toml: month " + n)
		}
		for _, name := range list {
			table.months[sheet.Plain(name)] = month
		}
	}
	for code, list := range file.Countries {
		for _, name := range list {
			table.countries[sheet.Plain(name)] = code
		}
	}
	for _, name := range file.Ambiguous.Countries {
		table.countries[sheet.Plain(name)] = ""
	}
	return table
})

// TwoCountries tells whether a word is a name of two countries.
func TwoCountries(word string) bool {
	known, ambiguous := names().countries[sheet.Plain(word)]
	return ambiguous && known == ""
}

// CountryNames gives the code of every name of a country, in plain text
// (sheet.Plain); the code is "" for a name of two countries.
func CountryNames() map[string]string { return maps.Clone(names().countries) }

// countryNames are the names by which CLDR calls countries in the languages in
// which sheets are most often written. They serve to read, never to show: what
// is shown comes from the names of the instance and the operation.
func countryNames() map[string]string {
	names := map[string]string{}
	namers := []display.Namer{
		display.English.Regions(), display.French.Regions(), display.Arabic.Regions(), display.Spanish.Regions(),
		display.Portuguese.Regions(), display.Russian.Regions(), display.German.Regions(), display.Italian.Regions(),
		display.Chinese.Regions(), display.Dutch.Regions(),
	}
	for _, code := range codelist.Country.Codes() {
		region, err := language.ParseRegion(code)
		if err != nil || codelist.UserAssigned(code) {
			continue // a demonstration's countries have names of its own
		}
		for _, n := range namers {
			name := sheet.Plain(n.Name(region))
			if before, ok := names[name]; ok && before != code {
				code = "" // two countries, in two languages or in one
			}
			if name != "" {
				names[name] = code
			}
			code = region.String()
		}
	}
	return names
}

// CountryOf finds the code of a country: a code in capital letters (two or
// three), or a name. A name of two countries has none.
func CountryOf(s string) (string, bool) {
	s = sheet.Trim(s)
	if len(s) == 2 && codelist.Country.Has(s) {
		return s, true
	}
	if code, ok := names().countries[sheet.Plain(s)]; ok {
		return code, code != ""
	}
	if len(s) == 3 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' && s[2] >= 'A' && s[2] <= 'Z' {
		if region, err := language.ParseRegion(s); err == nil && region.ISO3() == s && codelist.Country.Has(region.String()) {
			return region.String(), true
		}
	}
	return "", false
}

// Labels gives the codes of a list by what they are called in any language of the
// product, in plain text (sheet.Plain). A word of two codes is none of them.
func Labels(list string) map[string]string { return allLabels()[list] }

var allLabels = sync.OnceValue(func() map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, list := range codelist.All() {
		words := map[string]string{}
		for _, lang := range i18n.Languages() {
			p := i18n.NewPrinter(lang)
			for _, code := range list.Codes() {
				word := sheet.Plain(p.Code(list.Name(), code))
				if before, ok := words[word]; ok && before != code {
					code = ""
				}
				words[word] = code
			}
		}
		out[list.Name()] = words
	}
	return out
})

var yesWords = map[string]bool{
	"yes": true, "y": true, "true": true, "1": true, "x": true, "oui": true, "vrai": true, "si": true, "sim": true, "да": true, "نعم": true, "是": true, "はい": true, "예": true, "ใช่": true,
	"no": false, "n": false, "false": false, "0": false, "non": false, "faux": false, "nao": false, "нет": false, "لا": false, "否": false, "いいえ": false, "아니요": false, "ไม่ใช่": false,
}

// Yes reads a yes or a no.
func Yes(text string) (is, ok bool) {
	is, ok = yesWords[sheet.Plain(text)]
	return is, ok
}
