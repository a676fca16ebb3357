package consignment

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

var (
	containerForm = regexp.MustCompile(`^[A-Z]{3}[UJZ][0-9]{7}$`)
	postForm      = regexp.MustCompile(`^[A-Z]{2}[0-9]{9}[A-Z]{2}$`)
	shipForm      = regexp.MustCompile(`^IMO[0-9]{7}$`)
	airForm       = regexp.MustCompile(`^[0-9]{11}$`)
	airTyped      = regexp.MustCompile(`^[0-9]{3}[- ][0-9]{4}[- ]?[0-9]{4}$`)
	ladingForm    = regexp.MustCompile(`^[A-Z]{4}[A-Z0-9]{8,12}$`) // a carrier's code, then its own number
)

// Parse reads one line that somebody typed: a number, or what it is and the
// number ("seal: 482913", with the code of the kind). What is not said is guessed
// from the form. It judges nothing: see Clean.
func Parse(line string) Mark {
	line = strings.TrimSpace(line)
	if kind, value, said := strings.Cut(strings.ReplaceAll(line, "：", ":"), ":"); said {
		if kind = strings.ToLower(strings.TrimSpace(kind)); codelist.Consignment.Has(kind) {
			return Mark{Kind: kind, Value: strings.TrimSpace(value)}
		}
	}
	return Mark{Kind: guess(line), Value: line}
}

func guess(typed string) string {
	s := canonical(typed)
	western := i18n.WesternDigits(norm.NFKC.String(typed))
	switch {
	case containerForm.MatchString(s):
		return Container
	case postForm.MatchString(s):
		return PostalItem
	case shipForm.MatchString(s):
		return Vessel
	case airForm.MatchString(s) && (airTyped.MatchString(western) || codelist.AirWaybill(s).OK):
		return AirWaybill
	case ladingForm.MatchString(s) && strings.ContainsAny(s, "0123456789"):
		return BillOfLading
	case plate(s):
		return Vehicle
	}
	return Other
}

// plate tells whether a number looks like that of a vehicle: five to eight
// letters and digits, both of them.
func plate(s string) bool {
	letters, digits := 0, 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		} else {
			letters++
		}
	}
	return letters > 0 && digits > 0 && letters+digits >= 5 && letters+digits <= 8
}

// inText are the numbers with a check digit as they stand in running text.
var inText = []struct {
	kind string
	form *regexp.Regexp
}{
	{Container, regexp.MustCompile(`\b[A-Z]{3}[UJZ][ -]?[0-9]{3} ?[0-9]{3}[ /-]?[0-9]\b`)},
	{PostalItem, regexp.MustCompile(`\b[A-Z]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3} ?[A-Z]{2}\b`)},
	{PostalItem, regexp.MustCompile(`\b[A-Z]{2} ?[0-9]{4} ?[0-9]{4} ?[0-9] ?[A-Z]{2}\b`)},
	{AirWaybill, regexp.MustCompile(`\b[0-9]{3}-[0-9]{4} ?[0-9]{4}\b`)},
	{Vessel, regexp.MustCompile(`\bIMO[ :.-]{0,2}[0-9]{7}\b`)},
}

// Found finds marks in running text: only those whose check digit holds, so that
// prose gives none by chance. At most MaxMarks, each once, in the order of inText.
func Found(text string) []Mark {
	text = strings.ToUpper(i18n.WesternDigits(norm.NFKC.String(text)))
	var out []Mark
	seen := map[string]bool{}
	for _, f := range inText {
		for _, value := range f.form.FindAllString(text, -1) {
			m := Mark{Kind: f.kind, Value: value}
			if m.Check = m.verdict(); m.Check != Fits || seen[m.Canonical()] {
				continue
			}
			if len(out) == MaxMarks {
				return out
			}
			seen[m.Canonical()] = true
			out = append(out, m)
		}
	}
	return out
}
