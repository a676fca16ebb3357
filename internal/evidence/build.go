package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Bundle is a bundle that can be written.
type Bundle struct {
	// Progress is told how many bytes of how many are written; nil: nobody looks.
	Progress func(done, total int64)

	store     *Store
	operation string // UUID, under whose key the bytes lie
	manifest  Manifest
	parts     []part
	texts     map[string][]byte             // parts that are at hand, by name
	blobs     map[string]attachment.Picture // parts that lie in the vault
	size      int64
	erased    map[int64]bool // entries without content
}

// Size is how long the file is, in bytes.
func (b *Bundle) Size() int64 { return b.size }

// Entry is the entry of the journal that says it was made.
func (b *Bundle) Entry() int64 { return b.manifest.Made.Entry }

// FileName is a name to save it under.
func (b *Bundle) FileName() string {
	return fmt.Sprintf("%s-evidence-%d.zip", b.manifest.Case.Reference, b.manifest.Made.Entry)
}

// numbered names a part after its place.
func numbered(where string, n int, ending string) string {
	return fmt.Sprintf("%s/%04d%s", where, n, ending)
}

// plan says what the bundle holds, and has the texts at hand. seq: the entry that
// says that it is made.
func (b *Bundle) plan(tx *db.Tx, f file, seq int64) error {
	b.texts, b.blobs = map[string][]byte{}, map[string]attachment.Picture{}
	b.erased = map[int64]bool{}
	if err := b.head(tx, f, seq); err != nil {
		return err
	}
	if err := b.proofs(tx, f); err != nil {
		return err
	}
	for i, p := range f.photos {
		b.manifest.Photos = append(b.manifest.Photos, photoOf(i+1, p))
	}
	for _, lang := range i18n.Languages() {
		b.add("readme."+string(lang)+".txt", readme(lang, b.manifest))
	}
	if err := b.versions(f); err != nil {
		return err
	}
	for i, p := range f.photos {
		one := b.manifest.Photos[i]
		for _, name := range slices.Compact([]string{one.File, one.OriginalFile}) { // of a document they are one
			if pic, ok := blobsOf(one, p.File)[name]; ok {
				b.blobs[name] = pic
				b.manifest.Files = append(b.manifest.Files, File{name, pic.Size, pic.SHA256})
			}
		}
	}
	return b.seal()
}

// head says what it is about, and who makes it.
func (b *Bundle) head(tx *db.Tx, f file, seq int64) error {
	st, c := f.standing, f.of
	e, err := journal.One(tx, st.Operation.Number, seq)
	if err != nil {
		return err
	}
	stored, err := journal.ContentOf(tx, st.Operation.Number, seq)
	if err != nil {
		return err
	}
	var says struct{ After bundled }
	if err := json.Unmarshal([]byte(stored.Content), &says); err != nil {
		return err
	}
	people, err := person.These(tx, []string{e.Actor})
	if err != nil {
		return err
	}
	o := st.Operation
	b.manifest = Manifest{Form: Form, Origin: journal.Origin(b.store.Signer.Name(), string(o.Code)), Versions: []Version{}, Photos: []Photo{},
		Operation: Operation{o.Number, string(o.Code), o.Name},
		Case:      Subject{c.Seq, string(c.ID), c.Reference, c.State, c.Version, bodyOf(f.from), c.Redacted},
		Handling:  Handling{o.Handling.Text, o.Handling.Language, o.Handling.Version, says.After.Source, says.After.Consent},
		Made: Made{At: stamp(e.At), Entry: seq, Person: e.Actor, Name: people[e.Actor].Name, Organisation: bodyOf(st.Organisation),
			Purpose: says.After.Purpose, Recipient: says.After.Recipient}}
	return nil
}

func bodyOf(o organisation.Organisation) Body {
	return Body{o.Number, string(o.ID), o.Name, o.Country}
}

// proofs are the entries with their places in the tree, and who signed that.
func (b *Bundle) proofs(tx *db.Tx, f file) error {
	op := f.standing.Operation
	size, err := journal.Size(tx, op.Number)
	if err != nil {
		return err
	}
	root, err := journal.Root(tx, op.Number, size)
	if err != nil {
		return err
	}
	b.add(checkpointPart, []byte(b.store.Signer.Checkpoint(string(op.Code), size, root)))
	b.add(keysPart, []byte(b.store.Signer.Verifier()+"\n"))
	var lines []byte
	for _, e := range f.entries {
		l, err := lineOf(tx, e)
		if err != nil {
			return err
		}
		b.erased[l.Seq] = l.Erased
		text, err := encode(l, "")
		if err != nil {
			return err
		}
		lines = append(lines, text...)
		b.manifest.Entries = append(b.manifest.Entries, e.Seq)
	}
	if int64(len(lines)) > maxJournal {
		return fault.Of(fault.TooLarge, "evidence.too-large")
	}
	b.add(journalPart, lines)
	return nil
}

