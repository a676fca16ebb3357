package seizure

import (
	"maps"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

var (
	countByDay = db.Statement(`select organisation, day, count(*) from seizure where operation = $1 and audience {in $2}
		and day >= $3 and day <= $4 and state <> 'draft' and state <> 'withdrawn' group by organisation, day order by organisation, day`)
	selectDay   = db.Statement(`select ` + columns + ` from seizure where operation = $1 and audience {in $2} and day = $3 and class = 'counted' order by seq`)
	selectSince = db.Statement(`select ` + columns + ` from seizure where operation = $1 and audience {in $2} and reported >= $3 and class = 'counted' order by seq`)
)

// DayCount is how many cases an organisation reported that happened on a day.
type DayCount struct {
	Organisation int64 // that reported them
	Day          string
	Cases        int64
}

// PerDay counts the cases of days from one to another, both included, by who
// reported them. Drafts and cases that were withdrawn are none.
func PerDay(tx *db.Tx, op int64, readable db.List, from, to string) ([]DayCount, error) {
	return db.All(tx, countByDay, func(row db.Scanner) (DayCount, error) {
		var d DayCount
		err := row.Scan(&d.Organisation, &d.Day, &d.Cases)
		return d, err
	}, op, readable, from, to)
}

// OfDay gives the figures of the counted cases of one day: what Tallies would give
// if nothing else had happened.
func OfDay(tx *db.Tx, op int64, readable db.List, day string) ([]Tally, error) {
	cases, err := db.All(tx, selectDay, scanCase, op, readable, day)
	if err != nil {
		return nil, err
	}
	sum := map[Tally]int64{}
	for _, c := range cases {
		for cell, n := range c.figures() {
			sum[Tally{Dimension: cell.Dimension, Class: cell.Class, Value: cell.Value, Unit: cell.Unit}] += n
		}
	}
	out := slices.SortedFunc(maps.Keys(sum), compareTallies)
	for i, t := range out {
		out[i].Amount = sum[t]
	}
	return out, nil
}

// CountedSince gives the total of the counted cases that were reported since a moment:
// what a day adds, as it stands now. A case that is withdrawn, or no longer counts, is
// not in it; one that was reported before and changed since is not, either.
func CountedSince(tx *db.Tx, op int64, readable db.List, at time.Time) ([]Tally, error) {
	cases, err := db.All(tx, selectSince, scanCase, op, readable, at)
	sum := map[Tally]int64{}
	for _, c := range cases {
		for cell, n := range c.figures() {
			if cell.Dimension == ByTotal && cell.Class == Counted {
				sum[Tally{Dimension: cell.Dimension, Class: cell.Class, Value: cell.Value, Unit: cell.Unit}] += n
			}
		}
	}
	out := slices.SortedFunc(maps.Keys(sum), compareTallies)
	for i, t := range out {
		out[i].Amount = sum[t]
	}
	return out, err
}
