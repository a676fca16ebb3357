// Package workbook reads and writes XLSX.
//
// Open looks at the archive before anything of it is unpacked: how many parts,
// how large, how much they shrink, whether they lie over one another, whether
// there are macros or links into other files. A Book then gives the rows of one
// of its sheets as package sheet gives those of a delimited file, in bounded
// memory, each cell with what the workbook says that it is: dates are days and
// numbers are digits, whatever the format shows. Of a formula the value counts
// that was computed last; a cell that was made one with others stands in each of
// them. XML is read by a scanner of its own, which knows no entities but the five
// and no document types. What is refused is a fault.
//
// Pictures finds what lies over cells or was placed in them, and unpacks it one by one.
//
// Mark writes a copy of a workbook with comments in cells, and Writer a new one,
// row by row. Texts are written as texts, so that nothing that is typed becomes a
// formula. Only this package knows excelize. Docs: decision 41.
package workbook
