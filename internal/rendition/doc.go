// Package rendition turns a document into files: HTML in one file with a print
// style, DOCX, XLSX, CSV and JSON.
//
// A document is data: headings, paragraphs, lists, tables, charts, notes, in order,
// each text with its language and direction. It is complete when it comes here:
// nothing is looked up, counted or translated, and no text becomes a formula or
// markup. Markdown reads the subset of Markdown that people may type.
package rendition
