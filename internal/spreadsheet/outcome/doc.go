// Package outcome is what became of a sheet: how many rows were taken, which were
// refused and why, what was kept but not understood, and how much the rows hold,
// unit by unit.
//
// A Result keeps keys of texts; Print says it in a language, in the form that
// import --json prints, which other programs read. Copy writes the sheet again
// with the reasons beside its rows: a delimited file in its own encoding and with
// its own delimiter, a workbook with the reasons in its cells.
package outcome
