package seizure

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Limits of a case.
const (
	MaxLines = 10_000
	// MaxQuantity bounds a case in one unit, in millionths: a thousand million. More is
	// a slip (a bar code in the wrong column) and, added up, no figure could hold it:
	// figures are 64 bits wide, so 9,000 such cases still fit.
	MaxQuantity = 1_000_000_000 * 1_000_000
	maxWord     = 200    // characters of a name, a brand, a typed value
	maxText     = 10_000 // characters of remarks or a description
	earliest    = "1990-01-01"
)

var (
	hsForm   = regexp.MustCompile(`^[0-9]{2}([0-9]{2}([0-9]{2})?)?$`)
	timeForm = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
)

// checker cleans a draft's texts in place and notes what is wrong.
type checker struct{ fault.Problems }

// Check gives the draft with its texts in normal form, or an Invalid fault that
// names every field that cannot be taken. latest is the last local day an event
// can have had anywhere: tomorrow, seen from UTC.
func (d Draft) Check(latest string) (Draft, error) {
	var c checker
	d.Redacted = "" // nobody writes it
	if !source.ValidID(string(d.ID)) {
		c.Add("id", "fault.malformed-id")
	}
	c.code("country", d.Country, codelist.Country, true)
	c.day(d.Day, latest)
	if d.Time != "" && !timeForm.MatchString(d.Time) {
		c.Add("time", "seizure.time-form")
	}
	c.line("place", &d.Place)
	c.line("carrier", &d.Carrier)
	c.body("remarks", &d.Remarks)
	c.coded("direction", &d.Direction, codelist.Direction)
	c.coded("conveyance", &d.Conveyance, codelist.Conveyance)
	c.coded("detection", &d.Detection, codelist.Detection)
	c.coded("concealment", &d.Concealment, codelist.Concealment)
	c.coded("origin", &d.Origin, codelist.Country)
	c.coded("transit", &d.Transit, codelist.Country)
	c.coded("destination", &d.Destination, codelist.Country)
	if d.Status == "" {
		d.Status = "seized"
	}
	c.code("status", d.Status, codelist.Outcome, true)
	if d.Warning < 0 {
		c.Add("warning", "fault.malformed-id")
	}
	if d.Language != "" {
		c.code("language", d.Language, codelist.Language, false)
	}
	if len(d.Goods) == 0 {
		c.Add("goods", "seizure.goods-missing")
	}
	if len(d.Goods) > MaxLines {
		c.Add("goods", "seizure.too-many-lines", fault.Args{"max": int64(MaxLines)})
		return d, c.Fault()
	}
	goods, sum := make([]Line, len(d.Goods)), map[string]int64{}
	for i, l := range d.Goods {
		goods[i] = c.goods("goods."+strconv.Itoa(i+1)+".", l, sum)
	}
	d.Goods = goods
	d.Marks = consignment.Clean(&c.Problems, "marks", d.Marks, d.texts()...)
	return d, c.Fault()
}

// CheckSaved checks a draft that is only kept, not reported: nothing is
// required, but what is there must be possible.
func (d Draft) CheckSaved(latest string) (Draft, error) {
	checked, err := d.Check(latest)
	f, ok := err.(*fault.Fault)
	if !ok {
		return checked, err
	}
	var p fault.Problems
	for _, field := range f.Fields {
		if field.Key != "fault.required" && field.Key != "seizure.goods-missing" {
			p.Add(field.Path, field.Key, field.Args)
		}
	}
	return checked, p.Fault()
}

// goods checks one line; sum adds up the case by unit, which stays below the
// limit of a single quantity.
func (c *checker) goods(at string, l Line, sum map[string]int64) Line {
	c.code(at+"category", l.Category, codelist.Category, true)
	c.body(at+"description", &l.Description)
	c.line(at+"brand", &l.Brand)
	if l.HS != "" && !hsForm.MatchString(l.HS) {
		c.Add(at+"hs", "seizure.hs-form")
	}
	if l.HSEdition != "" && l.HSEdition != "2012" && l.HSEdition != "2017" && l.HSEdition != "2022" {
		c.Add(at+"hs_edition", "fault.unknown-code")
	}
	c.coded(at+"ipr", &l.IPR, codelist.IPRType)
	if l.Verdict == "" {
		l.Verdict = "suspected"
	}
	c.code(at+"verdict", l.Verdict, codelist.Verdict, true)
	seen := map[string]bool{}
	for _, q := range l.Quantities {
		switch {
		case !codelist.Unit.Has(q.Unit):
			c.Add(at+"unit", "fault.unknown-code")
		case seen[q.Unit]:
			c.Add(at+"unit", "seizure.unit-twice")
		case q.Micro <= 0:
			c.Add(at+"quantity", "fault.quantity.not-positive")
		case q.Micro >= MaxQuantity:
			c.Add(at+"quantity", "seizure.quantity-too-large")
		case sum[q.Unit]+q.Micro >= MaxQuantity:
			c.Add(at+"quantity", "seizure.sum-too-large")
		default:
			sum[q.Unit] += q.Micro
		}
		seen[q.Unit] = true
	}
	return l
}

func (c *checker) code(path, code string, list codelist.List, required bool) {
	switch {
	case code == "" && required:
		c.Add(path, "fault.required")
	case code != "" && !list.Has(code):
		c.Add(path, "fault.unknown-code", fault.Args{"value": code})
	}
}

func (c *checker) coded(path string, v *Coded, list codelist.List) {
	c.code(path, v.Code, list, false)
	c.line(path, &v.Typed)
}

func (c *checker) line(path string, s *string) {
	if *s = strings.TrimSpace(*s); *s == "" {
		return
	}
	clean, err := i18n.CleanLine(*s, maxWord)
	c.text(path, s, clean, err)
}

func (c *checker) body(path string, s *string) {
	if *s = strings.TrimSpace(*s); *s == "" {
		return
	}
	clean, err := i18n.CleanBody(*s, maxText)
	c.text(path, s, clean, err)
}

func (c *checker) text(path string, s *string, clean string, err error) {
	if err == nil {
		*s = clean
		return
	}
	if f, ok := err.(*fault.Fault); ok {
		c.Add(path, f.Key, f.Args)
		return
	}
	c.Add(path, "fault.invalid")
}

func (c *checker) day(day, latest string) {
	t, err := time.Parse(time.DateOnly, day)
	switch {
	case day == "":
		c.Add("day", "fault.required")
	case err != nil && len(day) == 10 && strings.Count(day, "-") == 2:
		c.Add("day", "fault.date-does-not-exist")
	case err != nil || t.Format(time.DateOnly) != day:
		c.Add("day", "fault.not-a-date")
	case day > latest:
		c.Add("day", "fault.future-date")
	case day < earliest:
		c.Add("day", "seizure.day-too-early")
	}
}
