// Package seizurepage shows the cases of an operation.
//
// list.go and table.go are the list with its filter, page.go and cell.go one case
// field by field with its history, report.go and fill.go the form of a new one,
// amend.go the form of a correction and the page that compares when somebody was
// faster, act.go what is done with a case after one question. form.go is the one
// conversion between a form and seizure.Draft. The commands are those of seizure.
// Texts stand in the catalogue area casepage.
package seizurepage
