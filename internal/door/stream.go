package door

import (
	"bytes"
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// PersonStreams is how many live streams a person may have open: one a visible tab.
const PersonStreams = 4

// writeWithin is how long a reader may take for one write before its stream ends.
const writeWithin = 10 * time.Second

// Frame is one event of a stream (server-sent events, HTML standard 9.2).
type Frame struct {
	ID    string // Last-Event-ID of whoever comes back after it; empty: unchanged
	Event string
	Data  []byte // one line; JSON
}

// append writes the frame in the form of the standard.
func (f Frame) append(b []byte) []byte {
	if f.ID != "" {
		b = append(append(append(b, "id: "...), f.ID...), '\n')
	}
	if f.Event != "" {
		b = append(append(append(b, "event: "...), f.Event...), '\n')
	}
	for line := range bytes.SplitSeq(f.Data, []byte{'\n'}) {
		b = append(append(append(b, "data: "...), line...), '\n')
	}
	return append(b, '\n')
}

// Stream writes frames as they come until next fails, the reader goes, or the
// reader does not take a write in time. A next without frames is written as a
// heartbeat. next is told when the reader has gone.
func Stream(w http.ResponseWriter, r *http.Request, next func(ctx context.Context) ([]Frame, error)) {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{}) // the request is read; a stream outlives its limit
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy must not hold events back
	write := func(b []byte) bool {
		_ = c.SetWriteDeadline(source.Real().Now().Add(writeWithin))
		if _, err := w.Write(b); err != nil {
			return false
		}
		return c.Flush() == nil
	}
	if !write([]byte("retry: 2000\n\n")) {
		return
	}
	var buf []byte
	for {
		frames, err := next(r.Context())
		if err != nil {
			return
		}
		buf = buf[:0]
		for _, f := range frames {
			buf = f.append(buf)
		}
		if len(frames) == 0 {
			buf = append(buf, ":\n\n"...)
		}
		if !write(buf) {
			return
		}
	}
}

// Seats counts the live streams of each person.
type Seats struct {
	// Max is how many one person may have; 0: PersonStreams.
	Max int

	mu   sync.Mutex
	open map[string]int
}

// Begin takes a place for one more stream of a person; done gives it back. ok is
// false when all are taken.
func (s *Seats) Begin(person string) (done func(), ok bool) {
	limit := s.Max
	if limit == 0 {
		limit = PersonStreams
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[string]int{}
	}
	if s.open[person] >= limit {
		return nil, false
	}
	s.open[person]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.open[person]--; s.open[person] == 0 {
			delete(s.open, person)
		}
	}, true
}
