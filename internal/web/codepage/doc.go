// Package codepage helps with codes: what a code of the Harmonized System means
// and which one fits goods, which UN/LOCODE a place has, and which lists the
// instance holds under which licence. Forms open it in a new tab; it works by
// address alone. The queries are those of pack. Texts stand in the catalogue area
// codepage.
package codepage
