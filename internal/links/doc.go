// Package links says which records belong to one consignment.
//
// Messages and cases carry the numbers by which goods travel (package
// consignment). Whoever reads a record is told which others carry the same
// number, of those that they may read: nothing that is hidden changes what is
// shown, how much, or in what order. A number that stands in very many records
// says little; it is left out, and that is said.
//
// Who controls goods and reads two records may link them. The link is an act in
// the operation's journal. Its audience is what both records have in common, so
// it shows on each record only to who may read the other, too. Records that
// links lead to, one after the other, are one thread. Who linked, or
// coordination, takes a link back.
//
// Two cases may be one consignment, reported twice: they share a number, a file, a
// picture, or the place and the day with the brand or the quantity. That they do is
// found at the moment of reading, and told to coordination, and to both reporters
// only if both may read both. Coordination says that they are one (seizure.relate)
// or that they are not (duplicate.dismiss).
//
// The package owns no table: it asks consignment, message and seizure, and
// appends consignment.link, consignment.unlink and duplicate.dismiss to the operation's journal.
package links
