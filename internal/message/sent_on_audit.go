package message

import (
	"encoding/json"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// takeSentOn takes an entry that sent a warning on; false: it did something else.
func takeSentOn(a *journal.Audit, act journal.Act) bool {
	if access.Permission(act.Verb) != access.WarningForward {
		return false
	}
	a.Owe(act.Seq, "message_sent_on")
	var s SentOn
	if err := json.Unmarshal(act.After, &s); err == nil {
		a.Used(act.Seq, s.Asked, act.With["asked"])
		a.Used(s.Message, s.Was, act.With["was"])
	}
	return true
}

// checkSentOn holds every row of those against its entry.
func checkSentOn(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditSentOn, db.Raw(8), a.Operation)
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
		seq := row.Number(0)
		a.Compared("message_sent_on")
		if !a.Pay(seq, "message_sent_on") {
			a.Found(seq, "message_sent_on", fmt.Sprint(seq), "invented: the entry sent nothing on")
			continue
		}
		act, s := acts[seq], SentOn{}
		if act.Erased {
			a.Used(seq, row.Number(5), "")
			continue
		}
		if err := json.Unmarshal(act.After, &s); err != nil {
			a.Bad(act, err)
			continue
		}
		s.Seq = seq
		a.Differs(seq, "message_sent_on", fmt.Sprint(seq), row.Differs(db.RowOf(s.args()...), sentOnColumns))
	}
	return nil
}

// widened gives for some messages the audiences that they have since they were
// sent on, of the newest time.
func widened(tx *db.Tx, op int64, seqs db.List) (map[int64]SentOn, error) {
	all, err := db.All(tx, selectSentOn, scanSentOn, op, seqs)
	out := map[int64]SentOn{}
	for _, s := range all {
		out[s.Message] = s
	}
	return out, err
}
