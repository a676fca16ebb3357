package i18n

import (
	"strings"
	"unicode/utf8"
)

var accents = strings.NewReplacer(
	"a", "å", "b", "ƀ", "c", "ç", "d", "ð", "e", "é", "f", "ƒ", "g", "ĝ", "h", "ĥ", "i", "î", "j", "ĵ", "k", "ķ", "l", "ļ",
	"m", "ɱ", "n", "ñ", "o", "ö", "p", "þ", "q", "ǫ", "r", "ŕ", "s", "š", "t", "ţ", "u", "û", "v", "ṽ", "w", "ŵ", "x", "ẋ",
	"y", "ý", "z", "ž", "A", "Å", "C", "Ç", "D", "Ð", "E", "É", "G", "Ĝ", "H", "Ĥ", "I", "Î", "N", "Ñ", "O", "Ö", "P", "Þ",
	"R", "Ŕ", "S", "Š", "T", "Ţ", "U", "Û", "W", "Ŵ", "Y", "Ý",
)

// filler makes a text grow by about 40 %, which translations do.
const filler = "one two three four five six seven eight nine ten eleven twelve"

// pseudoText turns English into a pseudo-language. Words are kept apart, so
// that they still break into lines.
func pseudoText(lang Lang, s string) string {
	if lang == PseudoLong {
		return accents.Replace(s)
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		if w != "" {
			// Right-to-left override: the letters really run the other way.
			words[i] = "\u202e" + w + "\u202c"
		}
	}
	return strings.Join(words, " ")
}

// pseudo turns a name into the printer's pseudo-language, if it has one.
func (p *Printer) pseudo(s string) string {
	if p.lang == p.lang.data() {
		return s
	}
	return pseudoText(p.lang, s)
}

func pseudoCatalogue(from *catalogue, lang Lang) *catalogue {
	c := &catalogue{lang: lang, entries: make(map[string]entry, len(from.entries)), plurals: from.plurals}
	for key, e := range from.entries {
		forms := make(map[string]pattern, len(e.forms))
		for form, p := range e.forms {
			forms[form] = pseudoPattern(lang, p)
		}
		c.entries[key] = entry{forms: forms, file: e.file}
	}
	return c
}

func pseudoPattern(lang Lang, p pattern) pattern {
	out, length := make(pattern, 0, len(p)+2), 0
	for _, s := range p {
		length += utf8.RuneCountInString(s.text)
		if s.text != "" {
			s.text = pseudoText(lang, s.text)
		}
		out = append(out, s)
	}
	if lang != PseudoLong {
		return out
	}
	tail := " " + filler[:min(len(filler), 1+length*4/10)] + "]"
	if n := len(out); n == 1 && out[0].arg == "" {
		return pattern{{text: "[" + out[0].text + tail}}
	}
	return append(append(pattern{{text: "["}}, out...), segment{text: tail})
}
