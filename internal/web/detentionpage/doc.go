// Package detentionpage is the room of the legal clock: the clock of a case with
// its deadlines, what happened and what was told to a right holder; the letters
// that belong to it; the clocks that run; and the law and the calendar by which an
// organisation counts.
package detentionpage
