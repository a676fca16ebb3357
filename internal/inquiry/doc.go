// Package inquiry asks right holders whether goods are genuine or fake.
//
// An officer asks one right holder about one line of goods of a case of the own
// organisation, or, where no sheet was found and there is no case, whichever right
// holders handle such goods. A right holder never reads a case: an inquiry is a record
// of its own, with copies of the fields that the law lets it be told by then, with
// pictures that were written anew, and with a day by which both sides expect an answer.
// Its reference is a UUID. The right holder's expert answers what the goods are, as
// often as it learns more; what the right holder does in law stands apart. Neither
// changes the case: both are shown beside it.
//
// Each inquiry has an audience of its own: who asks, the one right holder and, unless
// the asker said otherwise, coordination. Several right holders are asked by several
// inquiries, and none can tell from its own that there is another. Whoever acts for a
// right holder (package holder) reads and answers as far as the mandate goes. A request
// about goods without a case is kept twice: as its asker wrote it, and once for each
// right holder; the asker sees of the latter those that were answered.
//
// Where the case has a legal clock, asking is also a disclosure (package detention). Time
// reminds, under the name inquiry-clock.
//
// The package owns the table inquiry, in every operation and in the library, and appends
// inquiry.ask, inquiry.withdraw, inquiry.answer, inquiry.reply and inquiry.remind.
package inquiry
