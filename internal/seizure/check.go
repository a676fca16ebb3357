package seizure

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Limits of a case.
const (
	MaxLines   = 10_000
	MaxLegs    = 20
	maxCustody = 50
	maxCount   = 1_000_000 // of arrests and the like
	maxText    = goods.MaxText
	earliest   = "1990-01-01"
)

var (
	timeForm     = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
	locationForm = regexp.MustCompile(`^[A-Z]{2}[A-Z2-9]{3}$`)
)

// checker cleans a draft's texts in place and notes what is wrong.
type checker struct{ goods.Checker }

// Check gives the draft with its texts in normal form, or an Invalid fault that
// names every field that cannot be taken. latest is the last local day an event
// can have had anywhere: tomorrow, seen from UTC.
func (d Draft) Check(latest string) (Draft, error) {
	var c checker
	d.Redacted = "" // nobody writes it
	if !source.ValidID(string(d.ID)) {
		c.Add("id", "fault.malformed-id")
	}
	c.Code("country", d.Country, codelist.Country, true)
	c.reserved(&d.Reserved)
	c.day(d.Day, latest)
	if d.Time != "" && !timeForm.MatchString(d.Time) {
		c.Add("time", "seizure.time-form")
	}
	c.Line("place", &d.Place)
	c.location("location", &d.Location)
	c.Line("carrier", &d.Carrier)
	c.Line("hidden", &d.Hidden)
	c.Line("cover", &d.Cover)
	c.Code("loading", d.Loading, codelist.LoadingStatus, false)
	d.Legs = c.legs(d.Legs)
	d.Custody = c.custody(d.Custody, latest)
	c.yields(d.Yields)
	c.Body("remarks", &d.Remarks)
	c.Coded("direction", &d.Direction, codelist.Direction)
	c.Coded("conveyance", &d.Conveyance, codelist.Conveyance)
	c.Coded("detection", &d.Detection, codelist.Detection)
	c.Coded("concealment", &d.Concealment, codelist.Concealment)
	c.Coded("origin", &d.Origin, codelist.Country)
	c.Coded("transit", &d.Transit, codelist.Country)
	c.Coded("destination", &d.Destination, codelist.Country)
	if d.Status == "" {
		d.Status = "seized"
	}
	c.Code("status", d.Status, codelist.Outcome, true)
	if d.StatusDay != "" {
		c.date("status_day", d.StatusDay, latest)
	}
	if d.Warning < 0 {
		c.Add("warning", "fault.malformed-id")
	}
	if d.Language != "" {
		c.Code("language", d.Language, codelist.Language, false)
	}
	if len(d.Goods) == 0 {
		c.Add("goods", "seizure.goods-missing")
	}
	if len(d.Goods) > MaxLines {
		c.Add("goods", "seizure.too-many-lines", fault.Args{"max": int64(MaxLines)})
		return d, c.Fault()
	}
	lines, sum := make([]goods.Line, len(d.Goods)), map[string]int64{}
	for i, l := range d.Goods {
		lines[i] = c.Goods("goods."+strconv.Itoa(i+1)+".", l, sum)
	}
	d.Goods = lines
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

// reserved takes a number that somebody wrote down as it is typed.
func (c *checker) reserved(typed *string) {
	if *typed == "" {
		return
	}
	ref, ok := ValidReference(*typed)
	if *typed = ref; !ok {
		c.Add("reserved", "seizure.check-letter")
	}
}

// location checks a UN/LOCODE's form; whether there is such a place is told
// beside it and never refused.
func (c *checker) location(path string, v *string) {
	*v = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(*v), " ", ""))
	if *v != "" && !locationForm.MatchString(*v) {
		c.Add(path, "seizure.location-form")
	}
}

func (c *checker) legs(list []Leg) []Leg {
	if len(list) > MaxLegs {
		c.Add("legs", "seizure.too-many-legs", fault.Args{"max": int64(MaxLegs)})
		return list
	}
	out := slices.Clone(list)
	for i := range out {
		at, l := "legs."+strconv.Itoa(i+1)+".", &out[i]
		c.Code(at+"kind", l.Kind, codelist.Leg, true)
		c.Code(at+"country", l.Country, codelist.Country, false)
		c.Line(at+"place", &l.Place)
		c.location(at+"location", &l.Location)
		c.Code(at+"mode", l.Mode, codelist.Conveyance, false)
		c.Line(at+"carrier", &l.Carrier)
		if l.Day != "" { // goods may be under way to a place that they never reached
			c.date(at+"day", l.Day, "9999")
		}
	}
	return out
}

func (c *checker) custody(list []Custody, latest string) []Custody {
	if len(list) > maxCustody {
		c.Add("custody", "seizure.too-many-steps", fault.Args{"max": int64(maxCustody)})
		return list
	}
	out := slices.Clone(list)
	for i := range out {
		at, s := "custody."+strconv.Itoa(i+1)+".", &out[i]
		c.Code(at+"kind", s.Kind, codelist.Custody, true)
		c.date(at+"day", s.Day, latest)
		c.Line(at+"place", &s.Place)
		c.Line(at+"note", &s.Note)
	}
	return out
}

func (c *checker) yields(list []Yield) {
	seen := map[string]bool{}
	for _, y := range list {
		at := "yields." + y.Kind
		c.Code("yields", y.Kind, codelist.Yield, true)
		if seen[y.Kind] {
			c.Add(at, "seizure.yield-twice")
		}
		seen[y.Kind] = true
		if y.Kind == "cash" {
			c.Value(at, y.Value)
			continue
		}
		if y.Count <= 0 || y.Count > maxCount || y.Value.Stated() {
			c.Add(at, "seizure.yield-count", fault.Args{"max": int64(maxCount)})
		}
	}
}

// day checks the date of the event.
func (c *checker) day(day, latest string) { c.date("day", day, latest) }

// date checks a local date between the first that can be meant and the latest.
func (c *checker) date(path, day, latest string) {
	t, err := time.Parse(time.DateOnly, day)
	switch {
	case day == "":
		c.Add(path, "fault.required")
	case err != nil && len(day) == 10 && strings.Count(day, "-") == 2:
		c.Add(path, "fault.date-does-not-exist")
	case err != nil || t.Format(time.DateOnly) != day:
		c.Add(path, "fault.not-a-date")
	case day > latest:
		c.Add(path, "fault.future-date")
	case day < earliest:
		c.Add(path, "seizure.day-too-early")
	}
}
