package frame

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// A page is the same for whoever takes it packed and for whoever does not, and
// the length of what travels does not tell the length of the page.
func TestPagesArePacked(t *testing.T) {
	text := strings.Repeat("<p>seized goods</p>", 500)
	page := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	lengths := map[int]bool{}
	for range 40 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", "gzip, br")
		w := httptest.NewRecorder()
		if err := Show(w, r, http.StatusConflict, page); err != nil {
			t.Fatal(err)
		}
		if w.Code != http.StatusConflict || w.Header().Get("Content-Encoding") != "gzip" || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Fatalf("%d %v", w.Code, w.Header())
		}
		lengths[w.Body.Len()] = true
		if w.Body.Len() > len(text)/4 {
			t.Fatalf("%d bytes of %d", w.Body.Len(), len(text))
		}
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(got, []byte(text)) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
	}
	if len(lengths) < 8 {
		t.Errorf("only %d lengths among 40 answers", len(lengths))
	}
	for accept, text := range map[string]string{"": text, "gzip;q=0": text, "gzip": "short"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		err := Show(w, r, http.StatusOK, templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}))
		if err != nil || w.Body.String() != text || w.Header().Get("Content-Encoding") != "" || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %v, %d bytes", accept, w.Header(), w.Body.Len())
		}
	}
}
