// Package live tells whoever listens what a journal has gained.
//
// A hub follows the journals that somebody listens to. It is woken by the writer
// of its own process (Grew, after the flush and before the writer's answer, and
// never waited for), by the other nodes of one PostgreSQL (Relay: at most one
// notification in 50 ms, outside every transaction), and by a poll of the
// journals' sizes once a second, which is the net under both and all that
// several processes on one SQLite file have. Woken, it reads the new entries
// once, asks once for each audience among them which organisations read it, and
// hands the same batch to every listener.
//
// It decides nothing about people: package watch does. A listener that does not
// keep up is dropped: it comes back with the index of the last entry it saw, and
// reads what it missed from the journal. Nothing is kept in memory for it.
package live
