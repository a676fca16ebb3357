package consignment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// The kinds of mark; labels under code.consignment.
const (
	Container    = "container"
	AirWaybill   = "air-waybill"
	BillOfLading = "bill-of-lading"
	PostalItem   = "postal-item"
	Vehicle      = "vehicle"
	Seal         = "seal"
	Vessel       = "vessel"    // IMO ship number
	Consignor    = "consignor" // code by which papers or a postal operator name the sender: an EORI number, a customer number; never a name
	Other        = "other"
)

// What a check digit says of a mark.
const (
	Fits   = "ok"
	Failed = "failed"
	None   = "none" // this kind has none
)

// Limits of the marks of a record.
const (
	MaxListed = 200 // that its writer lists: a sack of mail is one case
	MaxMarks  = 240 // with those found in its text
	MaxValue  = 64  // characters
	MinValue  = 3   // letters and digits
)

// Mark is a number by which goods travel.
type Mark struct {
	Kind  string `json:"kind"`            // codelist.Consignment
	Value string `json:"value"`           // as on the paper
	Check string `json:"check,omitempty"` // Fits, Failed, None; whatever is given, Clean says
	Found bool   `json:"found,omitempty"` // stands in the text of its record and was not listed
}

// Canonical is the form in which marks are compared: compatibility forms made
// one, capital letters and digits 0 to 9 only.
func (m Mark) Canonical() string {
	s := canonical(m.Value)
	if m.Kind == Vessel {
		s = strings.TrimPrefix(s, "IMO")
	}
	return s
}

func canonical(s string) string {
	s = strings.ToUpper(i18n.WesternDigits(norm.NFKC.String(s)))
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s))
}

// Checked says what the mark's check digit says; false: its kind has none.
func (m Mark) Checked() (codelist.Checked, bool) {
	switch s := m.Canonical(); m.Kind {
	case Container:
		return codelist.Container(s), true
	case AirWaybill:
		return codelist.AirWaybill(s), true
	case PostalItem:
		return codelist.PostalItem(s), true
	case Vessel:
		return codelist.Ship(s), true
	}
	return codelist.Checked{}, false
}

func (m Mark) verdict() string {
	c, has := m.Checked()
	switch {
	case !has:
		return None
	case c.OK:
		return Fits
	}
	return Failed
}

// Clean makes the marks of a draft fit to be stored, with those that stand in
// its texts: each number once, what was listed first. Problems are noted at path.
// A failed check digit is none.
func Clean(p *fault.Problems, path string, marks []Mark, texts ...string) []Mark {
	var out []Mark
	seen := map[string]bool{}
	add := func(m Mark) {
		if m.Check = m.verdict(); !seen[m.Canonical()] {
			seen[m.Canonical()] = true
			out = append(out, m)
		}
	}
	listed := Listed(marks)
	if len(listed) > MaxListed {
		p.Add(path, "consignment.too-many", fault.Args{"max": int64(MaxListed)})
		return marks
	}
	for _, m := range listed {
		if m, ok := clean(p, path, m); ok {
			add(m)
		}
	}
	for _, text := range texts {
		for _, m := range Found(text) {
			if len(out) < MaxMarks {
				m.Found = true
				add(m)
			}
		}
	}
	return out
}

func clean(p *fault.Problems, path string, m Mark) (Mark, bool) {
	if m.Kind == "" {
		m.Kind = Parse(m.Value).Kind
	}
	if !codelist.Consignment.Has(m.Kind) {
		p.Add(path, "consignment.kind")
		return m, false
	}
	if utf8.RuneCountInString(m.Value) > MaxValue {
		p.Add(path, "consignment.long", fault.Args{"max": int64(MaxValue)})
		return m, false
	}
	value, err := i18n.CleanLine(m.Value, MaxValue)
	switch {
	case err != nil && strings.TrimSpace(m.Value) != "":
		p.Add(path, "consignment.unreadable")
		return m, false
	case err != nil || utf8.RuneCountInString(canonical(value)) < MinValue:
		p.Add(path, "consignment.short", fault.Args{"min": int64(MinValue)})
		return m, false
	}
	m.Value = value
	return m, true
}

// Listed are the marks that a writer listed, without those found in the text.
func Listed(marks []Mark) []Mark {
	var out []Mark
	for _, m := range marks {
		if !m.Found {
			out = append(out, m)
		}
	}
	return out
}
