package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// The largest texts that are read, in bytes.
const (
	maxManifest = 8 << 20
	maxJournal  = 64 << 20
	maxText     = 8 << 20 // a version, a note
)

// Checked is what came of checking a bundle.
type Checked struct {
	Manifest Manifest
	Parts    int
	Proofs   int // entries that stand in the tree that was signed
	Contents int // of them, whose content is what their digest promised
	Key      string
	Trusted  bool // the key was given, and did not come with the bundle only
	Findings []journal.Finding
}

// Fine tells whether nothing was found.
func (c *Checked) Fine() bool { return len(c.Findings) == 0 }

func (c *Checked) found(entry int64, table, key, what string, args ...any) {
	c.Findings = append(c.Findings, journal.Finding{Journal: "bundle", Entry: entry, Table: table, Key: quoted(key), What: fmt.Sprintf(what, args...)})
}

// quoted is a text of a bundle without anything that a terminal would obey.
func quoted(s string) string {
	q := strconv.Quote(s)
	return q[1 : len(q)-1]
}

// Fingerprint is the SHA-256 of a verifier key, to be compared by eye or by voice.
func Fingerprint(key string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(key)))
	text := hex.EncodeToString(sum[:])
	var out []string
	for part := range slices.Chunk([]byte(text), 8) {
		out = append(out, string(part))
	}
	return strings.Join(out, " ")
}

func keyName(origin string) string {
	name, _, _ := strings.Cut(origin, "/")
	if at := strings.LastIndexByte(origin, '/'); at > 0 {
		name = origin[:at]
	}
	return name
}

// Check looks at a bundle, which may be hostile. An error means that it is not
// one, or could not be read; what does not fit in it is among the findings.
// verifiers: keys that are trusted; without any, the one that comes with it is
// taken, and nobody vouches for that.
func Check(in io.ReaderAt, size int64, verifiers ...string) (*Checked, error) {
	parts, err := readParts(in, size)
	if err != nil {
		return nil, err
	}
	c := &check{in: in, parts: parts, trusted: verifiers}
	c.Parts = len(parts)
	if err := c.manifest(); err != nil {
		return nil, err
	}
	if err := c.files(); err != nil {
		return nil, err
	}
	c.signed()
	if err := c.lines(); err != nil {
		return nil, err
	}
	if err := c.versions(); err != nil {
		return nil, err
	}
	c.photos()
	c.made()
	return &c.Checked, nil
}

// CheckFile is Check for a file.
func CheckFile(path string, verifiers ...string) (*Checked, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, malformed("it is no file")
	}
	return Check(f, st.Size(), verifiers...)
}

// check is a check under way.
type check struct {
	Checked
	in      io.ReaderAt
	parts   []part
	trusted []string
	text    []byte          // of the manifest
	by      map[string]File // files that the manifest names
	root    journal.Checkpoint
	rooted  bool // the root is one that can be compared with
	acts    map[int64]act
}

// act is an entry with what it said.
type act struct {
	Line
	after map[string]json.RawMessage
}

// part reads a part whole.
func (c *check) part(name string, most int64) ([]byte, error) {
	for _, p := range c.parts {
		if p.name == name {
			return readAll(p.content(c.in), p.size, most)
		}
	}
	return nil, malformed("it holds no %q", name)
}

func (c *check) manifest() (err error) {
	if len(c.parts) < 2 || c.parts[0].name != manifestPart || c.parts[1].name != sealPart {
		return malformed("it does not begin with a manifest and its seal")
	}
	if c.text, err = c.part(manifestPart, maxManifest); err != nil {
		return err
	}
	if err = decode(c.text, &c.Manifest, "  "); err != nil {
		return fmt.Errorf("%s: %w", manifestPart, err)
	}
	if c.Manifest.Form != Form {
		return malformed("its form is %q: this program knows %q", c.Manifest.Form, Form)
	}
	seen := map[string]bool{}
	for _, v := range c.Manifest.Versions {
		if seen[v.File] {
			return malformed("two versions have one file")
		}
		seen[v.File] = true
	}
	if len(seen) > maxParts || len(c.Manifest.Photos) > maxParts {
		return malformed("it names more than a bundle can hold")
	}
	return nil
}

// files holds every part against the manifest.
func (c *check) files() error {
	c.by = map[string]File{}
	if len(c.Manifest.Files) != len(c.parts)-2 {
		return malformed("the manifest names %d parts, there are %d", len(c.Manifest.Files), len(c.parts)-2)
	}
	for i, f := range c.Manifest.Files {
		p := c.parts[i+2]
		if p.name != f.Name || p.size != f.Size {
			return malformed("the manifest names %q with %d bytes, there is %s with %d", f.Name, f.Size, p.name, p.size)
		}
		sum := sha256.New()
		if _, err := io.Copy(sum, p.content(c.in)); err != nil {
			return err
		}
		if got := hex.EncodeToString(sum.Sum(nil)); got != f.SHA256 {
			c.found(journal.NoEntry, "file", f.Name, "it is not what the manifest says: SHA-256 %s, it should be %q", got, f.SHA256)
		}
		c.by[f.Name] = f
	}
	return nil
}

