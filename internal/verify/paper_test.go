package verify_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

var listEntries = db.Statement(`select operation, seq, at, actor, organisation, verb, subject, audience, digest from journal where operation = $1 order by seq`)

// entries reads a whole journal as it stands.
func entries(t *testing.T, d *db.DB, operation int64) []journal.Entry {
	t.Helper()
	var out []journal.Entry
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		out, err = db.All(tx, listEntries, func(row db.Scanner) (e journal.Entry, err error) {
			return e, row.Scan(&e.Operation, &e.Seq, db.Time(&e.At), &e.Actor, &e.Organisation, &e.Verb, &e.Subject, &e.Audience, &e.Digest)
		}, operation)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rewrite makes a journal true in itself again: digest of one entry's content, and
// every hash.
func (b *burglar) rewrite(d *db.DB, seq int64, content string) {
	b.t.Helper()
	salt := strings.Repeat("ab", 32)
	sum := sha256.Sum256([]byte(salt + content))
	b.do("update journal_content set salt = $1, content = $2 where operation = 1 and seq = $3", salt, content, seq)
	b.do("update journal set digest = $1 where operation = 1 and seq = $2", hex.EncodeToString(sum[:]), seq)
	b.do("delete from journal_hash where operation = 1")
	var tree journal.Tree
	for _, e := range entries(b.t, d, 1) {
		for level, h := range tree.Add(tlog.RecordHash(e.Leaf())) {
			b.do("insert into journal_hash (operation, idx, hash) values (1, $1, $2)", tlog.StoredHashIndex(0, e.Seq)+int64(level), hex.EncodeToString(h[:]))
		}
	}
}

// A history that was rewritten with its hashes and rows is true in itself: only
// a paper from outside, or a checkpoint left behind, tells.
func TestRewritten(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		b := breakIn(t, url)
		d, err := db.OpenReadOnly(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		o := verify.Options{Verifiers: []string{w.signer.Verifier()}}
		with := func(o verify.Options) verify.Options {
			o.Checkpoints = []verify.Note{{Name: "old.txt", Text: w.checkpoint}}
			return o
		}
		receipt := func(o verify.Options) verify.Options {
			o.Receipts = []verify.Note{{Name: "receipt.txt", Text: w.receipt}}
			return o
		}
		r := b.look(d, receipt(with(o)), "nothing", "", anywhere)
		if len(r.Notes) != 2 {
			t.Errorf("papers: %q", r.Notes)
		}
		first, err := journal.OpenReceipt(w.receipt, w.signer.Verifier())
		w.must(err)
		var e journal.Entry
		w.must(d.Read(t.Context(), func(tx *db.Tx) error { e, err = journal.One(tx, 1, first.Index); return err }))
		unplaced := o // as a right holder has it
		unplaced.Receipts = []verify.Note{{Name: "right-holder.txt", Text: w.signer.Receipt(string(code), e, false)}}
		b.look(d, unplaced, "a receipt without an index", "", anywhere)
		var content string
		w.must(b.conn.QueryRowContext(t.Context(), "select content from journal_content where operation = 1 and seq = $1", first.Index).Scan(&content))
		b.do("update message set body = 'Nothing left the port.' where seq = $1", first.Index)
		b.look(d, o, "a row changed", "message", first.Index)
		b.rewrite(d, first.Index, strings.Replace(content, "Two containers left the port.", "Nothing left the port.", 1))
		b.look(d, o, "the stored checkpoint still tells", "checkpoint", anywhere)
		b.do("delete from checkpoint")
		b.look(d, o, "rewritten as a whole", "", anywhere)
		b.look(d, with(o), "against an old checkpoint", "checkpoint", anywhere)
		b.look(d, receipt(o), "against a receipt", "receipt", first.Index)
		b.look(d, unplaced, "against a receipt without an index", "receipt", anywhere)
	})
}

// Two entries in each other's place, the end cut off, contents erased.
func TestReorderedCutErased(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		b := breakIn(t, url)
		d, err := db.OpenReadOnly(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		o := verify.Options{Verifiers: []string{w.signer.Verifier()}}
		swap := func() {
			for _, step := range [][2]int{{3, -1}, {4, 3}, {-1, 4}} {
				b.do("update journal set seq = $2 where operation = 1 and seq = $1", step[0], step[1])
				b.do("update journal_content set seq = $2 where operation = 1 and seq = $1", step[0], step[1])
			}
		}
		swap()
		b.look(d, o, "reordered", "journal", 3)
		b.look(d, o, "reordered", "journal", 4)
		swap()
		b.look(d, o, "put back", "", anywhere)

		b.do("delete from journal_content where operation = 1 and seq < 15")
		r := b.look(d, o, "contents erased, and nobody says so", "journal_content", 0)
		if !regexp.MustCompile(`tide \(6 of \d+, as entry 136 says\)`).MatchString(fmt.Sprint(r.Limits)) {
			t.Errorf("of what was erased it says %q", r.Limits)
		}
		b.do("update message set author = 'somebody' where seq = 12")
		b.look(d, o, "the author of an erased message", "message", 12)
		b.do("update message set author = (select actor from journal where operation = 1 and seq = 12) where seq = 12")

		last := int64(len(entries(t, d, 1))) - 1
		b.do("delete from journal where operation = 1 and seq = $1", last)
		b.do("delete from journal_content where operation = 1 and seq = $1", last)
		b.look(d, o, "the last entry dropped", "journal", last)
		b.do("delete from journal_hash where operation = 1 and idx >= $1", tlog.StoredHashIndex(0, last))
		b.do("update journal_head set size = $1 where operation = 1", last)
		b.look(d, o, "the end cut off cleanly", "checkpoint", last)
	})
}

