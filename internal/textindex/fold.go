package textindex

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// glyph is one folded character and the bytes of the text that it stands for.
type glyph struct {
	r          rune
	start, end int
}

// alike are letters that Unicode does not take apart and that people type for
// each other: Latin letters with a stroke, and the forms of Arabic letters that
// keyboards of different countries give.
var alike = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ħ': "h", 'ŧ': "t", 'ı': "i", 'þ': "th", 'ς': "σ",
	'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ې': "ي", 'ک': "ك", 'ة': "ه", 'ہ': "ه", 'ھ': "ه", 'ە': "ه", 'ۃ': "ه",
}

// fold gives the characters of a text as they are compared.
func fold(text string) []glyph {
	out := make([]glyph, 0, len(text))
	for i := 0; i < len(text); {
		if plainAt(text, i) {
			c := text[i]
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, glyph{rune(c), i, i + 1})
			i++
			continue
		}
		end := i + 1
		for end < len(text) && !plainAt(text, end) {
			end++
		}
		out = foldOther(out, text[i:end], i)
		i = end
	}
	return out
}

// plainAt tells whether an ASCII character stands alone: no mark follows it.
func plainAt(text string, i int) bool {
	return text[i] < 0x80 && (i+1 == len(text) || text[i+1] < 0x80)
}

// foldOther folds what is not plain ASCII; it stands at byte from of the text.
func foldOther(out []glyph, text string, from int) []glyph {
	var it norm.Iter
	it.InitString(norm.NFKD, text)
	for !it.Done() {
		start := from + it.Pos()
		apart := it.Next()
		end := from + it.Pos()
		kept := make([]rune, 0, 4)
		for _, r := range string(apart) {
			if !dropped(r) {
				kept = append(kept, r)
			}
		}
		// Together again: a syllable of Hangul, or kana with its mark, is one letter.
		for _, r := range norm.NFC.String(string(kept)) {
			r = unicode.ToLower(r)
			if same, ok := alike[r]; ok {
				for _, s := range same {
					out = append(out, glyph{s, start, end})
				}
				continue
			}
			out = append(out, glyph{digit(r), start, end})
		}
	}
	return out
}

// marked are the scripts whose marks are accents or vowels that writers leave out.
// Elsewhere (Thai, Devanagari, Khmer) a mark is a letter.
var marked = []*unicode.RangeTable{unicode.Inherited, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew, unicode.Syriac}

func dropped(r rune) bool {
	switch {
	case r < 0x300:
		return r == 0xad // soft hyphen
	case r == 'ـ': // tatweel only stretches a word
		return true
	case r == 0x3099 || r == 0x309a: // the marks of kana make another letter
		return false
	case unicode.In(r, unicode.Mn, unicode.Me):
		return unicode.In(r, marked...)
	}
	return unicode.Is(unicode.Cf, r)
}

// digit gives the ASCII digit for one of any script.
func digit(r rune) rune {
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return r
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// The classes of characters.
type class int

const (
	gap    class = iota // parts words
	letter              // of a script that puts spaces between words; digits
	dense               // of a script that does not, or that glues endings to words
)

var denseScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan}

func classOf(r rune) class {
	switch {
	case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		return letter
	case r < 0x80:
		return gap
	case r == 'ー':
		return dense
	case unicode.IsLetter(r) || unicode.IsMark(r):
		if unicode.In(r, denseScripts...) {
			return dense
		}
		return letter
	case unicode.IsNumber(r):
		return letter
	}
	return gap
}
