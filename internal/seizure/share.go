package seizure

import "github.com/tidewaiter/tidewaiter/internal/db"

var selectShared = db.Statement(`select ` + columns + ` from seizure where operation = $1 and organisation {in $2} and state = 'released' and class = 'counted'
	and day >= $3 and day <= $4 and seq > $5 order by seq limit $6`)

// pageShared is how many cases EachShared reads at once.
const pageShared = 1000

// EachShared goes through the cases of some organisations that count, were let out by
// these, and happened between two days, both included. It asks nobody: its caller
// shows figures alone, of those who said that they may be shown.
func EachShared(tx *db.Tx, op int64, organisations db.List, from, to string, take func(Case)) error {
	if len(organisations) == 0 {
		return nil
	}
	for after := int64(-1); ; {
		all, err := db.All(tx, selectShared, scanCase, op, organisations, from, to, after, pageShared)
		if err != nil {
			return err
		}
		for _, c := range all {
			take(c)
		}
		if len(all) < pageShared {
			return nil
		}
		after = all[len(all)-1].Seq
	}
}
