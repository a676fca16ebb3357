// Package operationpage shows an operation itself.
//
// overview.go and overview_list.go are its figures and what waits, results.go the
// same figures as a file; people.go says who takes part, invites, accepts, ends
// memberships and gives roles; journal.go is what happened, entry by entry. The
// commands are those of operation and results. Texts stand in the catalogue areas
// overview, people and journalpage.
package operationpage
