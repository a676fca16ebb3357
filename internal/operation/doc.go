// Package operation keeps operations: closed user groups with a calendar.
//
// Everything an officer sees belongs to one operation. A directing body opens it; its director invites
// organisations, each on a side; a contact point of the invited organisation accepts, and with that the handling
// conditions in their version: it always takes two people. Membership runs from one exact moment to another, and a
// person acts through the organisation's membership in roles that hold in this operation only.
//
// Enter is the gate of every command on an operation: it tells where an actor stands, or that for him the operation
// does not exist. The package tells package audience who joined and left. Standing groups (the library) and practice
// operations are operations of another kind; every query that lists operations names the kinds it means. The
// counting rule, in words and as data, belongs to the operation; package seizure applies it.
package operation
