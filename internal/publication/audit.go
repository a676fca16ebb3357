package publication

import (
	"encoding/json"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditReport        = db.Statement(`select ` + reportColumns + ` from report where operation = $1`)
	auditSections      = db.Statement(`select ` + sectionColumns + ` from report_section where operation = $1 order by id`)
	auditContributions = db.Statement(`select ` + contributionColumns + ` from contribution where operation = $1 order by organisation`)
	auditVersions      = db.Statement(`select ` + versionColumns + ` from report_version where operation = $1 order by number`)
	auditClearances    = db.Statement(`select ` + clearanceColumns + ` from clearance where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "report"},
			{Name: "report_section"},
			{Name: "contribution"},
			{Name: "report_version"},
			{Name: "clearance"},
		},
		Operation: newReplay,
	}
}

// Replay follows an operation's journal and knows which rows should stand.
type Replay struct {
	report, sections journal.Rows
	versions         journal.Rows
	contributions    journal.Kept[Contribution]
	clearances       journal.Kept[Clearance]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{
		report:   journal.Rows{Table: "report", Columns: reportColumns},
		sections: journal.Rows{Table: "report_section", Columns: sectionColumns},
		versions: journal.Rows{Table: "report_version", Columns: versionColumns},
		contributions: journal.Kept[Contribution]{Table: "contribution", Columns: contributionColumns, All: auditContributions, Width: 4,
			Verbs: []string{string(access.ReportContribute)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, _ int64, c Contribution) (string, []any) {
				return journal.Key(c.Organisation), c.args(op)
			}},
		clearances: journal.Kept[Clearance]{Table: "clearance", Columns: clearanceColumns, All: auditClearances, Width: 5,
			Verbs: []string{string(access.ReportClear)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, c Clearance) (string, []any) {
				c.Seq = seq
				return journal.Key(seq), c.args(op)
			}},
	}
}

// Take takes the next entry; false: it is about no report.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.ReportOpen, access.ReportWrite, access.ReportAsk:
		r.step(a, act)
	case access.ReportFreeze:
		r.frozen(a, act)
	default:
		return r.contributions.Take(a, act) || r.clearances.Take(a, act)
	}
	return true
}

func (r *Replay) step(a *journal.Audit, act journal.Act) {
	var s step
	if act.Erased {
		r.report.Unknown("")
		r.sections.Unknown("")
		return
	}
	if err := json.Unmarshal(act.After, &s); err != nil {
		a.Bad(act, err)
		return
	}
	if s.Report != nil {
		if s.Report.Seq == 0 {
			s.Report.Seq = act.Seq
		}
		r.report.Put(act.Seq, journal.Key(act.Operation), s.Report.args(act.Operation)...)
	}
	for _, w := range s.Sections {
		r.sections.Put(act.Seq, w.ID, w.args(act.Operation)...)
	}
}

func (r *Replay) frozen(a *journal.Audit, act journal.Act) {
	if act.Erased {
		r.versions.Unknown("")
		return
	}
	var v Version
	err := json.Unmarshal(act.After, &v)
	if err == nil {
		err = errors.Join(json.Unmarshal([]byte(act.With["basis"]), &v.Basis), json.Unmarshal([]byte(act.With["changes"]), &v.Changes))
	}
	if v.Seq = act.Seq; err != nil {
		a.Bad(act, err)
		return
	}
	r.versions.Put(act.Seq, journal.Key(v.Number), v.args(act.Operation)...)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	for _, t := range []struct {
		rows  *journal.Rows
		all   db.SQL
		width int
		of    func(db.Row) string
	}{
		{&r.report, auditReport, 3, func(row db.Row) string { return journal.Key(row.Number(0)) }},
		{&r.sections, auditSections, 3, func(row db.Row) string { return row.Text(1) }},
		{&r.versions, auditVersions, 5, func(row db.Row) string { return journal.Key(row.Number(1)) }},
	} {
		rows, err := db.All(tx, t.all, db.Raw(t.width), a.Operation)
		if err != nil {
			return err
		}
		t.rows.Check(a, rows, t.of)
	}
	if err := r.contributions.Check(tx, a); err != nil {
		return err
	}
	return r.clearances.Check(tx, a)
}
