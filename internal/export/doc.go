// Package export hands out the cases that a reader may read, as a file.
//
// A workbook has a sheet with one row for each line of goods, the case's own
// fields repeated in each, and a sheet with one row for each case; a delimited
// file is the first of them, in UTF-8; JSON holds cases as the API gives them.
// Both sheets are in the product's own form (package spreadsheet/form): codes
// with their meaning in the reader's language beside them, and an export can be
// imported again without a mapping. Nothing is added up, and what does not count
// says so. No text becomes a formula: in a workbook texts are typed as texts, in a
// delimited file a text that a program would compute begins with an apostrophe.
//
// Cases come page by page under the rules of any list, newest first, and are noted
// in the log of readings as handed out; only a page is held in memory. What
// changes meanwhile may be in the file as it was before, or after. The package
// holds no SQL.
package export
