// Package evaluation asks participants what they think of a workshop.
//
// Who teaches asks with a form: questions on a scale, with choices, or in words, about
// the workshop or about each session. The form can be altered until the first answer. A
// participant who was confirmed answers once and may correct it while the form is open.
//
// What somebody answers is sealed with a key that stands in no journal and in no file of
// an operation. When the form closes, by time or by whoever asked, the answers are opened
// once, in one transaction: what is kept are counts and words by question and session,
// without names, and the key is gone. Results exist from then on only, never before, and
// never again with one more answer. Where fewer than three people answered a question
// nothing is kept but how many; words stand in an order that says nothing of who wrote
// them. The journal says who answered, and never what.
//
// The package owns evaluation, evaluation_answer and evaluation_key, and appends
// evaluation.* to the journal.
package evaluation
