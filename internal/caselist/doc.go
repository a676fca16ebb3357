// Package caselist is the list of an operation's cases as people work with it:
// filters, each with the number of cases behind every choice, filters kept under
// a name, and the columns that somebody wants to see.
//
// What lists are narrowed by and figures are made of stands in memory, value by
// value, a few bytes a case and a line of goods, and follows
// the journal: every question compares it with the size of the journal in its own
// snapshot and reads what has changed since, whichever process changed it. A
// reader's audiences are resolved first; a case of any other audience is in no
// count, under no choice and on no page. Cases themselves are always read from
// the database, restricted by audience again.
//
// GroupsOf groups the same cases by their codes; what a question is, and who asks
// it, is package analysis.
//
// The package owns saved_filter and list_columns, which are housekeeping: they
// belong to whoever made them and say nothing of any case.
package caselist
