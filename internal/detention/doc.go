// Package detention keeps the legal clock of held goods: by which law and calendar
// an organisation counts, what happened since the goods were detained, which
// deadlines run, and what was told to a right holder.
//
// An organisation's contact point says by which profile (package legal) and
// calendar it counts; a version is in force once somebody else of the organisation
// has checked it, and every version is kept. Its people start the clock of one of
// their reported cases and enter what happens, each with its local day; what is
// entered again corrects, and both stay. Deadlines are never stored: they are
// counted afresh from the events, by the profile with which the clock began and
// the calendar in force. A clock warns. It never releases anything, and ends only
// when somebody ends it.
//
// A clock is seen by the organisation whose case it is, and by coordination, which
// reads only. For everybody else there is none. Time warns, under the name
// legal-clock, before a deadline ends and after it has; package notice tells the
// contact point and who started the clock.
//
// A disclosure is the only way in which what a case says goes to a right holder: an
// act with request, basis, purpose, officer and addressee, allowed by the profile
// at that stage, holding a copy of exactly what was told. Nothing is sent. Names of
// people and firms are not kept here; the act says that they were told.
//
// The package owns the tables detention_*.
package detention
