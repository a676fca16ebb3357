package attendance

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// A number is found as it was printed, however it is typed; one wrong sign or two
// neighbours swapped are no number.
func TestNumbers(t *testing.T) {
	s := source.Story(source.Real().Now(), 7)
	rapid.Check(t, func(t *rapid.T) {
		n := number(s.Bytes(64))
		if len(n) != 19 {
			t.Fatalf("number %q", n)
		}
		typed := strings.ToLower(strings.ReplaceAll(n, "-", rapid.SampledFrom([]string{"", " ", "-", " - ", "\u2011"}).Draw(t, "between")))
		if rapid.Bool().Draw(t, "one for l") {
			typed = strings.ReplaceAll(typed, "l", "1")
		}
		if got, ok := ParseNumber(" " + typed + " "); !ok || got != n {
			t.Fatalf("%q was typed as %q and read as %q, %v", n, typed, got, ok)
		}
		bare := []byte(strings.ReplaceAll(n, "-", ""))
		i := rapid.IntRange(0, len(bare)-1).Draw(t, "at")
		wrong := signs[rapid.IntRange(0, len(signs)-1).Draw(t, "sign")]
		if wrong != bare[i] {
			was := bare[i]
			bare[i] = wrong
			if _, ok := ParseNumber(string(bare)); ok {
				t.Fatalf("%s: %c for %c at %d is not found", n, wrong, was, i)
			}
			bare[i] = was
		}
		if i > 0 && bare[i] != bare[i-1] {
			bare[i], bare[i-1] = bare[i-1], bare[i]
			if _, ok := ParseNumber(string(bare)); ok {
				t.Fatalf("%s: neighbours swapped at %d are not found", n, i)
			}
		}
	})
}

// No sign of a code is likelier than another, none looks like another, and what is
// typed may differ in case and blanks only.
func TestCodes(t *testing.T) {
	counts := map[byte]int{}
	for b := range 256 {
		if got := draw([]byte{byte(b)}, letters, 1); got != "" {
			counts[got[0]]++
		}
	}
	if len(counts) != len(letters) {
		t.Fatalf("%d letters are drawn of %d", len(counts), len(letters))
	}
	for l, n := range counts {
		if n != counts[letters[0]] {
			t.Errorf("%c is drawn %d times, %c %d times", l, n, letters[0], counts[letters[0]])
		}
	}
	if strings.ContainsAny(letters, "0O1IL2Z5S8BUV") {
		t.Error("letters that are taken for one another")
	}
	for typed, want := range map[string]bool{"ACD EFG": true, "acdefg": true, "acd-efg": true, "ACDEF": false, "ACDEFGH": false, "": false} {
		if sameCode("ACDEFG", typed) != want {
			t.Errorf("%q: %v", typed, !want)
		}
	}
	if code(make([]byte, 3)) != "" {
		t.Error("a code of too little randomness")
	}
}

func FuzzParseNumber(f *testing.F) {
	f.Add("7K2M-9PQX-ABCD-EFGH")
	f.Add("\u00a07k2m 9pqx")
	f.Fuzz(func(t *testing.T, typed string) {
		if got, ok := ParseNumber(typed); ok {
			if again, ok := ParseNumber(got); !ok || again != got {
				t.Errorf("%q is read as %q and then as %q", typed, got, again)
			}
		}
	})
}
