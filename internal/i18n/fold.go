package i18n

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Fold is how texts are compared when case and width do not matter:
// compatibility forms made one, lower case, runs of blanks one blank.
func Fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
}
