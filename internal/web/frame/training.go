package frame

import (
	"net/http"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Serves tells whether a page stands at a pattern: pages of one workshop are several
// rooms, which link to each other and may not import each other.
func (s *Site) Serves(pattern string) bool {
	_, there := s.rows[http.MethodGet+" "+pattern]
	return there
}

// Leads is Serves for somebody who stands so in an operation: may they open it?
func (s *Site) Leads(st operation.Standing, pattern string) bool {
	return s.Serves(pattern) && st.May(s.rows[http.MethodGet+" "+pattern].Command)
}

// shelves are muxes by the fixed name that follows /t/ in an address: /t/lessons/{lesson}
// and /t/{id}/edit both fit /t/lessons/edit, and one mux refuses two such patterns.
type shelves map[string]*http.ServeMux

func (m shelves) of(name string) *http.ServeMux {
	if m[name] == nil {
		m[name] = http.NewServeMux()
	}
	return m[name]
}

// ServeHTTP answers from the shelf that the address names, if there is one.
func (m shelves) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mux := m[shelf(r.URL.Path)]
	if mux == nil {
		mux = m[""]
	}
	mux.ServeHTTP(w, r)
}

// shelf is the fixed name between /t/ and what follows; empty where none stands.
func shelf(path string) string {
	rest, ok := strings.CutPrefix(path, "/t/")
	name, _, deeper := strings.Cut(rest, "/")
	if !ok || !deeper || strings.HasPrefix(name, "{") {
		return ""
	}
	return name
}
