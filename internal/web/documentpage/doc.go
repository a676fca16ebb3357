// Package documentpage is the room of pages about the library: the list, a document
// with its versions, and the forms that publish, revise and withdraw one.
package documentpage
