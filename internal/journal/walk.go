package journal

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// maxGap is the longest run of missing entries over which the tree is followed.
const maxGap = 100_000

// walk is where Walk stands.
type walk struct {
	tree   Tree
	spoilt []bool // beside the tree's frontier: a finding lies below, so its hash cannot fit
	next   int64  // the index that should come
	broken bool   // so much is missing that the tree cannot be followed
}

// Walk reads a journal from its first entry to its last and checks that entries
// are numbered without a gap, that every stored hash is the one that follows from
// the entries, and that contents are what the entries promised. each is told every
// entry in order; progress, if not nil, how many are done.
func (a *Audit) Walk(tx *db.Tx, each func(Act) error, progress func(done int64)) error {
	var err error
	if a.Size, err = Size(tx, a.Operation); errors.Is(err, db.ErrNone) {
		a.Found(NoEntry, "journal_head", "", "the journal's head is missing")
		a.Size, err = db.One(tx, countEntries, db.Int64, a.Operation)
	}
	if err != nil {
		return err
	}
	a.Roots, a.Leaves, a.FirstGone = map[int64]tlog.Hash{}, map[int64]tlog.Hash{}, NoEntry
	count, err := db.One(tx, countEntries, db.Int64, a.Operation)
	if err != nil {
		return err
	}
	a.owed = make([]byte, min(max(a.Size, count), count+maxGap)) // a head may say anything
	a.mark()
	for from := int64(math.MinInt64); ; {
		entries, err := db.All(tx, selectSpan, db.Raw(9), a.Operation, from, AuditPage)
		if err != nil {
			return err
		}
		last := int64(math.MaxInt64)
		if len(entries) == AuditPage {
			last = entries[len(entries)-1].Number(1)
		}
		if err := a.page(tx, entries, from, last, each); err != nil {
			return err
		}
		if progress != nil {
			progress(a.Entries)
		}
		if last == math.MaxInt64 {
			break
		}
		from = last + 1
	}
	if a.walk.next < a.Size {
		a.gap("journal", a.walk.next, a.Size-1)
	}
	return a.extraHashes(tx)
}

// page checks a page of entries with their contents and hashes; from and last are
// the ends of what the page covers.
func (a *Audit) page(tx *db.Tx, entries []db.Row, from, last int64, each func(Act) error) error {
	contents, err := db.All(tx, selectContentSpan, scanContent, a.Operation, from, last)
	if err != nil {
		return err
	}
	stored := make(map[int64]Stored, len(contents))
	for _, c := range contents {
		stored[c.seq] = c.Stored
	}
	top := last
	if n := len(entries); n > 0 && last == math.MaxInt64 {
		top = entries[n-1].Number(1)
	}
	hashes, err := a.hashes(tx, a.walk.next, min(top, a.Size-1))
	if err != nil {
		return err
	}
	for _, row := range entries {
		e := entryOf(row)
		s, there := stored[e.Seq]
		delete(stored, e.Seq)
		if !a.entry(e, hashes) {
			continue
		}
		a.content(e, s, there)
		if err := each(act(e, s, there)); err != nil {
			return err
		}
	}
	for seq := range stored {
		a.Found(NoEntry, "journal_content", fmt.Sprint(seq), "content without an entry")
	}
	return nil
}

// entry puts an entry into the tree; false: it has no place in the journal.
func (a *Audit) entry(e Entry, hashes map[int64]string) bool {
	w := &a.walk
	if e.Seq < w.next || e.Seq >= a.Size {
		a.Found(e.Seq, "journal", "", "invented: the journal has the entries 0 to %d", a.Size-1)
		return false
	}
	if e.Seq > w.next {
		a.missing(w.next, e.Seq-1, hashes)
	}
	a.Entries++
	leaf := tlog.RecordHash(e.Leaf())
	a.seek(leaf)
	if a.Points[e.Seq] {
		a.Leaves[e.Seq] = leaf
	}
	a.grow(e.Seq, leaf, hashes, false)
	w.next = e.Seq + 1
	return true
}

