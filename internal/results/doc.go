// Package results gives live figures of an operation: how many cases count and
// how many do not, and why; totals by unit; the same by category, country,
// conveyance and day.
//
// Every figure is a sum of the tallies over the audiences that its reader may
// read, so it can never show what a list would hide. Where that differs from the
// coordination's official figure, the official one stands beside it. A figure
// knows the journal index at which it was taken. Units are never added together.
package results
