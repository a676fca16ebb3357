package practice

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const (
	columns       = `operation, seq, workshop, practice, audience, body`
	taskColumns   = `operation, seq, number, body`
	stepColumns   = `operation, seq, person, organisation, task, kind, body`
	replayColumns = `operation, seq, day, body`
)

var (
	insertPractice = db.Statement(`insert into practice (` + columns + `) values ($1, $2, $3, $4, $5, $6)`)
	insertTask     = db.Statement(`insert into practice_task (` + taskColumns + `) values ($1, $2, $3, $4)`)
	insertStep     = db.Statement(`insert into practice_step (` + stepColumns + `) values ($1, $2, $3, $4, $5, $6, $7)`)
	putDay         = db.Statement(`insert into practice_replay (` + replayColumns + `) values ($1, $2, $3, $4)
		on conflict (operation, seq) do update set body = excluded.body`)

	selectOfWorkshop = db.Statement(`select body from practice where operation = $1 and workshop = $2 order by seq desc limit 1`)
	selectItself     = db.Statement(`select body from practice where operation = $1 and practice = $1`)
	selectTasks      = db.Statement(`select body from practice_task where operation = $1 order by number`)
	selectSteps      = db.Statement(`select body from practice_step where operation = $1 order by seq`)
	selectDays       = db.Statement(`select body from practice_replay where operation = $1 order by day, seq`)

	auditPractice = db.Statement(`select ` + columns + ` from practice where operation = $1 order by seq`)
	auditTask     = db.Statement(`select ` + taskColumns + ` from practice_task where operation = $1 order by seq`)
	auditStep     = db.Statement(`select ` + stepColumns + ` from practice_step where operation = $1 order by seq`)
	auditReplay   = db.Statement(`select ` + replayColumns + ` from practice_replay where operation = $1 order by seq`)
)

func (p Practice) args(op int64) []any {
	return []any{op, p.Seq, string(p.Workshop), p.Number, p.Audience, db.Encoded(p)}
}

func (t Task) args(op int64) []any { return []any{op, t.Seq, t.Number, db.Encoded(t)} }

func (s Step) args(op int64) []any {
	return []any{op, s.Seq, s.Person, s.Organisation, s.Task, s.Kind, db.Encoded(s)}
}

func (d Day) args(op int64) []any { return []any{op, d.Seq, d.Number, db.Encoded(d)} }

// Of gives the practice of a workshop; db.ErrNone: there is none.
func Of(tx *db.Tx, op int64, of workshop.ID) (Practice, error) {
	return db.One(tx, selectOfWorkshop, db.Decoded[Practice], op, string(of))
}

// Named gives the operation of a workshop's practice; db.ErrNone: there is none.
func Named(tx *db.Tx, op int64, of workshop.ID) (operation.ID, error) {
	p, err := Of(tx, op, of)
	return operation.ID(p.ID), err
}

// Itself gives what an operation of kind practice is the practice of; db.ErrNone: it
// belongs to no workshop.
func Itself(tx *db.Tx, op int64) (Practice, error) {
	return db.One(tx, selectItself, db.Decoded[Practice], op)
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "practice"}, {Name: "practice_task"}, {Name: "practice_step"}, {Name: "practice_replay"}}, Operation: newReplay}
}

// Replay follows a journal and knows which rows of this package should stand.
type Replay struct {
	practices journal.Kept[Practice]
	tasks     journal.Kept[Task]
	steps     journal.Kept[Step]
	days      journal.Kept[Day]
}

// newReplay begins at an operation in which there was no practice.
func newReplay(*journal.Audit) journal.Replay {
	second := func(row db.Row) string { return fmt.Sprint(row.Number(1)) }
	opens, goes := []string{string(access.PracticeOpen)}, []string{string(access.PracticeJoin), string(access.PracticeReset)}
	return &Replay{
		practices: journal.Kept[Practice]{Table: "practice", Columns: columns, All: auditPractice, Width: 6, Verbs: opens, Of: second,
			Row: func(op, seq int64, p Practice) (string, []any) { p.Seq = seq; return fmt.Sprint(seq), p.args(op) }},
		tasks: journal.Kept[Task]{Table: "practice_task", Columns: taskColumns, All: auditTask, Width: 4, Verbs: opens, Of: second,
			Row: func(op, seq int64, t Task) (string, []any) { t.Seq = seq; return fmt.Sprint(seq), t.args(op) }},
		steps: journal.Kept[Step]{Table: "practice_step", Columns: stepColumns, All: auditStep, Width: 7, Verbs: goes, Of: second,
			Row: func(op, seq int64, s Step) (string, []any) { s.Seq = seq; return fmt.Sprint(seq), s.args(op) }},
		days: journal.Kept[Day]{Table: "practice_replay", Columns: replayColumns, All: auditReplay, Width: 4, Of: second,
			Verbs: []string{string(access.PracticePrepare), string(access.PracticeAdvance)},
			Row: func(op, seq int64, d Day) (string, []any) {
				if d.Seq == 0 {
					d.Seq = seq
				}
				return fmt.Sprint(d.Seq), d.args(op)
			}},
	}
}

// Take takes the next entry; false: it is none of this package.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	verbs := []access.Permission{access.PracticeOpen, access.PracticeJoin, access.PracticeReset, access.PracticePrepare, access.PracticeAdvance}
	if !slices.Contains(verbs, access.Permission(act.Verb)) {
		return false
	}
	if act.Erased { // which row it was is gone, too
		r.practices.Take(a, act)
		r.tasks.Take(a, act)
		r.steps.Take(a, act)
		r.days.Take(a, act)
		return true
	}
	if strings.HasPrefix(act.Subject, "practice-task/") {
		return r.tasks.Take(a, act)
	}
	return r.practices.Take(a, act) || r.steps.Take(a, act) || r.days.Take(a, act)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	return errors.Join(r.practices.Check(tx, a), r.tasks.Check(tx, a), r.steps.Check(tx, a), r.days.Check(tx, a))
}
