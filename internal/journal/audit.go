package journal

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// AuditPage is how many rows an audit holds at once.
const AuditPage = 1000

// maxFindings bounds what an audit remembers; it goes on counting.
const maxFindings = 1000

// NoEntry stands in a finding that belongs to no entry.
const NoEntry int64 = -1

// Finding is one thing that is not as the journal says. It names columns and
// keys, never content.
type Finding struct {
	Journal string `json:"journal"` // the operation's code, or instance
	Entry   int64  `json:"entry"`   // index of the entry; NoEntry: none
	Table   string `json:"table"`
	Key     string `json:"key,omitempty"` // of the row
	What    string `json:"what"`
}

// String is the finding in one line.
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.Journal)
	if f.Entry != NoEntry {
		fmt.Fprintf(&b, ", entry %d", f.Entry)
	}
	fmt.Fprintf(&b, ": %s", f.Table)
	if f.Key != "" {
		fmt.Fprintf(&b, " %s", f.Key)
	}
	return b.String() + ": " + f.What
}

// Act is an entry with what it did, as far as that is still there and is what
// the entry's digest promised.
type Act struct {
	Entry
	Erased        bool // the content is not there, or is not what the digest promised
	Before, After json.RawMessage
	With          map[string]string
}

// Audit holds one journal, and the rows that rest on it, against each other. It
// remembers a byte an entry and nothing of their content.
type Audit struct {
	Operation int64
	Code      string
	Size      int64 // entries that the journal says it has
	Entries   int64 // found
	Contents  int64 // found, and as promised
	Erased    int64 // entries without content
	Redacted  int64 // of these, erased as an entry says
	By        int64 // the last entry that says so
	FirstGone int64 // the first of them
	Rows      map[string]int64
	Roots     map[int64]tlog.Hash // of the sizes in Marks, from the entries themselves
	Leaves    map[int64]tlog.Hash // of the indexes in Points
	Findings  []Finding
	More      int64 // findings beyond those that are remembered

	// Set before Walk: sizes and indexes that somebody has a checkpoint or a receipt of.
	Marks  map[int64]bool
	Points map[int64]bool
	Sought map[tlog.Hash]bool // leaves of receipts that name no index; true once seen

	// Set by the replay of audiences, which wants to know which are used; nil: nobody does.
	Audiences func(seq, number int64, value string)
	// Set before Walk by whoever has the files; nil: nobody wants to see them.
	Files func(File)

	tables []string // what an entry may owe a row in; owed holds 1 + place here
	owed   []byte
	walk   walk

	gone    []int64         // entries without content
	excused map[int64]int64 // contents that an entry erased, by whose index
}

// File is a file that a row names, which is right.
type File struct {
	Seq    int64 // number of the row
	Blob   string
	Size   int64 // bytes
	SHA256 string
}

// paid marks an entry whose row was found.
const paid = 1 << 7

// Found notes a finding about this journal.
func (a *Audit) Found(entry int64, table, key, what string, args ...any) {
	if len(a.Findings) >= maxFindings {
		a.More++
		return
	}
	a.Findings = append(a.Findings, Finding{Journal: a.Code, Entry: entry, Table: table, Key: key, What: fmt.Sprintf(what, args...)})
}

// Compared counts a row that was held against its entry.
func (a *Audit) Compared(table string) {
	if a.Rows == nil {
		a.Rows = map[string]int64{}
	}
	a.Rows[table]++
}

// Differs notes the columns in which a row is not what its entry says; none: it
// is right.
func (a *Audit) Differs(entry int64, table, key string, columns []string) {
	if len(columns) > 0 {
		a.Found(entry, table, key, "not what the entry says in: %s", strings.Join(columns, ", "))
	}
}

// Used says that an entry used an audience; value is empty where the entry does not
// tell it.
func (a *Audit) Used(seq, number int64, value string) {
	if a.Audiences != nil {
		a.Audiences(seq, number, value)
	}
}

// Owe notes that an entry made one row of a table.
func (a *Audit) Owe(seq int64, table string) {
	place := slices.Index(a.tables, table)
	if place < 0 {
		place = len(a.tables)
		a.tables = append(a.tables, table)
	}
	if seq >= 0 && seq < int64(len(a.owed)) {
		a.owed[seq] = byte(place + 1)
	}
}

// Pay notes that the row an entry made was found. False: no such row is owed, or
// another one was found before.
func (a *Audit) Pay(seq int64, table string) bool {
	if seq < 0 || seq >= int64(len(a.owed)) {
		return false
	}
	owed := a.owed[seq]
	if owed == 0 || owed&paid != 0 || a.tables[owed-1] != table {
		return false
	}
	a.owed[seq] = owed | paid
	return true
}

// Settle notes every row that is still owed: it was dropped.
func (a *Audit) Settle() {
	for seq, owed := range a.owed {
		if owed != 0 && owed&paid == 0 {
			a.Found(int64(seq), a.tables[owed-1], "", "the row that this entry made is missing")
		}
	}
}

// Acts gives some entries with their content, by index.
func (a *Audit) Acts(tx *db.Tx, seqs []int64) (map[int64]Act, error) {
	out := make(map[int64]Act, len(seqs))
	for part := range slices.Chunk(seqs, AuditPage) {
		entries, err := db.All(tx, selectThese, scanEntry, a.Operation, db.List(part))
		if err != nil {
			return nil, err
		}
		contents, err := db.All(tx, selectTheseContents, scanContent, a.Operation, db.List(part))
		if err != nil {
			return nil, err
		}
		stored := make(map[int64]Stored, len(contents))
		for _, c := range contents {
			stored[c.seq] = c.Stored
		}
		for _, e := range entries {
			s, ok := stored[e.Seq]
			out[e.Seq] = act(e, s, ok)
		}
	}
	return out, nil
}

// act opens the content of an entry. What is not as promised is as good as none:
// Walk says so once.
func act(e Entry, s Stored, there bool) Act {
	a := Act{Entry: e, Erased: true}
	if !there || !e.Matches(s) {
		return a
	}
	var c struct {
		Before, After json.RawMessage
		With          map[string]string
	}
	if json.Unmarshal([]byte(s.Content), &c) != nil {
		return a
	}
	a.Erased, a.Before, a.After, a.With = false, c.Before, c.After, c.With
	return a
}
