// Package bare is a server that does the physical work only: it decodes JSON,
// commits durably in groups, reads a page by an index, looks up words in the
// engine's own full-text index, writes a file and flushes it, sends an event to
// whoever listens, and adds up columns in memory.
//
// It has no sign-in, no rights, no journal, no audiences, no checks. It is a
// measuring stick: what the product takes beyond it is the price of what the
// product does, and a goal may be set as a part of it. It speaks to the same
// drivers with the same settings as package db, on either engine, but not through
// it. Nothing that serves people may import it; package bench alone does, in a
// process of its own.
package bare
