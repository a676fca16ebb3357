package browsertest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
)

// Files are chosen and the pointer draws as a hand does it.
func TestHands(t *testing.T) {
	path := filepath.Join(t.TempDir(), "crate.txt")
	if err := os.WriteFile(path, []byte("seven"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := sound()
	c.main += `<label for="f">File</label><input type="file" id="f" hidden>`
	page := browsertest.Open(t).Page(t, browsertest.Options{})
	page.Go(c.serve(t))
	page.Choose("#f", path)
	if got := browsertest.Eval[string](page, `[...document.querySelector("#f").files].map(f => f.name + " " + f.size).join()`); got != "crate.txt 5" {
		t.Errorf("the field holds %q", got)
	}
	browsertest.Eval[bool](page, `(() => {
		window.seen = []
		for (const kind of ["pointerdown", "pointermove", "pointerup"])
			document.querySelector("h1").addEventListener(kind, e => seen.push(kind + " " + e.buttons + " " + Math.round(e.offsetX / e.target.offsetWidth * 4)))
		return true
	})()`)
	page.Drag("h1", [2]float64{.25, .5}, [2]float64{.75, .5})
	seen := browsertest.Eval[[]string](page, "seen")
	if len(seen) < 4 || seen[0] != "pointerdown 1 1" || seen[len(seen)-1] != "pointerup 0 3" {
		t.Errorf("the heading saw %v", seen)
	}
}
