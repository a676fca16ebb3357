package message

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditPage     = db.Statement(`select ` + columns + ` from message where operation = $1 and seq >= $2 order by seq limit $3`)
	strayMessages = db.Statement(`select operation, count(*) from message where not (operation {in $1}) group by operation order by operation`)
)

// StrayTables are this package's tables for journal.Strays.
func StrayTables() map[string]db.SQL { return map[string]db.SQL{"message": strayMessages} }

// Take takes the next entry of an operation's journal; false: it made no message.
func Take(a *journal.Audit, told *audience.Replay, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.MessageSend, access.MessageAnswer:
	case access.MessageRecall, access.MessageRedact:
		return true
	default:
		return false
	}
	a.Owe(act.Seq, "message")
	if asked := act.With["asked"]; asked != "" {
		var m struct{ Asked int64 }
		if err := json.Unmarshal(act.After, &m); err == nil {
			told.Used(a, act.Seq, m.Asked, asked)
		}
	}
	return true
}

// Audit holds every message of an operation against the entry that made it.
func Audit(tx *db.Tx, a *journal.Audit, told *audience.Replay) error {
	taken, err := takings(tx, a)
	if err != nil {
		return err
	}
	for from := int64(math.MinInt64); ; {
		rows, err := db.All(tx, auditPage, db.Raw(33), a.Operation, from, journal.AuditPage)
		if err != nil {
			return err
		}
		var seqs []int64
		for _, row := range rows {
			seqs = append(seqs, row.Number(0))
		}
		acts, err := a.Acts(tx, seqs)
		if err != nil {
			return err
		}
		for _, row := range rows {
			a.Compared("message")
			if acts[row.Number(0)].Erased { // whom it asked stands in the row only
				told.Used(a, row.Number(0), row.Number(6), "")
			}
			if err := check(a, acts[row.Number(0)], row, taken[row.Number(0)]); err != nil {
				a.Bad(acts[row.Number(0)], err)
			}
		}
		if len(rows) < journal.AuditPage {
			return nil
		}
		from = seqs[len(seqs)-1] + 1
	}
}

// takings gives, by number of the message, what took it back last.
func takings(tx *db.Tx, a *journal.Audit) (map[int64]Taken, error) {
	out := map[int64]Taken{}
	for _, v := range []struct{ verb, state string }{{string(access.MessageRecall), Recalled}, {string(access.MessageRedact), Redacted}} {
		for before := int64(0); ; {
			entries, err := journal.List(tx, a.Operation, journal.Filter{Verb: v.verb, Before: before, Limit: journal.AuditPage})
			if err != nil {
				return nil, err
			}
			var seqs []int64
			for _, e := range entries {
				seqs = append(seqs, e.Seq)
			}
			acts, err := a.Acts(tx, seqs)
			if err != nil {
				return nil, err
			}
			for _, act := range acts {
				n, _ := strconv.ParseInt(act.With["record"], 10, 64)
				if out[n].Entry < act.Seq {
					out[n] = Taken{v.state, act.At, act.Seq, act.With["reason"]}
				}
			}
			if len(entries) < journal.AuditPage {
				break
			}
			before = seqs[len(seqs)-1]
		}
	}
	return out, nil
}

// Of an erased message, what the leaf still says; and what must be empty after
// redaction. Places in columns.
var (
	leafColumns  = []int{0, 2, 3, 4, 20, 29, 30, 31, 32}
	emptyColumns = []int{10, 11, 12, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 28}
)

func check(a *journal.Audit, act journal.Act, row db.Row, taken Taken) error {
	seq := row.Number(0)
	if !a.Pay(seq, "message") {
		a.Found(seq, "message", fmt.Sprint(seq), "invented: the entry made no message")
		return nil
	}
	m := Message{Organisation: act.Organisation, Author: act.Actor, Audience: act.Audience, Written: act.At}
	if !act.Erased {
		if err := json.Unmarshal(act.After, &m); err != nil {
			return err
		}
	}
	m.Seq, m.Taken = seq, taken
	if taken.State == Redacted {
		m = m.without()
	}
	if m.Thread == 0 {
		m.Thread = seq
	}
	want := db.RowOf(m.args()...)
	if act.Erased { // the leaf still says who, when and for whom
		for i := range want {
			if !slices.Contains(leafColumns, i) && !(taken.State == Redacted && slices.Contains(emptyColumns, i)) {
				want[i] = row[i]
			}
		}
	}
	if act.Subject != "message/"+row.Text(1) {
		want[1] = nil
	}
	a.Differs(seq, "message", fmt.Sprint(seq), row.Differs(want, columns))
	return nil
}
