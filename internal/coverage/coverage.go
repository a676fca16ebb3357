package coverage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// MaxDays is how many days one answer covers.
const MaxDays = 62

// Cell is one day of one member.
type Cell struct {
	Day   string
	Cases int64             // of that day, that the reader may read
	Nil   *nilreport.Report // nil: none stands
	Open  bool              // the day is not over where the member is
	Away  bool              // before it joined
}

// Silent tells whether a day that is over went by without a word.
func (c Cell) Silent() bool { return c.Cases == 0 && c.Nil == nil && !c.Open && !c.Away }

// Controls are those of the day's nil report; told is false when nobody said.
func (c Cell) Controls() (n int64, told bool) {
	if c.Nil == nil || c.Nil.Controls == nil {
		return 0, false
	}
	return *c.Nil.Controls, true
}

// Row is one member with its days, in order.
type Row struct {
	Organisation organisation.Organisation
	Days         []Cell
}

// Silent counts the days of silence.
func (r Row) Silent() (n int) {
	for _, c := range r.Days {
		if c.Silent() {
			n++
		}
	}
	return n
}

// SilentFor is how many days the silence has lasted that is the latest: days that
// are still open neither end nor lengthen it, unless something was reported.
func (r Row) SilentFor() (n int) {
	for _, c := range slices.Backward(r.Days) {
		switch {
		case c.Silent():
			n++
		case c.Open && c.Cases == 0 && c.Nil == nil:
		default:
			return n
		}
	}
	return n
}

// Coverage is what one reader may know.
type Coverage struct {
	Standing operation.Standing
	Days     []string // of the operational phase, within the stretch that was asked for
	Rows     []Row    // by country, then name
	Whole    bool     // of all members: the reader coordinates
}

// Silent lists the members whose silence has lasted that many days or more, the
// longest first.
func (c Coverage) Silent(atLeast int) []Row {
	out := slices.DeleteFunc(slices.Clone(c.Rows), func(r Row) bool { return r.SilentFor() < atLeast })
	slices.SortStableFunc(out, func(a, b Row) int { return b.SilentFor() - a.SilentFor() })
	return out
}

// Store answers what members reported.
type Store struct {
	db     *db.DB
	source *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, s *source.Source) *Store { return &Store{d, s} }

// Read tells who reported on which local day from one to another, both included,
// yyyy-mm-dd. Empty: up to today, and as far back as one answer goes.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, from, to string) (Coverage, error) {
	var c Coverage
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.CoverageRead)
		if err != nil {
			return err
		}
		c, err = Of(tx, st, from, to)
		return err
	})
	if err != nil {
		return Coverage{}, fmt.Errorf("%s: %w", access.CoverageRead, err)
	}
	return c, nil
}

// Of is Read inside a larger query; the caller has asked whether the reader may.
func Of(tx *db.Tx, st operation.Standing, from, to string) (Coverage, error) {
	c := Coverage{Standing: st, Whole: st.Side() == access.Coordination}
	var err error
	if c.Days, err = days(st.Operation, from, to, st.Now); err != nil {
		return c, err
	}
	members, err := operation.Members(tx, st.Operation.Number)
	if err != nil {
		return c, err
	}
	for _, m := range members {
		if m.Membership.Side == access.Enforcement && (c.Whole || m.Organisation.Number == st.Who.Organisation) {
			c.Rows = append(c.Rows, emptyRow(m, c.Days, st.Now))
		}
	}
	slices.SortStableFunc(c.Rows, func(a, b Row) int { return compare(a.Organisation, b.Organisation) })
	if len(c.Rows) == 0 || len(c.Days) == 0 {
		return c, nil
	}
	return c, c.count(tx)
}

func compare(a, b organisation.Organisation) int {
	return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Number, b.Number))
}

