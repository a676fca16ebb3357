package gallery_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/web/kit/gallery"
	"github.com/tidewaiter/tidewaiter/internal/web/static"
)

var update = flag.Bool("update", false, "write the golden files")

func render(t testing.TB, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	hashed = regexp.MustCompile(`\.[0-9a-f]{10}\.(css|js|svg)`)
	tags   = regexp.MustCompile(`(<[/!a-z])`)
)

// TestMarkup keeps the markup of every part, a tag a line, in each language.
func TestMarkup(t *testing.T) {
	for _, lang := range i18n.Languages() {
		for name, page := range map[string]func(*kit.Page) templ.Component{"page": gallery.Page, "door": gallery.Door} {
			t.Run(string(lang)+"/"+name, func(t *testing.T) {
				p := gallery.Sample(lang, "nonce")
				got := hashed.ReplaceAllString(render(t, page(p)), ".HASH.$1")
				got = strings.TrimSpace(tags.ReplaceAllString(got, "\n$1")) + "\n"
				if strings.Contains(got, "«") {
					t.Errorf("a text is missing: %s", regexp.MustCompile(`«[^»]*»`).FindString(got))
				}
				path := filepath.Join("testdata", name+"."+string(lang)+".html")
				if *update {
					if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(string(want), got); d != "" {
					t.Errorf("markup changed (-update when meant):\n%s", d)
				}
			})
		}
	}
}

// policy is the one that every page of the product is sent with.
const policy = "default-src 'none'; script-src 'self' 'nonce-%[1]s'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; font-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types htmx app"

// serve shows the gallery as a door would.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	asks := 0
	show := func(status int, page func(*kit.Page) templ.Component) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			asks++
			nonce := fmt.Sprintf("n%d", asks) // another one each time, as in the product
			lang := i18n.Match(r.Header.Get("Accept-Language"), r.URL.Query().Get("lang"))
			p := gallery.Sample(lang, nonce)
			p.Theme, p.Density = r.URL.Query().Get("theme"), r.URL.Query().Get("density")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", fmt.Sprintf(policy, nonce))
			w.Header().Set("Cache-Control", "no-store")
			w.WriteHeader(status)
			_ = page(p).Render(r.Context(), w)
		}
	}
	mux := http.NewServeMux()
	mux.Handle("GET "+static.Prefix, static.Handler())
	mux.HandleFunc("GET /gallery", show(http.StatusOK, gallery.Page))
	mux.HandleFunc("GET /door", show(http.StatusOK, gallery.Door))
	mux.HandleFunc("GET /moving", show(http.StatusOK, moving))
	mux.HandleFunc("POST /moving", show(http.StatusUnprocessableEntity, answer))
	mux.HandleFunc("GET /preview", show(http.StatusOK, preview))
	mux.HandleFunc("GET /events", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for i := range 50 {
			fmt.Fprintf(w, "event: status\ndata: burst %d\n\n", i)
		}
		fmt.Fprint(w, "event: messages\ndata: 1\n\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	t.Cleanup(srv.CloseClientConnections)
	return srv
}

// ownPicture tells whether a problem is the browser's own drawing inside a
// native control (the calendar of a date field), which no page asked for.
func ownPicture(problem string) bool {
	return strings.HasPrefix(problem, "C24: asks another host: data:image/svg+xml;base64,")
}

// TestInTheBrowser looks at the gallery as its readers do, and takes its
// picture into $TIDEWAITER_PICTURES when that is set.
func TestInTheBrowser(t *testing.T) {
	b := browsertest.Open(t)
	srv := serve(t)
	dir := os.Getenv("TIDEWAITER_PICTURES")
	if dir == "" {
		dir = t.TempDir()
	}
	for _, name := range []string{"gallery", "door"} {
		for _, lang := range []string{"en", "ar"} {
			for _, width := range []int{320, 360, 1280} {
				for _, dark := range []bool{false, true} {
					scheme := map[bool]string{false: "light", true: "dark"}[dark]
					t.Run(fmt.Sprintf("%s-%s-%d-%s", name, lang, width, scheme), func(t *testing.T) {
						p := b.Page(t, browsertest.Options{Width: width, Dark: dark, Lang: lang})
						if got := p.Go(srv.URL + "/" + name); got != http.StatusOK {
							t.Fatalf("status %d", got)
						}
						p.Screenshot(filepath.Join(dir, filepath.Base(t.Name())+".png"), true)
						for _, problem := range browsertest.Check(t, p) {
							if !ownPicture(problem) {
								t.Error(problem)
							}
						}
					})
				}
			}
		}
	}
}
