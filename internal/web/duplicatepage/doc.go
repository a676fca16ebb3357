// Package duplicatepage is the room of the web door in which coordination settles
// which cases were reported twice: the hints that are open, and two cases side by
// side, to say that they are one or that they are not.
package duplicatepage
