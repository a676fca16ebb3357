package withdrawal

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Confirmation is an organisation's word that it deleted what it had.
type Confirmation struct {
	Seq          int64 `json:",omitempty"` // index of its entry
	Entry        int64 // that took the record back
	Kind         string
	Record       int64
	Organisation int64
	Author       string // person's UUID
	Kept         string // what it keeps, and why; empty: nothing
	At           time.Time
}

// Redaction is a request to erase a record's content for good.
type Redaction struct {
	Seq          int64 `json:",omitempty"`
	Kind         string
	Record       int64
	Organisation int64  // whose record it is, and who asks
	Author       string // person's UUID
	Code         string // codelist.RedactionReason
	Reason       string
	At           time.Time
	Until        time.Time // after it, it is too late to accept
	State        string    // Asked, Done, Refused
	Decider      string    // person's UUID; hold: a legal hold refused
	Decided      time.Time `json:",omitzero"`
	Reference    string    `json:"-"` // of a case, on a desk
}

// The states of a request.
const (
	Asked   = "asked"
	Done    = "done"
	Refused = "refused"
)

// ByHold is the decider of a request that a legal hold refused.
const ByHold = "hold"

// Hold is a legal hold.
type Hold struct {
	Seq    int64  `json:",omitempty"`
	Kind   string // empty: the whole operation
	Record int64
	Reason string
	Until  time.Time
	Author string
	At     time.Time
	Lifted time.Time `json:",omitzero"`
}

// Stands tells whether a hold holds at a moment.
func (h Hold) Stands(now time.Time) bool { return h.Lifted.IsZero() && now.Before(h.Until) }

const (
	confirmationColumns = `seq, entry, kind, record, organisation, author, kept, at`
	redactionColumns    = `seq, kind, record, organisation, author, code, reason, at, until, state, decider, decided`
	holdColumns         = `seq, kind, record, reason, until, author, at, lifted`
)

var (
	insertConfirmation = db.Statement(`insert into confirmation (operation, ` + confirmationColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	selectConfirmed    = db.Statement(`select ` + confirmationColumns + ` from confirmation where operation = $1 and organisation = $2`)
	selectConfirmedOf  = db.Statement(`select ` + confirmationColumns + ` from confirmation where operation = $1 and entry = $2`)

	insertRedaction = db.Statement(`insert into redaction (operation, ` + redactionColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`)
	selectRedaction = db.Statement(`select ` + redactionColumns + ` from redaction where operation = $1 and seq = $2`)
	selectOpen      = db.Statement(`select ` + redactionColumns + ` from redaction where operation = $1 and state = 'asked' and until > $2 order by seq desc limit 200`)
	selectOpenOf    = db.Statement(`select ` + redactionColumns + ` from redaction where operation = $1 and kind = $2 and record = $3 and state = 'asked' and until > $4`)
	decide          = db.Statement(`update redaction set state = $3, decider = $4, decided = $5 where operation = $1 and seq = $2`)

	insertHold  = db.Statement(`insert into legal_hold (operation, ` + holdColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	selectHolds = db.Statement(`select ` + holdColumns + ` from legal_hold where operation = $1 and lifted is null and until > $2 order by seq desc limit 200`)
	selectHold  = db.Statement(`select ` + holdColumns + ` from legal_hold where operation = $1 and seq = $2`)
	liftHold    = db.Statement(`update legal_hold set lifted = $3 where operation = $1 and seq = $2`)
)

func (c Confirmation) args() []any {
	return []any{c.Seq, c.Entry, c.Kind, c.Record, c.Organisation, c.Author, c.Kept, c.At}
}

func scanConfirmation(row db.Scanner) (Confirmation, error) {
	var c Confirmation
	err := row.Scan(&c.Seq, &c.Entry, &c.Kind, &c.Record, &c.Organisation, &c.Author, &c.Kept, db.Time(&c.At))
	return c, err
}

func (r Redaction) args() []any {
	return []any{r.Seq, r.Kind, r.Record, r.Organisation, r.Author, r.Code, r.Reason, r.At, r.Until, r.State, r.Decider, db.Null(r.Decided)}
}

func scanRedaction(row db.Scanner) (Redaction, error) {
	var r Redaction
	err := row.Scan(&r.Seq, &r.Kind, &r.Record, &r.Organisation, &r.Author, &r.Code, &r.Reason, db.Time(&r.At), db.Time(&r.Until), &r.State,
		&r.Decider, db.Time(&r.Decided))
	return r, err
}

func (h Hold) args() []any {
	return []any{h.Seq, h.Kind, h.Record, h.Reason, h.Until, h.Author, h.At, db.Null(h.Lifted)}
}

func scanHold(row db.Scanner) (Hold, error) {
	var h Hold
	err := row.Scan(&h.Seq, &h.Kind, &h.Record, &h.Reason, db.Time(&h.Until), &h.Author, db.Time(&h.At), db.Time(&h.Lifted))
	return h, err
}

// confirmations gives an organisation's, by the entry that took a record back.
func confirmations(tx *db.Tx, op, organisation int64) (map[int64]Confirmation, error) {
	all, err := db.All(tx, selectConfirmed, scanConfirmation, op, organisation)
	out := map[int64]Confirmation{}
	for _, c := range all {
		out[c.Entry] = c
	}
	return out, err
}

// confirmationsOf gives those of one withdrawal, by organisation.
func confirmationsOf(tx *db.Tx, op, entry int64) (map[int64]Confirmation, error) {
	all, err := db.All(tx, selectConfirmedOf, scanConfirmation, op, entry)
	out := map[int64]Confirmation{}
	for _, c := range all {
		out[c.Organisation] = c
	}
	return out, err
}

// anyRecord gives a record, whoever may read it.
func anyRecord(tx *db.Tx, op int64, kind string, seq int64) (record, error) {
	r := record{kind: kind, seq: seq}
	switch kind {
	case reading.Message:
		m, err := message.Numbered(tx, op, seq)
		if err != nil {
			return r, err
		}
		r.organisation, r.audience, r.id, r.subject, r.state, r.taken = m.Organisation, m.Audience, string(m.ID), m.EntrySubject(), m.Taken.State, m.Taken.Entry
		return r, nil
	case reading.Case:
		c, err := seizure.Numbered(tx, op, seq)
		if err != nil {
			return r, err
		}
		r.organisation, r.audience, r.id, r.subject = c.Organisation, c.Audience, string(c.ID), "seizure/"+string(c.ID)
		all, err := seizure.AllTaken(tx, op)
		for _, t := range all {
			if t.Seq == seq {
				r.taken, r.state = t.Entry, message.Recalled
				if t.Verb == string(access.SeizureRedact) {
					r.state = message.Redacted
				}
			}
		}
		return r, err
	}
	return r, fault.Missing()
}
