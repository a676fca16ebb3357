// Package codelist holds the code lists of the trade: what travels as a code
// and is shown in the reader's language.
//
// A list is a name, codes in display order, and nothing else; the label of a
// code is the text "code.<list>.<code>" of the catalogues (internal/i18n), so
// a message written in one language reads in any other. Codes are stable: one
// may be added, none is given another meaning or taken away, because records
// outlive lists. Where the trade has codes (UN/CEFACT Recommendation 20 and 21
// for units, ISO 3166-1 for countries, the Traffic Light Protocol) these are
// used; the rest are the house's own words in lower case. The package is pure:
// no clock, no rows, no language.
package codelist
