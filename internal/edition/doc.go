// Package edition makes of a frozen version what is for whom: the edition for
// enforcement, one for each right holder, one for the public, and the press release.
//
// An edition takes the sections meant for it, and figures. For the public and for
// right holders small cells are suppressed (package suppress) against everything
// that was issued before, so that no difference between editions or versions gives
// one away. Issuing keeps the edition whole as an entry of the journal: what was
// given out can be shown later, and is made again offline by whoever trusts nobody.
// Nothing goes out under an embargo. The press release is written from the frozen
// figures in each language, may be edited, and every number in it is checked.
//
// The package owns the tables edition and press_release. How an edition becomes a
// file is package rendition.
package edition
