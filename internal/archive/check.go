package archive

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/line"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Options are what is at hand to check a file with.
type Options struct {
	Verifiers []string                    // keys that are trusted; none: the one that comes with the file is taken
	Progress  func(done, total int64)     // of bytes; nil: nobody looks
	Act       func(act journal.Act) error // told every entry of the operation's journal, in order; may be nil
}

// Checked is what came of checking a file.
type Checked struct {
	Manifest Manifest
	Parts    int
	Contents int64 // of the operation's entries, as their digests promised
	Erased   int64 // entries without content
	Rows     int64
	Files    int64 // of attachments
	Key      string
	Trusted  bool // the key was given, and did not come with the file only
	Findings []journal.Finding
	More     int64

	sum string // SHA-256 of the manifest
}

// Fine tells whether nothing was found.
func (c *Checked) Fine() bool { return len(c.Findings) == 0 }

// mostFindings bounds what is remembered; it goes on counting.
const mostFindings = 200

func (c *Checked) found(entry int64, table, key, what string, args ...any) {
	if len(c.Findings) >= mostFindings {
		c.More++
		return
	}
	c.Findings = append(c.Findings, journal.Finding{Journal: quoted(c.Manifest.Operation.Code), Entry: entry, Table: quoted(table), Key: quoted(key), What: quoted(fmt.Sprintf(what, args...))})
}

// quoted is a text of a file without anything that a terminal would obey.
func quoted(s string) string {
	q := strconv.Quote(s)
	return strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
}

// check is a check under way.
type check struct {
	Checked
	*reader
	o    Options
	text []byte // of the manifest
	by   map[string]File
	root journal.Checkpoint
	ok   bool // the checkpoint can be compared with
	made journal.Act
	used map[string]bool // files of attachments that rows name
}

// Check looks at a file, which may be hostile: its form byte by byte, the digests of
// its parts, signatures, the tree over its journal, every content against its digest,
// and that every row and every file belongs there. An error means that it is no such
// file, or could not be read; what does not fit in it is among the findings.
func Check(in io.ReaderAt, size int64, o Options) (*Checked, error) {
	r, err := openZip(in, size)
	if err != nil {
		return nil, err
	}
	c := &check{reader: r, o: o, by: map[string]File{}, used: map[string]bool{}}
	for _, do := range []func() error{c.whole, c.belongs, c.signed, c.journals, c.tables, c.maker} {
		if err := do(); err != nil {
			return nil, err
		}
	}
	return &c.Checked, nil
}

