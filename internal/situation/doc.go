// Package situation issues situation reports: the figures of one day and so far, as
// coordination saw them when it gave them out.
//
// A report is issued with one click, or by time every day at an hour of the
// operation's time zone. It is a record: what was said stays said, and a correction
// is seen in the next one. Members read it as issued, in their language.
//
// The package owns the tables situation_report and situation_plan.
package situation
