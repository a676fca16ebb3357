// Package practicepage is the room of exercises: the tasks of a workshop's practice,
// what is said of them, how far people are, and the replay of a past operation.
//
// What tasks rest on, and the copies of a replay, are written here through the commands
// that everybody has, by whoever leads; their ids follow from what they are for, so that
// a page that is sent twice writes nothing twice.
package practicepage
