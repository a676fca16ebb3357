package holder

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditVettings = db.Statement(`select ` + vettingColumns + ` from vetting where operation = $1 order by seq`)
	auditMandates = db.Statement(`select ` + mandateColumns + ` from mandate where operation = $1 order by seq`)
	auditBrands   = db.Statement(`select ` + brandColumns + ` from brand where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "vetting"}, {Name: "mandate"}, {Name: "brand"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows what should stand of right holders.
type Replay struct {
	vettings journal.Kept[Vetting]
	mandates journal.Kept[Mandate]
	brands   journal.Kept[Brand]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{
		vettings: journal.Kept[Vetting]{Table: "vetting", Columns: vettingColumns, All: auditVettings, Width: 7, Of: second,
			Verbs: verbs(access.HolderApply, access.HolderVet, access.HolderRevoke),
			Row: func(op, seq int64, v Vetting) (string, []any) {
				v.Seq = numbered(v.Seq, seq)
				return journal.Key(v.Seq), v.args(op)
			}},
		mandates: journal.Kept[Mandate]{Table: "mandate", Columns: mandateColumns, All: auditMandates, Width: 7, Of: second,
			Verbs: verbs(access.MandateGrant, access.MandateCheck, access.MandateRevoke),
			Row: func(op, seq int64, m Mandate) (string, []any) {
				m.Seq = numbered(m.Seq, seq)
				return journal.Key(m.Seq), m.args(op)
			}},
		brands: journal.Kept[Brand]{Table: "brand", Columns: brandColumns, All: auditBrands, Width: 6, Of: second,
			Verbs: verbs(access.BrandRegister, access.BrandAmend),
			Row: func(op, seq int64, b Brand) (string, []any) {
				b.Seq = numbered(b.Seq, seq)
				return journal.Key(b.Seq), b.args(op)
			}},
	}
}

func verbs(all ...access.Permission) (out []string) {
	for _, p := range all {
		out = append(out, string(p))
	}
	return out
}

// numbered is a record's number: of a new one, that of its entry.
func numbered(own, entry int64) int64 {
	if own == 0 {
		return entry
	}
	return own
}

func second(row db.Row) string { return journal.Key(row.Number(1)) }

// Take takes the next entry; false: it is of another package.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	return r.vettings.Take(a, act) || r.mandates.Take(a, act) || r.brands.Take(a, act)
}

// Check holds the rows against what was taken.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	for _, check := range []func(*db.Tx, *journal.Audit) error{r.vettings.Check, r.mandates.Check, r.brands.Check} {
		if err := check(tx, a); err != nil {
			return err
		}
	}
	return nil
}
