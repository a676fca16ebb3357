package i18n

import (
	"embed"
	"strings"
	"sync"
)

//go:embed names/*.tsv
var nameFiles embed.FS

// table is what CLDR knows of one language: names and the parts of dates and
// lists. It is generated; see gen/main.go.
type table struct {
	country, currency, language map[string]string
	patterns                    map[string]string // day, long, short; list-2, list-start, list-middle, list-end
	shortMonths, longMonths     []string
	weekdays                    []string // Sunday first
}

var tables sync.Map // Lang to func() *table

// tableOf reads a language's table the first time it is asked for; a language
// without a table has the English one.
func tableOf(lang Lang) *table {
	lang = lang.data()
	f, ok := tables.Load(lang)
	if !ok {
		f, _ = tables.LoadOrStore(lang, sync.OnceValue(func() *table { return readTable(lang) }))
	}
	return f.(func() *table)()
}

func readTable(lang Lang) *table {
	b, err := nameFiles.ReadFile("names/" + string(lang) + ".tsv")
	if err != nil {
		if lang == English {
			panic("i18n: names/en.tsv is not embedded")
		}
		return tableOf(English)
	}
	t := &table{
		country: map[string]string{}, currency: map[string]string{}, language: map[string]string{},
		patterns: map[string]string{},
	}
	for line := range strings.Lines(string(b)) {
		kind, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		code, name, _ := strings.Cut(rest, "\t")
		switch kind {
		case "country":
			t.country[code] = name
		case "currency":
			t.currency[code] = name
		case "language":
			t.language[code] = name
		case "pattern":
			t.patterns[code] = name
		case "month":
			t.longMonths = append(t.longMonths, name)
		case "mon":
			t.shortMonths = append(t.shortMonths, name)
		case "weekday":
			t.weekdays = append(t.weekdays, name)
		}
	}
	return t
}
