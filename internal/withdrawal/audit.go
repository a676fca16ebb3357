package withdrawal

import (
	"encoding/json"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditConfirmations = db.Statement(`select ` + confirmationColumns + ` from confirmation where operation = $1 order by seq`)
	auditRedactions    = db.Statement(`select ` + redactionColumns + ` from redaction where operation = $1 order by seq`)
	auditHolds         = db.Statement(`select ` + holdColumns + ` from legal_hold where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "confirmation"}, {Name: "redaction"}, {Name: "legal_hold"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows what was confirmed, asked and
// held.
type Replay struct {
	redactions map[int64]Redaction
	holds      map[int64]Hold

	confirmed, asked, held journal.Rows
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{redactions: map[int64]Redaction{}, holds: map[int64]Hold{},
		confirmed: journal.Rows{Table: "confirmation", Columns: confirmationColumns},
		asked:     journal.Rows{Table: "redaction", Columns: redactionColumns},
		held:      journal.Rows{Table: "legal_hold", Columns: holdColumns}}
}

// Look sees every entry: what erased a record closes its request, and excuses the
// contents that are gone.
func (r *Replay) Look(a *journal.Audit, act journal.Act) {
	switch access.Permission(act.Verb) {
	case access.MessageRedact, access.SeizureRedact:
		a.Excuse(act.Seq, journal.ParseNumbers(act.With["erased"]))
		r.decided(act, Done, act.Actor)
	}
}

// decided notes what became of a request.
func (r *Replay) decided(act journal.Act, state, decider string) {
	seq, _ := strconv.ParseInt(act.With["request"], 10, 64)
	if one, ok := r.redactions[seq]; ok {
		one.State, one.Decider, one.Decided = state, decider, act.At
		r.redactions[seq] = one
		r.asked.Put(seq, journal.Key(seq), one.args()...)
	}
}

// Take takes the next entry; false: it is of no concern here.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	key := journal.Key(act.Seq)
	switch access.Permission(act.Verb) {
	case access.WithdrawalConfirm:
		var c Confirmation
		if readAct(a, act, &c, &r.confirmed) {
			c.Seq = act.Seq
			r.confirmed.Put(act.Seq, key, c.args()...)
		}
	case access.RedactionAsk:
		var one Redaction
		if readAct(a, act, &one, &r.asked) {
			one.Seq = act.Seq
			r.redactions[act.Seq] = one
			r.asked.Put(act.Seq, key, one.args()...)
		}
	case access.RedactionRefuse:
		r.decided(act, Refused, act.With["decider"])
	case access.HoldSet:
		var h Hold
		if readAct(a, act, &h, &r.held) {
			h.Seq = act.Seq
			r.holds[act.Seq] = h
			r.held.Put(act.Seq, key, h.args()...)
		}
	case access.HoldLift:
		seq, _ := strconv.ParseInt(act.With["hold"], 10, 64)
		if h, ok := r.holds[seq]; ok {
			h.Lifted = act.At
			r.holds[seq] = h
			r.held.Put(seq, journal.Key(seq), h.args()...)
		}
	default:
		return false
	}
	return true
}

// readAct reads what an entry made; false: it is gone, or not what its verb says.
func readAct(a *journal.Audit, act journal.Act, into any, rows *journal.Rows) bool {
	if act.Erased {
		rows.Unknown(journal.Key(act.Seq))
		return false
	}
	if err := json.Unmarshal(act.After, into); err != nil {
		a.Bad(act, err)
		return false
	}
	return true
}

// Check holds every row against the entries that made it.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	for _, t := range []struct {
		query db.SQL
		n     int
		rows  *journal.Rows
	}{{auditConfirmations, 8, &r.confirmed}, {auditRedactions, 12, &r.asked}, {auditHolds, 8, &r.held}} {
		rows, err := db.All(tx, t.query, db.Raw(t.n), a.Operation)
		if err != nil {
			return err
		}
		t.rows.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(0)) })
	}
	return nil
}
