// Package quarantine keeps what was refused because its id was taken.
//
// Systems outside send a record until it arrives. When one of them sends other
// content under an id that exists, nothing is overwritten and the sender is told
// so; but what came may be a correction, a second officer's find, or a broken
// client, and somebody must look. So the content is kept here, seen by the
// contact points of the organisation that sent it and by nobody else, until one
// of them has dealt with it. Keeping and closing are acts in the operation's
// journal. The same content again is kept once; what one organisation may keep
// is bounded.
package quarantine
