// Package certificate is what the server shows to prove who it is: a TLS
// certificate with its key.
//
// Open reads the files that an administrator, or a client of ACME, puts down; they
// are looked at again once a minute at most, so a new certificate needs no
// restart. Files that cannot be read then leave the old one in use, and the log
// says so. SelfMade makes one for an instance without an authority: people compare
// its fingerprint, which the server prints, by telephone. Config offers TLS 1.3
// only, with HTTP/2. It knows nothing of customs.
package certificate
