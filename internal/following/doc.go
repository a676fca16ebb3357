// Package following keeps something about the records of operations in memory, and up
// to date: a Follower compares what it keeps with the size of the operation's journal
// in the reader's own snapshot, at every question, and reads what has changed since,
// whichever process changed it. What a reader gets may be newer than its snapshot by
// what was written meanwhile, never older: whoever tells people anything from it reads
// who may know it in the same snapshot.
//
// What is read of a record, and what is kept of it, are its parameters. It bounds what
// all operations take together, and lets those go that nobody asked for longest.
package following
