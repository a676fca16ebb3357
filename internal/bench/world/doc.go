// Package world makes the instance that a benchmark runs on: forty members with
// their people, one operation full of cases, one operation for messages.
//
// Everything enters through the product's own commands; only the making does not
// wait for the disk (db.OpenScratch), since nobody relies on it yet. The content
// follows from a case's number alone, so that a bare server can hold the same
// cases. The instance is a demonstration: its people are personas, whose bearer
// tokens take no password. Who asks, what they may and what they may read is
// decided for them as for everybody. A world is kept with its data directory, or
// its PostgreSQL database, and used again when the size is the same.
package world
