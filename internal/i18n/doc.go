// Package i18n says things in the reader's language.
//
// It holds the catalogues (every sentence of the product, in every language),
// the plural rules, the printing of numbers, quantities, dates and codes, and
// the readers of what people type. A door makes one Printer per request with
// NewPrinter and hands it to the page; nothing below the doors knows a language.
//
// Texts live in catalogue/{lang}/{area}.toml, one quoted key a line; all files
// of a language are one name space and a key stands in one file only. A text
// holds {name} placeholders which are replaced, never executed, and may have
// the CLDR plural forms, chosen by the argument "count". What a language lacks
// is said in English; what English lacks is shown as «key», and a test of this
// package fails.
//
// Digits are Western in every language. What the helpers return holds no
// direction marks unless the text needs them inside; T wraps its arguments in
// isolates (see isolate.go), a page puts the rest into <bdi>. Names of
// countries, currencies and languages are generated from CLDR (names/); an
// instance and an operation may put their own above them with WithNames.
package i18n
