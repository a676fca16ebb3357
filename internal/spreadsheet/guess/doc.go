// Package guess writes a first mapping for a sheet that nobody has described.
//
// Guess finds the encoding, the delimiter and the line of the headings, gives
// columns their roles and writes the mapping as TOML with comments. What speaks
// for a role is the heading, compared with the words of vocabulary.toml in
// several languages with slips of the keyboard allowed, and the values below it.
// Dates and the signs of numbers are inferred from all cells that it looks at: of a
// very long sheet, those of its beginning.
// What the sheet does not tell is marked AMBIGUOUS, and the mapping then refuses
// the rows in question, so that doubt costs a refusal that people see and not a
// wrong case that they do not. Values close to a word of a code list are given
// its code with a comment that says which word; values close to none are listed
// for somebody to fill in. The same file gives the same mapping, to the byte.
// The mapping is meant to be read before it is used; package spreadsheet knows
// nothing of where one came from.
package guess
