// Package notice tells people what matters to them among all they may read.
//
// It follows every operation's journal: Follow reads what a journal gained since
// the cursor and decides for each reader whether it matters: it is urgent, waits
// for their organisation, answers what they wrote, names their organisation, is a
// document of the library in a new version, fits one of their subscriptions, carries a
// value that their organisation waits for, or is a deadline of a legal clock that they
// keep. Nobody is told of what they did themselves.
// A notice holds the number of a record and a reason, nothing of the record: pages
// and mails look it up again under the person's standing of that moment, and
// whoever may not read it any more has no notice.
//
// People choose how e-mail comes: at most one in fifteen minutes, once a day, or
// none; what is urgent goes at once. An address counts when a code that was sent
// there has come back; it is seen by its owner only and stands in no journal. The
// mail itself is package mail's, and says nothing of any record. Sending is a job
// (package job) of each person.
//
// Notices, subscriptions and addresses are the person's own affairs and change no
// record: they are kept beside the journal, not in it. This package may read
// messages, cases, documents and warnings of clocks by their row functions; nothing below knows of it.
package notice
