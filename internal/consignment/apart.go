package consignment

import (
	"encoding/json"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const apartColumns = `one, other, seq, audience, organisation, author, at, reason`

var (
	insertApart = db.Statement(`insert into consignment_apart (operation, ` + apartColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	selectApart = db.Statement(`select one, other from consignment_apart where operation = $1 and (one {in $2} or other {in $2}) order by one, other`)
	auditApart  = db.Statement(`select operation, ` + apartColumns + ` from consignment_apart where operation = $1 order by one, other`)
)

// Apart says that two records which look like one are not.
type Apart struct {
	One, Other   int64  // numbers of the records, the smaller first
	Seq          int64  `json:",omitempty"` // index of the journal entry that says so
	Audience     int64  // who may see both
	Organisation int64  // that says so
	Author       string //
	At           time.Time
	Reason       string // codelist.Apart
}

func (a Apart) row(op int64) []any {
	return []any{op, a.One, a.Other, a.Seq, a.Audience, a.Organisation, a.Author, a.At, a.Reason}
}

// Keep writes it down.
func (a Apart) Keep(tx *db.Tx, op int64) error {
	_, err := tx.Exec(insertApart, a.row(op)...)
	return err
}

// Pair names two records, the smaller number first.
type Pair struct{ One, Other int64 }

// PairOf puts two records in order.
func PairOf(a, b int64) Pair { return Pair{min(a, b), max(a, b)} }

// KeptApart gives the pairs with one of the records that are not one, whoever may
// see that. The caller asks for pairs of which it may read both.
func KeptApart(tx *db.Tx, op int64, records db.List) (map[Pair]bool, error) {
	out := map[Pair]bool{}
	if len(records) == 0 {
		return out, nil
	}
	_, err := db.All(tx, selectApart, func(row db.Scanner) (Pair, error) {
		var p Pair
		err := row.Scan(&p.One, &p.Other)
		out[p] = true
		return p, err
	}, op, records)
	return out, err
}

// apart takes an entry that keeps two records apart; false: it does not.
func (r *Replay) apart(a *journal.Audit, act journal.Act) bool {
	if access.Permission(act.Verb) != access.DuplicateDismiss {
		return false
	}
	if act.Erased {
		r.unknownApart = true
		return true
	}
	var x Apart
	if err := json.Unmarshal(act.After, &x); err != nil {
		a.Bad(act, err)
		return true
	}
	x.Seq, x.Audience, x.Organisation, x.Author, x.At = act.Seq, act.Audience, act.Organisation, act.Actor, act.At
	r.kept = append(r.kept, x)
	return true
}

// auditApart holds what is kept apart against the entries that say so.
func (r *Replay) auditApart(tx *db.Tx, a *journal.Audit) error {
	want := journal.Rows{Table: "consignment_apart", Columns: "operation, " + apartColumns}
	if r.unknownApart {
		want.Unknown("")
	}
	for _, x := range r.kept {
		want.Put(x.Seq, journal.Key(x.One, x.Other), x.row(a.Operation)...)
	}
	rows, err := db.All(tx, auditApart, db.Raw(9), a.Operation)
	if err != nil {
		return err
	}
	want.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(1), row.Number(2)) })
	return nil
}
