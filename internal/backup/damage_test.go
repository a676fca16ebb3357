package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// whole gives the bytes of a small backup.
func whole(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A flipped bit is found in every byte, encrypted or not; so is every cut, and
// what was appended. Without the seal some flips are not found.
func TestEveryChangedByteIsFound(t *testing.T) {
	p := Place{Data: filepath.Join(t.TempDir(), "data")}
	small(t, p, 7)
	to, with := pair(t)
	for what, to := range map[string]Recipients{"encrypted": to, "unencrypted": {}} {
		t.Run(what, func(t *testing.T) {
			name, _ := create(t, p, to)
			good := whole(t, name)
			if err := drain(bytes.NewReader(good), with); err != nil {
				t.Fatal(err)
			}
			missed := 0
			for at := range good {
				bits := 1
				if what == "unencrypted" && at > len(good)-sealSize-60 {
					bits = 8 // where gzip does not look at all of them
				}
				for bit := range bits {
					good[at] ^= 1 << ((bit + at) % 8)
					if err := drain(bytes.NewReader(good), with); err == nil {
						missed++
						t.Logf("byte %d of %d, bit %d", at, len(good), (bit+at)%8)
					}
					good[at] ^= 1 << ((bit + at) % 8)
				}
				if err := drain(bytes.NewReader(good[:at]), with); err == nil {
					t.Errorf("cut after %d of %d bytes, and taken", at, len(good))
				}
			}
			if missed > 0 {
				t.Errorf("%d changes not found", missed)
			}
			for _, more := range []string{"\x00", "\n", string(good)} {
				if err := drain(strings.NewReader(string(good)+more), with); err == nil {
					t.Errorf("%d bytes more, and taken", len(more))
				}
			}
		})
	}
}

// forge writes lines as a backup whose hashes are right, as whoever has the
// recipient can.
func forge(t testing.TB, lines []byte) string {
	t.Helper()
	sum := sha256.Sum256(lines[:bytes.LastIndexByte(lines[:len(lines)-1], '\n')+1])
	lines = regexp.MustCompile(`"sha256":"[0-9a-f]+"`).ReplaceAll(lines, []byte(`"sha256":"`+hex.EncodeToString(sum[:])+`"`))
	var b bytes.Buffer
	w, err := wrap(&b, Recipients{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(lines); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "forged")
	if err := errors.Join(w.Close(), os.WriteFile(name, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	return name
}

// What is damaged, forged, foreign or of another version is refused with a
// sentence that says so, by verify and by restore; a restore leaves nothing.
func TestWhatIsWrongIsRefused(t *testing.T) {
	p := Place{Data: filepath.Join(t.TempDir(), "data")}
	small(t, p, 9)
	if err := os.WriteFile(filepath.Join(p.Data, "names.toml"), []byte("[XA]\nen = \"A\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	name, _ := create(t, p, Recipients{})
	good := string(inner(t, name, Identities{}))
	change := func(old, new string) func() string {
		return func() string {
			t.Helper()
			if !strings.Contains(good, old) {
				t.Fatalf("no %q in\n%s", old, good)
			}
			return strings.Replace(good, old, new, 1)
		}
	}
	cut := func(pattern string, with string) func() string {
		return change(regexp.MustCompile(pattern).FindString(good), with)
	}
	rows := regexp.MustCompile(`(\[0,0,.*\n)(\[0,1,.*\n)`).FindStringSubmatch(good)
	for what, c := range map[string]struct {
		lines func() string
		err   error
		says  string
	}{
		"as it was":           {change("", ""), nil, ""},
		"another entry":       {change("system:test", "system:best"), ErrUnequal, "the entries make a tree"},
		"another content":     {change("مرحبا", "وداعا"), ErrUnequal, "not what the entry promised"},
		"another root":        {cut(`"root":"...`, `"root":"AAA`), ErrUnequal, "other sizes or roots"},
		"two rows swapped":    {change(rows[1]+rows[2], rows[2]+rows[1]), nil, ""}, // the order of rows says nothing: keys do
		"a row twice":         {change(rows[1]+rows[2], rows[1]+rows[1]), nil, "rows of table"},
		"a value too few":     {change(rows[1], "[1,0]\n"), ErrDamaged, "values"},
		"a flag too large":    {change(rows[1], strings.Replace(rows[1], "[0", "[11111111111111111111", 1)), ErrDamaged, "neither"},
		"a table missing":     {cut(`{"table":"tally".*\n`, ""), ErrDamaged, "last line does not fit"},
		"an unknown table":    {change(`{"table":"tally"`, `{"table":"tallies"`), ErrDamaged, "no table"},
		"an unknown column":   {change(`"columns":["operation","size"]`, `"columns":["operation","sizes"]`), ErrDamaged, "other columns"},
		"a table left out":    {change(`{"table":"tally"`, `{"table":"session"`), ErrDamaged, "does not belong"},
		"a path as a file":    {change(`{"file":"names.toml"`, `{"file":"../names.toml"`), ErrDamaged, "does not belong"},
		"another form":        {change("tidewaiter backup 1", "tidewaiter backup 2"), ErrForeign, "tidewaiter backup 2"},
		"a newer schema":      {cut(`"schema":\d+`, `"schema":99999`), ErrForeign, "newer program"},
		"no schema":           {cut(`"schema":\d+`, `"schema":-1`), ErrDamaged, "schema"},
		"a field twice":       {change(`"program":"test"`, `"program":"test","program":"test"`), ErrDamaged, "form in which"},
		"an unknown field":    {change(`"program":"test"`, `"program":"test","x":1`), ErrDamaged, "unknown field"},
		"a negative count":    {cut(`"table":"person","columns":\[[^]]*\],"rows":0`, `"table":"person","columns":["a"],"rows":-1`), ErrDamaged, "described wrongly"},
		"more rows than said": {cut(`"rows":\d+,"omitted"`, `"rows":1,"omitted"`), ErrDamaged, "its first line says 1"},
		"no backup":           {func() string { return "hello\nworld\n" }, ErrForeign, "no backup"},
		"nothing":             {func() string { return "\n" }, ErrForeign, "no backup"},
	} {
		t.Run(what, func(t *testing.T) {
			forged := forge(t, []byte(c.lines()))
			to := Place{Data: filepath.Join(t.TempDir(), "data")}
			_, err := keeper().Verify(t.Context(), forged, Identities{}, nil)
			_, err2 := keeper().Restore(t.Context(), forged, Identities{}, to)
			for _, err := range []error{err, err2} {
				if c.err == nil && c.says == "" {
					if err != nil {
						t.Error(err)
					}
				} else if err == nil || c.err != nil && !errors.Is(err, c.err) || !strings.Contains(err.Error(), c.says) {
					t.Errorf("%v, want %v, %q", err, c.err, c.says)
				}
			}
			if _, err := os.Stat(to.Data); err2 != nil && !os.IsNotExist(err) {
				t.Errorf("a restore that failed left something: %v", err)
			}
		})
	}
	foreign(t, name)
}

// foreign tries files that are no backups, and identities that do not fit.
func foreign(t *testing.T, unencrypted string) {
	t.Helper()
	to, with := pair(t)
	_, other := pair(t)
	var encrypted bytes.Buffer
	w, err := wrap(&encrypted, to)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte("hello\n"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		text string
		with Identities
		says string
	}{
		"empty":              {"", with, "no backup"},
		"a text":             {"Dear colleague,\n", with, "no backup"},
		"SQLite":             {"SQLite format 3\x00", with, "no backup"},
		"age as text":        {"-----BEGIN AGE ENCRYPTED FILE-----\n", with, "text form"},
		"no identity":        {encrypted.String(), Identities{}, "give the identity"},
		"another identity":   {encrypted.String(), other, "not encrypted to this identity"},
		"no backup inside":   {encrypted.String(), with, "no backup"},
		"gzip of another":    {"\x1f\x8b\x08\x00", with, "damaged"},
		"age, header only":   {ageMagic, with, "damaged"},
		"an empty seal":      {string(seal(make([]byte, 32))), with, "damaged"},
		"half of a good one": {string(whole(t, unencrypted)[:100]), with, "damaged"},
	} {
		if err := drain(strings.NewReader(c.text), c.with); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", what, err, c.says)
		}
	}
}

// FuzzRead: whatever the decrypted lines are, the reader neither panics nor takes
// what it would not write.
func FuzzRead(f *testing.F) {
	head, _ := json.Marshal(Header{Form: form, Rows: 2, Schema: 1})
	body := string(head) + "\n" + `{"table":"t","columns":["a","b"],"rows":2}` + "\n[1,\"x\"]\n[null,\"\\\"\"]\n" + `{"file":"names.toml","content":"AAAA"}` + "\n"
	sum := sha256.Sum256([]byte(body))
	f.Add([]byte(body + fmt.Sprintf(`{"end":true,"tables":1,"files":1,"rows":2,"sha256":"%x"}`, sum) + "\n"))
	f.Add([]byte(body))
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := newReader(bytes.NewReader(text))
		if err != nil {
			return
		}
		for lines := 0; ; lines++ {
			part, err := r.next()
			if err != nil {
				if !errors.Is(err, ErrDamaged) {
					t.Fatalf("not said to be damaged: %v", err)
				}
				return
			}
			if end, ok := part.(*trailer); ok {
				sum := sha256.Sum256(text[:bytes.LastIndexByte(text[:len(text)-1], '\n')+1])
				if end.SHA256 != hex.EncodeToString(sum[:]) || end.Rows != r.header.Rows {
					t.Fatalf("taken: %q", text)
				}
				return
			}
		}
	})
}

// FuzzRow: a row that is taken is written in the same bytes.
func FuzzRow(f *testing.F) {
	for _, line := range []string{`[1,"x",null]`, `["\u001f\\\"\u0000",-9223372036854775808,0]`, `["é😀",01,-0]`, `[1,2,3,4]`, `["\ud800",1,2]`, `[]`} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		row, err := parseRow(line, 3)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Fatalf("not said to be damaged: %v", err)
			}
			return
		}
		again, err := appendRow(nil, row)
		if err != nil || !bytes.Equal(again, line) {
			t.Fatalf("%q became %q, %v", line, again, err)
		}
		var standard []any
		if err := json.Unmarshal(line, &standard); err != nil || len(standard) != 3 {
			t.Fatalf("%q is no JSON: %v", line, err)
		}
	})
}

// A restore that is given up leaves nothing, on either engine.
func TestRestoreGivenUpLeavesNothing(t *testing.T) {
	from := demo(t)
	name, _ := create(t, from, Recipients{})
	eachPlace(t, func(t *testing.T, to Place) {
		ctx, stop := context.WithCancel(t.Context())
		k := keeper()
		k.Progress = func(done, _ int) {
			if done > 2000 {
				stop()
			}
		}
		if _, err := k.Restore(ctx, name, Identities{}, to); !errors.Is(err, context.Canceled) {
			t.Fatalf("given up: %v", err)
		}
		if _, err := os.Stat(to.Data); !os.IsNotExist(err) {
			t.Errorf("left: %v", err)
		}
		// The place is empty again.
		if _, err := keeper().Restore(t.Context(), name, Identities{}, to); err != nil {
			t.Error(err)
		}
	})
}
