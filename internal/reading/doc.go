// Package reading knows who has read what.
//
// Whenever content leaves the product towards a person, the store that gave it
// notes who received it: a message or case that was opened on its page, shown
// with its text in a list, or fetched by another system. One note a person,
// record, act and day is enough. Notes are queued in memory and written every
// second, with an entry in a journal of their own (that of minus the operation's
// number), so that nobody waits for a flush in order to read; what a power cut
// takes is the last second. It fails closed: when the queue cannot be written for
// too long, or grows too long, what is not noted yet is not given.
//
// The package owns the table of reads. It never tells a reader anything: package
// withdrawal shows organisations, to those who may know them.
package reading
