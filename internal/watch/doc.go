// Package watch is what a member is told as it happens: the live view of an
// operation's journal.
//
// A watch hears of the entries whose audience its organisation reads and whose
// subject its roles may read, and of nothing else, not even a gap. It carries
// what happened to what, never content: whoever wants that asks through its own
// door. It begins after the index of the last entry that was seen, reads what was
// missed from the journal, and then goes on live, so that nothing is missed and
// nothing told twice. Whoever leaves the operation, or loses the roles, is told
// no more: every entry about membership and every beat has the standing looked
// at again.
package watch
