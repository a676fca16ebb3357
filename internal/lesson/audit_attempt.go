package lesson

import (
	"encoding/json"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// attemptRows are the rows of attempts that should stand. Until its end a row holds what
// the journal only promised.
type attemptRows struct {
	rows     journal.Rows
	promised map[int64]string // by attempt
}

const attemptTable = "lesson_attempt"

// Take takes the next entry; false: it is about no attempt.
func (r *attemptRows) Take(a *journal.Audit, act journal.Act) bool {
	if act.Verb != string(access.LessonTake) {
		return false
	}
	if act.Erased { // which attempt it was is gone, too
		r.rows.Unknown("")
		return true
	}
	var t taken
	if err := json.Unmarshal(act.After, &t); err != nil {
		a.Bad(act, err)
		return true
	}
	says := t.after(act.Seq)
	key := journal.Key(says.Seq)
	if act.Seq == says.Seq {
		r.promised[says.Seq] = says.Promise
	}
	if promised := r.promised[says.Seq]; says.Promise != promised || promised != "" && !says.Done.IsZero() && says.promise() != promised {
		a.Found(act.Seq, attemptTable, key, "what was asked is not what was promised when the attempt began")
	}
	r.rows.Put(act.Seq, key, says.args(act.Operation)...)
	return true
}

// Check holds the rows against what was replayed.
func (r *attemptRows) Check(tx *db.Tx, a *journal.Audit) error {
	r.rows.Table, r.rows.Columns = attemptTable, attemptColumns
	rows, err := db.All(tx, auditAttempts, db.Raw(attemptWidth), a.Operation)
	for i := range rows {
		rows[i] = told(rows[i])
	}
	r.rows.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(1)) })
	return err
}

const attemptWidth, attemptBody = 8, 7

// told is a row as the journal tells it, where it holds what was promised; any other
// stays as it is, and differs.
func told(row db.Row) db.Row {
	var a Attempt
	body := row.Text(attemptBody)
	if json.Unmarshal([]byte(body), &a) != nil || db.Encoded(a) != body || a.promise() != a.Promise {
		return row
	}
	out := slices.Clone(row)
	out[attemptBody] = db.Encoded(a.told())
	return out
}
