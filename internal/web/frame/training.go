package frame

import (
	"net/http"

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
