package i18n

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Lang is a language of the interface: a BCP 47 tag such as "fr".
type Lang string

// The languages of the interface. The pseudo-languages are for tests: they show
// text that is not translated, does not fit, or does not mirror.
const (
	English      Lang = "en"
	French       Lang = "fr"
	Arabic       Lang = "ar"
	PseudoLong   Lang = "en-XA" // accented, about 40 % longer
	PseudoMirror Lang = "ar-XB" // English forced right to left
)

// launch are the languages whose catalogues are complete, in display order.
var launch = []Lang{English, French, Arabic}

var matcher = language.NewMatcher([]language.Tag{language.English, language.French, language.Arabic})

// Languages lists the languages a reader may choose, in display order.
func Languages() []Lang { return slices.Clone(launch) }

// Offered tells whether a reader may choose the language.
func Offered(lang Lang) bool { return slices.Contains(launch, lang) }

// Dir is "rtl" for languages written from right to left, otherwise "ltr".
func (l Lang) Dir() string {
	if l.rtl() {
		return "rtl"
	}
	return "ltr"
}

func (l Lang) rtl() bool {
	base, _, _ := strings.Cut(string(l), "-")
	switch base {
	case "ar", "fa", "he", "ur", "ps", "dv", "yi", "ckb":
		return true
	}
	return false
}

// Name is the language's name in itself, for a language switch.
func (l Lang) Name() string {
	switch l {
	case PseudoLong:
		return "Ëñĝļîšĥ (en-XA)"
	case PseudoMirror:
		return "English (ar-XB)"
	}
	name := tableOf(l).language[string(l)]
	if name == "" {
		return string(l)
	}
	// CLDR writes names as inside a sentence; a switch starts with a capital.
	return upperFirst(name)
}

// Match picks the interface language: what the reader chose when it is offered,
// otherwise the best of an Accept-Language header, otherwise English.
func Match(acceptLanguage, chosen string) Lang {
	if Offered(Lang(chosen)) {
		return Lang(chosen)
	}
	// An absurdly long header is not worth the time of the parser.
	if len(acceptLanguage) > 1000 {
		return English
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		return English
	}
	_, i, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return English
	}
	return launch[i]
}

func (l Lang) tag() language.Tag {
	if l == PseudoMirror || l == PseudoLong {
		return language.English
	}
	return language.Make(string(l))
}

// data is the language whose tables and catalogue stand behind a language.
func (l Lang) data() Lang {
	if l == PseudoMirror || l == PseudoLong {
		return English
	}
	return l
}
