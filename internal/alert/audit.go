package alert

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditAlerts    = db.Statement(`select ` + columns + ` from alert where operation = $1 order by seq`)
	auditAcks      = db.Statement(`select ` + ackColumns + ` from alert_acknowledgement where operation = $1 order by seq`)
	auditReminders = db.Statement(`select ` + reminderColumns + ` from alert_reminder where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "alert"}, {Name: "alert_acknowledgement"}, {Name: "alert_reminder"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which rows should stand.
type Replay struct {
	alerts    journal.Kept[Alert]
	acks      journal.Kept[Acknowledged]
	reminders journal.Kept[Reminder]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{
		alerts: journal.Kept[Alert]{Table: "alert", Columns: columns, All: auditAlerts, Width: 9,
			Verbs: []string{string(access.AlertIssue), string(access.AlertWithdraw)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, a Alert) (string, []any) {
				if a.Seq == 0 {
					a.Seq = seq
				}
				if !a.Withdrawn.At.IsZero() {
					a.Withdrawn.Entry = seq
				}
				return journal.Key(a.Seq), a.args(op)
			}},
		acks: journal.Kept[Acknowledged]{Table: "alert_acknowledgement", Columns: ackColumns, All: auditAcks, Width: 6,
			Verbs: []string{string(access.AlertAcknowledge)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(3)) },
			Row: func(op, seq int64, a Acknowledged) (string, []any) {
				a.Seq = seq
				return journal.Key(seq), a.args(op)
			}},
		reminders: journal.Kept[Reminder]{Table: "alert_reminder", Columns: reminderColumns, All: auditReminders, Width: 5,
			Verbs: []string{string(access.AlertRemind)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, r Reminder) (string, []any) {
				r.Seq = seq
				return journal.Key(seq), r.args(op)
			}},
	}
}

// Take takes the next entry; false: it is about no alert.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	return r.alerts.Take(a, act) || r.acks.Take(a, act) || r.reminders.Take(a, act)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := r.alerts.Check(tx, a); err != nil {
		return err
	}
	if err := r.acks.Check(tx, a); err != nil {
		return err
	}
	return r.reminders.Check(tx, a)
}
