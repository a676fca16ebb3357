package seizure

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// The states of a case.
const (
	Saved     = "draft"     // kept by its organisation, not reported
	Reported  = "reported"  // waits for its contact point's release; coordination sees it
	Released  = "released"  // enforcement and coordination see it
	Withdrawn = "withdrawn" // stays, and is not counted
)

// The classes that the counting rule gives; labels under code.counted.
const (
	Counted      = "counted"
	Genuine      = "genuine"
	Duplicate    = "duplicate"
	OutsidePhase = "outside-phase"
	IsWithdrawn  = "withdrawn"
	IsDraft      = "draft"
	OtherStatus  = "status"
)

// Classes lists the reasons not to count, in the order in which they are shown.
func Classes() []string {
	return []string{Genuine, Duplicate, OutsidePhase, IsWithdrawn, IsDraft, OtherStatus}
}

// Case is one interception as it stands now.
type Case struct {
	Draft
	Seq          int64         // the journal index that made it: its number in the operation
	Photos       []Photo       `json:"-"` // as their reader may have them; only queries set it
	Entry        journal.Entry `json:"-"` // of what a command did to it, now or when it did it before; only commands set it
	Reference    string        // public-safe and speakable, with a check letter: S-17-48213-H
	Organisation int64         // that reported it
	Author       string        // person's UUID
	Audience     int64
	State        string
	Class        string
	DuplicateOf  int64
	Version      int64
	Reported     time.Time
	Changed      time.Time
	ReleaseDue   time.Time // released by time then; zero: only by a person
}

// allGenuine tells whether every line was found genuine.
func (d Draft) allGenuine() bool {
	for _, l := range d.Goods {
		if l.Verdict != "genuine" {
			return false
		}
	}
	return len(d.Goods) > 0
}

// ClassIn applies the operation's counting rule: counted, or the first reason why
// not, in the order of Classes.
func (c Case) ClassIn(o operation.Operation) string {
	rule := o.Counting
	switch {
	case c.State == Withdrawn:
		return IsWithdrawn
	case c.State == Saved || c.State == Reported && rule.Checked:
		return IsDraft
	case !rule.Genuine && c.allGenuine():
		return Genuine
	case !rule.Doubles && c.DuplicateOf != 0:
		return Duplicate
	case rule.Phase != "" && !o.Within(rule.Phase, c.Day):
		return OutsidePhase
	case len(rule.Statuses) > 0 && !contains(rule.Statuses, c.Status):
		return OtherStatus
	}
	return Counted
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
