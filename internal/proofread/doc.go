// Package proofread looks into what people write about an operation's results and
// finds what wants a second look: a number of cases or of goods that is none of the
// figures, what looks like data of a person, a claim about now that says no date.
//
// A number is taken for one of cases or goods by the word behind it, in the languages
// in which operations report. It is right when some figure, in any of its groups, has
// that value in that unit; beside "million" and in per cent, when a figure rounds to
// it. Where the digits can be read in two ways ("1.234"), one of them must be right.
// Nothing here knows who reads: what is found has places and codes, no sentences.
package proofread
