package results

import (
	"github.com/tidewaiter/tidewaiter/internal/db"
)

// A page that shows several things is one query; these are its counts of what
// the reader may read.
var (
	countMessages = db.Statement(`select count(*) from message where operation = $1 and audience {in $2}`)
	countOwnCases = db.Statement(`select count(case when state = 'draft' then 1 end), count(case when state = 'reported' then 1 end)
		from seizure where operation = $1 and audience {in $2} and organisation = $3`)
)

func scanOwnCases(row db.Scanner) (OwnCases, error) {
	var c OwnCases
	err := row.Scan(&c.Drafts, &c.Waiting)
	return c, err
}
