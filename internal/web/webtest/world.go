package webtest

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// World is the story served from a copy of its own.
type World struct {
	T      testing.TB
	App    *server.App
	Server *httptest.Server
	// Gate stands before every request; nil: it is open. Set it before any page is opened.
	Gate func(next http.Handler) http.Handler
}

// Open copies the told story and serves it. What the site logs is a failure.
func Open(t testing.TB) *World {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	servertest.Copy(t, dir)
	w, logged := &World{T: t}, &strings.Builder{}
	log := slog.New(slog.NewTextHandler(logged, nil))
	var err error
	w.App, err = server.Open(context.Background(), server.Config{Data: filepath.Clean(dir), Version: "test", Log: log, RateFactor: 1000})
	if err != nil {
		t.Fatal(err)
	}
	w.App.Clock.Set(w.App.Clock.Now()) // the pages show it: two answers of one test must not differ by it
	app := w.App.Handler()
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		next := app
		if w.Gate != nil {
			next = w.Gate(app)
		}
		next.ServeHTTP(rw, r)
	}))
	t.Cleanup(func() {
		w.Server.Close()
		if err := w.App.Close(); err != nil {
			t.Error(err)
		}
		if logged.Len() > 0 {
			t.Errorf("the site logged errors:\n%s", logged)
		}
	})
	return w
}

// Token is a bearer token of a persona; "" is nobody's.
func (w *World) Token(persona string) string {
	w.T.Helper()
	if persona == "" {
		return ""
	}
	token, err := w.App.Sessions.Token(w.T.Context(), persona)
	if err != nil {
		w.T.Fatal(err)
	}
	return token
}

// Session is a persona's session, for its actor and organisation.
func (w *World) Session(persona string) session.Session {
	w.T.Helper()
	s, err := w.App.Sessions.Resolve(w.T.Context(), w.Token(persona))
	if err != nil {
		w.T.Fatal(err)
	}
	return s
}

// Live runs what tells open pages and people of what happens, until the test ends.
func (w *World) Live() {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { w.App.Live.Run(ctx); close(ended) }()
	w.T.Cleanup(func() { stop(); <-ended })
}

// Operation is the operation of the story in which tests write.
const Operation operation.Code = "action-ipr-ap-2"

// Inside is the address of its overview, with which those of its pages begin.
const Inside = "/o/" + string(Operation) + "/"

// Send writes a message as a persona and gives the address of its page. A draft
// of a subject alone is a plain word in English to every administration.
func (w *World) Send(persona string, d message.Draft) string {
	w.T.Helper()
	d.ID = message.ID(source.Real().ID())
	d.Template, d.Language, d.TLP = cmp.Or(d.Template, message.General), cmp.Or(d.Language, "en"), cmp.Or(d.TLP, "GREEN")
	d.Body = cmp.Or(d.Body, d.Subject)
	if d.To.Empty() {
		d.To.Sides = []access.Side{access.Enforcement}
	}
	m, err := w.App.Messages.Send(w.T.Context(), w.Session(persona).Actor, Operation, d)
	if err != nil {
		w.T.Fatal(err)
	}
	return fmt.Sprintf("%sm/%d", Inside, m.Seq)
}

// Get asks for an address as a persona and gives the status and what came.
func (w *World) Get(persona, path string) (status int, body []byte) {
	w.T.Helper()
	req, err := http.NewRequest(http.MethodGet, w.Server.URL+path, nil)
	if err != nil {
		w.T.Fatal(err)
	}
	if token := w.Token(persona); token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := w.Server.Client().Do(req)
	if err != nil {
		w.T.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err = io.ReadAll(resp.Body); err != nil {
		w.T.Fatal(err)
	}
	return resp.StatusCode, body
}
