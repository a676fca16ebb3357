// Package holderpage is the room of pages about right holders: where each stands,
// what it showed of itself, its mandates, its brands and their rights, and the
// directory of contacts.
package holderpage
