// Package session keeps who is signed in, and under which hat.
//
// A session begins with a password, in a demonstration by choosing a persona,
// and holds one person and one hat; another hat is switched to, never added. Its
// token is 256 random bits, of which only the SHA-256 is stored. It ends when its
// owner ends it, when nothing was asked for a while (idle), after a fixed time
// (absolute), when the hat ends, and when the person is suspended or gets a new
// password (the person's epoch): Resolve looks at all of them on every request.
//
// Signing in answers the same, after the same work, for people who do not exist.
// Tries are counted before they are compared. Signing in, switching and ending
// are journalled in the instance's journal; the time at which a session was last
// seen, the count of failures and the removal of dead rows are housekeeping.
// Sessions use the machine's clock, even where the rest runs on a story's.
package session
