// Package holder keeps who right holders are, who speaks for them, and what they own.
//
// A right holder is an organisation on the right-holder side of the library. Before
// it may publish anything it shows who it is (an extract of a register, a document),
// and somebody of the coordinating side checks that: it is vetted, until a day, and
// may be revoked. A mandate is a power of attorney by which a right holder lets a
// representative act for it: for all its brands or some, for all countries or some,
// from a day to a day; it holds once it was checked, and ends when either side or
// coordination revokes it. A representative therefore sees and does, under one
// sign-in, what each of its holders could. Brands are the names on goods; each lists
// the rights that protect it: their kind, number, Nice classes, countries, validity.
//
// The package owns the tables vetting, mandate and brand, all of the library, and
// appends holder.apply, holder.vet, holder.revoke, mandate.grant, mandate.check,
// mandate.revoke, brand.register and brand.amend. Other packages ask Acting for whom
// an actor may act, and May before they write in a holder's name. A right holder
// learns nothing of another: not its name, not that it is there.
package holder
