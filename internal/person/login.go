package person

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// The length of a login in characters.
const (
	minLogin = 2
	maxLogin = 64
)

// FoldLogin gives the form in which a login is stored and looked up: Unicode
// compatibility form, lower case. It refuses what could pass for another login:
// characters other than letters, digits and . _ - @ +, several scripts in one
// login, digits of several systems (in the spirit of UTS 39, level "single
// script", with the usual Japanese, Korean and Chinese companions).
func FoldLogin(s string) (string, error) {
	s = Fold(s)
	s, err := i18n.CleanLine(s, maxLogin)
	if err != nil {
		return "", err
	}
	if utf8.RuneCountInString(s) < minLogin {
		return "", fault.Of(fault.Invalid, "fault.too-short", fault.Args{"min": int64(minLogin)})
	}
	var zero rune
	for i, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r) && i > 0:
		case unicode.Is(unicode.Nd, r):
			if z := zeroOf(r); zero == 0 {
				zero = z
			} else if z != zero {
				return "", fault.Of(fault.Invalid, "person.login-script")
			}
		case strings.ContainsRune("._-@+", r) && i > 0:
		default:
			return "", fault.Of(fault.Invalid, "person.login-characters")
		}
	}
	if !singleScript(s) {
		return "", fault.Of(fault.Invalid, "person.login-script")
	}
	return s, nil
}

// Fold is FoldLogin without its refusals, for looking up whatever was typed.
// Folding twice changes nothing.
func Fold(s string) string {
	if len(s) > 1024 || !utf8.ValidString(s) { // no login is that long, and folding takes time
		return s
	}
	for range 4 { // lower-casing may open a new composition, normalising a new space; seldom more than once
		t := strings.TrimSpace(norm.NFKC.String(strings.ToLower(norm.NFKC.String(s))))
		if t == s {
			break
		}
		s = t
	}
	return s
}

// zeroOf is the digit zero of the system that a decimal digit belongs to: every
// system is ten code points in a row (Unicode stability policy).
func zeroOf(r rune) rune {
	if r <= '9' {
		return '0'
	}
	z := r
	for r-z < 9 && unicode.Is(unicode.Nd, z-1) {
		z--
	}
	return z
}

// companions are scripts that one language writes together (UTS 39, 5.1).
var companions = [][]string{{"Han", "Hiragana", "Katakana"}, {"Han", "Hangul"}, {"Han", "Bopomofo"}}

func singleScript(s string) bool {
	var found []string
	for _, r := range s {
		if name := script(r); name != "" && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	if len(found) <= 1 {
		return true
	}
	return slices.ContainsFunc(companions, func(c []string) bool {
		return !slices.ContainsFunc(found, func(f string) bool { return !slices.Contains(c, f) })
	})
}

// script names the script of a character, empty for what all scripts share.
func script(r rune) string {
	if r < 0x80 {
		if unicode.IsLetter(r) {
			return "Latin"
		}
		return ""
	}
	if unicode.In(r, unicode.Common, unicode.Inherited) {
		return ""
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return "Unknown"
}
