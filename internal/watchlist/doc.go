// Package watchlist keeps values that somebody waits for, and tells when one is seen.
//
// A watched value is of the kinds that connect cases (package connection): a
// container, a consignor code, a lot. When a case or a message that its owner may read
// carries it, the owner is told, once for each record, by whichever process sees the
// journal grow. Values that are known to be good raise nothing, and say so. Members say
// of a value "seen here too" or "not confirmed". A list goes out as a file of
// conditions that a targeting system can read.
//
// The package owns the tables watch_entry, watch_hit and sighting.
package watchlist
