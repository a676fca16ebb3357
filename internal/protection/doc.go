// Package protection answers whether a brand is protected in a country, and what
// customs may do about it there: the first line of every product sheet.
//
// Three things make the answer. The rights of a brand stand with it (package
// holder). A measure says what an administration may do at its border: for which
// rights, in which directions, on its own or not; the administration's contact
// point sets it, in versions, perhaps from a legal profile that comes with the
// program, and then says whether anybody has compared that with the law. An
// application for action is what a right holder asked of an administration: filed
// by the holder's side or entered by the administration, which alone accepts,
// refuses or suspends it.
//
// An application is read by the holder's side, by customs of the countries that it
// names, and by coordination; by all customs where whoever filed it wants that. A
// right holder learns of no measure: that would tell which administrations are here.
// Where nobody has set a measure, the answer is "unknown", never "no".
//
// The package owns the tables measure and application, of the library, and appends
// measure.set, application.file and application.amend.
package protection
