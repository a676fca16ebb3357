// Package evaluation asks participants what they think of a workshop.
//
// Who teaches asks with a form: questions on a scale, with choices, or in words, about
// the workshop or about each session. A participant answers once and may correct it
// while the form is open. Results are counts, means and words by session, without
// names, and from three answers on only; the order of words says nothing of who wrote
// them. The journal says that somebody answered, and holds the answer for its own
// author's organisation alone.
//
// The package owns evaluation, evaluation_answer and appends evaluation.* to the
// journal.
package evaluation
