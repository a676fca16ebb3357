package document

import (
	"encoding/json"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditDocuments = db.Statement(`select ` + columns + ` from document where operation = $1 order by seq`)
	auditVersions  = db.Statement(`select ` + versionColumns + ` from document_version where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "document"}, {Name: "document_version"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which documents should stand.
type Replay struct {
	all            map[int64]Document
	rows, versions journal.Rows
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{all: map[int64]Document{}, rows: journal.Rows{Table: "document", Columns: columns},
		versions: journal.Rows{Table: "document_version", Columns: versionColumns}}
}

// Take takes the next entry; false: it is about no document.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.DocumentPublish:
		r.published(a, act)
	case access.DocumentRevise:
		r.revised(a, act)
	case access.DocumentWithdraw:
		r.withdrawn(act)
	default:
		return false
	}
	return true
}

func (r *Replay) published(a *journal.Audit, act journal.Act) {
	key := journal.Key(act.Seq)
	if act.Erased {
		r.rows.Unknown(key)
		r.versions.Unknown(key)
		return
	}
	var p published
	if err := json.Unmarshal(act.After, &p); err != nil {
		a.Bad(act, err)
		return
	}
	d := p.Document
	d.Seq, d.Version, d.Newest = act.Seq, 1, act.Seq
	v := Version{Seq: act.Seq, Document: act.Seq, Number: 1, ID: d.ID, Organisation: d.Organisation, Author: d.Author, Note: p.Note, Written: d.Published}
	r.put(act.Seq, d)
	r.versions.Put(act.Seq, key, v.args()...)
}

func (r *Replay) put(by int64, d Document) {
	r.all[d.Seq] = d
	r.rows.Put(by, journal.Key(d.Seq), d.args()...)
}

func (r *Replay) revised(a *journal.Audit, act journal.Act) {
	if act.Erased { // which document it made newer is gone, too
		r.rows.Unknown("")
		r.versions.Unknown(journal.Key(act.Seq))
		return
	}
	var v Version
	if err := json.Unmarshal(act.After, &v); err != nil {
		a.Bad(act, err)
		return
	}
	v.Seq = act.Seq
	r.versions.Put(act.Seq, journal.Key(act.Seq), v.args()...)
	if d, ok := r.all[v.Document]; ok {
		d.Version, d.Newest = v.Number, v.Seq
		r.put(act.Seq, d)
	}
}

func (r *Replay) withdrawn(act journal.Act) {
	if act.Erased {
		r.rows.Unknown("")
		return
	}
	seq, _ := strconv.ParseInt(act.With["document"], 10, 64)
	if d, ok := r.all[seq]; ok {
		d.Withdrawn = Withdrawn{At: act.At, Entry: act.Seq, Reason: act.With["reason"]}
		r.put(act.Seq, d)
	}
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	for _, t := range []struct {
		query db.SQL
		n     int
		rows  *journal.Rows
	}{{auditDocuments, 16, &r.rows}, {auditVersions, 8, &r.versions}} {
		rows, err := db.All(tx, t.query, db.Raw(t.n), a.Operation)
		if err != nil {
			return err
		}
		t.rows.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(0)) })
	}
	return nil
}
