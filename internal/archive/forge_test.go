package archive_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/archive"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/publication"
)

// forged is a file whose parts were changed by somebody who holds the key, or who
// makes one up: digests, roots, seal and checkpoint are made to fit.
type forged struct {
	t      testing.TB
	names  []string
	parts  map[string]string
	signer *journal.Signer
}

func open(t testing.TB, name string, signer *journal.Signer) *forged {
	t.Helper()
	f := &forged{t: t, parts: parts(t, name), signer: signer}
	z, err := zip.OpenReader(name)
	must(t, err)
	defer z.Close()
	for _, p := range z.File {
		f.names = append(f.names, p.Name)
	}
	return f
}

// edit changes a part, and must find what it changes.
func (f *forged) edit(part, old, new string) {
	f.t.Helper()
	if !strings.Contains(f.parts[part], old) {
		f.t.Fatalf("no %q in %s", old, part)
	}
	f.parts[part] = strings.Replace(f.parts[part], old, new, 1)
}

// entries changes entries of the journal and has every digest, and the tree, fit.
func (f *forged) entries(change func(w *journal.Whole)) {
	f.t.Helper()
	var out strings.Builder
	for text := range strings.Lines(f.parts["journal.jsonl"]) {
		var w journal.Whole
		must(f.t, json.Unmarshal([]byte(text), &w))
		before := w
		if change(&w); w != before && !w.Erased {
			sum := sha256.Sum256([]byte(w.Salt + w.Content))
			w.Digest = hex.EncodeToString(sum[:])
		}
		out.Write(encoded(f.t, w))
	}
	f.parts["journal.jsonl"] = out.String()
}

func encoded(t testing.TB, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	must(t, e.Encode(v))
	return b.Bytes()
}

// fit makes digests, sizes and roots of the manifest those of the parts; with sign the
// checkpoint and the key, too.
func (f *forged) fit(sign bool) {
	f.t.Helper()
	var m archive.Manifest
	must(f.t, json.Unmarshal([]byte(f.parts["manifest.json"]), &m))
	var tree journal.Tree
	for text := range strings.Lines(f.parts["journal.jsonl"]) {
		var w journal.Whole
		must(f.t, json.Unmarshal([]byte(text), &w))
		tree.Append(w.Entry(m.Operation.Number))
	}
	m.Journals[0].Size, m.Journals[0].Root = tree.Size(), tree.Root().String()
	for i, table := range m.Tables {
		m.Tables[i].Rows = int64(strings.Count(f.parts["tables/"+table.Name+".jsonl"], "\n"))
	}
	if sign {
		m.Origin = journal.Origin(f.signer.Name(), m.Operation.Code)
		f.parts["checkpoint.txt"] = f.signer.Checkpoint(m.Operation.Code, tree.Size(), tree.Root())
		f.parts["key.txt"] = f.signer.Verifier() + "\n"
	}
	m.Files = nil
	for _, name := range f.names {
		if text, ok := f.parts[name]; ok && !strings.HasPrefix(name, "manifest.") {
			sum := sha256.Sum256([]byte(text))
			m.Files = append(m.Files, archive.File{Name: name, Size: int64(len(text)), SHA256: hex.EncodeToString(sum[:])})
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	must(f.t, e.Encode(m))
	f.parts["manifest.json"] = b.String()
	sum := sha256.Sum256(b.Bytes())
	f.parts["manifest.note"] = f.signer.Seal(m.Operation.Code, hex.EncodeToString(sum[:]))
}

func (f *forged) write() string {
	f.t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range f.names {
		if text, ok := f.parts[name]; ok {
			w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
			must(f.t, err)
			_, err = w.Write([]byte(text))
			must(f.t, err)
		}
	}
	must(f.t, z.Close())
	name := filepath.Join(f.t.TempDir(), "forged.zip")
	must(f.t, os.WriteFile(name, b.Bytes(), 0o600))
	return name
}

func erasing(verb string) func(w *journal.Whole) {
	return func(w *journal.Whole) {
		if w.Verb == verb {
			w.Salt, w.Content, w.Erased = "", "", true
		}
	}
}

// but takes a line out; -1: the last.
func but(text string, n int) string {
	lines := slices.Collect(strings.Lines(text))
	if n < 0 {
		n += len(lines)
	}
	return strings.Join(slices.Delete(lines, n, n+1), "")
}

// quantity changes 112 pieces of a case into 113, in contents and in tables.
func quantity(f *forged) {
	f.entries(func(w *journal.Whole) {
		if strings.HasPrefix(w.Verb, "seizure.") {
			w.Content = strings.ReplaceAll(w.Content, "112000000", "113000000")
		}
	})
	for name, text := range f.parts {
		if strings.HasPrefix(name, "tables/") && !strings.Contains(name, "report") {
			f.parts[name] = strings.ReplaceAll(text, "112000000", "113000000")
		}
	}
}

func basis(change func([]publication.Basis) []publication.Basis) func(w *journal.Whole) {
	return func(w *journal.Whole) { with(w, "basis", change) }
}

func changes(to string) func(w *journal.Whole) {
	return func(w *journal.Whole) {
		with(w, "changes", func([]publication.Change) (out []publication.Change) {
			_ = json.Unmarshal([]byte(to), &out)
			return out
		})
	}
}

// with changes what the entry of a version keeps beside it.
func with[T any](w *journal.Whole, what string, change func([]T) []T) {
	if w.Verb != "report.freeze" {
		return
	}
	var c struct {
		After json.RawMessage   `json:"after"`
		With  map[string]string `json:"with"`
	}
	var list []T
	_ = json.Unmarshal([]byte(w.Content), &c)
	_ = json.Unmarshal([]byte(c.With[what]), &list)
	text, _ := json.Marshal(change(list))
	c.With[what] = string(text)
	again, _ := json.Marshal(c)
	w.Content = string(again)
}

// table takes a table out of the file, or gives it another name.
func table(f *forged, name, to string) {
	var m archive.Manifest
	must(f.t, json.Unmarshal([]byte(f.parts["manifest.json"]), &m))
	for i, one := range m.Tables {
		if one.Name == name && to == "" {
			m.Tables = slices.Delete(m.Tables, i, i+1)
			delete(f.parts, "tables/"+name+".jsonl")
			break
		} else if one.Name == name {
			m.Tables[i].Name = to
			f.names[slices.Index(f.names, "tables/"+name+".jsonl")] = "tables/" + to + ".jsonl"
			f.parts["tables/"+to+".jsonl"] = f.parts["tables/"+name+".jsonl"]
		}
	}
	text, _ := json.Marshal(m)
	f.parts["manifest.json"] = string(text)
}

func first(f *forged, under string, change func(string) string) {
	for _, name := range f.names {
		if strings.HasPrefix(name, under) {
			f.parts[name] = change(f.parts[name])
			return
		}
	}
}

func drop(f *forged, under string) {
	for _, name := range f.names {
		if strings.HasPrefix(name, under) {
			delete(f.parts, name)
			return
		}
	}
}

func more(f *forged) {
	sum := sha256.Sum256([]byte("more"))
	name := "files/" + hex.EncodeToString(sum[:])
	f.names = slices.Insert(f.names, len(f.names)-2, name)
	f.parts[name] = "more"
}
