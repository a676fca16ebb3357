// Package massupload makes product sheets of the rows of a workbook.
//
// A right holder, or who acts for it, fills in a template: a row a sheet, with
// pictures in cells. The file is kept as an upload of that person's that no record
// has taken, and goes as these do. Look says, row by row and cell by cell, what
// would become of it; nothing is written yet. Save saves drafts, one row after the
// other, so many at once: the id of each comes from the holder and the row's own
// number, so the same file again changes nothing, and a cut one goes on. A draft
// that says something else by now is left alone, unless its writer wants it
// replaced. Publishing is a step of its own. A delimited file is a workbook without
// pictures.
//
// The package owns no table; it calls the commands of product as its actor, for each
// row.
package massupload
