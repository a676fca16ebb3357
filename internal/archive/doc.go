// Package archive takes a whole operation out of the house and puts it into another.
//
// An archive is a file in an open, documented form: lines of JSON for every record,
// the files of attachments, the journal with its contents, salts, a signed checkpoint
// and the key. Whoever holds it can check it, and make the figures of every edition of
// its report again (CheckReport), offline, trusting nobody. Another instance takes it
// in whole or not at all, on either engine. The package owns no table.
package archive
