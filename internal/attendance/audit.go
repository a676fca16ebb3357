package attendance

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "attendance_code"},
			{Name: "attendance"},
			{Name: "certificate"},
			{Name: "attendance_guess", Unsaid: "housekeeping: what slows guessing of codes down", Stays: "what slows guessing of codes down"},
		},
		Operation: newReplay,
	}
}

// Replay follows an operation's journal and knows which rows should stand.
type Replay struct {
	codes        journal.Kept[Code]
	marks        journal.Kept[Mark]
	certificates journal.Kept[Certificate]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{
		codes: journal.Kept[Code]{Table: "attendance_code", Columns: codeColumns, All: auditCodes, Width: 7,
			Verbs: []string{string(access.AttendanceOpen)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, c Code) (string, []any) {
				if c.Closed.Entry != 0 {
					c.Closed.Entry = seq
				} else {
					c.Seq = seq
				}
				return journal.Key(c.Seq), c.args(op)
			}},
		marks: journal.Kept[Mark]{Table: "attendance", Columns: markColumns, All: auditMarks, Width: 7,
			Verbs: []string{string(access.AttendanceRecord), string(access.AttendanceJoin)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1), row.Number(2)) },
			Row: func(op, seq int64, m Mark) (string, []any) {
				m.Seq = seq
				return journal.Key(m.Session, m.Participant), m.args(op)
			}},
		certificates: journal.Kept[Certificate]{Table: "certificate", Columns: certificateColumns, All: auditCertificates, Width: 10,
			Verbs: []string{string(access.AttendanceCertify), string(access.AttendanceRevoke)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, c Certificate) (string, []any) {
				if c.Revoked.Entry != 0 {
					c.Revoked.Entry = seq
				} else {
					c.Seq = seq
				}
				return journal.Key(c.Seq), c.args(op)
			}},
	}
}

// Take takes the next entry; false: it is about nothing here.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	return r.codes.Take(a, act) || r.marks.Take(a, act) || r.certificates.Take(a, act)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := r.codes.Check(tx, a); err != nil {
		return err
	}
	if err := r.marks.Check(tx, a); err != nil {
		return err
	}
	return r.certificates.Check(tx, a)
}
