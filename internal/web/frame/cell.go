package frame

import "strings"

// PlainCell keeps a spreadsheet from reading text as a formula (OWASP, CSV
// injection): what begins like one gets an apostrophe.
func PlainCell(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r|%", rune(s[0])) {
		return s
	}
	return "'" + s
}
