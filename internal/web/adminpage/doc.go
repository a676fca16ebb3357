// Package adminpage shows what keeps an installation: organisations, people,
// new operations.
//
// admin.go is the register of organisations, person.go that of people with their
// hats and one-time links, opening.go the form that opens an operation. Who may
// is decided by the commands of organisation, person and operation: a contact
// point finds its own body here, an administrator all of them. A form that
// somebody else was faster with shows both versions. Texts stand in the catalogue
// area admin.
package adminpage
