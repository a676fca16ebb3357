package protection

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

const (
	measureColumns     = `operation, seq, organisation, version, country, body`
	applicationColumns = `operation, seq, organisation, id, audience, state, until, body`
)

var (
	insertMeasure = db.Statement(`insert into measure (` + measureColumns + `) values ($1, $2, $3, $4, $5, $6)`)
	// The newest version of each organisation.
	selectMeasures = db.Statement(`select ` + measureColumns + ` from measure m where operation = $1
		and version = (select max(version) from measure n where n.operation = m.operation and n.organisation = m.organisation) order by country, seq`)
	selectVersions = db.Statement(`select ` + measureColumns + ` from measure where operation = $1 and organisation = $2 order by version desc`)
	selectThere    = db.Statement(`select ` + measureColumns + ` from measure where operation = $1 and country = $2 order by seq desc limit 1`)

	putApplication = db.Statement(`insert into application (` + applicationColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (operation, seq) do update set audience = excluded.audience, state = excluded.state, until = excluded.until, body = excluded.body`)
	selectApplication = db.Statement(`select ` + applicationColumns + ` from application where operation = $1 and organisation = $2 and id = $3`)
	selectNamed       = db.Statement(`select ` + applicationColumns + ` from application where operation = $1 and audience {in $2} and id = $3 order by seq`)
	selectOf          = db.Statement(`select ` + applicationColumns + ` from application where operation = $1 and audience {in $2} and organisation = $3 order by seq`)
	selectOpen        = db.Statement(`select ` + applicationColumns + ` from application where operation = $1 and audience {in $2} order by seq desc`)
	selectRunning     = db.Statement(`select ` + applicationColumns + ` from application where operation = $1 and audience {in $2} and state = 'accepted'
		and (until = '' or until >= $3) order by seq`)
)

func (m Measure) args(op int64) []any {
	return []any{op, m.Seq, m.Organisation, m.Version, m.Country, db.Encoded(m)}
}

func (a Application) args(op int64) []any {
	return []any{op, a.Seq, a.Organisation, string(a.ID), a.Audience, a.State, a.Until, db.Encoded(a)}
}

// The body says all; the columns beside it are for finding and for order.

func scanMeasure(row db.Scanner) (m Measure, err error) {
	var op, seq, organisation, version int64
	var country string
	err = row.Scan(&op, &seq, &organisation, &version, &country, db.Decode(&m))
	return m, err
}

func scanApplication(row db.Scanner) (a Application, err error) {
	var op, seq, organisation, audience int64
	var id, state, until string
	err = row.Scan(&op, &seq, &organisation, &id, &audience, &state, &until, db.Decode(&a))
	return a, err
}

// inForce gives the measure of a country, nil where none is set or the actor is a
// right holder's.
func inForce(tx *db.Tx, st operation.Standing, country string) (*Measure, error) {
	if !seesMeasures(st) {
		return nil, nil
	}
	m, err := db.One(tx, selectThere, scanMeasure, st.Operation.Number, country)
	if errors.Is(err, db.ErrNone) {
		return nil, nil
	}
	return &m, err
}

// Name says which application is meant by the id that its holder gave it.
type Name struct {
	ID   ApplicationID
	From organisation.ID // the holder; empty: one's own, or the first that one reads
}

// find gives an application that the actor may read; Missing: there is none.
func find(tx *db.Tx, st operation.Standing, n Name) (Application, organisation.Organisation, error) {
	open, err := holder.Readable(tx, st)
	if err != nil {
		return Application{}, organisation.Organisation{}, err
	}
	all, err := db.All(tx, selectNamed, scanApplication, st.Operation.Number, open, string(n.ID))
	if err != nil {
		return Application{}, organisation.Organisation{}, err
	}
	if all, err = visible(tx, st, all); err != nil {
		return Application{}, organisation.Organisation{}, err
	}
	for _, a := range all {
		of, err := organisation.One(tx, a.Organisation)
		if err != nil {
			return a, of, err
		}
		if n.From == "" || n.From == of.ID {
			return a, of, nil
		}
	}
	return Application{}, organisation.Organisation{}, fault.Missing()
}
