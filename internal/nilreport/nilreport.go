package nilreport

import (
	"errors"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Phase is the kind of phase whose days want a report.
const Phase = "operational"

// The states of a nil report.
const (
	Stands    = "stands"
	Withdrawn = "withdrawn"
)

// Limits of a draft.
const (
	MaxControls = 10_000_000
	MaxRemark   = 2000 // characters
)

// Report says that an organisation had nothing to report on a day.
type Report struct {
	Seq          int64 // index of the entry that first made it
	Organisation int64
	Day          string // local date of the organisation, yyyy-mm-dd
	Author       string // UUID of who wrote it last
	Audience     int64
	Controls     *int64 // done on that day; nil: not told
	Remark       string
	Language     string // BCP 47, of Remark
	State        string
	Version      int64
	At           time.Time // when it was last written
}

// Draft is what is written. Version is the one that the writer saw, 0 for none.
type Draft struct {
	Day      string
	Controls *int64
	Remark   string
	Language string
	Version  int64
}

// Today is the local day of an organisation at a moment.
func Today(o organisation.Organisation, now time.Time) string {
	return now.In(Location(o)).Format(time.DateOnly)
}

// Location is the time zone in which an organisation's days begin and end.
func Location(o organisation.Organisation) *time.Location {
	if l, err := time.LoadLocation(o.TimeZone); err == nil {
		return l
	}
	return time.UTC
}

// Check says what is wrong with a draft of that organisation at a moment. Paths
// are day, controls, remark, language.
func (d Draft) Check(op operation.Operation, own organisation.Organisation, now time.Time) error {
	_, err := d.clean(op, own, now)
	return err
}

func (d Draft) clean(op operation.Operation, own organisation.Organisation, now time.Time) (Draft, error) {
	var p fault.Problems
	if key := wrongDay(d.Day, op, own, now); key != "" {
		p.Add("day", key)
	}
	if d.Controls != nil && (*d.Controls < 0 || *d.Controls > MaxControls) {
		p.Add("controls", "fault.out-of-range")
	}
	var err error
	if d.Remark, err = i18n.CleanBody(d.Remark, MaxRemark); err != nil {
		if f, ok := errors.AsType[*fault.Fault](err); ok {
			p.Add("remark", f.Key, f.Args)
		} else {
			p.Add("remark", "fault.malformed")
		}
	}
	if strings.TrimSpace(d.Remark) == "" {
		d.Remark, d.Language = "", "" // of nothing there is no language
		return d, p.Fault()
	}
	d.Language = i18n.CleanLanguage(&p, "language", d.Language)
	return d, p.Fault()
}

func wrongDay(day string, op operation.Operation, own organisation.Organisation, now time.Time) (key string) {
	if t, err := time.Parse(time.DateOnly, day); err != nil || t.Format(time.DateOnly) != day {
		return "fault.not-a-date"
	}
	if day > Today(own, now) {
		return "nilreport.future"
	}
	if !op.Within(Phase, day) {
		return "nilreport.outside"
	}
	return ""
}

// says tells whether a report that stands says what the draft says.
func (r Report) says(d Draft) bool {
	return r.State == Stands && r.Remark == d.Remark && r.Language == d.Language && sameNumber(r.Controls, d.Controls)
}

func sameNumber(a, b *int64) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}
