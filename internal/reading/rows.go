package reading

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

const columns = `kind, record, organisation, person, day, act, at, seq`

var (
	countRead = db.Statement(`select count(*) from reading where operation = $1 and kind = $2 and record = $3 and organisation = $4
		and person = $5 and day = $6 and act = $7`)
	insertRead = db.Statement(`insert into reading (operation, ` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	// selectHolders: who had what, before a moment.
	selectHolders = db.Statement(`select record, organisation, min(at), count(case when act = 'exported' then 1 end) from reading
		where operation = $1 and kind = $2 and record {in $3} group by record, organisation order by record, organisation`)
)

var selectDays = db.Statement(`select record, organisation, day, count(distinct person), min(at) from reading
	where operation = $1 and kind = $2 and record {in $3} and organisation {in $4} group by record, organisation, day order by day, record, organisation`)

// Day is how many people of an organisation read a record on a day.
type Day struct {
	Record       int64
	Organisation int64
	Day          string // UTC
	People       int64
	First        time.Time
}

// Days tells how many people of some organisations read some records of a kind on each
// day, the oldest first. Who may know is for its caller to say.
func Days(tx *db.Tx, operation int64, kind string, records, organisations db.List) ([]Day, error) {
	if len(records) == 0 || len(organisations) == 0 {
		return nil, nil
	}
	return db.All(tx, selectDays, func(row db.Scanner) (d Day, err error) {
		return d, row.Scan(&d.Record, &d.Organisation, &d.Day, &d.People, db.Time(&d.First))
	}, operation, kind, records, organisations)
}

// Holder is an organisation that has had a record's content.
type Holder struct {
	Record       int64
	Organisation int64
	First        time.Time // when one of its people first received it
	Exported     bool      // another system of it fetched it
}

// Holders tells which organisations have had some records of one kind, by record
// and number of the organisation.
func Holders(tx *db.Tx, operation int64, kind string, records db.List) ([]Holder, error) {
	if len(records) == 0 {
		return nil, nil
	}
	return db.All(tx, selectHolders, func(row db.Scanner) (Holder, error) {
		var h Holder
		var exported int64
		err := row.Scan(&h.Record, &h.Organisation, db.Time(&h.First), &exported)
		h.Exported = exported > 0
		return h, err
	}, operation, kind, records)
}
