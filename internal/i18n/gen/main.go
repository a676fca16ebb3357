// Command gen writes the tables of internal/i18n/names from CLDR.
//
// It needs four packages of CLDR's JSON distribution, unpacked beside each
// other (the same version of each):
//
//	for p in core localenames-full dates-full numbers-full misc-full; do
//	  npm pack cldr-$p@48.2.0
//	  mkdir $p && tar xzf cldr-$p-48.2.0.tgz -C $p --strip-components=1
//	done
//	go run ./internal/i18n/gen -cldr . -out internal/i18n/names
//
// The tables are committed; building needs neither CLDR nor a network.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// langs are the languages the interface is designed for.
var langs = []string{"ar", "en", "es", "fr", "ja", "ko", "pt", "ru", "th", "zh"}

// notISO are two-letter CLDR territories that are no ISO 3166-1 codes: reserved
// and user-assigned ones. XK belongs to them: user-assigned codes have no names.
var notISO = []string{"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}

// spoken are the languages that content may be written in, beside the ten.
var spoken = strings.Fields(`am ar az be bg bn bs cs da de dz el en es et fa fi fil fr he hi hr hu hy id is it ja ka kk km
	ko ky lo lt lv mg mk mn ms my nb ne nl pl ps pt ro ru rw si sk sl so sq sr sv sw ta tg th ti tk tr uk ur uz vi zh zu`)

func main() {
	log.SetFlags(0)
	cldr := flag.String("cldr", ".", "folder with core, localenames-full, dates-full, numbers-full, misc-full")
	out := flag.String("out", "internal/i18n/names", "folder of the tables")
	flag.Parse()
	g := generator{*cldr}
	for _, lang := range langs {
		table := strings.Join(g.table(lang), "\n") + "\n"
		if err := os.WriteFile(filepath.Join(*out, lang+".tsv"), []byte(table), 0o644); err != nil {
			log.Fatal(err)
		}
	}
	licence, err := os.ReadFile(filepath.Join(*cldr, "localenames-full", "LICENSE"))
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*out, "LICENSE"), licence, 0o644); err != nil {
		log.Fatal(err)
	}
}

type generator struct{ root string }

// read takes one file of one language, down to a path of keys.
func (g generator) read(file string, v any, keys ...string) {
	b, err := os.ReadFile(filepath.Join(g.root, file))
	if err != nil {
		log.Fatal(err)
	}
	raw := json.RawMessage(b)
	for _, key := range keys {
		m := map[string]json.RawMessage{}
		if err := json.Unmarshal(raw, &m); err != nil {
			log.Fatalf("%s: %s: %v", file, key, err)
		}
		raw = m[key]
	}
	if err := json.Unmarshal(raw, v); err != nil {
		log.Fatalf("%s: %v", file, err)
	}
}

func (g generator) table(lang string) []string {
	var lines []string
	add := func(kind, code, name string) {
		if name != "" {
			lines = append(lines, kind+"\t"+code+"\t"+name)
		}
	}
	territories := map[string]string{}
	g.read("localenames-full/main/"+lang+"/territories.json", &territories,
		"main", lang, "localeDisplayNames", "territories")
	two := regexp.MustCompile(`^[A-Z]{2}$`)
	for _, code := range slices.Sorted(maps.Keys(territories)) {
		if two.MatchString(code) && !slices.Contains(notISO, code) {
			add("country", code, territories[code])
		}
	}
	g.currencies(lang, add)
	languages := map[string]string{}
	g.read("localenames-full/main/"+lang+"/languages.json", &languages, "main", lang, "localeDisplayNames", "languages")
	for _, code := range spoken {
		add("language", code, languages[code])
	}
	g.calendar(lang, add)
	g.lists(lang, add)
	return lines
}

func (g generator) currencies(lang string, add func(kind, code, name string)) {
	used := map[string][]map[string]map[string]string{}
	g.read("core/supplemental/currencyData.json", &used, "supplemental", "currencyData", "region")
	inUse := map[string]bool{}
	for _, periods := range used {
		for _, period := range periods {
			for code, p := range period {
				if p["_to"] == "" && p["_tender"] != "false" {
					inUse[code] = true
				}
			}
		}
	}
	names := map[string]map[string]string{}
	g.read("numbers-full/main/"+lang+"/currencies.json", &names, "main", lang, "numbers", "currencies")
	for _, code := range slices.Sorted(maps.Keys(inUse)) {
		add("currency", code, names[code]["displayName"])
	}
}

func (g generator) calendar(lang string, add func(kind, code, name string)) {
	var c struct {
		Months struct {
			Format struct{ Abbreviated, Wide map[string]string }
		}
		Days struct {
			StandAlone struct{ Wide map[string]string } `json:"stand-alone"`
		}
		DateFormats     map[string]any
		DateTimeFormats struct{ AvailableFormats map[string]any }
	}
	g.read("dates-full/main/"+lang+"/ca-gregorian.json", &c, "main", lang, "dates", "calendars", "gregorian")
	for m := 1; m <= 12; m++ {
		n := fmt.Sprint(m)
		add("mon", n, c.Months.Format.Abbreviated[n])
		add("month", n, c.Months.Format.Wide[n])
	}
	for _, d := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		add("weekday", d, c.Days.StandAlone.Wide[d])
	}
	day, short := fmt.Sprint(c.DateTimeFormats.AvailableFormats["yMMMd"]), fmt.Sprint(c.DateTimeFormats.AvailableFormats["MMMd"])
	long := strings.ReplaceAll(fmt.Sprint(c.DateFormats["long"]), "G ", "") // the era says nothing here
	if lang == "en" {
		// The house writes day, month, year, as most readers of English here do.
		day, short, long = "d MMM y", "d MMM", "d MMMM y"
	}
	add("pattern", "day", day)
	add("pattern", "short", short)
	add("pattern", "long", long)
}

func (g generator) lists(lang string, add func(kind, code, name string)) {
	p := map[string]string{}
	g.read("misc-full/main/"+lang+"/listPatterns.json", &p, "main", lang, "listPatterns", "listPattern-type-standard")
	if lang == "en" {
		p["end"] = p["2"] // no comma before "and"
	}
	for _, part := range []string{"2", "start", "middle", "end"} {
		add("pattern", "list-"+part, p[part])
	}
}