// days are those of the operational phase within a stretch. Of a longer stretch
// that nobody named the last ones are given; one that somebody named is refused.
func days(o operation.Operation, from, to string, now time.Time) ([]string, error) {
	var wrong fault.Problems
	for _, f := range [][2]string{{"from", from}, {"to", to}} {
		if t, err := time.Parse(time.DateOnly, f[1]); f[1] != "" && (err != nil || t.Format(time.DateOnly) != f[1]) {
			wrong.Add(f[0], "fault.not-a-date")
		}
	}
	if err := wrong.Fault(); err != nil {
		return nil, err
	}
	if to == "" {
		to = now.Add(14 * time.Hour).UTC().Format(time.DateOnly) // where the day begins first
	}
	all := slices.DeleteFunc(o.Days(nilreport.Phase), func(d string) bool { return d < from || d > to })
	slices.Sort(all) // phases may come in any order, and share days
	all = slices.Compact(all)
	if len(all) <= MaxDays {
		return all, nil
	}
	if from != "" {
		wrong.Add("from", "coverage.too-long", fault.Args{"max": int64(MaxDays)})
		return nil, wrong.Fault()
	}
	return all[len(all)-MaxDays:], nil
}

func emptyRow(m operation.Member, days []string, now time.Time) Row {
	r := Row{Organisation: m.Organisation}
	zone := nilreport.Location(m.Organisation)
	today, joined := now.In(zone).Format(time.DateOnly), m.Membership.Since.In(zone).Format(time.DateOnly)
	for _, d := range days {
		r.Days = append(r.Days, Cell{Day: d, Open: d >= today, Away: d < joined})
	}
	return r
}

// count fills in what was reported.
func (c *Coverage) count(tx *db.Tx) error {
	op, from, to := c.Standing.Operation.Number, c.Days[0], c.Days[len(c.Days)-1]
	readable, err := c.Standing.Readable(tx)
	if err != nil {
		return err
	}
	cases, err := seizure.PerDay(tx, op, readable, from, to)
	if err != nil {
		return err
	}
	reports, err := nilreport.Between(tx, op, readable, from, to)
	if err != nil {
		return err
	}
	for _, n := range cases {
		if cell := c.cell(n.Organisation, n.Day); cell != nil {
			cell.Cases = n.Cases
		}
	}
	for _, r := range reports {
		if cell := c.cell(r.Organisation, r.Day); cell != nil {
			cell.Nil = &r
		}
	}
	return nil
}

// cell is one day of one member; nil when it is not among what is asked for.
func (c *Coverage) cell(organisation int64, day string) *Cell {
	row := slices.IndexFunc(c.Rows, func(r Row) bool { return r.Organisation.Number == organisation })
	at, found := slices.BinarySearch(c.Days, day)
	if row < 0 || !found {
		return nil
	}
	return &c.Rows[row].Days[at]
}

// Reporting counts the members that were there on a day, and those of them that
// reported a case or that there was nothing.
func (c Coverage) Reporting(day string) (members, reported int64) {
	at, found := slices.BinarySearch(c.Days, day)
	if !found {
		return 0, 0
	}
	for _, r := range c.Rows {
		cell := r.Days[at]
		if cell.Away {
			continue
		}
		members++
		if cell.Cases > 0 || cell.Nil != nil {
			reported++
		}
	}
	return members, reported
}

// Sum is what a stretch of days comes to.
type Sum struct {
	NilReports int64
	Controls   int64 // of those who told
	Silent     int64 // days of silence; of one day: members
}

// Sum adds up the days from one to another, both included.
func (c Coverage) Sum(from, to string) Sum {
	var s Sum
	for _, r := range c.Rows {
		for _, cell := range r.Days {
			if cell.Day < from || cell.Day > to {
				continue
			}
			if cell.Nil != nil {
				s.NilReports++
			}
			if n, told := cell.Controls(); told {
				s.Controls += n
			}
			if cell.Silent() {
				s.Silent++
			}
		}
	}
	return s
}
