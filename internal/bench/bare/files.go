package bare

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// upload writes what is sent to a file and flushes it: no type, no hash, no
// encryption, no row.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if !source.ValidID(id) {
		http.Error(w, "no id", http.StatusBadRequest)
		return
	}
	if err := s.keep(id, r.Body); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) keep(id string, body io.Reader) error {
	if err := os.MkdirAll(s.files, 0o700); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(s.files, id))
	if err != nil {
		return err
	}
	_, err = io.Copy(f, body)
	return errors.Join(err, f.Sync(), f.Close())
}
