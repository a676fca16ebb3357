package detention

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditSettings    = db.Statement(`select ` + settingColumns + ` from detention_setting where operation = $1 and seq >= $2 order by seq limit $3`)
	auditChecks      = db.Statement(`select ` + checkColumns + ` from detention_check where operation = $1 and seq >= $2 order by seq limit $3`)
	auditClocks      = db.Statement(`select ` + clockColumns + ` from detention_clock where operation = $1 and seq >= $2 order by seq limit $3`)
	auditEvents      = db.Statement(`select ` + eventColumns + ` from detention_event where operation = $1 and seq >= $2 order by seq limit $3`)
	auditWarnings    = db.Statement(`select ` + warningColumns + ` from detention_warning where operation = $1 and seq >= $2 order by seq limit $3`)
	auditDisclosures = db.Statement(`select ` + disclosureColumns + ` from detention_disclosure where operation = $1 and seq >= $2 order by seq limit $3`)
	auditReceipts    = db.Statement(`select ` + receiptColumns + ` from detention_receipt where operation = $1 and seq >= $2 order by seq limit $3`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "detention_setting"},
			{Name: "detention_check"},
			{Name: "detention_clock"},
			{Name: "detention_event"},
			{Name: "detention_warning"},
			{Name: "detention_disclosure"},
			{Name: "detention_receipt"},
		},
		Operation: newReplay,
	}
}

// audited is one table whose rows are each made by one entry and never changed.
type audited struct {
	verb    access.Permission
	table   string
	query   db.SQL
	columns string
	values  int
	args    func(after json.RawMessage, seq, audience int64) ([]any, error) // of the row that the entry made
}

// made gives the reader of an entry's content.
func made[T any](fill func(v *T, seq, audience int64), args func(T) []any) func(json.RawMessage, int64, int64) ([]any, error) {
	return func(after json.RawMessage, seq, audience int64) ([]any, error) {
		var v T
		if err := json.Unmarshal(after, &v); err != nil {
			return nil, err
		}
		fill(&v, seq, audience)
		return args(v), nil
	}
}

func tables() []audited {
	return []audited{
		{access.DetentionAdopt, "detention_setting", auditSettings, settingColumns, 9,
			made(func(v *Setting, seq, _ int64) { v.Seq = seq }, Setting.args)},
		{access.DetentionCheck, "detention_check", auditChecks, checkColumns, 4,
			made(func(v *Checking, seq, _ int64) { v.Seq = seq }, Checking.args)},
		{access.DetentionStart, "detention_clock", auditClocks, clockColumns, 11,
			made(func(v *Clock, seq, audience int64) { v.Seq, v.Audience = seq, audience }, Clock.args)},
		{access.DetentionNote, "detention_event", auditEvents, eventColumns, 10,
			made(func(v *Event, seq, _ int64) { v.Seq = seq }, Event.args)},
		{access.DetentionWarn, "detention_warning", auditWarnings, warningColumns, 6,
			made(func(v *Warned, seq, _ int64) { v.Seq = seq }, Warned.args)},
		{access.DetentionDisclose, "detention_disclosure", auditDisclosures, disclosureColumns, 16,
			made(func(v *Disclosure, seq, _ int64) { v.Seq = seq }, Disclosure.args)},
		{access.DetentionReceive, "detention_receipt", auditReceipts, receiptColumns, 6,
			made(func(v *Receipt, seq, _ int64) { v.Seq = seq }, Receipt.args)},
	}
}

// replay holds rows against their entries, one by one.
type replay struct{}

func newReplay(*journal.Audit) journal.Replay { return replay{} }

// Take takes the next entry of an operation's journal; false: it made no row here.
func (replay) Take(a *journal.Audit, act journal.Act) bool {
	for _, t := range tables() {
		if string(t.verb) == act.Verb {
			a.Owe(act.Seq, t.table)
			return true
		}
	}
	return false
}

// Check holds every row of an operation against the entry that made it.
func (replay) Check(tx *db.Tx, a *journal.Audit) error {
	for _, t := range tables() {
		if err := t.audit(tx, a); err != nil {
			return err
		}
	}
	return nil
}

func (t audited) audit(tx *db.Tx, a *journal.Audit) error {
	for from := int64(math.MinInt64); ; {
		rows, err := db.All(tx, t.query, db.Raw(t.values), a.Operation, from, journal.AuditPage)
		if err != nil {
			return err
		}
		var seqs []int64
		for _, row := range rows {
			seqs = append(seqs, row.Number(0))
		}
		entries, err := a.Acts(tx, seqs)
		if err != nil {
			return err
		}
		for _, row := range rows {
			a.Compared(t.table)
			t.check(a, entries[row.Number(0)], row)
		}
		if len(rows) < journal.AuditPage {
			return nil
		}
		from = seqs[len(seqs)-1] + 1
	}
}

func (t audited) check(a *journal.Audit, entry journal.Act, row db.Row) {
	seq := row.Number(0)
	key := fmt.Sprint(seq)
	if !a.Pay(seq, t.table) {
		a.Found(seq, t.table, key, "invented: the entry made no such row")
		return
	}
	if entry.Erased {
		return
	}
	want, err := t.args(entry.After, seq, entry.Audience)
	if err != nil {
		a.Bad(entry, err)
		return
	}
	a.Differs(seq, t.table, key, row.Differs(db.RowOf(want...), t.columns))
}
