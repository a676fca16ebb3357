// Package withdrawal takes records back, and knows who had them.
//
// A recalled message stays in its place as "withdrawn, do not use": its
// originator still reads it, nobody else ever again. A case is recalled by
// package seizure, which narrows its audience. What somebody has already read
// cannot be taken out of their heads or their files, so every organisation that
// opened or exported a record before it was taken back (package reading) is told
// so, also when it may not read the record any more, and is asked to confirm that
// it deleted what it had, or to say why it keeps it. The originator and
// coordination see who had what and who has confirmed.
//
// A redaction erases one record's content for good. It takes two: a contact point
// of the originator asks, another person, who directs the operation, accepts
// within a week; either can refuse. Row, place, digest and tree stay, and say what
// was done. While a legal hold stands nothing is erased.
package withdrawal
