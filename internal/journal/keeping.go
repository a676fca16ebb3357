package journal

import (
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Keeping is what a package says of the tables that it keeps, in its function
// Tables and nowhere else: verify, archive and backup draw from it. A package whose
// entries make no row says so here, too.
type Keeping struct {
	Tables []Table
	// Instance and Operation begin a replay at an empty journal: the instance's own, or
	// that of an operation, before it is walked. Nil: none of its entries stand there.
	Instance, Operation func(a *Audit) Replay
	// Last: other packages tell its replay what should stand while they check, so it is
	// checked after them.
	Last bool
}

// Table is what is said of one table. What is left out is as usual: an entry of an
// operation's journal says what a row is, the row leaves with its operation, and a
// backup has it.
type Table struct {
	Name     string
	Instance bool   // entries of the instance's own journal say what its rows are
	Unsaid   string // why no entry says what its rows are
	Of       string // the column with the number of the operation that a row belongs to; empty: "operation"
	Leaves   Leaving
	Stays    string // why no row of it leaves with an operation
	Unsaved  string // why it is in no backup
}

// Leaving is how rows leave with their operation, where they do.
type Leaving int

// How rows leave.
const (
	AsRows    Leaving = iota // all that belong to the operation
	AsEntries                // with the entries of its journal
	InPart                   // those that it names, with nothing that signs in
)

// Column is the column by which rows belong to an operation.
func (t Table) Column() string {
	if t.Of != "" {
		return t.Of
	}
	return "operation"
}

// Replay follows the entries of a journal and knows which rows of a package should
// stand.
type Replay interface {
	// Take takes the next entry; false: its verb is another's.
	Take(a *Audit, act Act) bool
	// Check holds the rows against what was taken.
	Check(tx *db.Tx, a *Audit) error
}

// Looker is a replay that sees every entry, before anybody takes it.
type Looker interface {
	Look(a *Audit, act Act)
}

// Replays are several as one; the first that takes an entry has it.
type Replays []Replay

// Look shows an entry to those that see every one.
func (r Replays) Look(a *Audit, act Act) {
	for _, one := range r {
		if l, ok := one.(Looker); ok {
			l.Look(a, act)
		}
	}
}

// Take takes the next entry; false: its verb is another's.
func (r Replays) Take(a *Audit, act Act) bool {
	return slices.ContainsFunc(r, func(one Replay) bool { return one.Take(a, act) })
}

// Check holds the rows of each against what it took.
func (r Replays) Check(tx *db.Tx, a *Audit) error {
	for _, one := range r {
		if err := one.Check(tx, a); err != nil {
			return err
		}
	}
	return nil
}

// Rowless takes the entries of some verbs, that make no row.
type Rowless func(verb string) bool

// Take takes the next entry; false: its verb is another's.
func (r Rowless) Take(_ *Audit, act Act) bool { return r(act.Verb) }

// Check has nothing to hold.
func (Rowless) Check(*db.Tx, *Audit) error { return nil }

// Strays notes rows of operations that do not exist, in every table whose rows
// belong to operations by what entries say. known are their numbers and 0.
func Strays(tx *db.Tx, a *Audit, known db.List, tables []Table) error {
	for _, t := range tables {
		if t.Instance || t.Unsaid != "" {
			continue
		}
		all, err := db.CountOthers(tx, t.Name, t.Column(), known)
		if err != nil {
			return err
		}
		for _, r := range all {
			a.Found(NoEntry, t.Name, fmt.Sprintf("operation %d", r.Number(0)), "%d rows of an operation that does not exist", r.Number(1))
		}
	}
	return nil
}

// Tables are the journal's own: Walk holds them against each other.
func Tables() Keeping {
	return Keeping{Tables: []Table{
		{Name: "journal", Leaves: AsEntries},
		{Name: "journal_head", Leaves: AsEntries},
		{Name: "journal_content", Leaves: AsEntries},
		{Name: "journal_hash", Leaves: AsEntries},
		{Name: "checkpoint", Stays: "signed by this instance for itself; the file has one of its own"},
	}}
}
