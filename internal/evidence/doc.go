// Package evidence takes one case out of the house, so that somebody who has never
// seen the server can check it.
//
// A bundle is a file (a zip of one form only) with the case in all its versions,
// its photos and documents, the journal's entries on them with salts, contents and
// proofs, a signed checkpoint, the key, and a manifest that names every part with
// its digest and is sealed by the instance. Where a picture is not kept as it came
// the manifest says so. The organisation that reported the case makes it, for a
// purpose; that it was made is an entry of the journal, and stands in the bundle.
// What came of another organisation's warning that is marked for few waits for
// that organisation's consent, which is recorded with it.
//
// Check reads such a file, which may be hostile, and says what it found: every
// byte of it is covered. Custody is the same history as a page. The package has no
// tables: what it says stands in the journal. Docs: reference/bundle.md, decision 40.
package evidence
