// Package backup keeps a whole instance in one file, and makes it again.
//
// Whoever runs the machine makes a backup beside a running server, verifies it
// and restores it; nobody does so through a door. A backup is made in one read
// snapshot, so it is the instance as it was at one moment, with the size and the
// Merkle root of every journal in its first line. Its inner form is lines of
// JSON, the same on both engines: what was made on SQLite restores into
// PostgreSQL and back. Around it stand gzip and age (age-encryption.org/v1), so
// that only who holds an identity reads it.
//
// Which tables there are is asked of the database, so none can be forgotten; a
// short reviewed list says which are left out: sessions, invitations and failed
// sign-ins. Signing keys are not in a backup. Verify restores into a scratch
// SQLite file and compares counts, hash, journals and, when told where, the live
// instance. Restore goes into an empty place only, marks it until every check has
// passed, and enters in the instance's journal what was restored. The form is
// documented in docs/reference/backup.md.
package backup
