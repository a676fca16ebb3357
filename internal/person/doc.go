// Package person keeps the people who sign in, and the hats they wear.
//
// A person has one sign-in and may act for several organisations: each of these
// is a hat, with a position and perhaps a standing as contact point. Hats are
// switched plainly and never merged: whoever acts wears exactly one. People are
// registered by the administrator of the instance or by a contact point of their
// own organisation, and get their first password through a one-time link. What
// concerns the whole person (name, password, suspension) is a contact point's
// business only while all the person's hats are of the own organisation: a
// link to a colleague's account must not open another administration's door.
//
// Passwords are hashed (argon2id), links are stored as SHA-256; neither ever
// stands in a journal. Changes are journalled in the instance's journal. The
// number of password failures of a login is kept here, because both signing in
// and changing a password count them. Hashing happens outside units of work.
// A raised epoch ends every session of the person (see package session).
package person
