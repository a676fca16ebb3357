// Package effect sets what was trained beside what was reported.
//
// For each country, and each post behind which enough people stand, it gives who was
// trained, when and by whom; then how complete reports were, how many checks they
// failed, how many were returned, how soon they came and how many counted, before and
// after, with the number of observations. It says what followed, never that training was
// the reason; where too few observations stand behind a figure it gives the number of
// observations only.
//
// Tally is a rule: cases, answers and trainings in, rows out. The store gathers them
// from this operation and earlier ones, as far as their reader may read them there. What
// is counted is what the list of cases shows under the same filter: cases that are
// released.
//
// The package owns no table. Readers see what the cases they may read give.
package effect
