// Package task keeps what the coordination asks an administration to do by a day.
//
// The director or a coordinator gives a member a task, and a contact point gives
// one to its own organisation: in words, with the day by which it is due in that
// organisation's calendar. The organisation's contact point names the person who
// owns it. Somebody of the organisation says that it is done, with a note; who
// gave it may drop it and says why. Nothing is deleted: each change is a version
// in the journal, and whoever is slower is told. A task is read by the
// organisation that does it, by the one that gave it, and by coordination.
package task
