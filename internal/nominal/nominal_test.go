package nominal

import (
	_ "embed"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	// examples are those with which the package was made.
	//go:embed testdata/examples.tsv
	examples string
	// fresh were written when it was made, and nothing was changed for them since:
	// how it does on what it has not seen. A new rule is tried on examples.
	//go:embed testdata/fresh.tsv
	fresh string
)

type wanted struct{ kind, excerpt string }

// read gives the examples: what should be found, and the text.
func read(file string) (texts []string, want [][]wanted) {
	for line := range strings.Lines(file) {
		parts := strings.Split(strings.TrimRight(line, "\n"), "\t")
		var all []wanted
		for i, p := range parts {
			if i == 1 {
				continue
			}
			if kind, excerpt, ok := strings.Cut(p, "="); ok {
				all = append(all, wanted{kind, excerpt})
			}
		}
		texts, want = append(texts, parts[1]), append(want, all)
	}
	return texts, want
}

// TestPrecisionAndRecall: of what is found how much is right, and of what should
// be found how much is. What is missed or wrong is printed, and stays in the file:
// it says what the package does not do.
func TestPrecisionAndRecall(t *testing.T) {
	for _, c := range []struct {
		name, file        string
		least             int     // examples
		precision, recall float64 // as docs/explanation/persons.md states
	}{{"examples", examples, 120, 0.99, 0.97}, {"fresh", fresh, 60, 0.95, 0.95}} {
		t.Run(c.name, func(t *testing.T) {
			n, precision, recall := measure(t, c.file)
			if n < c.least || precision < c.precision || recall < c.recall {
				t.Errorf("precision %.3f, recall %.3f on %d examples", precision, recall, n)
			}
		})
	}
}

func measure(t *testing.T, file string) (n int, precision, recall float64) {
	t.Helper()
	texts, want := read(file)
	right, found, there, quiet := 0, 0, 0, 0
	for i, text := range texts {
		hits := Find(text)
		found += len(hits)
		there += len(want[i])
		if len(want[i]) == 0 {
			quiet++
		}
		used := make([]bool, len(hits))
		for _, w := range want[i] {
			at := strings.Index(text, w.excerpt)
			hit := -1
			for n, h := range hits {
				if at >= 0 && !used[n] && h.Kind == w.kind && h.Start < at+len(w.excerpt) && h.End > at {
					hit = n
				}
			}
			if hit < 0 {
				t.Logf("missed %s %q in %q", w.kind, w.excerpt, text)
				continue
			}
			used[hit] = true
			right++
		}
		for n, h := range hits {
			if !used[n] {
				t.Logf("wrong %s %q by %s in %q", h.Kind, text[h.Start:h.End], h.Why, text)
			}
		}
	}
	precision, recall = float64(right)/float64(found), float64(right)/float64(there)
	t.Logf("%d examples, %d of them with nothing to find; %d to find, %d found, %d right: precision %.3f, recall %.3f", len(texts), quiet, there, found, right, precision, recall)
	return len(texts), precision, recall
}

// The spans are those of the text, whatever was made plain in between.
func TestSpans(t *testing.T) {
	for text, want := range map[string]string{
		"call ＋３３ ６ １２ ３４ ５６ ７８ now":      "＋３３ ６ １２ ３４ ５６ ７８",
		"\u200fهاتف: +٩٦٦‑٥٠‑١٢٣‑٤٥٦٧ ثم": "+٩٦٦‑٥٠‑١٢٣‑٤٥٦٧",
		"Mr\u00a0John\u00a0Smith, Lyon":   "John\u00a0Smith",
		"\xff\xfeMr John Smith\xff":       "John Smith",
		"Mr Jo\u200dhn Smith":             "Jo\u200dhn Smith",
	} {
		hits := Find(text)
		if len(hits) != 1 || text[hits[0].Start:hits[0].End] != want {
			t.Errorf("%q: %+v", text, hits)
		}
	}
}

// Twice the text is at most twice the work, in words that are looked at, whatever
// it is made of.
func TestLinear(t *testing.T) {
	texts, _ := read(examples)
	for _, piece := range []string{strings.Join(texts[:20], " "), "Mr ", "Mr Mr John ", "John ", "De La Al ", "A. B. ", "name: ", "a b c d: ", ": ", "السيد محمد بن ", "И. И. ", "١", "+1 2", "王", "นาย", "passport passport ", "x@", "<<", "김", "no. no. "} {
		small, large := newScan(strings.Repeat(piece, 200)), newScan(strings.Repeat(piece, 400))
		for _, s := range []*scan{small, large} {
			s.names()
		}
		if large.steps > 2*small.steps+200 {
			t.Errorf("%q: %d steps, then %d", piece, small.steps, large.steps)
		}
	}
}

func FuzzFind(f *testing.F) {
	texts, _ := read(examples)
	for _, s := range texts {
		f.Add(s)
	}
	for _, s := range []string{"", "\x00", "\xff", "Mr", "Mr ", "Mr.", "name:", ":", "И.И.", "+", "@", "a@b.c", "السيد", "passport", "DOB", strings.Repeat("Mr John ", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, h := range Find(s) {
			if h.Start < end || h.End <= h.Start || h.End > len(s) {
				t.Fatalf("%q: %+v behind %d", s, h, end)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[h.Start:h.End]) {
				t.Fatalf("%q: %+v cuts a letter", s, h)
			}
			known := false
			for _, k := range Kinds() {
				known = known || k == h.Kind
			}
			if !known || h.Why != ByTitle && h.Why != ByLabel && h.Why != ByForm && h.Why != ByGiven {
				t.Fatalf("%+v", h)
			}
			end = h.End
		}
	})
}