func (a *Audit) content(e Entry, s Stored, there bool) {
	switch {
	case !there:
		if a.Erased == 0 {
			a.FirstGone = e.Seq
		}
		a.Erased++
		a.gone = append(a.gone, e.Seq)
	case !e.Matches(s):
		a.Found(e.Seq, "journal_content", "", "the content is not what the entry's digest promised")
	default:
		a.Contents++
	}
}

// gap notes entries that are not where they belong: in the journal, or in a file.
func (a *Audit) gap(where string, first, last int64) {
	if first == last {
		a.Found(first, where, "", "the entry is missing")
		return
	}
	a.Found(first, where, "", "the entries %d to %d are missing", first, last)
}

// missing notes a gap and follows the tree over it by the stored hashes.
func (a *Audit) missing(first, last int64, hashes map[int64]string) {
	a.gap("journal", first, last)
	if last-first >= maxGap {
		a.walk.broken = true
		return
	}
	for seq := first; seq <= last; seq++ {
		leaf, err := storedHash(hashes[tlog.StoredHashIndex(0, seq)])
		a.grow(seq, leaf, hashes, err != nil)
	}
}

// grow adds a leaf to the tree and compares what it completes with what is
// stored. Where something below did not fit, what lies above cannot.
func (a *Audit) grow(seq int64, leaf tlog.Hash, hashes map[int64]string, spoilt bool) {
	w := &a.walk
	if w.broken {
		return
	}
	first, below := tlog.StoredHashIndex(0, seq), seq
	for level, h := range w.tree.Add(leaf) {
		if level > 0 {
			last := len(w.spoilt) - 1
			spoilt = spoilt || w.spoilt[last]
			w.spoilt = w.spoilt[:last]
			below = seq + 1 - 1<<level
		}
		idx := first + int64(level)
		text, there := hashes[idx]
		if stored, err := storedHash(text); spoilt || there && err == nil && stored == h {
			continue
		}
		key := fmt.Sprintf("idx %d", idx)
		switch {
		case !there:
			a.Found(seq, "journal_hash", key, "the hash is missing")
		case level == 0:
			a.Found(seq, "journal", "", "the entry is not what its hash in the tree says: it was changed or put in another's place (or the hash %s was)", key)
		default:
			a.Found(seq, "journal_hash", key, "the hash over the entries %d to %d does not fit them: one of them or the hash was changed", below, seq)
		}
		spoilt = there
	}
	w.spoilt = append(w.spoilt, spoilt)
	a.mark()
}

// mark keeps the root where somebody has a checkpoint of this size.
func (a *Audit) mark() {
	if size := a.walk.tree.Size(); !a.walk.broken && a.Marks[size] {
		a.Roots[size] = a.walk.tree.Root()
	}
}

// Root is the root of the whole journal, from the entries themselves.
func (a *Audit) Root() tlog.Hash { return a.walk.tree.Root() }

// hashes gives the stored hashes that some entries completed, by their index.
func (a *Audit) hashes(tx *db.Tx, first, last int64) (map[int64]string, error) {
	out := map[int64]string{}
	if last < first || last > 1<<60 {
		return out, nil
	}
	for from, to := tlog.StoredHashIndex(0, first), tlog.StoredHashIndex(0, last+1)-1; from <= to; from += AuditPage {
		all, err := db.All(tx, selectHashSpan, db.Raw(2), a.Operation, from, min(to, from+AuditPage-1))
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			out[r.Number(0)] = r.Text(1)
		}
		if int64(len(out)) > 4*maxGap { // a gap so long is not followed
			break
		}
	}
	return out, nil
}

// extraHashes notes hashes of entries that the journal does not have.
func (a *Audit) extraHashes(tx *db.Tx) error {
	all, err := db.All(tx, selectHashesBeyond, db.Int64, a.Operation, tlog.StoredHashIndex(0, min(a.Size, 1<<60)), AuditPage)
	for _, idx := range all {
		a.Found(NoEntry, "journal_hash", fmt.Sprintf("idx %d", idx), "a hash of entries that the journal does not have")
	}
	return err
}

func storedHash(text string) (h tlog.Hash, err error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(h) || hex.EncodeToString(b) != text {
		return h, errors.New("journal: damaged hash")
	}
	copy(h[:], b)
	return h, nil
}
