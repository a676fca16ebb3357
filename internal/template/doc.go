// Package template says what the messages of an operation ask for.
//
// A template is a form that its operation's director shapes: which fields it
// has, in which order, and which of them must be filled in. Five stand from the
// beginning (general, warning, feedback, request, situation report); a new one is always
// of one of these, its base, and behaves like it.
//
// The fields that a base brings with it are columns of a message: they can be
// required, hidden and moved, never renamed. Ready-made fields are known to every
// catalogue and are coded wherever a list exists. A field of the operation's own
// has a label that somebody wrote, with translations.
//
// Every amendment is a version, stored whole and never changed, so that a message
// is always shown by the form in which it was written. Versions are counted in the
// operation, over all its templates: a version alone names a form. Version 0 is
// the form as built in. A message that names an older version is checked
// against that one.
//
// The package owns the table template and appends template.amend to the
// operation's journal. Everybody who writes messages reads templates; right
// holders and observers see those that they may write in.
package template
