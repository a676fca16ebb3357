// Package accountpage shows people their own door: sign-in, home, account.
//
// signin.go lets a person in, keeps what was typed when a session had ended
// (Expired), and switches hat and language. home.go is what waits for the reader
// in each operation. me.go holds preferences, the password and open sessions;
// invitation.go redeems a one-time link. The commands are those of session and
// person. Texts stand in the catalogue areas account, home and web.
package accountpage
