package job

import (
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Limits.
const (
	// Lease is how long one attempt may take.
	Lease = 2 * time.Minute
	// FirstPause is how long a job rests after it failed once; the pause doubles
	// with every further failure up to LongestPause.
	FirstPause   = 30 * time.Second
	LongestPause = 30 * time.Minute
)

// Job is one attempt at a job.
type Job struct {
	Kind     string
	Subject  string
	Attempts int64 // this one included: 1 at first

	fence, puts int64
}

// ErrLost: the lease ended, and somebody else may be at it.
var ErrLost = errors.New("job: the lease has ended")

// later is the answer of a doer that wants to be called again.
type later struct{ at time.Time }

func (l later) Error() string { return fmt.Sprintf("job: again at %s", l.at.Format(time.RFC3339)) }

// At is what a doer answers that wants to be called again at a moment; nothing
// has failed.
func At(t time.Time) error { return later{t} }

// pause is how long a job rests that has failed that many times.
func pause(failed int64) time.Duration {
	d := FirstPause
	for ; failed > 1 && d < LongestPause; failed-- {
		d *= 2
	}
	return min(d, LongestPause)
}

// Put asks for a job at a moment, in the unit of work that is its reason. If the
// job stands already it falls due at the earlier of the two moments; one that
// has failed keeps its pause. A job that somebody is at now is done once more.
func Put(tx *db.Tx, kind, subject string, due time.Time) error {
	if kind == "" || subject == "" || due.IsZero() {
		return fmt.Errorf("job: incomplete job %q/%q", kind, subject)
	}
	_, err := tx.Exec(put, kind, subject, due)
	return err
}

// Drop takes a job back. An attempt that has begun goes on; its next Held fails.
func Drop(tx *db.Tx, kind, subject string) error {
	_, err := tx.Exec(drop, kind, subject)
	return err
}

// Held tells whether the attempt still holds its lease: ErrLost when not. A doer
// calls it first in each unit of work that writes, so that only one of two writes.
func Held(tx *db.Tx, j Job) error {
	n, err := tx.Exec(touch, j.Kind, j.Subject, j.fence)
	if err == nil && n == 0 {
		err = ErrLost
	}
	return err
}

// Due tells when a job falls due, and whether it stands at all: for tests and for
// pages that say when.
func Due(tx *db.Tx, kind, subject string) (at time.Time, stands bool, err error) {
	at, err = db.One(tx, selectDueOf, scanTime, kind, subject)
	if errors.Is(err, db.ErrNone) {
		return at, false, nil
	}
	return at, err == nil, err
}
