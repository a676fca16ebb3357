// Package goods is what was found: lines of goods with what they are, how much
// of it there is and how that is known, what they are worth, what they violate,
// and what stood on the papers instead.
//
// It is rules only. A case holds lines; a page, a sheet and the API fill them in;
// Check says what is wrong with one. Quantities and values are numbers with a
// unit or a currency, held as millionths, never converted and never added across
// units or currencies.
package goods
