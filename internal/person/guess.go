package person

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What is left of a password when everything is taken out that a guesser tries
// first must still be this many characters.
const minLeft = 6

// commonWords stand in most lists of leaked passwords. Longer ones come first,
// so that taking one out does not leave a piece of another.
var commonWords = byLength(strings.Fields(`
	administrator administrateur motdepasse contraseña passwort password passw0rd p@ssw0rd p@ssword pa55word pass123
	changeme letmein welcome bienvenue willkommen default temporary secret geheim master superman batman dragon monkey
	football baseball basketball princess sunshine iloveyou jesus michael jennifer jordan shadow whatever trustno1 starwars
	qwerty azerty qwertz asdfgh zxcvbn 1q2w3e4r5t6y7u8i9o0p 1q2w3e4r5t6y 1q2w3e4r5t 1q2w3e4r 1qaz2wsx3edc4rfv 1qaz2wsx3edc 1qaz2wsx
	zaq12wsx q1w2e3r4t5y6 q1w2e3r4 123qwe qwe123 abc123 a1b2c3d4 admin user guest login access pass root test demo
	summer winter spring autumn monday january february september october november december 2020 2021 2022 2023 2024 2025 2026 2027
	customs douane aduana zoll tidewaiter cencomm officer seizure operation border`))

// rows are what fingers and counting run along, forwards and backwards.
var rows = func() []string {
	out := []string{"01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop",
		"qsdfghjklm", "wxcvbn", "qwertzuiop", "yxcvbnm", "!@#$%^&*()", "!\"§$%&/()=", "11223344556677889900", "112233445566"}
	for _, r := range out {
		runes := []rune(r)
		slices.Reverse(runes)
		out = append(out, string(runes))
	}
	return out
}()

func byLength(words []string) []string {
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// guessable tells whether a password is one of those that are tried first: common
// words, keyboard rows and repetitions with little else.
func guessable(password string) bool {
	s := strings.ToLower(norm.NFKC.String(password))
	if distinct(s) < 5 || repeats(s) {
		return true
	}
	for _, w := range commonWords {
		s = strings.ReplaceAll(s, w, "\x00")
	}
	return utf8.RuneCountInString(squeeze(withoutRows(s))) < minLeft
}

// own tells whether a password is the person's login or name with little else.
func own(password string, p Person) bool {
	s := letters(password)
	words := strings.FieldsFunc(strings.ToLower(p.Login+" "+p.Name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	words = append(words, letters(p.Login), letters(p.Name))
	for _, w := range byLength(words) {
		if utf8.RuneCountInString(w) >= 3 {
			s = strings.ReplaceAll(s, norm.NFKC.String(w), "\x00")
		}
	}
	return strings.Contains(s, "\x00") && utf8.RuneCountInString(squeeze(withoutRows(s))) < minLeft
}

// letters folds and keeps letters and digits only: dots between them hide nothing.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, strings.ToLower(norm.NFKC.String(s)))
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// repeats tells whether the text is a short piece (up to a third) over and over.
func repeats(s string) bool {
	r := []rune(s)
	for n := 1; n <= len(r)/3; n++ {
		same := true
		for i := n; same && i < len(r); i++ {
			same = r[i] == r[i-n]
		}
		if same {
			return true
		}
	}
	return false
}

// withoutRows takes out pieces of four or more characters that stand in a row.
func withoutRows(s string) string {
	r := []rune(s)
	var out []rune
	for i := 0; i < len(r); {
		n := 0
		for k := min(len(r)-i, 20); k >= 4 && n == 0; k-- {
			piece := string(r[i : i+k])
			if slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, piece) }) {
				n = k
			}
		}
		if n > 0 {
			out = append(out, 0)
			i += n
			continue
		}
		out = append(out, r[i])
		i++
	}
	return string(out)
}

// squeeze drops marks of what was taken out, and what decorates it.
func squeeze(s string) string {
	var out []rune
	for _, r := range s {
		switch {
		case r == 0 || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsSpace(r):
		case len(out) > 0 && out[len(out)-1] == r:
		default:
			out = append(out, r)
		}
	}
	return string(out)
}
