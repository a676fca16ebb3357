// Package practice lets people practise on the real screens, where nothing is real.
//
// A practice is an operation of kind practice that belongs to a workshop. Its tasks
// (report this seizure, answer this warning, send a nil report, ...) are data with what
// is expected; what a learner does there is done by the commands of every operation and
// judged at once, field by field, by rules. A learner, or the trainer for all, begins
// again. Who leads it is the host of the workshop, with the role for it.
//
// A past operation is replayed in it day by day: copies without names, numbers, pictures
// or right holders, of what its coordination may read and all of enforcement could, too.
// Warnings marked TLP:RED or TLP:AMBER+STRICT, what was for chosen readers, and answers
// to such warnings, are left out, in copies and in counts. Amounts keep two significant
// figures, rounded down, so that no large one leads back to a case.
//
// Nothing of a practice reaches a figure, a search, a notice, a report, an inquiry or a
// right holder's numbers of a real operation.
//
// The package owns practice, practice_task, practice_step and practice_replay, and
// appends practice.* to the journals of the operation and of the practice.
package practice
