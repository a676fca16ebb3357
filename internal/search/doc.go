// Package search finds messages, cases and documents by their words, in every operation in
// which the reader may read them.
//
// One question is one snapshot: where the actor stands, which audiences its
// organisation may read, what the index of words (package textindex) offers for
// these, and the records themselves, restricted by audience once more by the
// tables that hold them. What is shown of a record is made from the record, after
// it was read. There is no count of what was found, only whether there is more,
// and nothing that is asked depends on what the reader may not read.
//
// Index makes the index again from the records where it is not whole: after an
// upgrade, a restore, or with another segmenter. It goes on where it stopped, and
// takes the journal of an operation for each step, so that no writer comes
// between a record and its words.
package search
