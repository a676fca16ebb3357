package journal

import (
	"errors"
	"strings"
	"testing"
)

const zeros = "0000000000000000000000000000000000000000000000000000000000000000"

func sealer(t testing.TB) *Signer {
	t.Helper()
	private, _, err := NewKey("tidewaiter-test")
	if err != nil {
		t.Fatal(err)
	}
	s, err := ReadSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A seal is read as it was signed, by who has the key; in one form only.
func TestSeal(t *testing.T) {
	s, other := sealer(t), sealer(t)
	signed := s.Seal("tide", zeros)
	got, err := OpenSeal(signed, s.Verifier())
	if err != nil || got != (Seal{"tidewaiter-test/tide", zeros}) {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := OpenSeal(signed, other.Verifier()); !errors.Is(err, ErrUnverified) {
		t.Error(err)
	}
	_, second, _ := strings.Cut(other.Seal("tide", zeros), "\n\n")
	for name, bad := range map[string]string{
		"another text": strings.Replace(signed, "tide\n", "ebb\n", 1), "a short sum": s.Seal("tide", zeros[1:]), "capitals": s.Seal("tide", "A"+zeros[1:]),
		"a checkpoint": s.Checkpoint("tide", 0, [32]byte{}), "two signatures": signed + second, "nothing": "",
	} {
		if got, err := OpenSeal(bad, s.Verifier()); err == nil || got.SHA256 == zeros && !errors.Is(err, ErrUnverified) && name != "another text" {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

func FuzzSeal(f *testing.F) {
	s := sealer(f)
	f.Add(s.Seal("tide", zeros))
	f.Add(sealForm + "\na/b\n" + zeros + "\n\n— a kK3Bbz\n")
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := OpenSeal(text, s.Verifier()); err == nil && !strings.HasPrefix(text, got.text()+"\n") {
			t.Fatalf("%q is read as %+v", text, got)
		}
	})
}
