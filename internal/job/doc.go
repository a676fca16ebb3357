// Package job is work that happens later: a mail, a reminder.
//
// A job is named by its kind and its subject, and is nothing more: it carries no
// content. Whoever does it looks up afresh what it is about, and whether it is
// still to be done. Put asks for it inside the unit of work that is the reason
// for it, so both are stored or neither; asking again is the same job, at the
// earlier of the two moments. Drop takes it back.
//
// A Queue does what falls due, on every process that runs one. To begin, a
// process takes a lease; while the lease holds nobody else begins. A process that
// died gives it up by the lease's end, so a job is begun at least once and its
// doer must stand a repeat. A process that was only slow may wake after its lease
// has ended: what it then writes must call Held first, in the same unit, which
// tells by the fencing number that somebody else is at it.
//
// A doer answers nil (done: the job is gone, unless somebody asked for it again
// meanwhile), At (not now: again at that moment), or an error (again after a
// pause that doubles). There is no last attempt: a doer that wants to give up
// after Job.Attempts answers nil.
package job
