// Package watchlist keeps values that somebody waits for, and tells when one is seen.
//
// A watched value is of the kinds by which cases are found (package connection): a
// container, a consignor code, a GTIN, a lot, a brand, a route. Its owner is the
// organisation that put it on the list; it shows it to its own people, to coordination
// besides, or to all who control goods. Whoever reads an entry sees the cases and
// messages that carry its value among those that it may read at that moment: nothing is
// kept of that, so what is recalled is gone from it, too. The owner's people are told of
// each new record once (package notice, which follows the journal); nobody else is. A
// value that is known to be good raises nothing, and connects no cases for those who
// read that it is good. Members say of a value or of a case "seen here too" or "not
// confirmed". A list goes out as a file of conditions that a targeting system can read.
//
// The package owns the tables watch_entry and sighting, and appends watchlist.set,
// watchlist.drop and sighting.say.
package watchlist
