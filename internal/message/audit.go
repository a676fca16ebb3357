package message

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditPage = db.Statement(`select ` + columns + ` from message where operation = $1 and seq >= $2 order by seq limit $3`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "message"}, {Name: "message_sent_on"}}, Operation: newReplay}
}

// replay holds messages against their entries, page by page.
type replay struct{}

func newReplay(*journal.Audit) journal.Replay { return replay{} }

// Take takes the next entry of an operation's journal; false: it made no message.
func (replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.MessageSend, access.MessageAnswer:
	case access.MessageRecall, access.MessageRedact:
		return true
	default:
		return takeSentOn(a, act)
	}
	a.Owe(act.Seq, "message")
	if asked := act.With["asked"]; asked != "" {
		var m struct{ Asked int64 }
		if err := json.Unmarshal(act.After, &m); err == nil {
			a.Used(act.Seq, m.Asked, asked)
		}
	}
	return true
}

// Check holds every message of an operation against the entry that made it.
func (replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := checkSentOn(tx, a); err != nil {
		return err
	}
	taken, err := takings(tx, a)
	if err != nil {
		return err
	}
	for from := int64(math.MinInt64); ; {
		rows, err := db.All(tx, auditPage, db.Raw(34), a.Operation, from, journal.AuditPage)
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
		kept := map[int64]consignment.Kept{}
		on, err := widened(tx, a.Operation, seqs)
		if err != nil {
			return err
		}
		for _, row := range rows {
			a.Compared("message")
			if k, carries := keptOf(acts[row.Number(0)]); carries && taken[row.Number(0)].State != Redacted {
				if s, ok := on[row.Number(0)]; ok {
					k.Audience = s.Audience
				}
				kept[row.Number(0)] = k
			}
			if acts[row.Number(0)].Erased { // whom it asked stands in the row only
				a.Used(row.Number(0), row.Number(6), "")
			}
			if err := check(a, acts[row.Number(0)], row, on, taken[row.Number(0)]); err != nil {
				a.Bad(acts[row.Number(0)], err)
			}
		}
		last := int64(math.MaxInt64)
		if len(rows) == journal.AuditPage {
			last = seqs[len(seqs)-1]
		}
		if err := consignment.Audit(tx, a, consignment.Message, from, last, kept); err != nil || last == math.MaxInt64 {
			return err
		}
		from = last + 1
	}
}

// keptOf is what an entry says of the marks of the message that it made.
func keptOf(act journal.Act) (consignment.Kept, bool) {
	if act.Verb == "" { // there is no such entry
		return consignment.Kept{}, false
	}
	var m Message
	if !act.Erased && json.Unmarshal(act.After, &m) != nil {
		return consignment.Kept{}, false
	}
	return consignment.Kept{Entry: act.Seq, Audience: act.Audience, Marks: m.Marks, Unknown: act.Erased}, act.Erased || len(m.Marks) > 0
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
	leafColumns  = []int{0, 2, 3, 4, 20, 30, 31, 32, 33}
	emptyColumns = []int{10, 11, 12, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 28, 29}
)

func check(a *journal.Audit, act journal.Act, row db.Row, on map[int64]SentOn, taken Taken) error {
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
	if s, ok := on[seq]; ok {
		m.Audience, m.Asked = s.Audience, s.Asked
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
