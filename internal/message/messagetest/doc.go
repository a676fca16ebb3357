// Package messagetest is the world that tests of messages share, and of what follows
// from them: warnings, notices, live pages. A test embeds World, fills it with Seven
// or Four, adds its own stores, and writes as each of its people. For tests only.
package messagetest
