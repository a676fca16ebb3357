package static_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/web/static"
)

func get(t *testing.T, method, path, accept string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	if accept != "" {
		r.Header.Set("Accept-Encoding", accept)
	}
	w := httptest.NewRecorder()
	static.Handler().ServeHTTP(w, r)
	return w.Result()
}

// Every file is served under its hashed name, the same compressed and not.
func TestServed(t *testing.T) {
	kinds := map[string]string{"app.css": "text/css; charset=utf-8", "core.js": "text/javascript; charset=utf-8", "mark.svg": "image/svg+xml"}
	for _, name := range static.Names() {
		plain := get(t, "GET", static.URL(name), "")
		packed := get(t, "GET", static.URL(name), "br, gzip;q=0.8")
		if plain.StatusCode != 200 || packed.StatusCode != 200 || plain.Header.Get("Content-Encoding") != "" {
			t.Fatalf("%s: %d, %d", name, plain.StatusCode, packed.StatusCode)
		}
		if got := plain.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") || !strings.Contains(got, "max-age=31536000") {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
		if want := kinds[name]; want != "" && plain.Header.Get("Content-Type") != want {
			t.Errorf("%s: Content-Type %q", name, plain.Header.Get("Content-Type"))
		}
		want, _ := io.ReadAll(plain.Body)
		if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: not compressed: %v", name, packed.Header)
			continue
		}
		z, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := io.ReadAll(z); !bytes.Equal(got, want) {
			t.Errorf("%s: compressed differs from plain", name)
		}
	}
}

func TestNotServed(t *testing.T) {
	for _, path := range []string{"/s/", "/s/manifest.json", "/s/static.go", "/s/app.css", "/s/../static.go", static.URL("app.css") + ".gz", "/s/a/b"} {
		if got := get(t, "GET", path, "gzip"); got.StatusCode != 404 || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %q", path, got.StatusCode, got.Header.Get("Cache-Control"))
		}
	}
	if got := get(t, "POST", static.URL("app.css"), ""); got.StatusCode != 405 {
		t.Errorf("POST: %d", got.StatusCode)
	}
	if got := get(t, "HEAD", static.URL("app.css"), ""); got.StatusCode != 200 || got.ContentLength == 0 {
		t.Errorf("HEAD: %d, %d bytes announced", got.StatusCode, got.ContentLength)
	}
}

func TestAcceptEncoding(t *testing.T) {
	for accept, want := range map[string]bool{
		"gzip": true, "GZIP": true, "br, gzip": true, "*": true, "gzip;q=0.5": true, "x-gzip": true,
		"": false, "br": false, "gzip;q=0": false, "gzip; q=0.000": false, "*;q=0": false, "*, gzip;q=0": false, "identity": false,
	} {
		if got := get(t, "GET", static.URL("app.css"), accept).Header.Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("Accept-Encoding %q: compressed %v", accept, got)
		}
	}
}

// Budgets of the first visit, compressed (ux.md 12): the styles keep below their
// hard limit of 12 KB by a quarter.
func TestBudget(t *testing.T) {
	for name, limit := range map[string]int64{"app.css": 9_000, "core.js": 24_000, "mark.svg": 1_000, "tide.svg": 1_000,
		"product.css": 2_600, "report.css": 1_500, "analysis.css": 1_200, "training.css": 1_800, "certificate.css": 1_200, "lesson.css": 900, "practice.css": 800, "compare.js": 1_800, "scan.js": 1_800, "sheet.js": 800} {
		if got := get(t, "GET", static.URL(name), "gzip").ContentLength; got > limit {
			t.Errorf("%s weighs %d bytes, the target is %d", name, got, limit)
		}
	}
}
