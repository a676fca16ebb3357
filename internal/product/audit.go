package product

import (
	"encoding/json"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditSheets   = db.Statement(`select ` + sheetColumns + ` from product where operation = $1 order by seq`)
	auditDrafts   = db.Statement(`select ` + draftColumns + ` from product_draft where operation = $1 order by product`)
	auditVersions = db.Statement(`select ` + versionColumns + ` from product_version where operation = $1 order by seq`)
	auditParts    = db.Statement(`select ` + partColumns + ` from product_part where operation = $1 order by product, kind`)
	auditMarks    = db.Statement(`select ` + markColumns + ` from product_mark where operation = $1 order by seq`)
	auditCodes    = db.Statement(`select ` + codeColumns + ` from product_code where operation = $1 order by product, code`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "product"},
			{Name: "product_draft"},
			{Name: "product_version"},
			{Name: "product_part"},
			{Name: "product_mark"},
			{Name: "product_code"},
		},
		Operation: newReplay,
	}
}

// Replay follows the library's journal and knows which sheets should stand.
type Replay struct {
	sheets   journal.Kept[stood]
	drafts   journal.Kept[saved]
	versions journal.Kept[published]
	parts    journal.Kept[parted]
	marks    journal.Kept[marked]
	codes    journal.Rows
}

// stood is what entries about a sheet have alike.
type stood struct {
	Sheet   *Sheet
	Version *version // of the one that made a version
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	r := &Replay{codes: journal.Rows{Table: "product_code", Columns: codeColumns}}
	key := func(at int) func(db.Row) string {
		return func(row db.Row) string { return journal.Key(row.Number(at)) }
	}
	r.sheets = journal.Kept[stood]{Table: "product", Columns: sheetColumns, All: auditSheets, Width: 13, Of: key(1), Verbs: verbs(access.ProductSave,
		access.ProductPublish, access.ProductConfirm, access.ProductWithdraw, access.ProductMark, access.ProductRemind),
		Row: func(op, seq int64, e stood) (string, []any) {
			if e.Sheet == nil { // a mark that changed nothing
				return "", nil
			}
			s := e.sheet(seq)
			return journal.Key(s.Seq), s.args(op)
		}}
	r.drafts = journal.Kept[saved]{Table: "product_draft", Columns: draftColumns, All: auditDrafts, Width: 3, Of: key(1), Verbs: verbs(access.ProductSave),
		Row: func(op, seq int64, s saved) (string, []any) {
			if s.Record != 0 {
				seq = s.Record
			}
			return journal.Key(seq), []any{op, seq, db.Encoded(s.Content)}
		}}
	r.versions = journal.Kept[published]{Table: "product_version", Columns: versionColumns, All: auditVersions, Width: 7, Of: key(1), Verbs: verbs(access.ProductPublish),
		Row: func(op, seq int64, p published) (string, []any) {
			p.Version.Seq = seq
			return journal.Key(seq), p.Version.args(op)
		}}
	r.parts = journal.Kept[parted]{Table: "product_part", Columns: partColumns, All: auditParts, Width: 6, Verbs: verbs(access.ProductPart),
		Of: func(row db.Row) string { return journal.Key(row.Number(1), row.Text(2)) },
		Row: func(op, seq int64, p parted) (string, []any) {
			p.Part.Seq = seq
			return journal.Key(p.Part.Product, p.Part.Kind), p.Part.args(op)
		}}
	r.marks = journal.Kept[marked]{Table: "product_mark", Columns: markColumns, All: auditMarks, Width: 7, Of: key(1), Verbs: verbs(access.ProductMark),
		Row: func(op, seq int64, m marked) (string, []any) {
			m.Mark.Seq = seq
			return journal.Key(seq), m.Mark.args(op)
		}}
	return r
}

// sheet is the sheet as it stood after the entry.
func (e stood) sheet(seq int64) Sheet {
	s := *e.Sheet
	if s.Seq == 0 {
		s.Seq = seq
	}
	if e.Version != nil {
		s.Newest = seq
	}
	return s
}

// Take takes the next entry; false: it is about no sheet.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	took := r.sheets.Take(a, act)
	for _, take := range []func(*journal.Audit, journal.Act) bool{r.drafts.Take, r.versions.Take, r.parts.Take, r.marks.Take} {
		took = take(a, act) || took
	}
	r.code(act)
	return took
}

// code follows the codes of newest versions.
func (r *Replay) code(act journal.Act) {
	if act.Verb != string(access.ProductPublish) && act.Verb != string(access.ProductWithdraw) {
		return
	}
	var e stood
	if act.Erased || json.Unmarshal(act.After, &e) != nil || e.Sheet == nil {
		r.codes.Unknown("")
		return
	}
	s := e.sheet(act.Seq)
	r.codes.Remove(journal.Key(s.Seq))
	if e.Version == nil {
		return
	}
	for _, c := range e.Version.Content.Codes {
		if k := Compared(c.Value); k != "" {
			r.codes.Put(act.Seq, journal.Key(s.Seq, k), act.Operation, k, s.Seq)
		}
	}
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	for _, check := range []func(*db.Tx, *journal.Audit) error{r.sheets.Check, r.drafts.Check, r.versions.Check, r.parts.Check, r.marks.Check} {
		if err := check(tx, a); err != nil {
			return err
		}
	}
	rows, err := db.All(tx, auditCodes, db.Raw(3), a.Operation)
	r.codes.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(2), row.Text(1)) })
	return err
}

func verbs(all ...access.Permission) []string {
	var out []string
	for _, p := range all {
		out = append(out, string(p))
	}
	return out
}
