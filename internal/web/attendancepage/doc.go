// Package attendancepage is the room of pages about who was at a workshop: the sheet,
// the list of a session with its code, the page on which a participant says "I am
// here", certificates as they are printed, and the page, open to everybody, that tells
// whether a certificate is good.
package attendancepage
