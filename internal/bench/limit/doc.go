// Package limit measures what the machine can do at all: how often a disk takes
// a flush, how many rows an engine takes a commit, how many requests net/http
// answers, how long a line takes to many sockets, how long a sum over columns in
// memory takes.
//
// Nothing of the product is in it. Its figures are what a benchmark's other
// figures are divided by, so they are measured in the same run, in turn with
// them: absolute figures do not carry over from one machine, or one minute, to
// another. Each function works for about the time it is given and answers with one
// figure. Only package bench imports it.
package limit
