// Package db opens either engine, SQLite or PostgreSQL, behind one SQL text.
//
// Everything that touches rows does so in a unit of work: Read gives one
// snapshot, Write one change that is journalled, Keep one housekeeping change
// (sessions, counters) that is not. A unit gets a *Tx; only functions that take
// a *Tx may run SQL, and a Tx can neither begin nor commit.
//
// Concurrent writes share one flush (group commit): each unit runs in its own
// savepoint, all answers, refusals too, wait for the flush. So a unit may run
// twice, must have no effect but its Tx, and its results may be read only after
// Write returned nil. Statements of a unit take no context: a context that ended
// inside a unit would roll back its neighbours. Work that belongs to the whole
// batch (hashes of the journal, tallies) is handed over with Batched and runs
// once before COMMIT, outside the savepoints; no unit may read it.
//
// The SQL is the subset both engines share. Statements are values made by
// Statement, so that a test can prepare each on both engines. The one macro is
// {in $n}, a list of numbers. Times are microseconds UTC in bigint columns.
// This package and textindex are the only rooms that may hold two SQL texts.
package db
