package journal

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Start makes an empty journal; a second start changes nothing.
func Start(tx *db.Tx, operation int64) error {
	_, err := tx.Exec(openHead, operation)
	return err
}

// Size is the number of entries of a journal: the "as of" of every figure.
func Size(tx *db.Tx, operation int64) (int64, error) {
	return db.One(tx, selectSize, db.Int64, operation)
}

// Root is the root of a journal's tree as it was when it had that size.
func Root(tx *db.Tx, operation, size int64) (tlog.Hash, error) {
	root, err := tlog.TreeHash(size, hashReader(tx, operation, map[int64]tlog.Hash{}))
	if err != nil {
		return root, fmt.Errorf("journal: root of %d/%d: %w", operation, size, err)
	}
	return root, nil
}

// Filter narrows a list of entries; empty values do not.
type Filter struct {
	Verb, Subject, Actor string
	Organisation         int64
	Before               int64 // entries with a smaller index; 0: from the newest
	Limit                int64
}

func (f Filter) before() int64 {
	if f.Before <= 0 {
		return 1 << 62
	}
	return f.Before
}

// List gives entries, newest first: all of them, for who reads a journal whole.
func List(tx *db.Tx, operation int64, f Filter) ([]Entry, error) {
	return db.All(tx, selectEntries, scanEntry, operation, f.before(), f.Verb, f.Subject, f.Organisation, f.Actor, f.Limit)
}

// Visible gives the entries that an organisation may see: its own, and those
// whose audience it reads.
func Visible(tx *db.Tx, operation int64, f Filter, organisation int64, readable db.List) ([]Entry, error) {
	return db.All(tx, selectVisible, scanEntry, operation, f.before(), f.Verb, f.Subject, f.Organisation, f.Actor, f.Limit,
		organisation, append(db.List{0}, readable...))
}

// Verbs lists the verbs that occur, for a filter.
func Verbs(tx *db.Tx, operation int64) ([]string, error) {
	return db.All(tx, selectVerbs, db.Text, operation)
}

// One gives one entry; db.ErrNone when there is none. In a unit of work it also
// finds what was appended in the same batch: a report that is sent twice at once
// must find the first.
func One(tx *db.Tx, operation, seq int64) (Entry, error) {
	if pending := db.Pending[appended](tx, headKey(operation)); len(pending) > 0 {
		size, err := Lock(tx, operation)
		if err != nil {
			return Entry{}, err
		}
		if place := seq - size; place >= 0 && place < int64(len(pending)) {
			e := pending[place].Entry
			e.Seq = seq
			return e, nil
		}
	}
	return db.One(tx, selectEntry, scanEntry, operation, seq)
}

// Stored is the salt and the content of an entry, as hashed.
type Stored struct{ Salt, Content string }

// ContentOf gives an entry's content; db.ErrNone once it has been erased.
func ContentOf(tx *db.Tx, operation, seq int64) (Stored, error) {
	return db.One(tx, selectContent, func(row db.Scanner) (Stored, error) {
		var s Stored
		err := row.Scan(&s.Salt, &s.Content)
		return s, err
	}, operation, seq)
}

// Matches tells whether the content is what the entry's digest promised.
func (e Entry) Matches(s Stored) bool { return digest(s.Salt, s.Content) == e.Digest }

// Proof shows that an entry is in the tree: from leaf and hashes anyone can
// compute the root (RFC 6962, as golang.org/x/mod/sumdb/tlog does).
type Proof struct {
	Size   int64
	Root   tlog.Hash
	Leaf   tlog.Hash
	Hashes tlog.RecordProof
}

// Prove gives the proof of one entry in the tree as it is now, after checking it.
func Prove(tx *db.Tx, e Entry) (Proof, error) {
	p := Proof{Leaf: tlog.RecordHash(e.Leaf())}
	var err error
	if p.Size, err = Size(tx, e.Operation); err != nil {
		return p, err
	}
	reader := hashReader(tx, e.Operation, map[int64]tlog.Hash{})
	if p.Root, err = tlog.TreeHash(p.Size, reader); err != nil {
		return p, err
	}
	if p.Hashes, err = tlog.ProveRecord(p.Size, e.Seq, reader); err != nil {
		return p, err
	}
	if err := tlog.CheckRecord(p.Hashes, p.Size, p.Root, e.Seq, p.Leaf); err != nil {
		return p, errors.Join(ErrTampered, err)
	}
	return p, nil
}

// ErrTampered: an entry is not what the tree says it was.
var ErrTampered = errors.New("journal: the entry does not match the tree")

var selectAudiences = db.Statement(`select seq, audience from journal where operation = $1 and seq {in $2} order by seq`)

// Audiences gives that of some entries, by index; what this batch has not written yet
// is not among them.
func Audiences(tx *db.Tx, operation int64, seqs db.List) (map[int64]int64, error) {
	out := make(map[int64]int64, len(seqs))
	if len(seqs) == 0 {
		return out, nil
	}
	_, err := db.All(tx, selectAudiences, func(row db.Scanner) (struct{}, error) {
		var seq, audience int64
		err := row.Scan(&seq, &audience)
		out[seq] = audience
		return struct{}{}, err
	}, operation, seqs)
	return out, err
}
