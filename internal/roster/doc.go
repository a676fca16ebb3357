// Package roster keeps who is on duty.
//
// The contact point of a member that coordinates or controls goods plans the
// shifts of its people: who, from when to when, and the telephone by which that
// person is reached. Moments are kept in UTC and shown in the organisation's own
// time as well. Who is on duty now, and how to reach them, is operational
// information for all of coordination and enforcement, and for nobody else. At the
// end of a shift the officer writes a note for the next one, which only the own
// organisation reads; the next officer confirms having read it. A shift that ends
// before it begins, or that puts one person in two places, is refused; shifts that
// overlap otherwise, and hours that nobody covers, are told. All of it is in the
// journal.
package roster
