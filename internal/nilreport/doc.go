// Package nilreport keeps what an administration says when it has nothing to
// report.
//
// Zero is not silence: a country that controlled three hundred parcels and found
// nothing has done its work, and one that says nothing may have lost its line. So
// an officer or a contact point says for a local day of the operational phase
// "nothing to report", with the number of controls done where it is known. There
// is one for each organisation and day. A second one amends it, a mistaken one is
// withdrawn; both are versions in the journal, and whoever is slower is told. On a
// day with cases it is effort, not silence. It is read by its own organisation and
// by coordination. Who is silent is the business of package coverage.
package nilreport
