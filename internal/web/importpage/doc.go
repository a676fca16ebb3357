// Package importpage is the room of sheets: hand one in, see how it is read and
// what would become of its rows, correct that, import it, and get it back with
// what was refused; templates to fill in; and cases as a file.
//
// Everything works without scripts. While an import runs the page asks for itself
// again every few seconds; it shows what the store knows, so it survives a reload
// and a restart.
package importpage
