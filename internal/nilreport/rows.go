package nilreport

import "github.com/tidewaiter/tidewaiter/internal/db"

const columns = `organisation, day, seq, author, audience, controls, remark, language, state, version, at`

var (
	upsert = db.Statement(`insert into nil_report (operation, ` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		on conflict (operation, organisation, day) do update set author = excluded.author, audience = excluded.audience,
		controls = excluded.controls, remark = excluded.remark, language = excluded.language, state = excluded.state,
		version = excluded.version, at = excluded.at`)
	selectOne      = db.Statement(`select ` + columns + ` from nil_report where operation = $1 and organisation = $2 and day = $3`)
	selectStanding = db.Statement(`select ` + columns + ` from nil_report where operation = $1 and day >= $2 and day <= $3
		and audience {in $4} and state = 'stands' order by organisation, day`)
)

func (r Report) args() []any {
	return []any{r.Organisation, r.Day, r.Seq, r.Author, r.Audience, r.Controls, r.Remark, r.Language, r.State, r.Version, r.At}
}

func scan(row db.Scanner) (Report, error) {
	var r Report
	err := row.Scan(&r.Organisation, &r.Day, &r.Seq, &r.Author, &r.Audience, &r.Controls, &r.Remark, &r.Language, &r.State, &r.Version, db.Time(&r.At))
	return r, err
}

// One gives the report of an organisation for a day, whatever its state;
// db.ErrNone when there never was one.
func One(tx *db.Tx, op, organisation int64, day string) (Report, error) {
	return db.One(tx, selectOne, scan, op, organisation, day)
}

// Between gives the reports that stand for days from one to another, both
// included, by organisation and day.
func Between(tx *db.Tx, op int64, readable db.List, from, to string) ([]Report, error) {
	return db.All(tx, selectStanding, scan, op, from, to, readable)
}
