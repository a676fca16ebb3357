// Package effect sets what was trained beside what was reported.
//
// For each country, and each post behind which enough people stand, it gives who was
// trained, when and by whom; then how complete reports were, how many checks they
// failed, how many were returned, and how many hits, before and after, with the number
// of observations. It says what followed, never that training was the reason; where too
// few observations stand behind a figure it gives the number of observations only.
//
// The package owns no table. Readers see what the cases they may read give.
package effect
