// Package journal is the one journal of an operation: what was done, in order.
//
// Every change appends one entry in its own transaction. The journal is the
// audit log, the cursor of live streams and offline clients, and the "as of" of
// every figure; nothing else plays these parts. Operation 0 is the instance's
// own journal. An entry's number is also the number of the record it made.
//
// Entries are the leaves of a Merkle tree (golang.org/x/mod/sumdb/tlog), whose
// stored hashes stand in a table, so that nothing can be changed, dropped or
// reordered unseen. A leaf hashes the canonical bytes of the entry, in which the
// content (before, after) appears only as a digest salted with 32 random bytes.
// Salt and content stand in a side table and can be erased at the end of
// retention: the tree still verifies.
//
// The head of a journal is locked once per batch of writes and numbered in
// memory; the rows, the hashes and the new size are written once at its end.
package journal
