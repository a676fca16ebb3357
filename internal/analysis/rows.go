package analysis

import (
	"cmp"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const (
	savedColumns   = `operation, seq, organisation, person, audience, shared, dropped, body`
	earlierColumns = `operation, seq, id, dropped, body`
)

var (
	putSaved = db.Statement(`insert into question (` + savedColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (operation, seq) do update set audience = excluded.audience, shared = excluded.shared, dropped = excluded.dropped, body = excluded.body`)
	selectOwn   = db.Statement(`select body from question where operation = $1 and organisation = $2 and person = $3 and not dropped order by seq`)
	selectSaved = db.Statement(`select body from question where operation = $1 and not dropped and audience {in $2}
		and (shared or organisation = $3 and person = $4) order by seq`)
	countShared = db.Statement(`select count(*) from question where operation = $1 and shared and not dropped and seq <> $2`)
	auditSaved  = db.Statement(`select ` + savedColumns + ` from question where operation = $1 order by seq`)

	putEarlier = db.Statement(`insert into earlier_operation (` + earlierColumns + `) values ($1, $2, $3, $4, $5)
		on conflict (operation, seq) do update set dropped = excluded.dropped, body = excluded.body`)
	selectEarlier = db.Statement(`select body from earlier_operation where operation = $1 order by seq`)
	auditEarlier  = db.Statement(`select ` + earlierColumns + ` from earlier_operation where operation = $1 order by seq`)
)

func (s Saved) args(op int64) []any {
	return []any{op, s.Seq, s.Organisation, s.Person, s.Audience, s.Shared, s.Dropped, db.Encoded(s)}
}

func (r Reference) args(op int64) []any { return []any{op, r.Seq, r.ID, r.Dropped, db.Encoded(r)} }

// savedOf gives what questions the reader finds kept: its own first, each by name.
func savedOf(tx *db.Tx, st operation.Standing) ([]Saved, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	all, err := db.All(tx, selectSaved, db.Decoded[Saved], st.Operation.Number, readable, st.Who.Organisation, st.Who.Person)
	for i, s := range all {
		all[i].Own = s.Organisation == st.Who.Organisation && s.Person == st.Who.Person
	}
	rank := func(s Saved) int {
		if s.Own {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b Saved) int { return cmp.Or(rank(a)-rank(b), cmp.Compare(a.Name, b.Name)) })
	return all, err
}

// referencesOf gives the earlier operations that were loaded, by name.
func referencesOf(tx *db.Tx, op int64) ([]Reference, error) {
	all, err := db.All(tx, selectEarlier, db.Decoded[Reference], op)
	all = slices.DeleteFunc(all, func(r Reference) bool { return r.Dropped })
	slices.SortStableFunc(all, func(a, b Reference) int { return cmp.Compare(a.Name, b.Name) })
	return all, err
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "question"},
			{Name: "earlier_operation"},
		},
		Operation: func(a *journal.Audit) journal.Replay { return journal.Replays{newReplay(a), newReferenceReplay(a)} },
	}
}

// newReplay follows an operation's journal and knows which questions should be kept.
func newReplay(*journal.Audit) journal.Replay {
	return &journal.Kept[Saved]{Table: "question", Columns: savedColumns, All: auditSaved, Width: 8,
		Verbs: []string{string(access.QuestionKeep), string(access.QuestionDrop)},
		Row: func(op, seq int64, s Saved) (string, []any) {
			if s.Seq == 0 {
				s.Seq = seq
			}
			return journal.Key(s.Seq), s.args(op)
		},
		Of: func(row db.Row) string { return journal.Key(row.Number(1)) }}
}

// newReferenceReplay is newReplay for the figures of earlier operations.
func newReferenceReplay(*journal.Audit) journal.Replay {
	return &journal.Kept[Reference]{Table: "earlier_operation", Columns: earlierColumns, All: auditEarlier, Width: 5,
		Verbs: []string{string(access.ReferenceLoad), string(access.ReferenceDrop)},
		Row: func(op, seq int64, r Reference) (string, []any) {
			if r.Seq == 0 {
				r.Seq = seq
			}
			return journal.Key(r.Seq), r.args(op)
		},
		Of: func(row db.Row) string { return journal.Key(row.Number(1)) }}
}
