package weight_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/bench/weight"
	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
)

// served is the demonstration on a loopback address, and a token for everybody
// who opens a page.
func served(t *testing.T) (base string, tokens map[string]string) {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	servertest.Copy(t, data)
	c := server.Config{Data: data, Version: "test", Log: slog.New(slog.DiscardHandler)}
	app, _, err := server.NewDemo(t.Context(), c, server.Options{Seed: 1, Scale: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- app.Serve(ctx, l, nil) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	})
	tokens = map[string]string{"": ""}
	for _, p := range weight.Pages() {
		if p.Persona != "" && tokens[p.Persona] == "" {
			if tokens[p.Persona], err = app.Sessions.Token(t.Context(), p.Persona); err != nil {
				t.Fatal(err)
			}
		}
	}
	return "http://" + l.Addr().String(), tokens
}

// judge fails for what passes a hard limit, and tells what passes a target.
func judge(t *testing.T, p weight.Page, w weight.Weight) {
	t.Helper()
	for _, l := range w.Lines(p) {
		switch {
		case l.Has > l.Limit && l.What == "HTML" && p.Known != "":
			t.Logf("%s: %s %d %s, above the limit of %d: %s", p.Name, l.What, l.Has, l.Unit, l.Limit, p.Known)
		case l.What == "HTML" && p.Known != "":
			t.Errorf("%s: HTML is within its limit now (cure: take its reason out of Pages)", p.Name)
		case l.Has > l.Limit:
			t.Errorf("%s: %s %d %s, the limit is %d", p.Name, l.What, l.Has, l.Unit, l.Limit)
		case l.Has > l.Target:
			t.Logf("%s: %s %d %s, above the target of %d", p.Name, l.What, l.Has, l.Unit, l.Target)
		}
	}
}

// Over plain HTTP, as an administrator can measure it.
func TestPagesOverHTTP(t *testing.T) {
	base, tokens := served(t)
	for _, p := range weight.Pages() {
		w, err := weight.Measure(t.Context(), base, tokens[p.Persona], p)
		if err != nil {
			t.Fatal(err)
		}
		judge(t, p, w)
	}
}

// entry is one transfer as the browser's own timeline tells it. Transferred
// counts headers too, and is 0 for what came from the cache.
type entry struct {
	Name        string `json:"name"`
	Kind        string `json:"initiatorType"`
	Transferred int64  `json:"transferSize"`
}

const timeline = `JSON.stringify(performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
	.map(e => ({name: e.name, initiatorType: e.initiatorType, transferSize: e.transferSize})))`

// In Chromium, as whoever opens the page: first with an empty cache, then again.
func TestPagesInChromium(t *testing.T) {
	base, tokens := served(t)
	b := browsertest.Open(t)
	for _, p := range weight.Pages() {
		t.Run(strings.ReplaceAll(p.Name, " ", "-"), func(t *testing.T) {
			page := b.Page(t, browsertest.Options{Width: 1280, Lang: "en", Bearer: tokens[p.Persona],
				Cookies: []*http.Cookie{{Name: "language", Value: "en"}}})
			open := func() []entry {
				t.Helper()
				page.Go(base + p.Path)
				var all []entry
				if err := json.Unmarshal([]byte(browsertest.Eval[string](page, timeline)), &all); err != nil {
					t.Fatal(err)
				}
				return all
			}
			var w weight.Weight
			for _, e := range open() {
				if !strings.HasPrefix(e.Name, base+"/") {
					w.Foreign++
				}
				if e.Transferred == 0 {
					continue
				}
				w.Requests++
				switch {
				case e.Kind == "navigation":
					w.HTML += e.Transferred
				case strings.HasSuffix(e.Name, ".css"):
					w.Styles += e.Transferred
				case strings.HasSuffix(e.Name, ".js"):
					w.Scripts += e.Transferred
				default:
					w.Other += e.Transferred
				}
			}
			for _, e := range open() {
				if e.Transferred > 0 {
					w.Repeat += e.Transferred
					w.RepeatRequests++
				}
			}
			if w.Requests == 0 || w.HTML == 0 || w.Styles == 0 {
				t.Fatalf("the browser tells of no page: %+v", w)
			}
			judge(t, p, w)
			t.Logf("%+v", w)
		})
	}
}

// A page that is too heavy is seen, whatever makes it heavy.
func TestMeasureCounts(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /page", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<link rel="stylesheet" href="/a.css"><script src="/a.js"></script><img src="//elsewhere/x"><link rel="alternate" href="/not">`)
	})
	mux.HandleFunc("GET /a.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		w.Header().Set("Cache-Control", "max-age=1, immutable")
		_, _ = io.WriteString(w, `a{background:url(/pic)}`)
	})
	mux.HandleFunc("GET /a.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = io.WriteString(w, "12345")
	})
	mux.HandleFunc("GET /pic", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "123") })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: mux}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { srv.Close() })
	w, err := weight.Measure(t.Context(), "http://"+l.Addr().String(), "", weight.Page{Path: "/page"})
	if err != nil {
		t.Fatal(err)
	}
	html := w.HTML
	want := weight.Weight{HTML: html, Styles: 23, Scripts: 5, Other: 3, Requests: 4, Repeat: html + 5 + 3, RepeatRequests: 3, Foreign: 1}
	if w != want || html < 100 {
		t.Errorf("%+v, want %+v", w, want)
	}
}
