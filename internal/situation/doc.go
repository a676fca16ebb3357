// Package situation issues situation reports: the figures of one day and so far, as
// coordination saw them when it gave them out.
//
// A report is issued with one click, or by time every day at an hour of the
// operation's time zone. It is a record: what was said stays said, and a correction
// is seen in the next one. Its figures are the official ones, whoever reads it, and
// names of silent members are not among them. Coordination, enforcement and observers
// read it as issued, each in their language; right holders do not.
//
// Time issues one report a day at most, the reports of the operational phase only, and
// none for a moment that was over when the plan was made. A server that was down then
// issues it when it is back on the same day, and never later.
//
// The package owns the tables situation_report and situation_plan, and appends
// situation.issue and situation.plan.
package situation
