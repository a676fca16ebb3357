package connection

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// What is said of a connection; texts under connection.state.
const (
	Confirmed = "confirmed"
	Hidden    = "hidden"
)

// MaxReason is how many characters the reason of a judgement may have.
const MaxReason = 1000

// Judgement is what somebody said of the connection of two cases.
type Judgement struct {
	Seq          int64 `json:",omitempty"` // index of the entry that said it
	One, Other   int64 // numbers of the cases, the smaller first
	Audience     int64 // of those who may read both
	Organisation int64
	Author       string
	At           time.Time
	State        string // Confirmed or Hidden
	Reason       string
	Ended        int64 `json:",omitempty"` // index of the entry that took it back; in that entry itself 1
}

// JudgementDraft is what is written to judge a connection. The cases are named by their
// references.
type JudgementDraft struct {
	One, Other string
	State      string
	Reason     string
}

func (d *JudgementDraft) clean() error {
	var p fault.Problems
	switch d.State {
	case Confirmed, Hidden:
	case "":
		p.Add("state", "fault.required")
	default:
		p.Add("state", "fault.unknown-code")
	}
	if d.Reason = strings.TrimSpace(d.Reason); d.Reason == "" {
		p.Add("reason", "fault.required")
	} else if clean, err := i18n.CleanBody(d.Reason, MaxReason); err != nil {
		p.Add("reason", "connection.reason", fault.Args{"max": int64(MaxReason)})
	} else {
		d.Reason = clean
	}
	return p.Fault()
}

// Judge confirms or hides the connection of two cases that the actor reads, whatever
// connects them. What is said holds for everybody who reads both, until somebody says
// otherwise. The same again changes nothing.
func (s *Store) Judge(ctx context.Context, who access.Actor, code operation.Code, d JudgementDraft) (Judgement, error) {
	var made Judgement
	err := s.write(ctx, who, code, func(tx *db.Tx, st operation.Standing, readable db.List) error {
		one, other, err := pair(tx, st, d.One, d.Other)
		if err != nil {
			return err
		}
		if err := d.clean(); err != nil {
			return err
		}
		made = Judgement{One: one.Seq, Other: other.Seq, Organisation: who.Organisation, Author: who.Name(), At: st.Now, State: d.State, Reason: d.Reason}
		now, there, err := holding(tx, st, readable, one.Seq, other.Seq)
		if err != nil {
			return err
		}
		if there && now.State == d.State && now.Reason == d.Reason && now.Organisation == who.Organisation {
			made = now
			return db.Unchanged
		}
		value, err := common(tx, st, one, other)
		if err != nil {
			return err
		}
		if made.Audience, err = audience.Intern(tx, st.Operation.Number, value); err != nil {
			return err
		}
		made.Seq, err = s.journal.Append(tx, st.Entry(access.ConnectionJudge, made.subject(), made.Audience),
			journal.Content{After: made, With: map[string]string{"audience": value.String()}})
		if err != nil {
			return err
		}
		_, err = tx.Exec(insertJudgement, made.args(st.Operation.Number)...)
		return err
	})
	return made, err
}

// Retract takes back what was said last of two cases. Its organisation does, or
// coordination; what was said before holds again.
func (s *Store) Retract(ctx context.Context, who access.Actor, code operation.Code, a, b string) error {
	return s.write(ctx, who, code, func(tx *db.Tx, st operation.Standing, readable db.List) error {
		one, other, err := pair(tx, st, a, b)
		if err != nil {
			return err
		}
		now, there, err := holding(tx, st, readable, one.Seq, other.Seq)
		if err != nil {
			return err
		}
		if !there {
			return db.Unchanged
		}
		if !mayRetract(st, now) {
			return fault.Missing()
		}
		value, err := audience.Of(tx, st.Operation.Number, now.Audience)
		if err != nil {
			return err
		}
		before := now
		now.Ended = 1 // the entry cannot say its own number
		now.Ended, err = s.journal.Append(tx, st.Entry(access.ConnectionJudge, now.subject(), now.Audience),
			journal.Content{Before: before, After: now, With: map[string]string{"audience": value.String()}})
		if err == nil {
			_, err = tx.Exec(endJudgement, st.Operation.Number, now.Seq, now.Ended, db.Encoded(now))
		}
		return err
	})
}

