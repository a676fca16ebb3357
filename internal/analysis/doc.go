// Package analysis answers questions about an operation's cases: how many, and how
// much of each unit, by country, route, category, brand, conveyance, detection,
// violation, status or time, of those that a filter leaves.
//
// A question is data: what to group by, and a filter. Whoever asks is answered of
// the cases that they may read, and of no others. Only cases that count are counted
// unless the filter says otherwise. A case counts once in each group that it belongs
// to; quantities are of the lines that the filter and the group mean, each unit by
// itself. Tally answers a question of cases at hand, slowly and obviously: a frozen
// report and its offline check count that way. Ask gives the same answer from
// columns in memory that follow the journal.
//
// The package owns the tables question (kept, private or shared; in the journal, since
// reports are built from them) and earlier_operation (published figures that were
// loaded to compare with, as they were printed).
package analysis
