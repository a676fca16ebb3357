// Package attendance keeps who was at which session of a workshop, and the
// certificates that follow from it.
//
// A participant is marked by list (the trainer ticks), by code (six characters that
// the trainer shows while the session runs) or by link (the same code in an address,
// or as a QR code on the wall). A mark taken back stays in the journal. Somebody who
// was not confirmed is not marked.
//
// A certificate is given to a participant who was there for as much as the workshop
// asks for. It has a number that cannot be guessed, and is printed as a page; whoever
// holds the paper types number and name and is told whether it is good, and nothing
// more: an unknown number, another name and a revoked certificate each look alike to
// guessing, but a revoked one says so to whoever has both right.
//
// The package owns attendance_code, attendance and certificate, and appends
// attendance.* to the journal.
package attendance
