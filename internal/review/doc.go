// Package review keeps what is said of a reported case by those who answer for
// it: the contact point of its administration, and coordination.
//
// Each reads the case and says that it is checked, or returns it with a reason to
// be corrected. A review is of one version: an amendment afterwards answers a
// return, and makes a check one of an earlier version. Nothing is hidden and
// nothing is counted otherwise because of a review; a return asks, it does not
// take away.
//
// A review is seen by the organisation that reported and by coordination only:
// how often an administration is corrected is nobody else's business. It has an
// audience of its own for that, and makes no version of the case, whose number
// others see.
//
// The package stands above seizure, owns the table review, and appends
// review.check and review.return to the operation's journal.
package review
