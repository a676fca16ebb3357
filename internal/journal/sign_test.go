package journal_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/journal"
)

func newSigner(t testing.TB, name string) *journal.Signer {
	t.Helper()
	private, verifier, err := journal.NewKey(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := journal.ReadSigner(private + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if s.Verifier() != verifier || s.Name() != name {
		t.Fatalf("%q is read as %q of %q", verifier, s.Verifier(), s.Name())
	}
	return s
}

// What is signed is read again with the public key, and with no other.
func TestSignAndOpen(t *testing.T) {
	s, other, namesake := newSigner(t, "customs.example/ipr"), newSigner(t, "other"), newSigner(t, "customs.example/ipr")
	root := tlog.RecordHash([]byte("root"))
	e := entry(3, 12)
	e.Seq = 12
	checkpoint, receipt := s.Checkpoint("action-1", 13, root), s.Receipt("action-1", e, true)

	wantText := "customs.example/ipr/action-1\n13\n" + root.String() + "\n\n— customs.example/ipr "
	if !strings.HasPrefix(checkpoint, wantText) {
		t.Errorf("checkpoint %q", checkpoint)
	}
	wantText = "tidewaiter receipt 1\ncustoms.example/ipr/action-1\n12\n" + tlog.RecordHash(e.Leaf()).String() + "\n\n— customs.example/ipr "
	if !strings.HasPrefix(receipt, wantText) {
		t.Errorf("receipt %q", receipt)
	}
	for _, keys := range [][]string{{s.Verifier()}, {other.Verifier(), s.Verifier()}, {s.Verifier(), s.Verifier() + "\n"}} {
		c, err := journal.OpenCheckpoint(checkpoint, keys...)
		if err != nil || c != (journal.Checkpoint{Origin: "customs.example/ipr/action-1", Size: 13, Root: root}) {
			t.Errorf("%+v, %v", c, err)
		}
		r, err := journal.OpenReceipt(receipt, keys...)
		if err != nil || r != (journal.Receipt{Origin: "customs.example/ipr/action-1", Index: 12, Leaf: tlog.RecordHash(e.Leaf())}) {
			t.Errorf("%+v, %v", r, err)
		}
	}
	for _, keys := range [][]string{nil, {other.Verifier()}, {namesake.Verifier()}} {
		if c, err := journal.OpenCheckpoint(checkpoint, keys...); !errors.Is(err, journal.ErrUnverified) || c.Size != 13 {
			t.Errorf("with %q: %+v, %v", keys, c, err)
		}
		if _, err := journal.OpenReceipt(receipt, keys...); !errors.Is(err, journal.ErrUnverified) {
			t.Errorf("with %q: %v", keys, err)
		}
	}
}

// Every character of a note matters; the last one of the signature's base64 has
// two bits that stand for nothing.
func TestChangedNotesAreRefused(t *testing.T) {
	s := newSigner(t, "key")
	e := entry(3, 12)
	for _, signed := range []string{s.Checkpoint("one", 13, tlog.Hash{}), s.Receipt("one", e, true)} {
		for i := range len(signed) {
			b := []byte(signed)
			b[i] ^= 1
			_, err := journal.OpenCheckpoint(string(b), s.Verifier())
			_, err2 := journal.OpenReceipt(string(b), s.Verifier())
			if (err == nil || err2 == nil) && !strings.HasPrefix(signed[i+1:], "=") {
				t.Errorf("byte %d of %q may be changed: %q", i, signed, b)
			}
		}
	}
	if _, err := journal.OpenReceipt(s.Checkpoint("one", 13, tlog.Hash{}), s.Verifier()); !errors.Is(err, journal.ErrMalformed) {
		t.Errorf("a checkpoint is taken for a receipt: %v", err)
	}
	if _, err := journal.OpenCheckpoint(s.Receipt("one", e, true), s.Verifier()); !errors.Is(err, journal.ErrMalformed) {
		t.Errorf("a receipt is taken for a checkpoint: %v", err)
	}
}

// A key vouches for journals of its own name only.
func TestKeyOfAnotherName(t *testing.T) {
	s := newSigner(t, "north")
	for _, code := range []string{"../south/one", "x/one"} {
		if _, err := journal.OpenCheckpoint(s.Checkpoint(code, 1, tlog.Hash{}), s.Verifier()); !errors.Is(err, journal.ErrUnverified) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestKeysAreChecked(t *testing.T) {
	for _, name := range []string{"", "a b", "a+b", "a\nb", "a\x00b", strings.Repeat("n", 101)} {
		if p, v, err := journal.NewKey(name); err == nil {
			t.Errorf("%q makes the key %q, %q", name, p, v)
		}
	}
	private, verifier, err := journal.NewKey("n")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "x", verifier, private[:len(private)-4], strings.Replace(private, "+n+", "+m+", 1)} {
		if _, err := journal.ReadSigner(text); err == nil {
			t.Errorf("%q is a private key", text)
		} else if text != "" && len(text) > 5 && strings.Contains(err.Error(), text[len(text)-8:]) {
			t.Errorf("the error shows the key: %v", err)
		}
	}
	if journal.CheckVerifier(private) == nil || journal.CheckVerifier("n") == nil || journal.CheckVerifier(verifier) != nil {
		t.Error("verifier keys are not told from others")
	}
}

func TestSecrets(t *testing.T) {
	s, other := newSigner(t, "n"), newSigner(t, "n")
	a, b := s.Secret("cursor"), s.Secret("other")
	if len(a) != 32 || bytes.Equal(a, b) || !bytes.Equal(a, s.Secret("cursor")) || bytes.Equal(a, other.Secret("cursor")) {
		t.Errorf("%x, %x", a, b)
	}
}

// Whatever is read, what opens is exactly what would be signed.
func FuzzNotes(f *testing.F) {
	s := newSigner(f, "key")
	f.Add(s.Checkpoint("one", 13, tlog.Hash{}))
	f.Add(s.Receipt("one", entry(1, 2), true))
	f.Add("key/one\n1\nAAAA\n\n— key AAAA\n")
	f.Add("tidewaiter receipt 1\nkey/one\n-1\n\n\n— key \n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := journal.OpenCheckpoint(text, s.Verifier())
		if err == nil && !strings.HasPrefix(s.Checkpoint(journal.CodeOf(c.Origin), c.Size, c.Root), text[:strings.Index(text, "\n\n")]) {
			t.Errorf("%q opens as %+v", text, c)
		}
		r, err := journal.OpenReceipt(text, s.Verifier())
		if err == nil && r.Index < 0 {
			t.Errorf("%q opens as %+v", text, r)
		}
		if c, err := journal.OpenCheckpoint(text); errors.Is(err, journal.ErrUnverified) && (c.Size < 0 || c.Origin == "") {
			t.Errorf("%q opens as %+v", text, c)
		}
	})
}
