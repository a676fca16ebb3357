package warning

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Unanswered is for how long a warning may be without feedback before it wants attention.
const Unanswered = 24 * time.Hour

// What a warning that is open for its reader is besides.
const (
	AnyOpen = "open"
	Overdue = "overdue" // its time has passed
	Unseen  = "unseen"  // nobody has acknowledged it; only for who coordinates
	Old     = "old"     // it was written longer than Unanswered ago
)

// States lists them.
func States() []string { return []string{AnyOpen, Overdue, Unseen, Old} }

// is tells whether a warning that is open is in a state.
func (e Entry) is(state string, st operation.Standing) bool {
	switch state {
	case Overdue:
		return e.Item.Overdue
	case Unseen:
		return e.unseen && st.Side() == access.Coordination
	case Old:
		return st.Now.Sub(e.Written) > Unanswered
	}
	return true
}
