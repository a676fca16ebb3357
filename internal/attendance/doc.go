// Package attendance keeps who was at which session of a workshop, and the
// certificates that follow from it.
//
// A participant is marked by list (the trainer ticks), by code (six characters that
// the trainer shows while the session runs) or by link (the same code in an address,
// or as a QR code on the wall). A mark taken back stays in the journal. Somebody who
// was not confirmed is not marked.
//
// A certificate is given to a participant who was there for as much as the workshop
// asks for. It has a number that cannot be guessed, and is printed as a page. Who attends
// more afterwards is given a new one with a new number, which names the one that it
// replaces. Whoever holds the paper types number and name and is told whether it is
// good, was replaced or revoked, and what is printed on it; an unknown number and
// another name look alike, and tell nothing.
//
// The package owns attendance_code, attendance and certificate, and appends
// attendance.* to the journal.
package attendance
