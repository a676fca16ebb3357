// Package searchpage shows what a reader looked for, over all operations in which
// it may read: the form, the hits with the words marked, and how to go on. It
// works by address alone, so that a search can be kept and sent on; there is no
// suggestion while somebody types. The query is that of search. Texts stand in the
// catalogue area searchpage.
package searchpage
