// Package register is what an operation knows of its cases by codes: what lists are
// narrowed by and figures are made of. It stands in memory, value by value, a few bytes
// a case and a line of goods, and follows the journal (package following). It serves the
// list of cases (caselist), questions (analysis) and through them the live figures of
// the final report.
//
// Whoever looks names audiences: a case of any other is in no count, under no choice, in
// no group and on no page. Cases themselves are read from the database, by audience
// again. It owns no tables and says nothing to people.
package register
