package server

import (
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// maxURL bounds the path and query of a request, in bytes.
const maxURL = 8 << 10

// Observed is around both doors: a number for each request, a line in the log, a
// place in the metrics, deadlines for slow readers, and an end to panics. It
// notes the pattern of the route and never the path: nothing of people,
// operations or what they wrote.
func (a *App) Observed(next http.Handler) http.Handler {
	numbers := source.Real()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		r = door.Numbered(r, hex.EncodeToString(numbers.Bytes(6)))
		seen := &seenWriter{ResponseWriter: w}
		door.Deadlines(seen, began)
		done := a.Metrics.begin()
		defer func() {
			if p := recover(); p != nil {
				a.fell(seen, r, p)
			}
			took := time.Since(began)
			done(route(r), method(r), seen.code(), took)
			a.Config.Log.Info("request", "number", door.Number(r), "method", method(r), "route", route(r), "status", seen.code(),
				"bytes", seen.bytes, "ms", float64(took.Microseconds())/1000)
		}()
		if len(r.RequestURI) > maxURL {
			seen.WriteHeader(http.StatusRequestURITooLong)
			return
		}
		next.ServeHTTP(seen, r)
	})
}

// fell answers a panic, and logs it without what it was about: the words of a
// panic may hold content, its place does not.
func (a *App) fell(w *seenWriter, r *http.Request, p any) {
	if p == http.ErrAbortHandler {
		w.status = 499 // the answer was broken off on purpose
		panic(p)
	}
	said := fmt.Sprintf("%T", p)
	if e, ok := p.(runtime.Error); ok {
		said = e.Error()
	}
	a.Config.Log.Error("panic", "number", door.Number(r), "method", method(r), "route", route(r), "panic", said, "stack", string(debug.Stack()))
	if w.status == 0 {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.status = http.StatusInternalServerError
	panic(http.ErrAbortHandler) // half an answer must not look whole
}

// route is the pattern that answered, without its method.
func route(r *http.Request) string {
	_, pattern, ok := strings.Cut(r.Pattern, " ")
	if !ok {
		pattern = r.Pattern
	}
	if pattern == "" || pattern == "/" {
		return "none"
	}
	return pattern
}

// method is the request's, if it is one of those that anybody uses: a label must
// not be anything that a stranger writes.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// seenWriter notes the status and counts the bytes of an answer.
type seenWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (s *seenWriter) WriteHeader(status int) {
	if s.status == 0 && status >= 200 {
		s.status = status
	}
	s.ResponseWriter.WriteHeader(status)
}

func (s *seenWriter) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	n, err := s.ResponseWriter.Write(b)
	s.bytes += int64(n)
	return n, err
}

func (s *seenWriter) code() int {
	if s.status == 0 {
		return http.StatusOK
	}
	return s.status
}

// Unwrap lets http.ResponseController reach the connection.
func (s *seenWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// Flush is for who does not ask http.ResponseController.
func (s *seenWriter) Flush() { _ = http.NewResponseController(s.ResponseWriter).Flush() }

// quiet is the log of net/http without the addresses of clients: most of what it
// says is that somebody broke off or does not speak TLS 1.3.
type quiet struct{ log *slog.Logger }

func (q quiet) Write(line []byte) (int, error) {
	said := strings.TrimSpace(string(line))
	if what, _, ok := strings.Cut(said, " from "); ok {
		q.log.Debug("http", "error", what)
	} else {
		what, _, _ := strings.Cut(said, ": ")
		q.log.Warn("http", "error", what)
	}
	return len(line), nil
}
