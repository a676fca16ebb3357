// Package caselist is the list of an operation's cases as people work with it:
// filters, each with the number of cases behind every choice, filters kept under
// a name, and the columns that somebody wants to see.
//
// What it is narrowed by stands in the register (package register). A reader's
// audiences are resolved first; a case of any other audience is in no count, under no
// choice and on no page. Cases themselves are always read from the database,
// restricted by audience again.
//
// The package owns saved_filter and list_columns, which are housekeeping: they
// belong to whoever made them and say nothing of any case.
package caselist
