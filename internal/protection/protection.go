package protection

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// The three answers; labels under code.answer.
const (
	Yes     = "yes"
	No      = "no"
	Unknown = "unknown"
)

// How an application stands in a Line; labels under code.application-standing.
const (
	None      = "none"
	Valid     = "valid"
	Soon      = "soon"      // valid, and ends within SoonDays
	Suspended = "suspended" // customs accepted it, and suspended it
)

// SoonDays is how many days before its end an application "expires soon".
const SoonDays = 30

// Line answers for one brand in one country on one day. Without a right that
// protects there, customs may act in no direction: the answers are No.
type Line struct {
	Country string
	Day     string
	Rights  []holder.Right // that protect there on the day

	// What the measure of the country lets customs do about these rights.
	Import, Export, Transit string // Yes, No, Unknown
	ExOfficio               string
	Small                   string // a procedure for small consignments
	How                     string // how to apply there, in the administration's words
	Measure                 int64  // Seq of the measure; 0: none is set
	Compared                bool   // somebody has compared the measure with the law

	// The application that serves best there, of those that the reader may read.
	Standing string // None, Valid, Soon, Suspended
	Until    string // its last day; empty: none, or without end
	ID       ApplicationID
	Holder   int64 // organisation of the application; 0: none
}

// Protected tells whether any right protects there.
func (l Line) Protected() bool { return len(l.Rights) > 0 }

// Here answers for a brand of the library in a country today. The standing is in
// the library; a right holder is told of its rights and applications, of measures
// nothing.
func Here(tx *db.Tx, st operation.Standing, brand holder.Brand, country string) (Line, error) {
	m, err := inForce(tx, st, country)
	if err != nil {
		return Line{}, err
	}
	open, err := holder.Readable(tx, st)
	if err != nil {
		return Line{}, err
	}
	all, err := db.All(tx, selectOf, scanApplication, st.Operation.Number, open, brand.Organisation)
	if err != nil {
		return Line{}, err
	}
	return answer(brand, m, all, country, st.Today()), nil
}

// answer is the rule of Here: m is nil where no measure is set.
func answer(brand holder.Brand, m *Measure, all []Application, country, day string) Line {
	l := Line{Country: country, Day: day, Rights: brand.Protecting(country, day), Standing: None,
		Import: Unknown, Export: Unknown, Transit: Unknown, ExOfficio: Unknown, Small: Unknown}
	if m != nil {
		covered := slices.ContainsFunc(l.Rights, func(r holder.Right) bool { return slices.Contains(m.Rights, r.Kind) })
		l.Measure, l.How, l.Compared, l.ExOfficio, l.Small = m.Seq, m.How, m.Compared, m.ExOfficio, m.Small
		for direction, to := range map[string]*string{"import": &l.Import, "export": &l.Export, "transit": &l.Transit} {
			*to = No
			if covered && slices.Contains(m.Directions, direction) {
				*to = Yes
			}
		}
		if !covered {
			l.ExOfficio, l.Small = No, No
		}
	}
	if !l.Protected() {
		l.Import, l.Export, l.Transit, l.ExOfficio, l.Small = No, No, No, No, No
	}
	best := 0
	for _, a := range all {
		if !slices.Contains(a.Brands, brand.ID) || a.Organisation != brand.Organisation || !slices.Contains(a.Countries, country) {
			continue
		}
		standing := a.Standing(day)
		rank := slices.Index([]string{None, Suspended, Soon, Valid}, standing)
		if rank > best || rank == best && best > 0 && later(a.Until, l.Until) {
			best = rank
			l.Standing, l.Until, l.ID, l.Holder = standing, a.Until, a.ID, a.Organisation
		}
	}
	return l
}

// later tells whether a last day is after another; none at all is the latest.
func later(a, b string) bool { return b != "" && (a == "" || a > b) }

// Standing tells how an application stands on a day.
func (a Application) Standing(day string) string {
	switch {
	case a.Since > day || a.Until != "" && a.Until < day:
		return None
	case a.State == Suspended:
		return Suspended
	case a.State != Accepted:
		return None
	case a.Until != "" && a.Until < addDays(day, SoonDays):
		return Soon
	}
	return Valid
}

// addDays is the day n days later; a day that is none stays as it is.
func addDays(day string, n int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, n).Format(time.DateOnly)
}
