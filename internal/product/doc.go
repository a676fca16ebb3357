// Package product keeps product sheets: what a right holder tells customs officers
// so that they see the fake.
//
// A sheet is about one product of a brand: its codes, genuine and fake pictures side
// by side, numbered features that distinguish them, packaging, routes, how to handle
// it and what danger it brings. A right holder, or a representative with its mandate,
// writes a draft that only its own side sees, and publishes it: that makes a version.
// All versions of a sheet have one audience, that of the newest: all customs, chosen
// administrations, or who takes part in chosen operations. Two parts stand apart with
// audiences of their own: makers and traders, and covert features. Covert features are
// given to nobody through the sheet; package inspection opens them to an officer with
// the goods at hand, for a day, and says so in the journal.
//
// A sheet is valid until a day, and is confirmed anew by a verifier of the holder.
// Officers mark what helped and what misled. A sheet that is past its day, was not
// confirmed for a year, or misled more than it helped is stale: it sinks in what is
// found, says so, and asks its holder for a review; it is never hidden.
//
// A code is no proof: what is copied is the code, too. Nothing here ever says genuine.
//
// The package owns the tables product, product_draft, product_version, product_part,
// product_code and product_mark, all of the library, and appends product.save,
// product.publish, product.confirm, product.withdraw, product.part, product.mark and
// product.remind.
package product
