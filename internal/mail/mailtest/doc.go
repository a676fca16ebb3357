// Package mailtest is a relay for tests: an SMTP server on loopback that takes
// letters, over TLS or without, and keeps every byte that came, so that a test can
// search it for what must not leave the house. It can be told to refuse, to hang,
// and to say something in a language of relays that repeats addresses.
package mailtest
