package evidence_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Whatever byte is changed, it is found; and wherever the file is cut.
func TestEveryByte(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	b, key := w.bundled(), w.signer.Verifier()
	if p := problem(b, key); p != "" {
		t.Fatal(p)
	}
	step := max(1, len(b)/1500)
	for at := 0; at < len(b); at++ {
		if at > 400 && at < len(b)-1600 && at%step != 0 { // the head, and the table at the end, byte by byte
			continue
		}
		bad := slices.Clone(b)
		bad[at] ^= byte(1 + at%255)
		if problem(bad, key) == "" {
			t.Fatalf("byte %d of %d was changed, and nothing is found", at, len(b))
		}
	}
	for n := 0; n < len(b); n += 1 + len(b)/200 {
		if problem(b[:n], key) == "" {
			t.Fatalf("cut at %d", n)
		}
	}
	if problem(append(slices.Clone(b), 0), key) == "" || problem(append([]byte{0}, b...), key) == "" {
		t.Error("a byte more")
	}
}

// unpacked are the parts of a bundle, in their order.
type unpacked struct {
	names []string
	text  map[string][]byte
}

func unpack(t *testing.T, b []byte) unpacked {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	u := unpacked{text: map[string][]byte{}}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if u.text[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
		u.names = append(u.names, f.Name)
	}
	return u
}

// pack is the zip of the one form; nothing of the product's is used.
func (u unpacked) pack() []byte {
	var out, table bytes.Buffer
	le := func(to *bytes.Buffer, size int, n int) {
		for range size {
			to.WriteByte(byte(n))
			n >>= 8
		}
	}
	for _, name := range u.names {
		text, at := u.text[name], out.Len()
		sum := int(crc32.ChecksumIEEE(text))
		for to, head := range map[*bytes.Buffer][][2]int{&out: {{4, 0x04034b50}}, &table: {{4, 0x02014b50}, {2, 20}}} {
			for _, f := range append(head, [][2]int{{2, 10}, {2, 0}, {2, 0}, {2, 0}, {2, 0x21}, {4, sum}, {4, len(text)}, {4, len(text)}, {2, len(name)}, {2, 0}}...) {
				le(to, f[0], f[1])
			}
		}
		for _, f := range [][2]int{{2, 0}, {2, 0}, {2, 0}, {4, 0}, {4, at}} {
			le(&table, f[0], f[1])
		}
		table.WriteString(name)
		out.WriteString(name)
		out.Write(text)
	}
	at, n := out.Len(), table.Len()
	out.Write(table.Bytes())
	for _, f := range [][2]int{{4, 0x06054b50}, {2, 0}, {2, 0}, {2, len(u.names)}, {2, len(u.names)}, {4, n}, {4, at}, {2, 0}} {
		le(&out, f[0], f[1])
	}
	return out.Bytes()
}

