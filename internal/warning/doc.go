// Package warning is the life of a warning after it was sent, as far as it is
// not itself a message: acknowledgements, also of urgent messages; the post that
// a warning is assigned to; reminders; escalation to the coordination unit; the
// country to which it is sent on; and the ledger of what became of each.
//
// Warnings and their answers are messages (package message), and whoever may read
// a message may read here what belongs to it, with two narrower rules. Who has
// acknowledged and who has not is for the originator's organisation and for
// coordination; everybody else knows of its own only, and right holders and
// observers, who may not know the members, never of others. A post is for the
// organisation that assigned and for coordination.
//
// Time reminds and escalates under the name warning-clock, once each. A warning
// whose asked have all answered, or that has expired, is left in peace.
//
// The package owns the table warning_act. Its acts are entries of the operation's
// journal with the subject warning/ID, where ID is that of the message.
package warning
