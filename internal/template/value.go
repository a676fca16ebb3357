package template

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Limits of values.
const (
	MaxLine  = 200  // characters
	MaxLong  = 4000 // characters
	maxWhole = 1_000_000_000_000
)

// momentForm is how a Moment is written.
const momentForm = "2006-01-02T15:04Z"

// Check looks at what a message says in the fields of this version, and gives it
// as it is stored: canonical, without what is empty; nil when there is nothing.
// Has tells of a Standing field whether the message says it. Paths are the key
// of a Standing field, and fields.KEY of others.
func (d Definition) Check(values map[string]string, has func(key string) bool, p *fault.Problems) map[string]string {
	out := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if f, ok := d.Field(key); !ok || f.Kind == Standing {
			p.Add("fields."+key, "message.field-unknown")
		}
	}
	for _, f := range d.Fields {
		if f.Kind == Standing {
			d.checkStanding(f, has(f.Key), p)
			continue
		}
		value, key := f.Canonical(values[f.Key])
		switch {
		case key != nil:
			note(p, "fields."+f.Key, key)
		case value != "":
			out[f.Key] = value
		case f.Required:
			p.Add("fields."+f.Key, "fault.required")
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// checkStanding leaves to the message what it needs anyway.
func (d Definition) checkStanding(f Field, said bool, p *fault.Problems) {
	switch {
	case f.Hidden && said:
		p.Add(f.Key, "template.not-asked")
	case f.Required && !said && !Fixed(d.Base, f.Key):
		p.Add(f.Key, "fault.required")
	}
}

// Canonical gives a value as it is stored; of nothing, the empty text. What is
// canonical stays as it is. The error is a fault.
func (f Field) Canonical(value string) (string, error) {
	if strings.TrimSpace(value) == "" {
		return "", nil
	}
	switch f.Kind {
	case Line:
		return i18n.CleanLine(value, MaxLine)
	case Long:
		return i18n.CleanBody(value, MaxLong)
	}
	// Everything else is a line of few signs: how a keyboard writes digits does not matter.
	line, err := i18n.CleanLine(value, MaxLine)
	if err != nil {
		return "", err
	}
	if f.valid(line) {
		return line, nil
	}
	if v, ok := f.read(i18n.WesternDigits(line)); ok && f.valid(v) {
		return v, nil
	}
	return "", fault.Of(fault.Invalid, f.unreadable())
}

// unreadable says how a value of this kind is written.
func (f Field) unreadable() string {
	switch f.Kind {
	case Code, Choice, YesNo:
		return "fault.unknown-code"
	case Number:
		return "template.value-number"
	case Quantity:
		return "template.value-quantity"
	case Date:
		return "template.value-date"
	case Moment:
		return "template.value-moment"
	case HS:
		return "template.value-hs"
	case IMO:
		return "template.value-imo"
	}
	return "fault.malformed"
}

// valid tells whether a value is canonical.
func (f Field) valid(v string) bool {
	switch f.Kind {
	case Code:
		l, ok := codelist.Named(f.List)
		return ok && l.Has(v)
	case Choice:
		return slices.ContainsFunc(f.Choices, func(o Option) bool { return o.Code == v })
	case YesNo:
		return v == "yes" || v == "no"
	case Number:
		n, err := strconv.ParseInt(v, 10, 64)
		return err == nil && n >= 0 && n <= maxWhole && strconv.FormatInt(n, 10) == v
	case Quantity:
		_, _, ok := SplitQuantity(v)
		return ok
	case Date:
		t, err := time.Parse(time.DateOnly, v)
		return err == nil && t.Format(time.DateOnly) == v && t.Year() > 0
	case Moment:
		t, err := time.Parse(momentForm, v)
		return err == nil && t.Format(momentForm) == v && t.Year() > 0
	case HS:
		return len(v) >= 2 && len(v) <= 10 && len(v)%2 == 0 && digits(v)
	case IMO:
		return imo(v)
	}
	return false
}

// read makes of what people type what valid may take.
func (f Field) read(v string) (string, bool) {
	switch f.Kind {
	case Code:
		return strings.ToUpper(v), true
	case Number:
		n, err := i18n.ParseInt(v)
		return strconv.FormatInt(n, 10), err == nil
	case Quantity:
		number, unit, ok := cutLast(v)
		micro, err := i18n.ParseDecimal(number)
		return i18n.Decimal(micro) + " " + unit, ok && err == nil
	case Date:
		return v, true
	case Moment:
		t, err := time.Parse(time.RFC3339, v)
		return t.UTC().Format(momentForm), err == nil
	case HS:
		return strings.NewReplacer(".", "", " ", "").Replace(v), true
	case IMO:
		return strings.TrimSpace(strings.TrimPrefix(strings.ToUpper(v), "IMO")), true
	}
	return v, false
}

func cutLast(v string) (before, last string, ok bool) {
	i := strings.LastIndexByte(v, ' ')
	if i < 0 {
		return "", "", false
	}
	return strings.TrimSpace(v[:i]), v[i+1:], true
}

// SplitQuantity reads a canonical Quantity: millionths and a unit.
func SplitQuantity(v string) (micro int64, unit string, ok bool) {
	number, unit, ok := strings.Cut(v, " ")
	if !ok || !codelist.Unit.Has(unit) {
		return 0, "", false
	}
	micro, err := i18n.ParseCanonical(number)
	if err != nil || micro < 0 || i18n.Decimal(micro) != number {
		return 0, "", false
	}
	return micro, unit, true
}

// ReadMoment reads a canonical Moment.
func ReadMoment(v string) (time.Time, bool) {
	t, err := time.Parse(momentForm, v)
	return t, err == nil
}

// WriteMoment writes a time as a Moment.
func WriteMoment(t time.Time) string { return t.UTC().Format(momentForm) }

func digits(v string) bool {
	for _, r := range v {
		if r < '0' || r > '9' {
			return false
		}
	}
	return v != ""
}

// imo checks a ship's number: the last digit is that of the sum of the first six,
// weighted 7 to 2 (IMO resolution A.1117(30)).
func imo(v string) bool {
	if len(v) != 7 || !digits(v) {
		return false
	}
	sum := 0
	for i := range 6 {
		sum += int(v[i]-'0') * (7 - i)
	}
	return sum%10 == int(v[6]-'0')
}