func mayRetract(st operation.Standing, j Judgement) bool {
	return st.May(access.ConnectionJudge) && (j.Organisation == st.Who.Organisation || st.Side() == access.Coordination)
}

// pair gives two cases that the actor reads and that are out, the older first.
func pair(tx *db.Tx, st operation.Standing, a, b string) (one, other seizure.Case, err error) {
	if one, err = seizure.Readable(tx, st, a); err != nil {
		return one, other, err
	}
	if other, err = seizure.Readable(tx, st, b); err != nil {
		return one, other, err
	}
	if one.Seq == other.Seq {
		return one, other, fault.Of(fault.Invalid, "consignment.itself")
	}
	if !one.Trace().Out() || !other.Trace().Out() {
		return one, other, fault.Of(fault.Conflict, "connection.not-out")
	}
	if one.Seq > other.Seq {
		one, other = other, one
	}
	return one, other, nil
}

// common is who may read both cases, of those who control goods.
func common(tx *db.Tx, st operation.Standing, one, other seizure.Case) (audience.Value, error) {
	op := st.Operation.Number
	a, err := audience.Of(tx, op, one.Audience)
	if err != nil {
		return a, err
	}
	b, err := audience.Of(tx, op, other.Audience)
	if err != nil {
		return b, err
	}
	sides, err := audience.Sides(tx, op, st.Now)
	return consignment.Common(a, b, sides), err
}

func (j Judgement) subject() string { return fmt.Sprintf("connection/%d/%d", j.One, j.Other) }

const judgementColumns = `operation, seq, one, other, audience, organisation, ended, body`

var (
	insertJudgement = db.Statement(`insert into connection_judgement (` + judgementColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)`)
	endJudgement    = db.Statement(`update connection_judgement set ended = $3, body = $4 where operation = $1 and seq = $2`)
	// Of several of one pair the newest holds.
	selectJudgements = db.Statement(`select body from connection_judgement where operation = $1 and audience {in $2} and ended = 0
		and (one {in $3} or other {in $3}) order by seq`)
	auditJudgements = db.Statement(`select ` + judgementColumns + ` from connection_judgement where operation = $1 order by seq`)
)

func (j Judgement) args(op int64) []any {
	return []any{op, j.Seq, j.One, j.Other, j.Audience, j.Organisation, j.Ended, db.Encoded(j)}
}

// judgements gives what holds of the pairs with one of some cases that some audiences
// may see.
func judgements(tx *db.Tx, op int64, readable, cases db.List) (map[consignment.Pair]Judgement, error) {
	out := map[consignment.Pair]Judgement{}
	if len(cases) == 0 {
		return out, nil
	}
	all, err := db.All(tx, selectJudgements, db.Decoded[Judgement], op, readable, cases)
	for _, j := range all {
		out[consignment.PairOf(j.One, j.Other)] = j
	}
	return out, err
}

func holding(tx *db.Tx, st operation.Standing, readable db.List, one, other int64) (Judgement, bool, error) {
	all, err := judgements(tx, st.Operation.Number, readable, db.List{one})
	j, there := all[consignment.PairOf(one, other)]
	return j, there, err
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "connection_judgement"}}, Operation: newReplay}
}

// newReplay holds the table against the entries of an operation.
func newReplay(*journal.Audit) journal.Replay {
	return &journal.Kept[Judgement]{Table: "connection_judgement", Columns: judgementColumns, All: auditJudgements, Width: 8,
		Verbs: []string{string(access.ConnectionJudge)},
		Row: func(op, seq int64, j Judgement) (string, []any) {
			if j.Ended != 0 {
				j.Ended = seq
			} else {
				j.Seq = seq
			}
			return journal.Key(j.Seq), j.args(op)
		},
		Of: func(row db.Row) string { return journal.Key(row.Number(1)) }}
}

// said is a judgement with whose it is.
func said(tx *db.Tx, st operation.Standing, all map[consignment.Pair]Judgement) (map[consignment.Pair]Said, error) {
	var of []int64
	for _, j := range all {
		of = append(of, j.Organisation)
	}
	by, err := organisation.These(tx, sorted(of))
	out := map[consignment.Pair]Said{}
	for p, j := range all {
		out[p] = Said{Judgement: j, By: by[j.Organisation], MayRetract: mayRetract(st, j)}
	}
	return out, err
}
