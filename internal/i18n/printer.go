package i18n

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Printer writes for one reader. It never changes after NewPrinter and may be
// used by several goroutines.
type Printer struct {
	lang  Lang
	cat   *catalogue
	en    *catalogue
	table *table
	names []map[string]map[Lang]string // country names, later ones win
}

// Option changes a Printer while it is made.
type Option func(*Printer)

// WithNames puts names of countries and areas above the default ones, by code
// and language (see ParseNames). Given several times, the later one wins: first
// the instance's, then the operation's. The map must not be changed afterwards.
func WithNames(names map[string]map[Lang]string) Option {
	return func(p *Printer) {
		if len(names) > 0 {
			p.names = append(p.names, names)
		}
	}
}

// NewPrinter makes the printer of a language; one that is not known is English.
func NewPrinter(lang Lang, opts ...Option) *Printer {
	if _, ok := catalogues[lang]; !ok {
		lang = English
	}
	p := &Printer{lang: lang, cat: catalogueOf(lang), en: catalogueOf(English), table: tableOf(lang)}
	for _, opt := range opts {
		opt(p)
	}
	return p
}

// Lang is the reader's language.
func (p *Printer) Lang() Lang { return p.lang }

// Dir is "ltr" or "rtl".
func (p *Printer) Dir() string { return p.lang.Dir() }

// Has tells whether the key has a text, in the reader's language or in English.
func (p *Printer) Has(key string) bool {
	if _, ok := p.cat.entries[key]; ok {
		return true
	}
	_, ok := p.en.entries[key]
	return ok
}

// TextLang is the language in which T says the key: the reader's, or English
// where the translation is missing (mark it with lang="en").
func (p *Printer) TextLang(key string) Lang {
	if _, ok := p.cat.entries[key]; ok {
		return p.lang
	}
	return English
}

// T says the text behind a key, as plain text (a template escapes it). Several
// maps of arguments count as one, later ones winning. An argument is a string
// (taken as it is), a number (printed with Number), a time.Time (printed in
// UTC), a []string (List), a map[string]int64 (Totals), or one of this
// package's values (Day, Amount, Code, CountryCode, Key). The argument "count",
// a whole number or an Amount, chooses the plural form. A key without a text is
// shown as «key»; a placeholder without an argument stays visible.
func (p *Printer) T(key string, args ...fault.Args) string {
	cat := p.cat
	e, ok := cat.entries[key]
	if !ok {
		cat = p.en
		if e, ok = cat.entries[key]; !ok {
			return "«" + key + "»"
		}
	}
	pat := cat.form(e, countOf(args))
	if len(pat) == 1 && pat[0].arg == "" {
		return pat[0].text
	}
	var b strings.Builder
	for _, s := range pat {
		switch v, ok := lookup(args, s.arg); {
		case s.arg == "":
			b.WriteString(s.text)
		case !ok:
			b.WriteString("{" + s.arg + "}")
		default:
			b.WriteString(p.Isolate(p.value(v)))
		}
	}
	return b.String()
}

func lookup(args []fault.Args, name string) (any, bool) {
	for i := len(args) - 1; i >= 0; i-- {
		if v, ok := args[i][name]; ok {
			return v, true
		}
	}
	return nil, false
}
