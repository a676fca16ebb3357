// Package story holds small true worlds, told as plain data.
//
// ActionIPR2 is Operation Action IPR A/P 2 of February 2017: its published
// totals are true, every detail is invented, because its participants and
// details were never published and inventions about real countries would
// insult. Administrations carry ISO 3166 user-assigned codes; places, marks,
// people and right holders are coined.
//
// A World is the data of three operations and a timeline: a list of moments,
// each of which says who did what and when. Whoever tells the story walks the
// moments in order, sets the clock to each and calls the command a user would
// have called; so the demonstration and the tests live in one world. The same
// seed gives the same world, identifiers included. Scaled gives the same shape
// several times over, for measurements. The package knows no database and no
// command, and takes nothing from package testing.
package story
