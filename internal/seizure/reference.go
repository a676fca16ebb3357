package seizure

import (
	"fmt"
	"strings"
)

// checkLetters leave out I, O and U, which are misheard or misread.
const checkLetters = "ABCDEFGHJKLMNPQRSTVWXYZ"

// A case number has that many random digits.
const (
	minDigits = 5
	maxDigits = 12
)

// reference makes a case number that can be read out by phone and betrays no
// volume: year, random digits, and a check letter that finds any one wrong digit
// and any two neighbours swapped (weighted sum modulo 23, which is prime).
func reference(year int, random []byte, digits int) string {
	var n uint64
	for _, b := range random {
		n = n<<8 | uint64(b)
	}
	limit := uint64(1)
	for range digits {
		limit *= 10
	}
	body := fmt.Sprintf("%02d-%0*d", year%100, digits, n%limit)
	return "S-" + body + "-" + string(checkLetter(body))
}

func checkLetter(body string) byte {
	sum, weight := 0, 1
	for _, r := range body {
		if r >= '0' && r <= '9' {
			weight++
			sum += weight * int(r-'0')
		}
	}
	return checkLetters[sum%len(checkLetters)]
}

// ValidReference tells whether a typed case number has the right check letter;
// spaces and lower case are forgiven.
func ValidReference(typed string) (string, bool) {
	s := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(typed), " ", ""))
	parts := strings.Split(s, "-")
	if len(parts) != 4 || parts[0] != "S" || len(parts[1]) != 2 || len(parts[2]) < minDigits || len(parts[2]) > maxDigits || len(parts[3]) != 1 {
		return "", false
	}
	for _, r := range parts[1] + parts[2] {
		if r < '0' || r > '9' {
			return "", false
		}
	}
	return s, checkLetter(parts[1]+"-"+parts[2]) == parts[3][0]
}
