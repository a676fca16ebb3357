package situation

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const (
	reportColumns = `operation, seq, audience, day, due, body`
	planColumns   = `operation, seq, body`
)

var (
	insertReport = db.Statement(`insert into situation_report (` + reportColumns + `) values ($1, $2, $3, $4, $5, $6)`)
	insertPlan   = db.Statement(`insert into situation_plan (` + planColumns + `) values ($1, $2, $3)`)
	// The audience is asked in each, as in every list.
	selectNewest = db.Statement(`select seq, audience, body from situation_report where operation = $1 and audience {in $2} and seq < $3 order by seq desc limit $4`)
	countReports = db.Statement(`select count(*) from situation_report where operation = $1 and audience {in $2}`)
	selectReport = db.Statement(`select seq, audience, body from situation_report where operation = $1 and audience {in $2} and seq = $3`)
	// For who issues: what was said of a day last, and whether time said it.
	selectLastOf = db.Statement(`select seq, audience, body from situation_report where operation = $1 and day = $2 order by seq desc limit 1`)
	countDue     = db.Statement(`select count(*) from situation_report where operation = $1 and due = $2`)
	selectPlan   = db.Statement(`select operation, seq, body from situation_plan where operation = $1 order by seq desc limit 1`)
	selectPlans  = db.Statement(`select operation, seq, body from situation_plan order by operation, seq`)

	auditReports = db.Statement(`select ` + reportColumns + ` from situation_report where operation = $1 order by seq`)
	auditPlans   = db.Statement(`select ` + planColumns + ` from situation_plan where operation = $1 order by seq`)
)

// said is a report as its entry says it.
type said struct {
	Report
	Audience int64 `json:"audience"`
}

func (r said) args(op int64) []any {
	return []any{op, r.Seq, r.Audience, r.Day, r.Due, db.Encoded(r.Report)}
}

func (m Made) args(op int64) []any { return []any{op, m.Seq, db.Encoded(m)} }

func scanReport(row db.Scanner) (r Report, err error) {
	var seq, audience int64
	err = row.Scan(&seq, &audience, db.Decode(&r))
	r.Seq, r.Audience = seq, audience
	return r, err
}

// planOf is a plan with its operation.
type planOf struct {
	operation int64
	Made
}

func scanPlan(row db.Scanner) (p planOf, err error) {
	var seq int64
	err = row.Scan(&p.operation, &seq, db.Decode(&p.Made))
	p.Seq = seq
	return p, err
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "situation_report"}, {Name: "situation_plan"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which rows should stand.
type Replay struct {
	reports journal.Kept[said]
	plans   journal.Kept[Made]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	of := func(row db.Row) string { return journal.Key(row.Number(1)) }
	return &Replay{
		reports: journal.Kept[said]{Table: "situation_report", Columns: reportColumns, All: auditReports, Width: 6,
			Verbs: []string{string(access.SituationIssue)}, Of: of,
			Row: func(op, seq int64, r said) (string, []any) {
				r.Seq = seq
				return journal.Key(seq), r.args(op)
			}},
		plans: journal.Kept[Made]{Table: "situation_plan", Columns: planColumns, All: auditPlans, Width: 3,
			Verbs: []string{string(access.SituationPlan)}, Of: of,
			Row: func(op, seq int64, m Made) (string, []any) {
				m.Seq = seq
				return journal.Key(seq), m.args(op)
			}},
	}
}

// Take takes the next entry; false: it is about no situation report.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	return r.reports.Take(a, act) || r.plans.Take(a, act)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := r.reports.Check(tx, a); err != nil {
		return err
	}
	return r.plans.Check(tx, a)
}
