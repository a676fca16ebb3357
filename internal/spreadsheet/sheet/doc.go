// Package sheet reads a delimited file: its encoding, its rows, its headings.
//
// Decode makes UTF-8 of any encoding of the WHATWG list and refuses a workbook,
// an archive, and a file whose byte order mark says something else. Reader cuts
// the text into records as RFC 4180 has it, in bounded memory, and numbers them
// as a spreadsheet program does. A row that cannot be read, be it too long, too
// wide or with a quote never closed, is a Record with a Fault, the key of a text
// of the catalogue; the rows after it are read as if nothing had happened.
// Headings gives every column a name that is its own, also where two columns are
// called the same or one is not called anything. Trim, Fold, Plain and Split are
// how the text of cells is compared and cut wherever a sheet is read. Unreadable
// tells cells that no case may hold. The package knows neither mappings nor
// cases, and it changes no cell: what a cell means is decided above it.
package sheet
