// Package inspection opens the covert features of a product sheet to an officer who
// has the goods at hand.
//
// Covert features are given to nobody through the sheet. An officer of customs says
// which goods: a reported case of the own organisation, or a number under which the
// goods travel and the place where they are. That is journalled, and for a day this
// one person, nobody else of the organisation either, reads the features. Every
// reading is noted; words and pictures carry the reader's mark, which says who read
// them and when: pictures are drawn anew with it for each reader.
//
// The entry is for the officer's organisation and for coordination of the library.
// The holder learns how often its features were opened, never for which goods. A
// case is kept by its numbers alone: who may not read it learns nothing from them.
// The operation of the case is only read; its journal is never taken.
//
// The package owns the table inspection, of the library, and appends product.inspect.
package inspection
