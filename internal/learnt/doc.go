// Package learnt keeps lessons learnt: what an operation's people found should be
// done otherwise, each with an owner, a day by which it is due, and a state.
//
// Whoever teaches, coordinates, analyses or answers for an administration records one,
// from a workshop, a session or out of daily work. Coordination accepts it, gives it to
// an organisation and says by when; its owner, or coordination, settles it. What is open
// when an operation ends is carried into the plan of the next one: a copy that names
// where it came from, in the other operation's own journal.
//
// The package owns learnt, and appends learnt.* to the journal.
package learnt
