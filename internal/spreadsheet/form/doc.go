// Package form is the product's own sheet of cases: its columns, what it is called
// in each language, and the template that people fill in.
//
// What export writes is in this form, and so is the template of an operation. A
// sheet in this form needs no mapping: Mapping knows its columns by their headings
// in any language of the product. Its first column names the case; rows of one
// case below one another are its goods lines. Codes stand in columns of their own,
// with what they mean beside them; a cell that holds a list has an entry a line,
// its parts between bars. Rows whose case begins with # are examples, and no row.
package form
