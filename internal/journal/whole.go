package journal

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Whole is an entry with its content as a line of the file of a whole operation
// (docs/reference/operation-file.md).
type Whole struct {
	Seq          int64  `json:"seq"`
	At           int64  `json:"at"` // microseconds since 1970, UTC
	Actor        string `json:"actor"`
	Organisation int64  `json:"organisation"`
	Verb         string `json:"verb"`
	Subject      string `json:"subject"`
	Audience     int64  `json:"audience"`
	Digest       string `json:"digest"`
	Salt         string `json:"salt,omitempty"`
	Content      string `json:"content,omitempty"`
	Erased       bool   `json:"erased,omitempty"`
}

// Entry is the entry of the line, in the journal of an operation.
func (w Whole) Entry(operation int64) Entry {
	return Entry{Operation: operation, Seq: w.Seq, At: time.UnixMicro(w.At).UTC(), Actor: w.Actor, Organisation: w.Organisation,
		Verb: w.Verb, Subject: w.Subject, Audience: w.Audience, Digest: w.Digest}
}

// Stored is the salt and the content of the line.
func (w Whole) Stored() Stored { return Stored{Salt: w.Salt, Content: w.Content} }

// Act is what the entry of the line did; content that is not as promised is as
// good as none.
func (w Whole) Act(operation int64) Act { return act(w.Entry(operation), w.Stored(), !w.Erased) }

// EachWhole gives the first entries of a journal with their contents, in order, and
// the root over them made anew. A journal in which one is missing, or that is not
// what its hashes say, ends in ErrTampered.
func EachWhole(tx *db.Tx, operation, size int64, each func(Whole) error) (Head, error) {
	var tree Tree
	for tree.Size() < size {
		from := tree.Size()
		entries, err := db.All(tx, selectSpan, scanEntry, operation, from, min(AuditPage, size-from))
		if err != nil {
			return Head{}, err
		}
		stored, err := storedSpan(tx, operation, from, from+AuditPage-1)
		if err != nil {
			return Head{}, err
		}
		if len(entries) == 0 {
			return Head{}, fmt.Errorf("journal: entry %d: %w", from, ErrTampered)
		}
		for _, e := range entries {
			s, there := stored[e.Seq]
			if e.Seq != tree.Size() || there && !e.Matches(s) {
				return Head{}, fmt.Errorf("journal: entry %d: %w", tree.Size(), ErrTampered)
			}
			tree.Append(e)
			if err := each(Whole{e.Seq, e.At.UnixMicro(), e.Actor, e.Organisation, e.Verb, e.Subject, e.Audience, e.Digest,
				s.Salt, s.Content, !there}); err != nil {
				return Head{}, err
			}
		}
	}
	h := Head{Operation: operation, Size: size, Root: tree.Root().String()}
	if root, err := Root(tx, operation, size); err != nil || root != tree.Root() {
		return h, errors.Join(ErrTampered, err)
	}
	return h, nil
}

func storedSpan(tx *db.Tx, operation, from, to int64) (map[int64]Stored, error) {
	contents, err := db.All(tx, selectContentSpan, scanContent, operation, from, to)
	out := make(map[int64]Stored, len(contents))
	for _, c := range contents {
		out[c.seq] = c.Stored
	}
	return out, err
}

// Append puts in an entry and gives the hashes that it completes.
func (t *Tree) Append(e Entry) []tlog.Hash { return t.Add(tlog.RecordHash(e.Leaf())) }

// Adopting is a journal on its way in, that another instance has written.
type Adopting struct {
	tx        *db.Tx
	into      *db.Loader
	operation int64
	tree      Tree
	rows      map[string][][]any
}

// adopted are the tables of a journal with their columns.
var adopted = map[string][]string{
	"journal":         {"operation", "seq", "at", "actor", "organisation", "verb", "subject", "audience", "digest"},
	"journal_content": {"operation", "seq", "salt", "content"},
	"journal_hash":    {"operation", "idx", "hash"},
}

// Adopt begins to put a whole journal in: its entries in order, each with its
// content. The operation must have no journal.
func Adopt(tx *db.Tx, into *db.Loader, operation int64) (*Adopting, error) {
	if err := Start(tx, operation); err != nil {
		return nil, err
	}
	if size, err := Size(tx, operation); err != nil || size != 0 {
		return nil, errors.Join(fmt.Errorf("journal: %d has %d entries already", operation, size), err)
	}
	return &Adopting{tx: tx, into: into, operation: operation, rows: map[string][][]any{}}, nil
}

// Done puts the rest in and gives what the journal is now.
func (a *Adopting) Done() (Head, error) {
	if err := a.flush(0); err != nil {
		return Head{}, err
	}
	_, err := a.tx.Exec(setHead, a.operation, a.tree.Size())
	return Head{Operation: a.operation, Size: a.tree.Size(), Root: a.tree.Root().String()}, err
}

// Take takes the next entry.
func (a *Adopting) Take(w Whole) error {
	e := w.Entry(a.operation)
	if e.Seq != a.tree.Size() || !w.Erased && !e.Matches(w.Stored()) {
		return fmt.Errorf("journal: entry %d: %w", a.tree.Size(), ErrTampered)
	}
	first := tlog.StoredHashIndex(0, e.Seq)
	for level, h := range a.tree.Append(e) {
		a.rows["journal_hash"] = append(a.rows["journal_hash"], []any{a.operation, first + int64(level), hex.EncodeToString(h[:])})
	}
	a.rows["journal"] = append(a.rows["journal"], []any{a.operation, w.Seq, w.At, w.Actor, w.Organisation, w.Verb, w.Subject, w.Audience, w.Digest})
	if !w.Erased {
		a.rows["journal_content"] = append(a.rows["journal_content"], []any{a.operation, w.Seq, w.Salt, w.Content})
	}
	return a.flush(AuditPage)
}

// flush puts rows in, of tables that have more than some waiting.
func (a *Adopting) flush(most int) error {
	for table, columns := range adopted {
		if len(a.rows[table]) <= most {
			continue
		}
		if err := a.into.Insert(table, columns, a.rows[table]); err != nil {
			return err
		}
		a.rows[table] = a.rows[table][:0]
	}
	return nil
}
