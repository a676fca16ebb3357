package results

import (
	"context"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/coverage"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Situation is what a situation report says of a day, as its reader may know it.
type Situation struct {
	Standing operation.Standing
	Day      string // local date, yyyy-mm-dd
	First    string // first day of the operational phase
	Last     string // newest day that can be asked for
	OfDay    Figures
	Since    Figures // of all days
	Today    coverage.Sum
	ToDate   coverage.Sum                // of the days up to this one, as far as one answer of coverage goes back
	Whole    bool                        // of all members: the reader coordinates
	Silent   []organisation.Organisation // on this day; only for who coordinates
	Sent     int64                       // warnings sent on this day, by the operation's time zone
	Warnings int64                       // sent so far
	Open     message.OpenCounts          // warnings that nobody has answered yet
	Members  int64                       // that report, as far as the reader knows; Reported of them did on this day
	Reported int64
}

// Situation gives the figures of one day and since the start. An empty day is
// today, or the last day of the operational phase when that is over.
func (s *Store) Situation(ctx context.Context, who access.Actor, code operation.Code, day string) (Situation, error) {
	var out Situation
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.CoverageRead)
		if err != nil {
			return err
		}
		out, err = situation(tx, s.kept, st, day)
		return err
	})
	if err != nil {
		return Situation{}, fmt.Errorf("%s: %w", access.CoverageRead, err)
	}
	return out, nil
}

// OfficialSituation is the situation as the body that directs the operation reads it;
// for who issues it to others. It reads tallies, so it belongs into a db.Read: those of
// a unit's own batch are written after the unit.
func OfficialSituation(tx *db.Tx, kept *seizure.Kept, o operation.Operation, now time.Time, day string) (Situation, error) {
	directing, err := operation.Directing(tx, o.Number)
	if err != nil {
		return Situation{}, err
	}
	st := operation.Standing{Operation: o, Who: access.Actor{Organisation: directing}, Roles: []access.Role{access.Coordinator}, Now: now}
	st.Membership.Side = access.Coordination
	return situation(tx, kept, st, day)
}

func situation(tx *db.Tx, kept *seizure.Kept, st operation.Standing, day string) (Situation, error) {
	s := Situation{Standing: st}
	var err error
	if s.Day, s.First, s.Last, err = situationDay(st, day); err != nil {
		return s, err
	}
	if s.Since, err = of(tx, kept, st); err != nil {
		return s, err
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return s, err
	}
	tallies, err := seizure.OfDay(tx, st.Operation.Number, readable, s.Day)
	if err != nil {
		return s, err
	}
	s.OfDay = figuresOf(tallies)
	s.OfDay.Operation, s.OfDay.AsOf = s.Since.Operation, s.Since.AsOf
	if err := s.cover(tx); err != nil {
		return s, err
	}
	return s, s.warn(tx, readable)
}

// situationDay is the day that is asked for, which must be a day, and none to come.
func situationDay(st operation.Standing, day string) (asked, first, last string, err error) {
	last = st.Today()
	days := st.Operation.Days(nilreport.Phase)
	if len(days) > 0 {
		first, last = days[0], min(last, days[len(days)-1])
	}
	if day == "" {
		return last, first, last, nil
	}
	var wrong fault.Problems
	t, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil || t.Format(time.DateOnly) != day:
		wrong.Add("day", "fault.not-a-date")
	case day > st.Now.Add(14*time.Hour).UTC().Format(time.DateOnly):
		wrong.Add("day", "nilreport.future")
	}
	return day, first, last, wrong.Fault()
}

func (s *Situation) cover(tx *db.Tx) error {
	c, err := coverage.Of(tx, s.Standing, "", s.Day)
	if err != nil {
		return err
	}
	s.Today, s.ToDate, s.Whole = c.Sum(s.Day, s.Day), c.Sum("", s.Day), c.Whole
	s.Members, s.Reported = c.Reporting(s.Day)
	if !c.Whole {
		return nil
	}
	for _, r := range c.Rows {
		if n := len(r.Days); n > 0 && r.Days[n-1].Day == s.Day && r.Days[n-1].Silent() {
			s.Silent = append(s.Silent, r.Organisation)
		}
	}
	return nil
}

func (s *Situation) warn(tx *db.Tx, readable db.List) error {
	st := s.Standing
	if !st.May(access.MessageRead) {
		return nil
	}
	begins, err := time.ParseInLocation(time.DateOnly, s.Day, st.Operation.Location())
	if err != nil {
		return err
	}
	sent, err := message.WarningsSent(tx, st.Operation.Number, readable, begins, begins.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	s.Sent, s.Warnings = sent.Within, sent.All
	s.Open, err = message.OpenWarnings(tx, st, readable)
	return err
}
