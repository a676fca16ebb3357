package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Instance is the number of the instance's own journal.
const Instance int64 = 0

// Entry is one thing that was done.
type Entry struct {
	Operation    int64
	Seq          int64     // index in the journal, from 0
	At           time.Time // UTC, microseconds
	Actor        string    // UUID of a person, or system:NAME
	Organisation int64     // whose hat was worn
	Verb         string    // the command's name, such as seizure.report
	Subject      string    // what it was done to, such as seizure/01890a5d-...
	Audience     int64     // who may see the entry beside its own organisation; 0: every reader of the journal
	Digest       string    // hex SHA-256 of salt and content
}

// Content is what an entry did to its subject. Before is nil for what is new.
// With is what rows keep of it beside the subject itself, such as the reason of a
// change or the value of an audience: verify holds the rows against it.
type Content struct {
	Before any               `json:"before,omitempty"`
	After  any               `json:"after,omitempty"`
	With   map[string]string `json:"with,omitempty"`
}

// Journal appends to journals.
type Journal struct {
	source *source.Source
	// Grew is told, once entries of an operation are durable, how many there are
	// now. It must not wait for anybody. Set it before the first append; nil: nobody listens.
	Grew func(operation, size int64)
}

// New makes a journal whose salts come from the source.
func New(s *source.Source) *Journal { return &Journal{source: s} }

// Lock takes the journal's head for this transaction and tells its size before
// it. Whoever decides on rows of an operation takes it first: on PostgreSQL it
// makes all writers of one operation stand in line.
func Lock(tx *db.Tx, operation int64) (size int64, err error) {
	return db.Memo(tx, headKey(operation), func() (int64, error) {
		return db.One(tx, lockHead, db.Int64, operation)
	})
}

func headKey(operation int64) string { return "journal/" + strconv.FormatInt(operation, 10) }

// Next is the index that the next entry of a journal will have: what units of this
// batch have appended and is not written yet counts. The caller holds the head.
func Next(tx *db.Tx, operation int64) (int64, error) {
	size, err := Lock(tx, operation)
	return size + int64(len(db.Pending[appended](tx, headKey(operation)))), err
}

// appended is an entry on its way to the end of the batch.
type appended struct {
	Entry
	salt, content string
}

// Append numbers an entry and hands it to the batch. It returns the index, which
// is also the number of the record that the entry makes.
func (j *Journal) Append(tx *db.Tx, e Entry, c Content) (seq int64, err error) {
	e, err = j.Record(tx, e, c)
	return e.Seq, err
}

// Record is Append that gives the whole entry, of which a receipt can be signed
// once the unit of work is stored.
func (j *Journal) Record(tx *db.Tx, e Entry, c Content) (Entry, error) {
	if e.Verb == "" || e.Subject == "" || e.Actor == "" || e.At.IsZero() {
		return e, fmt.Errorf("journal: incomplete entry %+v", e)
	}
	if strings.ContainsAny(e.Actor+e.Verb+e.Subject, "\n") {
		return e, fmt.Errorf("journal: line break in entry %q", e.Subject)
	}
	size, err := Lock(tx, e.Operation)
	if err != nil {
		return e, err
	}
	content, err := json.Marshal(c)
	if err != nil {
		return e, fmt.Errorf("journal: content of %s: %w", e.Verb, err)
	}
	a := appended{Entry: e, salt: hex.EncodeToString(j.source.Bytes(32)), content: string(content)}
	a.Digest = digest(a.salt, a.content)
	tx.Journalled()
	place := db.Batched(tx, headKey(e.Operation), a, func(tx *db.Tx, all []appended) error {
		if j.Grew != nil {
			tx.After(func() { j.Grew(e.Operation, size+int64(len(all))) })
		}
		return write(tx, e.Operation, size, all)
	})
	a.Seq = size + int64(place)
	return a.Entry, nil
}

func digest(salt, content string) string {
	h := sha256.New()
	h.Write([]byte(salt))
	h.Write([]byte(content))
	return hex.EncodeToString(h.Sum(nil))
}

// Leaf is the canonical form of an entry: what the tree hashes. One value a
// line, the version of the form first.
func (e Entry) Leaf() []byte {
	return fmt.Appendf(nil, "tidewaiter journal 1\n%d\n%d\n%d\n%s\n%d\n%s\n%s\n%d\n%s\n",
		e.Operation, e.Seq, e.At.UnixMicro(), e.Actor, e.Organisation, e.Verb, e.Subject, e.Audience, e.Digest)
}

// write stores the entries of a batch, their hashes and the new size.
func write(tx *db.Tx, operation, size int64, all []appended) error {
	overlay := map[int64]tlog.Hash{}
	reader := hashReader(tx, operation, overlay)
	for i, a := range all {
		a.Seq = size + int64(i)
		if err := insert(tx, a); err != nil {
			return err
		}
		hashes, err := tlog.StoredHashes(a.Seq, a.Leaf(), reader)
		if err != nil {
			return fmt.Errorf("journal: hashes of %d/%d: %w", operation, a.Seq, err)
		}
		first := tlog.StoredHashIndex(0, a.Seq)
		for k, h := range hashes {
			overlay[first+int64(k)] = h
			if _, err := tx.Exec(insertHash, operation, first+int64(k), hex.EncodeToString(h[:])); err != nil {
				return err
			}
		}
	}
	_, err := tx.Exec(setHead, operation, size+int64(len(all)))
	return err
}

// hashReader reads stored hashes, those of this batch from memory.
func hashReader(tx *db.Tx, operation int64, overlay map[int64]tlog.Hash) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var missing db.List
		for _, i := range indexes {
			if _, ok := overlay[i]; !ok {
				missing = append(missing, i)
			}
		}
		if len(missing) > 0 {
			stored, err := db.All(tx, selectHashes, scanHash, operation, missing)
			if err != nil {
				return nil, err
			}
			for _, s := range stored {
				overlay[s.index] = s.hash
			}
		}
		out := make([]tlog.Hash, len(indexes))
		for k, i := range indexes {
			h, ok := overlay[i]
			if !ok {
				return nil, fmt.Errorf("journal: no stored hash %d of operation %d", i, operation)
			}
			out[k] = h
		}
		return out, nil
	})
}
