package api_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/session"
)

const (
	action = operation.Code("action-ipr-ap-2")
	base   = "/api/v1/operations/" + string(action)
)

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

// world is an instance whose door for other systems is served.
type world struct {
	t      testing.TB
	app    *server.App
	server *httptest.Server
	logged *logged
}

// logged keeps what the door logs: an internal error.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// newWorld serves a copy of the told story, so that a test may change it.
func newWorld(t testing.TB) *world {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	servertest.Copy(t, dir)
	w := open(t, server.Config{Data: dir})
	w.app.Clock.Set(w.app.Clock.Now())
	return w
}

// open opens an instance and serves it. An internal error fails the test.
func open(t testing.TB, c server.Config) *world {
	t.Helper()
	w := &world{t: t, logged: &logged{}}
	c.Version, c.RateFactor, c.Streams = "test", 1e6, 2000
	c.Log = slog.New(slog.NewTextHandler(w.logged, &slog.HandlerOptions{Level: slog.LevelWarn}))
	var err error
	if w.app, err = server.Open(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	w.server = httptest.NewServer(w.app.Handler())
	ctx, stop := context.WithCancel(context.Background())
	var hub sync.WaitGroup
	hub.Go(func() { w.app.Live.Run(ctx) })
	t.Cleanup(func() {
		stop()
		hub.Wait()
		w.server.CloseClientConnections()
		w.server.Close()
		if err := w.app.Close(); err != nil {
			t.Error(err)
		}
		if text := w.logged.String(); text != "" {
			t.Errorf("the door logged errors:\n%.4000s", text)
		}
	})
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// client asks with a token.
type client struct {
	world *world
	token string
}

// as gives a client for a persona; "" is nobody.
func (w *world) as(persona string) client {
	w.t.Helper()
	if persona == "" {
		return client{world: w}
	}
	token, err := w.app.Sessions.Token(context.Background(), persona)
	w.must(err)
	return client{w, token}
}

func (w *world) sessionOf(persona string) session.Session {
	w.t.Helper()
	s, err := w.app.Sessions.Resolve(context.Background(), w.as(persona).token)
	w.must(err)
	return s
}

// personas are all whom the demonstration lets one be, and who is nobody.
func (w *world) personas() []string {
	w.t.Helper()
	all, err := w.app.Sessions.Personas(w.t.Context())
	w.must(err)
	out := []string{"", session.Stranger}
	for _, p := range all {
		out = append(out, p.Person.Persona)
	}
	return out
}

// officers gives an officer of each administration that no persona belongs to.
func (w *world) officers() []session.Session {
	w.t.Helper()
	own := w.sessionOf("officer").Organisation.Number
	_, members, err := w.app.Operations.People(w.t.Context(), w.sessionOf("coordinator").Actor, action)
	w.must(err)
	var out []session.Session
	for _, m := range members {
		i := slices.IndexFunc(m.People, func(p operation.Participant) bool { return slices.Contains(p.Roles, access.Officer) })
		if i < 0 || m.Organisation.Number == own || m.Membership.State != operation.Accepted {
			continue
		}
		p := m.People[i]
		out = append(out, session.Session{Actor: access.Actor{Person: string(p.Person.ID), Organisation: m.Organisation.Number},
			Person: p.Person, Organisation: m.Organisation, Hat: p.Hat})
	}
	return out
}

const testPassword = "seven gulls over the pier"

// signedIn is a client of somebody of the story who is no persona.
func (w *world) signedIn(s session.Session) client {
	w.t.Helper()
	link, err := w.app.People.Invite(w.t.Context(), w.sessionOf("administrator").Actor, s.Person.ID)
	w.must(err)
	_, err = w.app.People.Redeem(w.t.Context(), link, testPassword)
	w.must(err)
	token, _, err := w.app.Sessions.SignIn(w.t.Context(), s.Person.Login, testPassword, "test")
	w.must(err)
	return client{w, token}
}

// answer is what came back: of a stream, its beginning.
type answer struct {
	status int
	header http.Header
	body   string
}

// decode reads a body into v.
func (a answer) decode(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		t.Fatalf("%v: %d %.300s", err, a.status, a.body)
	}
}

// problem is an error as other systems read it.
type problem struct {
	Type, Title string
	Status      int
	Kept        bool
	Errors      []struct{ Field, Type, Detail string }
}

// refusal reads a problem document, and fails where it is not whole.
func (a answer) refusal(t testing.TB) problem {
	t.Helper()
	var p problem
	if kind := a.header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("a problem of type %q: %d %.200s", kind, a.status, a.body)
		return p
	}
	a.decode(t, &p)
	if !strings.HasPrefix(p.Type, "urn:tidewaiter:") || p.Title == "" || p.Status != a.status {
		t.Errorf("a problem without type, title or status: %d %s", a.status, a.body)
	}
	for _, e := range p.Errors {
		if !strings.HasPrefix(e.Type, "urn:tidewaiter:") || e.Detail == "" || strings.HasPrefix(e.Detail, "fault.") || strings.HasPrefix(e.Detail, "api.") {
			t.Errorf("a field's problem without type or text: %s", a.body)
		}
	}
	return p
}

func (c client) get(path string, headers ...string) answer {
	return c.do(http.MethodGet, path, "", headers...)
}

func (c client) put(path, body string, headers ...string) answer {
	return c.do(http.MethodPut, path, body, headers...)
}

// do asks; headers are names and values in turn.
func (c client) do(method, path, body string, headers ...string) answer {
	c.world.t.Helper()
	a, err := c.try(method, path, body, headers...)
	if err != nil {
		c.world.t.Fatal(err)
	}
	return a
}

// patience bounds what a test waits for in the worst case.
const patience = 30 * time.Second

func (c client) try(method, path, body string, headers ...string) (answer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var in io.Reader
	if body != "" {
		in = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.world.server.URL+path, in)
	if err != nil {
		return answer{}, err
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if strings.Contains(path, "/uploads") {
		for name, value := range map[string]string{"Tus-Resumable": "1.0.0", "Upload-Length": "8", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"} {
			req.Header.Set(name, value)
		}
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req) // redirects are answers too
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header}
	if resp.Header.Get("Content-Type") == "text/event-stream" && method == http.MethodGet {
		a.body = begun(resp.Body)
		return a, nil
	}
	b, err := io.ReadAll(resp.Body)
	a.body = string(b)
	return a, err
}

// begun reads a stream up to its greeting.
func begun(r io.Reader) string {
	var out strings.Builder
	one := make([]byte, 1)
	for strings.Count(out.String(), "\n\n") < 2 {
		if _, err := r.Read(one); err != nil {
			break
		}
		out.WriteByte(one[0])
	}
	return out.String()
}
