// Package server builds everything in order: database, journal, stores, doors.
// It is the only room that imports all others.
//
// An App is one opened data directory; several processes may open the same one,
// the server and the command line. Open brings the schema up to date; Serve
// answers requests until its context ends and does the housekeeping beside it:
// releases that fall due, sessions that have ended.
package server
