package bare

import (
	"fmt"
	"net/http"
	"sync"
)

// live holds who listens.
type live struct {
	mu   sync.Mutex
	ears map[chan []byte]bool
}

// tell sends an event to everybody, encoded once; a reader that is sixteen events
// behind misses it.
func (l *live) tell(seq int64) {
	event := fmt.Appendf(nil, "id: %d\nevent: grew\ndata: {\"index\":%d}\n\n", seq, seq)
	l.mu.Lock()
	defer l.mu.Unlock()
	for ear := range l.ears {
		select {
		case ear <- event:
		default:
		}
	}
}

// events answers with a stream that ends when the reader goes.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	ear := make(chan []byte, 16)
	s.live.mu.Lock()
	s.live.ears[ear] = true
	s.live.mu.Unlock()
	defer func() {
		s.live.mu.Lock()
		delete(s.live.ears, ear)
		s.live.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	_, _ = w.Write([]byte(": hello\n\n"))
	_ = out.Flush()
	for {
		select {
		case event := <-ear:
			if _, err := w.Write(event); err != nil || out.Flush() != nil {
				return
			}
		case <-r.Context().Done():
			return
		case <-s.rows.stop:
			return
		}
	}
}
