package review

import (
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// What a review says.
const (
	Checked  = "checked"
	Returned = "returned" // to be corrected
)

// Who says it.
const (
	ByContactPoint = "contact-point"
	ByCoordination = "coordination"
)

// maxReason is the longest reason, in characters.
const maxReason = 2_000

// Review is what one body said of one version of a case.
type Review struct {
	Seq          int64  `json:"-"` // the journal index that made it
	Seizure      int64  // number of the case
	Organisation int64  // that reported the case
	Verdict      string // Checked or Returned
	Side         string // ByContactPoint or ByCoordination
	Author       string // person's UUID
	At           time.Time
	Version      int64 // of the case
	Reason       string
	Audience     int64
}

// sideOf tells in which part somebody reviews a case: its own organisation's
// contact point, or coordination; empty: not at all.
func sideOf(st operation.Standing, c seizure.Case) string {
	switch {
	case c.Organisation == st.Who.Organisation:
		return ByContactPoint
	case st.Side() == access.Coordination:
		return ByCoordination
	}
	return ""
}

// Sees tells whether a reader sees what is said of a case.
func Sees(st operation.Standing, c seizure.Case) bool { return sideOf(st, c) != "" }

// May tells whether a reader may review a case: its own organisation's contact
// point, and coordination.
func May(st operation.Standing, c seizure.Case) bool {
	switch sideOf(st, c) {
	case ByCoordination:
		return st.May(access.ReviewCheck)
	case ByContactPoint:
		return st.May(access.ReviewCheck) && (st.Side() == access.Coordination || slices.Contains(st.Roles, access.ContactPoint))
	}
	return false
}

// checkReason gives the reason in normal form; a return needs one.
func checkReason(reason, verdict string) (string, error) {
	var p fault.Problems
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "" && verdict == Returned:
		p.Add("reason", "fault.required")
	case len([]rune(reason)) > maxReason:
		p.Add("reason", "fault.too-long", fault.Args{"max": int64(maxReason)})
	}
	return reason, p.Fault()
}

// Standing is where a case stands between those who answer for it.
type Standing struct {
	ContactPoint, Coordination *Review // the last word of each; nil: none yet
	Corrected                  bool    // amended after the last return
	Since                      bool    // amended after the last check
}

// Open tells whether a return waits for a correction.
func (s Standing) Open() bool {
	last := s.last()
	return last != nil && last.Verdict == Returned && !s.Corrected
}

// last is the later of the two words.
func (s Standing) last() *Review {
	if s.ContactPoint == nil || s.Coordination != nil && s.Coordination.Seq > s.ContactPoint.Seq {
		return s.Coordination
	}
	return s.ContactPoint
}

// standing puts reviews of one case together, oldest first, with the number of
// the case's last version that an amendment made.
func standing(all []Review, amended int64) Standing {
	var s Standing
	for i, r := range all {
		if r.Side == ByContactPoint {
			s.ContactPoint = &all[i]
		} else {
			s.Coordination = &all[i]
		}
		later := amended > r.Version
		if r.Verdict == Returned {
			s.Corrected = later
		} else {
			s.Since = later
		}
	}
	return s
}
