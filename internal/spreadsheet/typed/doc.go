// Package typed reads what people type into cells: days, times, numbers, yes and
// no, the names of countries and what codes are called.
//
// A day is read by a pattern, a number by its signs; nothing is guessed from where
// the reader sits, and what can be read in two ways is refused. Names of countries
// are known in the languages in which sheets are most often written, labels of
// code lists in those of the product. Reasons are keys of texts. The package knows
// neither mappings nor cases.
package typed
