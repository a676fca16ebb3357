// Package world makes the instance that a benchmark runs on: forty members with
// their people, one operation full of cases, one for messages, and one of ten
// members whose messages are searched.
//
// Everything but the last enters through the product's own commands; only the
// making does not wait for the disk (db.OpenScratch), since nobody relies on it
// yet. The messages to be searched are written as rows and words, without entries
// of the journal (see letters.go): a million of them in minutes. The content
// follows from a record's number alone, so that a bare server can hold the same. The instance is a demonstration: its people are personas, whose bearer
// tokens take no password. Who asks, what they may and what they may read is
// decided for them as for everybody. A world is kept with its data directory, or
// its PostgreSQL database, and used again when the size is the same.
package world
