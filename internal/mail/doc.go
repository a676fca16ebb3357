// Package mail sends what may leave the house by e-mail: that there is something
// new, and nothing of it.
//
// A Letter holds an address, a language and one of three kinds; the words come
// from the catalogue, area mail, and beside them stand only the address of the
// instance and, where an address is to be proven, a code. So no operation, no
// organisation, no number and no word that anybody wrote can reach a relay: there
// is no field for it. Letters are plain text; they load nothing and report
// nothing.
//
// A Sender speaks to one relay (SMTP) over TLS, at once or after STARTTLS;
// without TLS only to this machine. Its errors name a reason, never an address:
// they may be logged.
package mail
