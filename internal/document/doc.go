// Package document keeps the library of an operation: its plan, its rules of
// procedure, lists of contacts, risk profiles, information on products, training
// material, lessons learnt.
//
// Who directs or coordinates publishes, and contact points do for their
// organisation. For whom a document is, is decided when it is published, by the
// rule for a message that begins a thread (message.Addressed); for whoever is not
// among its readers it does not exist. A document has versions: each is one file,
// kept by package attachment under the document's audience, with a note of what
// changed. The newest is current, older ones stay readable, and none is ever
// changed. Revising names the version that the writer saw, so that of two who
// revise at once the second is told. Title, kind and readers never change: what
// changes them is another document.
//
// Withdrawing takes a document out of use: its title stays in its place with the
// reason, its files are given to nobody but the organisation that published it.
//
// The package owns the tables document and document_version and appends
// document.publish, document.revise and document.withdraw to the journal.
package document