// An export is checked alone; a changed, dropped, doubled or reordered line is
// found, and a checkpoint or receipt is held against it.
func TestExport(t *testing.T) {
	w := newWorld(t, "sqlite:"+t.TempDir()+"/test.db")
	var file bytes.Buffer
	w.must(w.operations.Export(t.Context(), w.actor["wco.officer"], code, &file))
	if err := w.operations.Export(t.Context(), w.actor["xa"], code, &bytes.Buffer{}); err == nil {
		t.Error("a contact point of enforcement takes the whole journal")
	}
	lines := strings.SplitAfter(strings.TrimSuffix(file.String(), "\n"), "\n")
	lines[len(lines)-1] += "\n"
	key := []string{w.signer.Verifier()}
	look := func(what string, o verify.Options, text string, entry int64) {
		t.Helper()
		r, err := verify.Export(strings.NewReader(text), o)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		found := entry == anywhere && r.Fine()
		for _, f := range r.Findings {
			found = found || f.Entry == entry
		}
		if !found {
			t.Errorf("%s: want entry %d, got %v", what, entry, r.Findings)
		}
	}
	join := func(l ...[]string) string { return strings.Join(append([]string{}, flat(l)...), "") }
	o := verify.Options{Verifiers: key, Checkpoints: []verify.Note{{Name: "old", Text: w.checkpoint}}, Receipts: []verify.Note{{Name: "receipt", Text: w.receipt}}}
	look("as it was written", o, file.String(), anywhere)
	look("without a key", verify.Options{}, file.String(), anywhere)
	changed := strings.Replace(lines[5], `"organisation":`, `"organisation":1`, 1)
	look("a line changed", o, join(lines[:5], []string{changed}, lines[6:]), 4)
	look("a line dropped", o, join(lines[:5], lines[6:]), 4)
	look("a line doubled", o, join(lines[:6], lines[5:]), 4)
	look("two lines swapped", o, join(lines[:5], []string{lines[6], lines[5]}, lines[7:]), 4)
	look("the end cut off", o, join(lines[:20]), 19)
	look("lines before the checkpoint dropped", o, join(lines[:20], lines[len(lines)-1:]), 19)
	look("something after the end", o, file.String()+lines[3], journal.NoEntry)
	other, _, err := journal.NewKey("instance.example")
	w.must(err)
	forger, err := journal.ReadSigner(other)
	w.must(err)
	look("the key of another", verify.Options{Verifiers: []string{forger.Verifier()}}, file.String(), journal.NoEntry)
	forged := forger.Checkpoint(string(code), 20, tlog.Hash{})
	look("a checkpoint of another history", verify.Options{Verifiers: []string{forger.Verifier(), w.signer.Verifier()},
		Checkpoints: []verify.Note{{Name: "forged", Text: forged}}}, file.String(), 19)
	for _, bad := range []string{"", "x\n", "{}\n", lines[1]} {
		if _, err := verify.Export(strings.NewReader(bad), o); err == nil {
			t.Errorf("%q is an export", bad)
		}
	}
}

func flat(l [][]string) (out []string) {
	for _, part := range l {
		out = append(out, part...)
	}
	return out
}

// Papers alone: who signed them, and whether they contradict each other.
func TestNotes(t *testing.T) {
	private, verifier, err := journal.NewKey("n")
	if err != nil {
		t.Fatal(err)
	}
	s, err := journal.ReadSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	a, b := verify.Note{Name: "a", Text: s.Checkpoint("one", 5, tlog.Hash{1})}, verify.Note{Name: "b", Text: s.Checkpoint("one", 5, tlog.Hash{2})}
	if r := verify.Notes(verify.Options{Verifiers: []string{verifier}, Checkpoints: []verify.Note{a, a}}); !r.Fine() || len(r.Limits) == 0 {
		t.Errorf("%+v", r)
	}
	if r := verify.Notes(verify.Options{Verifiers: []string{verifier}, Checkpoints: []verify.Note{a, b}}); r.Fine() {
		t.Error("two histories were signed, and nothing is found")
	}
	for _, text := range []string{"", "x", a.Text[:40], strings.Replace(a.Text, "\n5\n", "\n6\n", 1)} {
		if r := verify.Notes(verify.Options{Verifiers: []string{verifier}, Checkpoints: []verify.Note{{Name: "c", Text: text}}}); r.Fine() {
			t.Errorf("%q is fine", text)
		}
	}
	if r := verify.Notes(verify.Options{Receipts: []verify.Note{{Name: "r", Text: s.Receipt("one", journal.Entry{}, true)}}}); !r.Fine() || !strings.Contains(fmt.Sprint(r.Limits), "No key was given") {
		t.Errorf("%+v", r)
	}
}

// Whatever a file holds, reading it ends with a report or an error.
func FuzzExport(f *testing.F) {
	w := newWorld(f, "sqlite:"+f.TempDir()+"/test.db")
	var file bytes.Buffer
	w.must(w.operations.Export(f.Context(), w.actor["wco.officer"], code, &file))
	f.Add(file.Bytes())
	f.Add([]byte("{\"form\":\"tidewaiter journal export 1\"}\n"))
	whole := file.String()
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := verify.Export(bytes.NewReader(text), verify.Options{Verifiers: []string{w.signer.Verifier()}})
		if err == nil && r.Fine() && string(text) != whole && len(text) < len(whole) {
			t.Errorf("%q is fine", text)
		}
	})
}
