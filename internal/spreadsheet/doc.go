// Package spreadsheet turns the rows of a sheet into seizure cases.
//
// A mapping, a small TOML file, says which column feeds which field of a case,
// how numbers and dates are written, and what the collectors' words mean in
// codes; there is no other knowledge of a particular file anywhere here. Every
// row becomes a seizure.Draft or a refusal that names row, column, value and
// reason: nothing is dropped, rounded or guessed on the way. What no code fits
// stays as it was typed and is reported in the notes; a column that nobody
// mapped goes to the remarks as "Heading: value". A row's identity is its key
// column, or its content and how often that content has come before, so the
// same file twice changes nothing and a broken import goes on where it stopped.
// The package holds no SQL and decides no access: Import hands batches of rows
// to a Report, and Into makes one of the seizure store. Package sheet reads the
// file; package guess writes a first mapping for it. The format of mappings is
// that of type Mapping, checked by ParseMapping and described in
// docs/reference/mapping.md; testdata/import/airport-seizures.toml is one.
package spreadsheet
