// Package consignment keeps the numbers by which goods travel - containers,
// waybills, postal items, vehicles, seals - and which records share them.
//
// A mark is such a number as it stands on a paper, with what its check digit
// says. A failed check is told and never refused. Marks are compared in one
// canonical form: case, spaces, signs and the digits of other scripts do not
// matter. Whoever writes a message or a case lists its marks; those that stand
// in its text and whose check digit holds are found there. The record's own
// package puts them into the table of marks in the transaction that writes the
// record, moves them when its audience changes, and drops them with its content.
//
// A link says that two records belong to one consignment. Its audience is no
// wider than what both records have in common, and right holders and observers
// are never in it.
//
// The package owns the tables consignment_mark and consignment_link. It decides
// about nobody: package links, above messages and cases, does.
package consignment
