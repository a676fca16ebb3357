package journal

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Head is one journal as a whole: how many entries, and the root over them.
type Head struct {
	Operation int64  `json:"operation"`
	Size      int64  `json:"size"`
	Root      string `json:"root"` // RFC 6962, Base64; of an empty journal the hash of nothing
}

var (
	selectHeads   = db.Statement(`select operation, size from journal_head order by operation`)
	selectForward = db.Statement(`select ` + entryColumns + ` from journal where operation = $1 and seq >= $2 order by seq limit $3`)
	selectSalted  = db.Statement(`select seq, salt, content from journal_content where operation = $1 and seq >= $2 and seq < $3`)
)

// HeadAt gives the head over the first entries of a journal, from the hashes
// that are stored. The journal must have that many.
func HeadAt(tx *db.Tx, operation, size int64) (Head, error) {
	t := Head{Operation: operation, Size: size}
	now, err := Size(tx, operation)
	if err != nil {
		return t, err
	}
	if size < 0 || size > now {
		return t, fmt.Errorf("journal: %d has %d entries, not %d", operation, now, size)
	}
	root, err := tlog.TreeHash(size, hashReader(tx, operation, map[int64]tlog.Hash{}))
	t.Root = root.String()
	return t, err
}

// Heads gives that of every journal as it is now, the instance's own first.
func Heads(tx *db.Tx) ([]Head, error) {
	heads, err := db.All(tx, selectHeads, func(row db.Scanner) (Head, error) {
		var t Head
		err := row.Scan(&t.Operation, &t.Size)
		return t, err
	})
	for i, t := range heads {
		if err == nil {
			heads[i], err = HeadAt(tx, t.Operation, t.Size)
		}
	}
	return heads, err
}

// page is how many entries are held in memory at once while a tree is made anew.
const page = 2000

// Rebuild makes the head of a journal anew from its entries alone, and looks
// whether each content that is still there is what its entry promised. The error
// names the first entry that does not fit.
func Rebuild(tx *db.Tx, operation int64) (Head, error) {
	t := Head{Operation: operation}
	var peaks []tlog.Hash // of the perfect trees on the left, largest first
	for {
		entries, err := db.All(tx, selectForward, scanEntry, operation, t.Size, page)
		if err != nil {
			return t, err
		}
		for _, e := range entries {
			if e.Seq != t.Size {
				return t, fmt.Errorf("journal: entry %d of %d is missing", t.Size, operation)
			}
			peaks = grow(peaks, e.Seq, tlog.RecordHash(e.Leaf()))
			t.Size++
		}
		if err := promised(tx, operation, entries); err != nil {
			return t, err
		}
		if len(entries) < page {
			t.Root = top(peaks).String()
			return t, nil
		}
	}
}

// grow adds a leaf to the perfect trees over the leaves before it.
func grow(peaks []tlog.Hash, seq int64, leaf tlog.Hash) []tlog.Hash {
	for ; seq&1 == 1; seq >>= 1 {
		leaf = tlog.NodeHash(peaks[len(peaks)-1], leaf)
		peaks = peaks[:len(peaks)-1]
	}
	return append(peaks, leaf)
}

func top(peaks []tlog.Hash) tlog.Hash {
	if len(peaks) == 0 {
		root, _ := tlog.TreeHash(0, nil)
		return root
	}
	root := peaks[len(peaks)-1]
	for i := len(peaks) - 2; i >= 0; i-- {
		root = tlog.NodeHash(peaks[i], root)
	}
	return root
}

// promised checks the contents of entries that follow each other.
func promised(tx *db.Tx, operation int64, entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	first := entries[0].Seq
	type salted struct {
		seq int64
		Stored
	}
	contents, err := db.All(tx, selectSalted, func(row db.Scanner) (salted, error) {
		var s salted
		err := row.Scan(&s.seq, &s.Salt, &s.Content)
		return s, err
	}, operation, first, first+int64(len(entries)))
	if err != nil {
		return err
	}
	for _, s := range contents {
		if !entries[s.seq-first].Matches(s.Stored) {
			return fmt.Errorf("journal: the content of entry %d of %d is not what the entry promised", s.seq, operation)
		}
	}
	return nil
}
