package server

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/certificate"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// hasty are the server's own limits with all times made short, so that what they
// do can be seen; answer replaces the doors if it is not nil.
func hasty(t *testing.T, short time.Duration, log *slog.Logger, answer http.HandlerFunc) (*App, *httptest.Server) {
	t.Helper()
	a, err := Open(t.Context(), Config{Data: t.TempDir(), Version: "test", Log: log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	srv := a.httpServer(t.Context())
	if answer != nil {
		srv.Handler = a.Observed(answer)
	}
	if short > 0 {
		srv.ReadHeaderTimeout, srv.ReadTimeout, srv.IdleTimeout = short, 2*short, short
	}
	s := httptest.NewUnstartedServer(nil)
	s.Config = srv
	s.Start()
	t.Cleanup(s.Close)
	return a, s
}

var silent = slog.New(slog.DiscardHandler)

// raw sends bytes and gives all that comes back until the server closes.
func raw(t *testing.T, s *httptest.Server, text string) string {
	t.Helper()
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(c, text) // the server may close before all is written
	got, err := io.ReadAll(c)
	if ne, ok := errors.AsType[net.Error](err); ok && ne.Timeout() {
		t.Errorf("%.40q: the server holds the connection", text)
	}
	return string(got)
}

// Requests that are slow, cut off, oversized or malformed end, with an answer
// where one is due.
func TestHostileRequests(t *testing.T) {
	_, s := hasty(t, 200*time.Millisecond, silent, nil)
	for what, c := range map[string]struct{ send, want string }{
		"nothing at all":           {"", ""},
		"half a header":            {"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", ""},
		"a body that never comes":  {"POST /signin HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nlogin=", "408"},
		"headers of 100 KB":        {"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("a", 100<<10) + "\r\n\r\n", "431"},
		"an address of 10 KB":      {"GET /" + strings.Repeat("a", 10<<10) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "414"},
		"two lengths":              {"POST /signin HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", "400"},
		"a length and chunks":      {"POST /signin HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", "501"},
		"no host":                  {"GET / HTTP/1.1\r\n\r\n", "400"},
		"a line end in a header":   {"GET / HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n", "400"},
		"HTTP/2 without TLS":       {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"},
		"an upgrade to HTTP/2":     {"GET /signin HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n", "200"},
		"a method that nobody has": {"BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404"},
	} {
		got := raw(t, s, c.send)
		status := ""
		if len(got) > 12 {
			status = got[9:12]
		}
		if status != c.want {
			t.Errorf("%s: %q, want %q: %.100q", what, status, c.want, got)
		}
	}
}

// A body of 100 MiB is refused without being kept, and a thousand connections
// that say nothing cost little: memory stays bounded.
func TestMemoryStaysBounded(t *testing.T) {
	_, s := hasty(t, 0, silent, nil)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc + m.StackInuse
	}
	before := heap()
	idle := make([]net.Conn, 0, 1000)
	for range 1000 {
		c, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
			t.Fatalf("%q, %v", line, err)
		}
		idle = append(idle, c)
	}
	for range 3 {
		body := io.LimitReader(endless{}, 100<<20)
		resp, err := http.Post(s.URL+"/signin", "application/x-www-form-urlencoded", body)
		if err == nil { // the server may close before it has answered
			if resp.StatusCode != http.StatusRequestEntityTooLarge {
				t.Errorf("100 MiB: %d", resp.StatusCode)
			}
			resp.Body.Close()
		}
	}
	if grown := int64(heap()) - int64(before); grown > 64<<20 {
		t.Errorf("%d idle connections and 300 MiB of bodies took %d MiB", len(idle), grown>>20)
	}
	resp, err := http.Get(s.URL + "/signin")
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("after that: %v, %v", resp, err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// A reader who is too slow for one answer is cut; a stream is not, and ends when
// the server is asked to end.
func TestStreamsOutliveTheDeadline(t *testing.T) {
	ended := make(chan string, 2)
	_, s := hasty(t, 0, silent, func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Query().Get("name")
		door.Deadlines(w, time.Now().Add(-door.AnswerWithin)) // so much time went by
		if name == "stream" {
			r = door.LongLived(w, r)
		}
		fmt.Fprintln(w, "still here")
		if err := http.NewResponseController(w).Flush(); err != nil {
			ended <- name
			return
		}
		<-r.Context().Done()
		ended <- name
	})
	if resp, err := http.Get(s.URL + "/?name=page"); err == nil {
		t.Errorf("a slow reader got %d", resp.StatusCode)
		resp.Body.Close()
	}
	if name := <-ended; name != "page" {
		t.Fatal(name)
	}
	resp, err := http.Get(s.URL + "/?name=stream")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if line, err := bufio.NewReader(resp.Body).ReadString('\n'); err != nil || line != "still here\n" {
		t.Errorf("%q, %v", line, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := s.Config.Shutdown(ctx); err != nil {
		t.Errorf("a stream holds the server: %v", err)
	}
	if name := <-ended; name != "stream" {
		t.Error(name)
	}
}

// Over TLS browsers get HTTP/2.
func TestHTTP2(t *testing.T) {
	a, err := Open(t.Context(), Config{Data: t.TempDir(), Version: "test", Log: silent})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	kept, err := certificate.SelfMade(t.TempDir(), []string{"127.0.0.1"}, source.Real(), silent)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", kept.Config())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx, l, nil) }()
	client := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	resp, err := client.Get("https://" + l.Addr().String() + "/signin")
	if err != nil || resp.ProtoMajor != 2 || resp.StatusCode != http.StatusOK || resp.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%+v, %v", resp, err)
	}
	resp.Body.Close()
	client.CloseIdleConnections()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// lines are the log, one record each.
func lines(t *testing.T, logged string) (all []map[string]any) {
	t.Helper()
	for line := range strings.Lines(logged) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, m)
	}
	return all
}

// guarded is a buffer that the server and the test share.
type guarded struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.Write(p)
}

func (g *guarded) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.String()
}

// Each request is one line that names the route and not the address, and a panic
// is an answer with a number, logged without what it was about.
func TestLogWithoutContent(t *testing.T) {
	var logged guarded
	mux := http.NewServeMux()
	mux.HandleFunc("GET /o/{op}/c/{ref}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("ref") == "panic" {
			panic("canary-panic")
		}
		_, _ = io.WriteString(w, "twelve bytes")
	})
	a, s := hasty(t, 0, slog.New(slog.NewJSONHandler(&logged, nil)), mux.ServeHTTP)
	for _, path := range []string{"/o/canary-op/c/canary-ref?q=canary-query", "/o/canary-op/c/panic", "/canary-nowhere"} {
		req, _ := http.NewRequest(http.MethodGet, s.URL+path, nil)
		req.Header.Set("User-Agent", "canary-agent")
		req.Header.Set("Authorization", "Bearer canary-token")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
	s.Close() // all lines are written
	if strings.Contains(logged.String(), "canary") || strings.Contains(logged.String(), "127.0.0.1") {
		t.Errorf("the log holds content or an address:\n%s", &logged)
	}
	all := lines(t, logged.String())
	if len(all) != 4 {
		t.Fatalf("%d lines:\n%s", len(all), &logged)
	}
	first, fell, after := all[0], all[1], all[2]
	if first["msg"] != "request" || first["route"] != "/o/{op}/c/{ref}" || first["status"] != 200.0 || first["bytes"] != 12.0 || first["method"] != "GET" || first["level"] != "INFO" {
		t.Errorf("%v", first)
	}
	if fell["msg"] != "panic" || fell["panic"] != "string" || fell["number"] != after["number"] || after["status"] != 500.0 || fell["number"] == first["number"] || len(fmt.Sprint(fell["number"])) != 12 {
		t.Errorf("%v\n%v", fell, after)
	}
	if all[3]["route"] != "none" || all[3]["status"] != 404.0 {
		t.Errorf("%v", all[3])
	}
	w := httptest.NewRecorder()
	a.Metrics.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		`tidewaiter_requests_total{method="GET",route="/o/{op}/c/{ref}",status="2xx"} 1`,
		`tidewaiter_requests_total{method="GET",route="/o/{op}/c/{ref}",status="5xx"} 1`,
		`tidewaiter_requests_total{method="GET",route="none",status="4xx"} 1`,
		`tidewaiter_request_seconds_count{method="GET",route="/o/{op}/c/{ref}"} 2`,
		"tidewaiter_requests_in_flight 0", "tidewaiter_database_up 1", "tidewaiter_journal_entries 0", "tidewaiter_sessions 0",
		"tidewaiter_commits_total ", "tidewaiter_writes_waiting 0", "tidewaiter_streams_open 0", "go_goroutines ", "process_open_fds ",
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if strings.Contains(w.Body.String(), "canary") {
		t.Error("the metrics hold content")
	}
}

// What net/http says of its own holds the addresses of clients: they are left out.
func TestQuiet(t *testing.T) {
	var logged bytes.Buffer
	q := quiet{slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, line := range []string{"http: TLS handshake error from 192.0.2.7:5: EOF\n", "http: Accept error: too many open files; retrying\n", "http: superfluous"} {
		if n, err := q.Write([]byte(line)); n != len(line) || err != nil {
			t.Error(n, err)
		}
	}
	if got := logged.String(); strings.Contains(got, "192.0.2.7") || !strings.Contains(got, "TLS handshake error") || strings.Count(got, "\n") != 3 {
		t.Error(got)
	}
}

// The number of live connections is asked for where the hub tells it.
func TestWatchLive(t *testing.T) {
	a, _ := hasty(t, 0, silent, nil)
	a.Metrics.WatchLive(func() int { return 7 })
	w := httptest.NewRecorder()
	a.Metrics.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(w.Body.String(), "tidewaiter_live_connections 7") {
		t.Error("not shown")
	}
}
