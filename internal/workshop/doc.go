// Package workshop keeps the workshops around an operation: the Train-the-Trainer
// before it, the Follow-up after it, debriefings, and national ones.
//
// Coordination (a director, coordinator or trainer) plans a workshop and says for
// whom it is; a trainer of an administration plans a national one for its own people,
// and needs nobody of coordination for it. It has days in a time zone, a place or an address on the net,
// an agenda of sessions with speakers, and is called. Who comes, and on how many
// places, stands in participant; nomination is how people are named and confirmed.
//
// A session whose speaker comes from a right holder is for the administrations,
// coordination and that right holder: to any other right holder it does not exist,
// nor do counts that would betray it. Who takes part is known to the host and
// coordination of all, to an administration of its own people.
//
// Materials are documents of the operation's library, lessons and practices, named
// by a workshop; each keeps its own readers, and what one may not read is not listed.
//
// The package owns workshop, workshop_session and workshop_material, and appends
// workshop.plan, amend, invite, cancel and supply to the journal. Calendar files and
// letters of invitation are made from rows by rules; they hold nothing of their own.
package workshop
