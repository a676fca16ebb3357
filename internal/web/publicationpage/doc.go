// Package publicationpage holds the pages of an operation's final report: writing it,
// what administrations contribute, freezing, clearing, the editions and the press
// release. Readers who do not write it find the editions that were issued to them.
package publicationpage