// opened opens a file that Check can read.
func opened(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	st, err := f.Stat()
	if err == nil && !st.Mode().IsRegular() {
		err = malformed("it is no file")
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, st.Size(), nil
}

// manifest reads what a file says of itself.
func (r *reader) manifest() (m Manifest, text []byte, err error) {
	n := len(r.zip.File)
	if n < 2 || r.zip.File[n-2].Name != manifestPart || r.zip.File[n-1].Name != sealPart {
		return m, nil, malformed("it does not end with a manifest and its seal")
	}
	if text, err = r.text(manifestPart, maxManifest); err != nil {
		return m, nil, err
	}
	if err := decode(text, &m, "  "); err != nil {
		return m, nil, fmt.Errorf("%s: %w", manifestPart, err)
	}
	if m.Form != Form {
		return m, nil, malformed("its form is %q: this program knows %q", m.Form, Form)
	}
	return m, text, nil
}

// whole reads every byte, and holds every part against the manifest.
func (c *check) whole() (err error) {
	if c.Manifest, c.text, err = c.manifest(); err != nil {
		return err
	}
	files, err := c.again(c.o.Progress)
	if err != nil {
		return err
	}
	c.Parts, c.sum = len(files), sumOf(c.text)
	if len(c.Manifest.Files) != len(files)-2 {
		return malformed("the manifest names %d parts, there are %d", len(c.Manifest.Files), len(files)-2)
	}
	for i, f := range c.Manifest.Files {
		if f.Name != files[i].Name || f.Size != files[i].Size {
			return malformed("the manifest names %q with %d bytes, there is %q with %d", f.Name, f.Size, files[i].Name, files[i].Size)
		}
		if f.SHA256 != files[i].SHA256 {
			c.found(journal.NoEntry, "file", f.Name, "it is not what the manifest says: SHA-256 %s, it should be %s", files[i].SHA256, f.SHA256)
		}
		c.by[f.Name] = files[i]
	}
	return nil
}

// belongs wants the parts that the manifest speaks of, and no others.
func (c *check) belongs() error {
	m := c.Manifest
	want := map[string]bool{checkpointPart: true, keyPart: true}
	for i, j := range m.Journals {
		if j.File != []string{journalPart, readsPart}[min(i, 1)] || i > 1 || j.Operation != []int64{m.Operation.Number, -m.Operation.Number}[min(i, 1)] {
			return malformed("its journals are not those of one operation")
		}
		want[j.File] = true
	}
	if len(m.Journals) == 0 || m.Operation.Number < 1 || m.Operation.Number > organisation.MaxNumber {
		return malformed("it holds no journal, or its operation has a number that none has")
	}
	for _, t := range m.Tables {
		_, leaves, err := own(db.Table{Name: t.Name, Columns: t.Columns})
		if err != nil || !leaves && !inPart(t.Name) || want[t.file()] {
			return malformed("table %q does not belong into it, or stands there twice", t.Name)
		}
		want[t.file()] = true
	}
	for name, f := range c.by {
		if sum, ok := strings.CutPrefix(name, filesDir); ok && sum == f.SHA256 {
			c.Files++
			continue
		} else if ok {
			c.found(journal.NoEntry, "file", name, "it is not what its name says: SHA-256 %s", f.SHA256)
			continue
		}
		if !want[name] {
			return malformed("part %q does not belong into it", name)
		}
		delete(want, name)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		return malformed("it holds no %q", name)
	}
	return nil
}

// signed holds the seal and the checkpoint against the keys.
func (c *check) signed() error {
	key, err := c.reader.text(keyPart, maxText)
	if err != nil {
		return err
	}
	c.Key = strings.TrimSpace(string(key))
	if err := journal.CheckVerifier(c.Key); err != nil || string(key) != c.Key+"\n" {
		return malformed("%s holds no verifier key", keyPart)
	}
	use := c.o.Verifiers
	if c.Trusted = len(use) > 0; !c.Trusted {
		use = []string{c.Key}
	}
	seal, err := c.reader.text(sealPart, maxText)
	if err != nil {
		return err
	}
	s, err := journal.OpenSeal(string(seal), use...)
	if err != nil {
		c.found(journal.NoEntry, "seal", sealPart, "%v", err)
	}
	if (err == nil || errors.Is(err, journal.ErrUnverified)) && (s.SHA256 != c.sum || s.Origin != c.Manifest.Origin) {
		c.found(journal.NoEntry, "seal", sealPart, "the manifest is not the one that was sealed")
	}
	note, err := c.reader.text(checkpointPart, maxText)
	if err != nil {
		return err
	}
	c.root, err = journal.OpenCheckpoint(string(note), use...)
	if c.ok = err == nil || errors.Is(err, journal.ErrUnverified); err != nil {
		c.found(journal.NoEntry, "checkpoint", checkpointPart, "%v", err)
	}
	if c.ok && (c.root.Origin != c.Manifest.Origin || journal.CodeOf(c.root.Origin) != c.Manifest.Operation.Code) {
		c.found(journal.NoEntry, "checkpoint", checkpointPart, "it is of %s, the manifest says %s", c.root.Origin, c.Manifest.Origin)
	}
	return nil
}

// journals makes the trees anew from the entries.
func (c *check) journals() error {
	for i, j := range c.Manifest.Journals {
		var tree journal.Tree
		err := c.lines(j.File, func(text []byte) error {
			var w journal.Whole
			if err := decode(append(slices.Clone(text), '\n'), &w, ""); err != nil {
				return fmt.Errorf("%s, line %d: %w", j.File, tree.Size()+1, err)
			}
			if w.Seq != tree.Size() || w.Erased && (w.Salt != "" || w.Content != "") {
				return malformed("%s, line %d: another entry should stand there", j.File, tree.Size()+1)
			}
			return c.entry(i, w, &tree)
		})
		if err != nil {
			return err
		}
		if tree.Size() != j.Size || tree.Root().String() != j.Root {
			c.found(journal.NoEntry, "journal", j.File, "its %d entries make the root %s, the manifest says %d and %s", tree.Size(), tree.Root(), j.Size, j.Root)
		}
		if i == 0 && c.ok && (tree.Size() != c.root.Size || tree.Root() != c.root.Root) {
			c.found(journal.NoEntry, "journal", j.File, "its %d entries are not the %d that were signed: at least one was changed, put in or left out", tree.Size(), c.root.Size)
		}
	}
	return nil
}

func (c *check) entry(which int, w journal.Whole, tree *journal.Tree) error {
	e := w.Entry(c.Manifest.Journals[which].Operation)
	tree.Append(e)
	a := w.Act(e.Operation)
	switch {
	case w.Erased:
		c.Erased++
	case a.Erased:
		c.found(e.Seq, "journal", "", "what it says is not what its digest promised")
	default:
		c.Contents++
	}
	if which > 0 {
		return nil
	}
	if e.Seq == c.Manifest.Made.Entry {
		c.made = a
	}
	if c.o.Act != nil {
		return c.o.Act(a)
	}
	return nil
}

// tables reads every row: its form, whose it is, and which files it names.
func (c *check) tables() error {
	for _, t := range c.Manifest.Tables {
		column, _, _ := own(db.Table{Name: t.Name, Columns: t.Columns})
		at := slices.Index(t.Columns, column)
		body := -1
		if t.Name == "organisation" {
			body = slices.Index(t.Columns, "number")
		}
		var n int64
		err := c.lines(t.file(), func(text []byte) error {
			n++
			row, err := line.Parse(text, len(t.Columns))
			if err != nil {
				return malformed("%s, line %d: %v", t.file(), n, err)
			}
			if at >= 0 && row[at] != c.Manifest.Operation.Number {
				c.found(journal.NoEntry, t.Name, fmt.Sprint("row ", n), "it belongs to another operation")
			}
			if body >= 0 {
				if number, ok := row[body].(int64); !ok || number < 1 || number > organisation.MaxNumber {
					c.found(journal.NoEntry, t.Name, fmt.Sprint("row ", n), "an organisation has a number that none has")
				}
			}
			if t.Name == "person" && !slices.Equal(bare(t.Columns, row), row) {
				c.found(journal.NoEntry, t.Name, fmt.Sprint("row ", n), "a person comes with more than a name: a password, a right or a setting")
			}
			if t.Name == "attachment" {
				for _, f := range named(t.Columns, row) {
					c.used[filesDir+f.SHA256] = true
					if have := c.by[filesDir+f.SHA256]; have.SHA256 != f.SHA256 || have.Size != f.Size {
						c.found(journal.NoEntry, t.Name, fmt.Sprint("row ", n), "a file that it names is missing, or has another size")
					}
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n != t.Rows {
			return malformed("%s has %d rows, the manifest says %d", t.file(), n, t.Rows)
		}
		c.Rows += n
	}
	for _, f := range c.Manifest.Files {
		if strings.HasPrefix(f.Name, filesDir) && !c.used[f.Name] {
			c.found(journal.NoEntry, "file", f.Name, "no attachment names it")
		}
	}
	return nil
}

// blobFile is a file that a row names.
type blobFile struct {
	Blob   blob.Name
	SHA256 string
	Size   int64
}

// named gives the files that the row of an attachment names.
func named(columns []string, row []any) []blobFile {
	value := func(column string) any {
		if i := slices.Index(columns, column); i >= 0 {
			return row[i]
		}
		return nil
	}
	var out []blobFile
	for _, n := range [][3]string{{"main_blob", "main_size", "main_sha256"}, {"small_blob", "small_size", "small_sha256"}, {"original_blob", "came_size", "came_sha256"}} {
		name, _ := value(n[0]).(string)
		size, _ := value(n[1]).(int64)
		sum, _ := value(n[2]).(string)
		if _, err := hex.DecodeString(sum); name != "" && err == nil {
			out = append(out, blobFile{blob.Name(name), sum, size})
		} else if name != "" {
			out = append(out, blobFile{blob.Name(name), "no digest", size})
		}
	}
	return out
}

// filesOf gives the files that the attachments of an operation name.
func filesOf(tx *db.Tx, operation int64) (out []blobFile, err error) {
	all, err := db.Tables(tx)
	for _, t := range all {
		if t.Name == "attachment" && err == nil {
			err = db.DumpOf(tx, t, "operation", operation, func(row []any) error {
				out = append(out, named(t.Columns, row)...)
				return nil
			})
		}
	}
	return out, err
}

// maker holds who made the file against the entry that says so.
func (c *check) maker() error {
	m := c.Manifest.Made
	if c.made.Verb != string(access.OperationExport) || c.made.Seq != m.Entry || c.made.Actor != m.Person || c.made.Organisation != m.Organisation {
		c.found(m.Entry, "manifest", "made", "no entry says that this file was made, by this person")
	}
	return nil
}
