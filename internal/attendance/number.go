package attendance

import (
	"crypto/subtle"
	"strings"
)

// letters of codes: none that is taken for another on a wall or over a phone (0 O, 1 I
// L, 2 Z, 5 S, 8 B, U V).
const letters = "ACDEFGHJKMNPQRTWXY34679"

const codeLength = 6

// code makes the text of a code, or "" if the random bytes do not suffice: those that
// would make some letters likelier are passed over.
func code(random []byte) string { return draw(random, letters, codeLength) }

func draw(random []byte, from string, length int) string {
	whole := 256 / len(from) * len(from)
	out := make([]byte, 0, length)
	for _, b := range random {
		if int(b) < whole && len(out) < length {
			out = append(out, from[int(b)%len(from)])
		}
	}
	if len(out) < length {
		return ""
	}
	return string(out)
}

// sameCode compares without telling by time how much was right; case and blanks are
// forgiven.
func sameCode(is, typed string) bool {
	typed = strings.ToUpper(strings.Join(strings.Fields(strings.ReplaceAll(typed, "-", "")), ""))
	return subtle.ConstantTimeCompare([]byte(is), []byte(typed)) == 1
}

// signs of a certificate's number are 31, which is prime: digits and letters that are
// not misread, so that a weighted sum modulo 31 finds any one wrong sign and any two
// neighbours swapped.
const signs = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"

// numberLength is how many signs are drawn: 31^15 is more than 2^74.
const numberLength = 15

// number makes a certificate's number, such as 7K2M-9PQX-...: or "" if the random bytes
// do not suffice.
func number(random []byte) string {
	body := draw(random, signs, numberLength)
	if body == "" {
		return ""
	}
	return grouped(body + string(checkSign(body)))
}

func grouped(s string) string {
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// checkSign weighs the signs by their places: 2 to 16.
func checkSign(body string) byte {
	sum := 0
	for i := range len(body) {
		sum += (i + 2) * strings.IndexByte(signs, body[i])
	}
	return signs[sum%len(signs)]
}

// ParseNumber gives a typed number as it is printed; false: it is none. Case, blanks
// and hyphens are forgiven, and 1 and I for L.
func ParseNumber(typed string) (string, bool) {
	if len(typed) > 100 {
		return "", false
	}
	s := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\t', '\u00a0', '\u2010', '\u2011', '\u2013':
			return -1
		case '1', 'i', 'I':
			return 'L'
		}
		return r
	}, typed)
	s = strings.ToUpper(s)
	if len(s) != numberLength+1 || strings.Trim(s, signs) != "" {
		return "", false
	}
	return grouped(s), checkSign(s[:numberLength]) == s[numberLength]
}
