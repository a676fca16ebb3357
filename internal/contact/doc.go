// Package contact keeps the directory of the library: whom an officer asks about a
// brand, in which country and which language, and whom at an administration.
//
// A contact is a desk, not a person: its name, an e-mail address or a telephone
// number, when somebody answers there. It belongs to an organisation: a right holder,
// for which its representatives may write, too, or an administration, for which its
// contact points do; coordination may write for anybody. Whoever reads the whole
// directory, customs and coordination, tries a contact now and then and notes whether
// somebody answered: an entry that nobody has tried for long, or where nobody answered,
// shows as that. A right holder reads its own entries and those of whom it acts for.
//
// The package owns the table contact, of the library, and appends contact.set,
// contact.drop and contact.test. ForBrand gives what a sheet shows.
package contact
