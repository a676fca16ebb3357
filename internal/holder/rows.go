package holder

import (
	"github.com/tidewaiter/tidewaiter/internal/db"
)

const (
	vettingColumns = `operation, seq, organisation, id, state, until, body`
	mandateColumns = `operation, seq, holder, id, representative, state, body`
	brandColumns   = `operation, seq, organisation, id, name, body`
)

var (
	selectVetting = db.Statement(`select ` + vettingColumns + ` from vetting where operation = $1 and organisation = $2 and id = $3`)
	// What an organisation showed of itself, the newest first.
	selectVettingsOf = db.Statement(`select ` + vettingColumns + ` from vetting where operation = $1 and organisation = $2 order by seq desc`)
	selectVettings   = db.Statement(`select ` + vettingColumns + ` from vetting where operation = $1 order by seq desc`)
	selectVetted     = db.Statement(`select distinct organisation from vetting where operation = $1 and state = 'checked' and until >= $2 order by organisation`)
	countVetted      = db.Statement(`select count(*) from vetting where operation = $1 and organisation = $2 and state = 'checked' and until >= $3`)
	putVetting       = db.Statement(`insert into vetting (` + vettingColumns + `) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (operation, seq) do update set state = excluded.state, until = excluded.until, body = excluded.body`)

	selectMandate    = db.Statement(`select ` + mandateColumns + ` from mandate where operation = $1 and holder = $2 and id = $3`)
	selectMandates   = db.Statement(`select ` + mandateColumns + ` from mandate where operation = $1 order by seq`)
	selectMandatesBy = db.Statement(`select ` + mandateColumns + ` from mandate where operation = $1 and holder = $2 order by seq`)
	selectMandatesTo = db.Statement(`select ` + mandateColumns + ` from mandate where operation = $1 and representative = $2 order by seq`)
	putMandate       = db.Statement(`insert into mandate (` + mandateColumns + `) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (operation, seq) do update set state = excluded.state, body = excluded.body`)

	selectBrand    = db.Statement(`select ` + brandColumns + ` from brand where operation = $1 and organisation = $2 and id = $3`)
	selectBrands   = db.Statement(`select ` + brandColumns + ` from brand where operation = $1 order by name, seq`)
	selectBrandsOf = db.Statement(`select ` + brandColumns + ` from brand where operation = $1 and organisation {in $2} order by name, seq`)
	putBrand       = db.Statement(`insert into brand (` + brandColumns + `) values ($1, $2, $3, $4, $5, $6)
		on conflict (operation, seq) do update set name = excluded.name, body = excluded.body`)
	countBrands = db.Statement(`select organisation, count(*) from brand where operation = $1 group by organisation order by organisation`)

	// Whose record is it that has an attachment?
	countRecord    = db.Statement(`select (select count(*) from vetting where operation = $1 and seq = $2) + (select count(*) from mandate where operation = $1 and seq = $2)`)
	countOwnRecord = db.Statement(`select (select count(*) from vetting where operation = $1 and seq = $2 and organisation = $3)
		+ (select count(*) from mandate where operation = $1 and seq = $2 and (holder = $3 or representative = $3))`)
)

func (v Vetting) args(op int64) []any {
	return []any{op, v.Seq, v.Organisation, string(v.ID), v.State, v.Until, db.Encoded(v)}
}

func (m Mandate) args(op int64) []any {
	return []any{op, m.Seq, m.Holder, string(m.ID), m.Representative, m.State, db.Encoded(m)}
}

func (b Brand) args(op int64) []any {
	return []any{op, b.Seq, b.Organisation, string(b.ID), b.Name, db.Encoded(b)}
}

// The body says all; the columns beside it are for finding and for order.

func scanVetting(row db.Scanner) (v Vetting, err error) {
	var op, seq, organisation int64
	var id, state, until string
	err = row.Scan(&op, &seq, &organisation, &id, &state, &until, db.Decode(&v))
	return v, err
}

func scanMandate(row db.Scanner) (m Mandate, err error) {
	var op, seq, holder, representative int64
	var id, state string
	err = row.Scan(&op, &seq, &holder, &id, &representative, &state, db.Decode(&m))
	return m, err
}

func scanBrand(row db.Scanner) (b Brand, err error) {
	var op, seq, organisation int64
	var id, name string
	err = row.Scan(&op, &seq, &organisation, &id, &name, db.Decode(&b))
	return b, err
}