// versions are the case as it was written, and written again.
func (b *Bundle) versions(f file) error {
	for _, v := range f.versions {
		erased := b.erased[v.Seq]
		one := Version{Number: v.Version, Entry: v.Seq, Verb: v.Verb, File: numbered("case", int(v.Version), ".json"), Erased: erased}
		fields, err := json.Marshal(v.Draft)
		if erased {
			fields = []byte("{}")
		}
		if err != nil {
			return err
		}
		text, err := encode(Words{v.Version, v.Seq, v.Verb, stamp(v.At), v.Author, v.Reason, fields}, "  ")
		if err != nil {
			return err
		}
		b.add(one.File, text)
		b.manifest.Versions = append(b.manifest.Versions, one)
	}
	return nil
}

func (b *Bundle) add(name string, text []byte) {
	sum := sha256.Sum256(text)
	b.texts[name] = text
	b.manifest.Files = append(b.manifest.Files, File{name, int64(len(text)), hex.EncodeToString(sum[:])})
}

// seal writes the manifest and has the instance vouch for it.
func (b *Bundle) seal() error {
	text, err := encode(b.manifest, "  ")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	b.texts[manifestPart] = text
	b.texts[sealPart] = []byte(b.store.Signer.Seal(b.manifest.Operation.Code, hex.EncodeToString(sum[:])))
	return nil
}

// measure takes the sums of all parts, and finds before anything is written what
// is not there or is not what it was.
func (b *Bundle) measure(ctx context.Context) error {
	names := []string{manifestPart, sealPart}
	for _, f := range b.manifest.Files {
		names = append(names, f.Name)
	}
	for _, name := range names {
		p := part{name: name}
		in, err := b.open(name)
		if err != nil {
			return err
		}
		crc, sum := crc32.NewIEEE(), sha256.New()
		p.size, err = io.Copy(io.MultiWriter(crc, sum), in)
		in.Close()
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if pic, ok := b.blobs[name]; ok && (pic.Size != p.size || pic.SHA256 != hex.EncodeToString(sum.Sum(nil))) {
			return fmt.Errorf("evidence: blob %s is not what its row says", pic.Blob)
		}
		p.crc = crc.Sum32()
		b.parts = append(b.parts, p)
	}
	var err error
	if b.size, err = place(b.parts); err != nil {
		return fault.Of(fault.TooLarge, "evidence.too-large").Because(err)
	}
	return nil
}

func (b *Bundle) open(name string) (io.ReadCloser, error) {
	if text, ok := b.texts[name]; ok {
		return io.NopCloser(bytes.NewReader(text)), nil
	}
	r, err := b.store.vault.Unlock(b.operation, b.blobs[name].Blob)
	if err != nil && blob.Missing(err) {
		return nil, fault.Of(fault.Unavailable, "fault.unavailable").Because(err)
	}
	return r, err
}

// WriteTo writes the file. What was written before an error is no bundle.
func (b *Bundle) WriteTo(w io.Writer) (int64, error) {
	out := &counted{out: w, progress: b.Progress, total: b.size}
	for _, p := range b.parts {
		if _, err := out.Write(p.local()); err != nil {
			return out.done, err
		}
		in, err := b.open(p.name)
		if err != nil {
			return out.done, err
		}
		n, err := io.Copy(out, io.LimitReader(in, p.size+1))
		in.Close()
		if err != nil || n != p.size {
			return out.done, fmt.Errorf("evidence: %s: %d bytes of %d: %w", p.name, n, p.size, cmpErr(err))
		}
	}
	_, err := out.Write(table(b.parts))
	return out.done, err
}

func cmpErr(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

type counted struct {
	out         io.Writer
	done, total int64
	progress    func(done, total int64)
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.out.Write(b)
	if c.done += int64(n); c.progress != nil {
		c.progress(c.done, c.total)
	}
	return n, err
}

// readme explains a bundle to who has only this file.
func readme(lang i18n.Lang, m Manifest) []byte {
	p := i18n.NewPrinter(lang)
	none := int64(0)
	for _, one := range m.Photos {
		if one.Original != Held {
			none++
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s · %s · %s\n\n", p.T("evidencepage.title"), m.Case.Reference, m.Operation.Code, m.Made.At)
	for _, key := range []string{"what", "check", "key", "parts", "versions", "original", "handling", "limits"} {
		fmt.Fprintf(&b, "%s\n\n", p.T("evidence.readme."+key, fault.Args{"count": none, "key": keyName(m.Origin)}))
	}
	return b.Bytes()
}
