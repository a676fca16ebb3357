// Package usage tells right holders what administrations let them know: that their
// sheets are opened, and figures about their own brands.
//
// An administration's contact point consents to either, or to neither, and may take
// it back at any time. Of openings a holder sees those of administrations that
// consent, from that moment on. Figures are cases and quantities of one of its brands
// in one month, from all operations. They never tell of one administration or of few
// cases: a line, and each unit in it, stands only for at least five cases of at least
// two administrations that had consented before the month was closed, thirty days
// after its end, and still do. What was written later does not count, and when one of
// those behind a line takes its consent back the whole line goes, so that no
// difference between two days tells of one administration. Nothing is added up, and
// there are no totals from which a missing line could be computed. A name or a code
// that two right holders claim counts for whoever claimed it first.
//
// The package owns the table consent, of the library, and appends product.consent.
package usage
