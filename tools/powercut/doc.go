// Package powercut cuts the power of a simulated disk under the real store.
//
// What runs is the product: its units of work, group commit, checkpoints,
// journal, messages and cases, with the settings that are shipped. Only SQLite's
// driver is another one (ncruces, whose disks may be written in Go), and the
// disk is a Disk: it knows which writes, truncations, creations and deletions
// have not been flushed, and when the power goes it keeps, drops or tears each
// of them, sector by sector, by a seed.
//
// The tests run inside a bubble of testing/synctest: every operation of the disk
// takes an invented time, so clients, readers and the checkpoint interleave in an
// order that the seed decides, and a seed that failed fails again.
//
// The module is apart so that the second driver stays out of the product's graph.
package powercut
