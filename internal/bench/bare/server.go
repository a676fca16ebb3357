package bare

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/bench/limit"
	"github.com/tidewaiter/tidewaiter/internal/bench/world"
)

// Server is a bare server with a world's cases in it.
type Server struct {
	rows    *store
	live    live
	columns *limit.Columns
	files   string // directory of what was uploaded
}

// groups is how many cells the bare sum has: categories by countries by conveyances.
const groups = 23 * 40 * 8

// Open opens a bare server's rows beside a world, and fills them the first time.
func Open(ctx context.Context, dir, address string, size world.Size) (*Server, error) {
	rows, err := open(ctx, dir, address)
	if err != nil {
		return nil, err
	}
	s := &Server{rows: rows, live: live{ears: map[chan []byte]bool{}}, columns: limit.NewColumns(size.Lines(), groups),
		files: filepath.Join(dir, "bare-files")}
	if err := rows.fill(ctx, size); err != nil {
		return nil, err
	}
	if err := rows.fillLetters(ctx, size); err != nil {
		return nil, err
	}
	go rows.commit(func(p *post) { s.live.tell(p.seq) })
	if rows.sqlite {
		go rows.checkpoint()
	}
	return s, nil
}

// Serve answers on the listener until ctx ends.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /messages/{id}", s.put)
	mux.HandleFunc("GET /cases", s.cases)
	mux.HandleFunc("GET /groups", s.sums)
	mux.HandleFunc("GET /search", s.search)
	mux.HandleFunc("PUT /files/{id}", s.upload)
	mux.HandleFunc("GET /events", s.events)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.rows.close()
	return srv.Close()
}

func (s *Server) put(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err == nil {
		var fields map[string]any
		err = json.Unmarshal(body, &fields)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	p := &post{id: r.PathValue("id"), body: string(body), done: make(chan error, 1)}
	s.rows.queue <- p
	if err := <-p.done; err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusCreated, map[string]any{"id": p.id, "index": p.seq})
}

func (s *Server) cases(w http.ResponseWriter, r *http.Request) {
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil {
		limit = 50
	}
	items, err := s.rows.page(r.Context(), r.FormValue("country"), r.FormValue("category"), limit)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusOK, map[string]any{"items": items, "next": ""})
}

// sums adds up the columns and answers with the total: what a question costs
// whose answer is not kept.
func (s *Server) sums(w http.ResponseWriter, _ *http.Request) {
	_, total := s.columns.GroupBy(1)
	answer(w, http.StatusOK, map[string]any{"total": total})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
