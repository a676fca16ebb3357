// Package audience says which organisations may read a thing.
//
// An audience is a value: a set of sides and of organisations, the originator
// always among them, decided when a thing is written. Equal values are one row
// of the operation (interned), and things carry its number. Who reads an
// audience is kept true by membership: package operation tells who joined on
// which side and who left, at an exact moment.
//
// A list, a single read, a count, a chart, a live event, an export all ask the
// same table: Readable gives the audiences that an organisation may read now,
// and the query restricts by that list. It never asks row by row: that is slow,
// and its time would betray what is hidden. Which of the organisation's people
// may read is decided by their role, in package access.
package audience
