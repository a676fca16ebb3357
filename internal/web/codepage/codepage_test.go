package codepage_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/pack"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

// load loads a small list of the current edition, in English only.
func load(w *webtest.World) {
	w.T.Helper()
	f, err := pack.Read(strings.NewReader("# tidewaiter code list 1\n# kind: hs\n# name: hs-2022-en\n# edition: 2022\n# language: en\n# source: A test\n# licence: CC0-1.0\n"+
		"code,label\n64,Footwear and the like\n6403,\"Footwear; with uppers of leather\"\n640391,\"Footwear; covering the ankle\"\n640399,\"Footwear; not covering the ankle\"\n"), pack.Pack{})
	if err == nil {
		_, err = w.App.Packs.Add(w.T.Context(), w.Session("administrator").Actor, f)
	}
	if err != nil {
		w.T.Fatal(err)
	}
}

// A code is found by words and by digits, in the reader's language or else in
// English, which is said.
func TestFind(t *testing.T) {
	w := webtest.Open(t)
	load(w)
	for _, c := range []struct {
		path      string
		has, lack []string
	}{
		{"/codes/hs", []string{"Footwear and the like", "Works of art"}, []string{"640399", "Only the chapters"}},
		{"/codes/hs?edition=2017", []string{"Only the chapters"}, []string{"Footwear and the like"}},
		{"/codes/hs?q=ankle", []string{"640391", "640399", "below=6403", "Footwear; with uppers of leather"}, nil},
		{"/codes/hs?below=6403", []string{"640391", "One step up"}, nil},
		{"/codes/hs?below=64x", []string{"Nothing found"}, nil},
		{"/codes/hs?q=%3Cscript%3E", []string{"Nothing found"}, []string{"<script>alert"}},
		{"/codes/places?q=rotter", []string{"NLRTM", "Netherlands"}, nil},
		{"/codes/", []string{"CC0-1.0", "hs-2022-en"}, nil},
	} {
		status, body := w.Get("administrator", c.path) // reads English
		if status != http.StatusOK {
			t.Errorf("%s: %d", c.path, status)
		}
		for _, s := range c.has {
			if !strings.Contains(string(body), s) {
				t.Errorf("%s lacks %q", c.path, s)
			}
		}
		for _, s := range c.lack {
			if strings.Contains(string(body), s) {
				t.Errorf("%s has %q", c.path, s)
			}
		}
	}
}

// The pages as people see them; the button stands on a phone's first screen.
func TestPages(t *testing.T) {
	w := webtest.Open(t)
	load(w)
	for _, look := range webtest.Hands() {
		p := w.Page("officer", look)
		for i, path := range []string{"/codes/hs", "/codes/hs?q=640", "/codes/hs?below=64", "/codes/places?q=ro", "/codes/"} {
			if status := p.Go(w.Server.URL + path); status != http.StatusOK {
				t.Fatalf("%s: %d", path, status)
			}
			w.Check(p, fmt.Sprintf("codes-%d-%s", i, look))
			if end := browsertest.Eval[float64](p, `document.querySelector("main .button.primary").getBoundingClientRect().bottom`); look.Width < 600 && end > 740 {
				t.Errorf("%s, %s: the button ends at %.0f", path, look, end)
			}
		}
	}
}