// signed holds the seal and the checkpoint against the keys.
func (c *check) signed() {
	keys, err := c.part(keysPart, maxText)
	if err != nil {
		c.found(journal.NoEntry, "key", keysPart, "%s", quoted(err.Error()))
		return
	}
	c.Key = strings.TrimSpace(string(keys))
	if err := journal.CheckVerifier(c.Key); err != nil || string(keys) != c.Key+"\n" {
		c.found(journal.NoEntry, "key", keysPart, "it holds no verifier key")
		return
	}
	use := c.trusted
	if c.Trusted = len(use) > 0; !c.Trusted {
		use = []string{c.Key}
	}
	c.sealed(use)
	if c.Trusted && !slices.Contains(use, c.Key) {
		c.found(journal.NoEntry, "key", keysPart, "the key that came with it is none of those that are trusted")
	}
	note, err := c.part(checkpointPart, maxText)
	if err == nil {
		c.root, err = journal.OpenCheckpoint(string(note), use...)
	}
	c.rooted = err == nil || errors.Is(err, journal.ErrUnverified)
	if err != nil {
		c.found(journal.NoEntry, "checkpoint", checkpointPart, "%s", quoted(err.Error()))
	}
	if c.rooted && (c.root.Origin != c.Manifest.Origin || journal.CodeOf(c.root.Origin) != c.Manifest.Operation.Code) {
		c.found(journal.NoEntry, "checkpoint", checkpointPart, "it is of %q, the manifest says %q", c.root.Origin, c.Manifest.Origin)
	}
}

func (c *check) sealed(keys []string) {
	note, err := c.part(sealPart, maxText)
	var s journal.Seal
	if err == nil {
		s, err = journal.OpenSeal(string(note), keys...)
	}
	if err != nil {
		c.found(journal.NoEntry, "seal", sealPart, "%s", quoted(err.Error()))
		if !errors.Is(err, journal.ErrUnverified) {
			return
		}
	}
	sum := sha256.Sum256(c.text)
	if s.SHA256 != hex.EncodeToString(sum[:]) || s.Origin != c.Manifest.Origin {
		c.found(journal.NoEntry, "seal", sealPart, "the manifest is not the one that was sealed")
	}
}

// versions holds what the case said against what its entries say.
func (c *check) versions() error {
	if len(c.Manifest.Versions) == 0 {
		c.found(journal.NoEntry, "version", "", "the case has no version")
	}
	for _, v := range c.Manifest.Versions {
		text, err := c.part(v.File, maxText)
		if err != nil {
			return err
		}
		var w Words
		if err := decode(text, &w, "  "); err != nil {
			return fmt.Errorf("%q: %w", v.File, err)
		}
		a, ok := c.acts[v.Entry]
		switch {
		case !ok:
			c.found(v.Entry, "version", v.File, "the bundle does not hold the entry that made it")
		case w.Version != v.Number || w.Entry != v.Entry || w.Verb != v.Verb || a.Verb != v.Verb || w.Author != a.Actor || w.At != stamp(a.entry(0).At):
			c.found(v.Entry, "version", v.File, "number, verb, author or time are not those of its entry")
		case v.Erased != a.Erased:
			c.found(v.Entry, "version", v.File, "whether its content was erased is not what the entry says")
		case !v.Erased && !c.says(a, w):
			c.found(v.Entry, "version", v.File, "what it says is not what its entry says")
		}
	}
	return nil
}

// says tells whether a version is what an entry says that the case became: the
// fields that a reporter writes, whose names begin with a small letter.
func (c *check) says(a act, w Words) bool {
	var fields map[string]json.RawMessage
	if json.Unmarshal(w.Fields, &fields) != nil {
		return false
	}
	want := map[string]json.RawMessage{}
	for name, value := range a.after {
		if name != "" && name[0] >= 'a' && name[0] <= 'z' {
			want[name] = value
		}
	}
	if len(fields) != len(want) || !isText(a.after["id"], c.Manifest.Case.ID) {
		return false
	}
	for name, value := range fields {
		if !sameJSON(value, want[name]) {
			return false
		}
	}
	return true
}

func isText(raw json.RawMessage, want string) bool {
	var s string
	return json.Unmarshal(raw, &s) == nil && s == want
}

func isNumber(raw json.RawMessage, want int64) bool {
	var n int64
	return raw != nil && json.Unmarshal(raw, &n) == nil && n == want
}

func sameJSON(a, b json.RawMessage) bool {
	var x, y bytes.Buffer
	return json.Compact(&x, a) == nil && json.Compact(&y, b) == nil && bytes.Equal(x.Bytes(), y.Bytes())
}