// written makes the manifest fit again, as a forger would.
func (u unpacked) written(t *testing.T, change func(m *evidence.Manifest)) unpacked {
	t.Helper()
	var m evidence.Manifest
	if err := json.Unmarshal(u.text["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	m.Files = nil
	for _, name := range u.names[2:] {
		sum := sha256.Sum256(u.text[name])
		m.Files = append(m.Files, evidence.File{Name: name, Size: int64(len(u.text[name])), SHA256: hex.EncodeToString(sum[:])})
	}
	if change != nil {
		change(&m)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		t.Fatal(err)
	}
	u.text["manifest.json"] = out.Bytes()
	return u
}

// sealed has somebody else's key sign the manifest, and be the one in the bundle.
func (u unpacked) sealed(s *journal.Signer, code string) unpacked {
	sum := sha256.Sum256(u.text["manifest.json"])
	u.text["manifest.note"] = []byte(s.Seal(code, hex.EncodeToString(sum[:])))
	return u
}

// The bundle of another program's making is the same file, byte for byte.
func TestOneForm(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	b := w.bundled()
	if !bytes.Equal(unpack(t, b).pack(), b) {
		t.Error("the form is not what the reference says")
	}
}

// Whoever has no key of the instance's can change nothing, however well it fits
// together. The world's own key is lent to the forger of the last cases: also
// under a true seal nothing may contradict the journal.
func TestForgers(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	b, key := w.bundled(), w.signer.Verifier()
	private, _, err := journal.NewKey("tidewaiter-test")
	w.Must(err)
	forger, err := journal.ReadSigner(private)
	w.Must(err)
	swap := func(name, old, fresh string) func(u unpacked) {
		return func(u unpacked) {
			text := bytes.Replace(u.text[name], []byte(old), []byte(fresh), 1)
			if bytes.Equal(text, u.text[name]) {
				t.Fatalf("%s does not hold %q", name, old)
			}
			u.text[name] = text
		}
	}
	for name, forge := range map[string]struct {
		parts    func(u unpacked)
		manifest func(m *evidence.Manifest)
	}{
		"a version":         {swap("case/0003.json", "Two crates", "Ten crates"), nil},
		"the journal":       {swap("journal.jsonl", "Two", "Ten"), nil},
		"an entry's time":   {swap("journal.jsonl", `"at":1`, `"at":2`), nil},
		"a picture":         {func(u unpacked) { u.text["photos/0001.jpg"] = u.text["photos/0002.jpg"] }, nil},
		"an original":       {func(u unpacked) { u.text["originals/0004.bin"] = u.text["photos/0004.jpg"] }, nil},
		"a caption":         {nil, func(m *evidence.Manifest) { m.Photos[0].Caption = "Right side" }},
		"a photo left out":  {nil, func(m *evidence.Manifest) { m.Photos = m.Photos[1:] }},
		"its withdrawal":    {nil, func(m *evidence.Manifest) { m.Photos[1].Withdrawn, m.Photos[1].Reason = 0, "" }},
		"an original's sum": {nil, func(m *evidence.Manifest) { m.Photos[0].OriginalSHA256 = m.Photos[0].SHA256 }},
		"held":              {nil, func(m *evidence.Manifest) { m.Photos[0].Original = evidence.Held }},
		"a version's place": {nil, func(m *evidence.Manifest) { m.Versions = m.Versions[:1] }},
		"who made it":       {nil, func(m *evidence.Manifest) { m.Made.Purpose = "Another" }},
		"the reference":     {nil, func(m *evidence.Manifest) { m.Case.Reference = "S-17-00000-A" }},
		"the case":          {nil, func(m *evidence.Manifest) { m.Case.Number++ }},
		"the operation":     {nil, func(m *evidence.Manifest) { m.Operation.Number++ }},
		"an entry left out": {func(u unpacked) {
			_, rest, _ := bytes.Cut(u.text["journal.jsonl"], []byte("\n"))
			u.text["journal.jsonl"] = rest
		}, func(m *evidence.Manifest) { m.Entries = m.Entries[1:] }},
	} {
		make := func() unpacked {
			u := unpack(t, b)
			if forge.parts != nil {
				forge.parts(u)
			}
			return u.written(t, forge.manifest)
		}
		if p := problem(make().pack(), key); !strings.Contains(p, "sealed") {
			t.Errorf("%s, with the old seal: %s", name, p)
		}
		u := make()
		u.text["keys.txt"] = []byte(forger.Verifier() + "\n")
		if p := problem(u.written(t, forge.manifest).sealed(forger, string(code)).pack(), key); !strings.Contains(p, "not signed by a key that was given") {
			t.Errorf("%s, with the forger's seal: %s", name, p)
		}
		if p := problem(make().sealed(w.signer, string(code)).pack(), key); p == "" {
			t.Errorf("%s, under a true seal: nothing is found", name)
		}
	}
	// A journal that was made up whole, with a key to it, looks true to who gives no key.
	u := unpack(t, b)
	root, err := tlog.ParseHash("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
	w.Must(err)
	u.text["checkpoint.txt"], u.text["keys.txt"] = []byte(forger.Checkpoint(string(code), 9, root)), []byte(forger.Verifier()+"\n")
	if p := problem(u.written(t, nil).sealed(forger, string(code)).pack()); !strings.Contains(p, "does not stand in the journal") {
		t.Error(p)
	}
}

// What is not a bundle, or means harm, is refused before much of it is read.
func TestHostile(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	b := w.bundled()
	zipped := func(method uint16, names ...string) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, name := range names {
			p, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
			w.Must(err)
			_, err = p.Write(make([]byte, 10<<20))
			w.Must(err)
		}
		w.Must(z.Close())
		return out.Bytes()
	}
	renamed := func(name string) []byte {
		u := unpack(t, b)
		u.text[name] = u.text[u.names[5]]
		u.names[5] = name
		return u.pack()
	}
	for name, bad := range map[string][]byte{
		"nothing": nil, "a text": []byte(strings.Repeat("tidewaiter bundle 1\n", 20)), "a bomb": zipped(zip.Deflate, "manifest.json", "manifest.note"),
		"another's zip": zipped(zip.Store, "manifest.json", "manifest.note"), "a way out": renamed("../../etc/passwd"), "from the root": renamed("/etc/passwd"),
		"a drive": renamed(`c:\evil.txt`), "twice": renamed("keys.txt"), "hidden": renamed("photos/.htaccess"), "no name": renamed(""), "a folder": renamed("photos/"),
		"deep": renamed("a/b/c.txt"), "long": renamed(strings.Repeat("a", 61)), "what is not named": renamed("evil.exe"),
		"nothing in it": (unpacked{}).pack(), "an empty manifest": (unpacked{[]string{"manifest.json", "manifest.note"}, map[string][]byte{}}).pack(),
		"null":                      (unpacked{[]string{"manifest.json", "manifest.note"}, map[string][]byte{"manifest.json": []byte("null\n")}}).pack(),
		"one file for two versions": unpack(t, b).written(t, func(m *evidence.Manifest) { m.Versions = append(m.Versions, m.Versions[0]) }).pack(),
		"photos without end":        unpack(t, b).written(t, func(m *evidence.Manifest) { m.Photos = make([]evidence.Photo, 1001) }).pack(),
		"a large manifest":          (unpacked{[]string{"manifest.json", "manifest.note"}, map[string][]byte{"manifest.json": make([]byte, 9<<20)}}).pack(),
	} {
		if c, err := check(bad); err == nil {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func FuzzCheck(f *testing.F) {
	empty := unpacked{[]string{"manifest.json", "manifest.note"}, map[string][]byte{"manifest.json": []byte("{}\n")}}
	f.Add(empty.pack())
	f.Add([]byte("PK\x05\x06"))
	w := newWorld(f, dbtest.SQLite(f))
	b := w.bundled()
	f.Add(b)
	f.Fuzz(func(t *testing.T, bad []byte) {
		if bytes.Equal(bad, b) {
			return
		}
		if c, err := check(bad, w.signer.Verifier()); err == nil && c.Fine() {
			t.Fatal("another file is fine, too")
		}
	})
}
