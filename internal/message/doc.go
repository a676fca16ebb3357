// Package message keeps what members of an operation tell each other: general
// messages, warnings, and the feedback to warnings.
//
// A warning profiles a shipment that should be controlled, and asks the
// organisations it is addressed to for an answer by a time. A feedback says, as
// a code, what customs did about one warning. A general message says anything.
// Any message can be answered; a message and everything that answers it is a
// thread, which has the number of its first message.
//
// For whom a message is, is decided when it is written (package audience); a
// list, a single read and a count restrict by the audiences that the reader's
// organisation may read now. An answer never reaches an organisation that does
// not read what it answers, for it may quote it. There is one exception: a
// feedback may add coordination, so that the ledger of outcomes can be complete
// without betraying the warning's text. An answer always reaches whom it answers.
//
// Right holders and observers write general messages; warnings and feedback belong
// to who controls goods. They learn from no message who
// else takes part.
//
// The package owns the table message, appends message.send and message.answer
// to the operation's journal, and touches other packages' rows only through
// their functions.
package message
