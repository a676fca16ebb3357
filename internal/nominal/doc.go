// Package nominal finds in a text what looks like data of a person: names,
// passports, phone numbers, e-mail addresses, numbers of identity cards, dates of
// birth. No such data belongs in this system; whoever writes is warned before
// sending, and decides.
//
// It knows cues, not people: titles, labels and words in ten languages before a
// name or a number, forms that only such numbers have, and a few hundred given
// names. It looks in Latin, Cyrillic, Arabic, Thai, Chinese, Japanese and Korean,
// and reads digits of any script. Numbers by which goods travel, HS codes, dates,
// quantities, flights, vessels, brands and companies are none of its hits.
//
// On the examples of testdata/examples.tsv, which are of the kind that operations
// write, TestPrecisionAndRecall measures how often it is right and how much it
// finds, and fails below the figures stated in docs/explanation/persons.md. A
// name without a cue, written as any other word, is not found.
//
// The package is pure and depends on nothing. Its time grows as the text does.
package nominal
