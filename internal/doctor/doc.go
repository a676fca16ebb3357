// Package doctor looks at an instance from outside and says what is well, what is
// not, and what to do.
//
// It writes nothing and makes nothing: a server may run beside it. Each Finding is
// one line: the matter, a level, what was found, and the cure. A Warning is
// something that a careful administrator would change; a Failure is something that
// loses data, opens it to others or keeps the server from starting. Patient names
// what to look at; Look looks. The command tidewaiter doctor prints what it says.
// It asks no question about people, operations or what they wrote.
package doctor
