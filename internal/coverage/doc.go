// Package coverage tells which member reported on which day.
//
// Zero is not silence. For every member that controls goods and every local day of
// the operational phase it says how many cases of that day were reported, whether
// the member said that it had nothing to report and how many controls that rests
// on, or that there was silence. A day that is not over where the member is, is
// open and never silent; the days before it joined are none of its days. It owns no
// rows: cases and nil reports are counted through the reader's audiences, in two
// statements whatever the number of members. Coordination reads of every member;
// a member reads of itself, and learns nothing of who else is silent; for all
// others the question does not exist.
package coverage
