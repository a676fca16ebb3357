// Package inspectpage is the room of covert features: an officer says which goods are
// at hand, and reads them for a day, under the own mark.
package inspectpage
