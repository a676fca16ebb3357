package verify

import (
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// replay follows a journal and knows which rows of a package should stand.
type replay interface {
	Take(a *journal.Audit, act journal.Act) bool
	Check(tx *db.Tx, a *journal.Audit) error
}

// training are the replays of training around an operation.
type training []replay

func newTraining() training {
	return training{workshop.NewReplay(), participant.NewReplay(), attendance.NewReplay(), course.NewReplay(), evaluation.NewReplay(), learnt.NewReplay(), lesson.NewReplay(), practice.NewReplay()}
}

// Take takes the next entry; false: it is about no training.
func (t training) Take(a *journal.Audit, act journal.Act) bool {
	for _, r := range t {
		if r.Take(a, act) {
			return true
		}
	}
	return false
}

// Check holds the rows against what was replayed.
func (t training) Check(tx *db.Tx, a *journal.Audit) error {
	for _, r := range t {
		if err := r.Check(tx, a); err != nil {
			return err
		}
	}
	return nil
}

// trainingTables are the tables of training, for journal.Strays.
func trainingTables() map[string]db.SQL {
	out := map[string]db.SQL{}
	for _, some := range []map[string]db.SQL{workshop.StrayTables(), participant.StrayTables(), attendance.StrayTables(), course.StrayTables(),
		evaluation.StrayTables(), learnt.StrayTables(), lesson.StrayTables(), practice.StrayTables()} {
		maps.Copy(out, some)
	}
	return out
}
