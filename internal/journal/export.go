package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// exportForm is the version of the form of an export.
const exportForm = "tidewaiter journal export 1"

// maxLine is the longest line of an export that is read, in bytes.
const maxLine = 64 << 10

// Header is the first line of an export.
type Header struct {
	Form      string `json:"form"`
	Origin    string `json:"origin"` // NAME/CODE
	Operation int64  `json:"operation"`
	Size      int64  `json:"size"`
	Verifier  string `json:"verifier"` // of the instance's key, as it says itself
}

// line is one entry of an export: what its leaf hashes, and the hash.
type line struct {
	Seq          int64  `json:"seq"`
	At           int64  `json:"at"` // microseconds since 1970, UTC
	Actor        string `json:"actor"`
	Organisation int64  `json:"organisation"`
	Verb         string `json:"verb"`
	Subject      string `json:"subject"`
	Audience     int64  `json:"audience"`
	Digest       string `json:"digest"`
	Leaf         string `json:"leaf"` // base64
}

// end is the last line of an export.
type end struct {
	Checkpoint string `json:"checkpoint"`
}

// Export writes a journal without its content: header, entries in order, and at
// the end the checkpoint that signs them. Each line is one JSON object.
func Export(tx *db.Tx, s *Signer, operation int64, code string, out io.Writer) error {
	size, err := Size(tx, operation)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(Header{exportForm, Origin(s.Name(), code), operation, size, s.Verifier()}); err != nil {
		return err
	}
	var tree Tree
	for tree.Size() < size {
		page, err := db.All(tx, selectSpan, scanEntry, operation, tree.Size(), AuditPage)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return fmt.Errorf("journal: entry %d: %w", tree.Size(), ErrTampered)
		}
		for _, e := range page {
			if e.Seq != tree.Size() {
				return fmt.Errorf("journal: entry %d: %w", tree.Size(), ErrTampered)
			}
			leaf := tlog.RecordHash(e.Leaf())
			tree.Add(leaf)
			err := enc.Encode(line{e.Seq, e.At.UnixMicro(), e.Actor, e.Organisation, e.Verb, e.Subject, e.Audience, e.Digest, leaf.String()})
			if err != nil {
				return err
			}
		}
	}
	// What the entries say must be what the instance would sign: an export of a
	// journal that was changed is not made.
	if root, err := Root(tx, operation, size); err != nil || root != tree.Root() {
		return errors.Join(ErrTampered, err)
	}
	return enc.Encode(end{s.Checkpoint(code, size, tree.Root())})
}

// ReadHeader reads the first line of an export.
func ReadHeader(text []byte) (Header, error) {
	var h Header
	if err := strict(text, &h); err != nil {
		return h, err
	}
	if h.Form != exportForm || h.Operation < 0 || h.Size < 0 {
		return h, fmt.Errorf("%w: want the header of %q", ErrMalformed, exportForm)
	}
	return h, vouched(h.Origin, []string{NameOf(h.Verifier)}, CheckVerifier(h.Verifier))
}

// ReadLine reads a further line of an export: an entry of that operation with
// the hash it claims, or the checkpoint at the end.
func ReadLine(text []byte, operation int64) (e Entry, leaf tlog.Hash, checkpoint string, err error) {
	if bytes.HasPrefix(text, []byte(`{"checkpoint":`)) {
		var last end
		err = strict(text, &last)
		return e, leaf, last.Checkpoint, err
	}
	var l line
	if err = strict(text, &l); err != nil {
		return e, leaf, "", err
	}
	leaf, err = hash(l.Leaf)
	return Entry{Operation: operation, Seq: l.Seq, At: time.UnixMicro(l.At).UTC(), Actor: l.Actor, Organisation: l.Organisation,
		Verb: l.Verb, Subject: l.Subject, Audience: l.Audience, Digest: l.Digest}, leaf, "", err
}

// strict decodes one object and refuses what is not exactly as it would be written.
func strict(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	var again bytes.Buffer
	enc := json.NewEncoder(&again)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(into); err != nil || !bytes.Equal(bytes.TrimRight(again.Bytes(), "\n"), text) {
		return fmt.Errorf("%w: a line is not as an export writes it", ErrMalformed)
	}
	return nil
}

// AuditExport reads an export and holds its entries against each other and
// against its checkpoint. It fills in Operation, Code, Size, Entries, Roots and
// Leaves; before is called once the header is read. What an export does not hold,
// contents and rows, is not looked at.
func (a *Audit) AuditExport(in io.Reader, verifiers []string, before func(Header)) error {
	lines := newLines(in)
	first, err := lines.next()
	if err != nil {
		return err
	}
	h, err := ReadHeader(first)
	if err != nil {
		return err
	}
	a.Operation, a.Code, a.Size = h.Operation, CodeOf(h.Origin), h.Size
	before(h)
	a.Roots, a.Leaves = map[int64]tlog.Hash{}, map[int64]tlog.Hash{}
	a.mark()
	if len(verifiers) == 0 {
		verifiers = []string{h.Verifier}
	}
	for {
		text, err := lines.next()
		if errors.Is(err, io.EOF) {
			a.Found(a.walk.next, "export", "", "the file ends without a checkpoint: lines were cut off")
			return nil
		}
		if err != nil {
			return err
		}
		e, leaf, checkpoint, err := ReadLine(text, h.Operation)
		if err != nil {
			a.Found(a.walk.next, "export", fmt.Sprintf("line %d", lines.n), "%v", err)
			return nil
		}
		if checkpoint != "" {
			a.last(checkpoint, h, verifiers)
			if _, err := lines.next(); !errors.Is(err, io.EOF) {
				a.Found(NoEntry, "export", fmt.Sprintf("line %d", lines.n), "something stands after the checkpoint")
			}
			return nil
		}
		a.line(e, leaf)
	}
}

// line takes one entry of an export.
func (a *Audit) line(e Entry, claimed tlog.Hash) {
	w := &a.walk
	switch {
	case e.Seq < w.next:
		a.Found(e.Seq, "export", "", "the entry stands behind entry %d: put in, twice there, or in another's place", w.next-1)
		return
	case e.Seq > w.next:
		a.gap("export", w.next, e.Seq-1)
	}
	a.Entries++
	leaf := tlog.RecordHash(e.Leaf())
	if leaf != claimed {
		a.Found(e.Seq, "export", "", "the entry is not what its hash says: it was changed, or the hash was")
	}
	a.seek(leaf)
	if a.Points[e.Seq] {
		a.Leaves[e.Seq] = leaf
	}
	w.tree.Add(leaf)
	w.next = e.Seq + 1
	a.mark()
}

// last holds the entries of an export against the checkpoint at its end.
func (a *Audit) last(signed string, h Header, verifiers []string) {
	c, err := OpenCheckpoint(signed, verifiers...)
	if err != nil {
		a.Found(NoEntry, "export", "checkpoint", "%v", err)
		if !errors.Is(err, ErrUnverified) {
			return
		}
	}
	if c.Origin != h.Origin || c.Size != h.Size {
		a.Found(NoEntry, "export", "checkpoint", "it is of %s with %d entries, the header says %s with %d", c.Origin, c.Size, h.Origin, h.Size)
	}
	if a.walk.tree.Size() < c.Size && a.walk.next < c.Size {
		a.gap("export", a.walk.next, c.Size-1)
		return
	}
	if root := a.walk.tree.Root(); a.walk.tree.Size() != c.Size || root != c.Root {
		a.Found(max(a.walk.next-1, 0), "export", "checkpoint", "the %d entries are not those that were signed: at least one was changed, put in or left out", a.Entries)
	}
}
