// Package icalendar writes files for calendars (RFC 5545).
//
// It knows nothing of what happens: an event has an identifier that stays, a version
// that grows, a beginning and an end, and texts. Moments are written in universal time,
// so that the rules of a zone, which change, are the reader's own; days are days
// wherever they are read. A file is the same bytes whenever it is made of the same
// events.
package icalendar
