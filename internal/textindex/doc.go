// Package textindex finds records by their words, in any script, on both engines.
//
// A text is cut into words by one segmenter of our own, so that SQLite and
// PostgreSQL agree: compatibility forms, case, accents and the variants of Arabic
// letters are one; scripts that write without spaces (Chinese, Japanese, Korean,
// Thai, Lao, Khmer, Myanmar) are cut into overlapping pairs; codes of containers,
// post and air waybills are found whole and by their parts, however they are spaced.
//
// Each record has one row, under the number of its operation and its own, with
// its words under each key of its audience: what only others may read are other
// words, so that a search neither finds it nor takes the longer for it. SQLite keeps them in FTS5 without
// content, PostgreSQL in a table with a tsvector. Put and Drop are work of the
// whole batch (db.Batched), done once before COMMIT in the order of the numbers:
// no unit of work sees what it has put. Match gives candidates, newest first; the
// index knows no order of words and no versions, so whoever asked reads the
// records by the table that holds them, restricted by audience there as well, and
// keeps what Query.In finds again in their texts. So a wrong index can hide a
// record and never show one.
//
// With package db this is the only room that may hold two SQL texts (db.Two).
package textindex
