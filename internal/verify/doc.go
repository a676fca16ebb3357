// Package verify holds what stands against what was written down, for whoever
// trusts nobody: a database, an export, a receipt, two checkpoints.
//
// It works offline, changes nothing and asks no permission: whoever holds the
// files may look at them. Database walks every journal from its first entry,
// recomputes the tree, and has each package compare its own rows with the
// entries that made them, in both directions: a row without an entry was
// invented, an entry without its row was dropped. Export does the same for a
// file of entries. A Report says what was checked, in numbers; what was found,
// naming the journal, the entry, the table and the row, never content; and what
// could not be promised with the keys and the papers that were given.
package verify
