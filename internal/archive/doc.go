// Package archive takes a whole operation out of the house and puts it into another.
//
// An archive is a file in an open, documented form (docs/reference/operation-file.md):
// a zip of one form only with lines of JSON for every record, the journal with its
// contents and salts, the files of attachments, a signed checkpoint, the key, and a
// manifest that names every part and is sealed. Which tables hold rows of the
// operation is asked of the database, so none can be forgotten; a reviewed list says
// what is left out, and why. The directing body's director makes it, and that is an
// entry of the operation's journal: what it holds is everything.
//
// Whoever holds the file can check it, and make the figures of every version and
// edition of its report again (CheckReport), offline, trusting nobody. Another
// instance takes it in whole or not at all, on either engine, after it was put
// together and verified in a scratch database. The package owns no table.
package archive
