// Package dailypage shows the rhythm of an operation's days.
//
// nil.go is "nothing today", coverage.go who reported on which day, tasks.go what
// members are asked to do, roster.go who is on duty and what one shift hands to
// the next, situation.go the figures of a day, from which a situation report is
// written. The commands are those of nilreport, coverage, task, roster and results.
// Texts stand in the catalogue file daily.
package dailypage
