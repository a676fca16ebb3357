package verify

import (
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// replay follows a journal for one package, and holds its rows against it at the end.
type replay interface {
	Take(a *journal.Audit, act journal.Act) bool
	Check(tx *db.Tx, a *journal.Audit) error
}

// replays are those of several packages.
type replays []replay

// newTraining are those of workshops and of what is learnt in them.
func newTraining() replays {
	return replays{workshop.NewReplay(), attendance.NewReplay(), course.NewReplay(), evaluation.NewReplay(), learnt.NewReplay(), lesson.NewReplay()}
}

// Take hands an entry to the one that knows it.
func (r replays) Take(a *journal.Audit, act journal.Act) bool {
	for _, one := range r {
		if one.Take(a, act) {
			return true
		}
	}
	return false
}

// Check has each hold its rows.
func (r replays) Check(tx *db.Tx, a *journal.Audit) error {
	for _, one := range r {
		if err := one.Check(tx, a); err != nil {
			return err
		}
	}
	return nil
}
