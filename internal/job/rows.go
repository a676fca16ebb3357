package job

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// never is the due time of a job that somebody is at and nobody has asked for since.
const never = int64(1) << 62

var (
	put = db.Statement(`insert into job (kind, subject, due, lease, fence, attempts, puts) values ($1, $2, $3, 0, 0, 0, 1)
		on conflict (kind, subject) do update set puts = job.puts + 1,
			due = case when excluded.due < job.due and (job.attempts = 0 or job.lease > 0) then excluded.due else job.due end`)
	drop = db.Statement(`delete from job where kind = $1 and subject = $2`)
	// touch changes nothing, and holds the row: on PostgreSQL nobody else takes it until the commit.
	touch       = db.Statement(`update job set fence = fence where kind = $1 and subject = $2 and fence = $3 and lease > 0`)
	selectDueOf = db.Statement(`select due from job where kind = $1 and subject = $2`)

	selectDue = db.Statement(`select kind, subject, attempts, fence, puts from job
		where kind = $1 and due <= $2 and lease = 0 order by due limit $3`)
	selectLapsed = db.Statement(`select kind, subject, attempts, fence, puts from job
		where kind = $1 and lease > 0 and lease <= $2 order by lease limit $3`)
	// take is one taker's only: the second finds another fence.
	take = db.Statement(`update job set lease = $4, fence = $5, due = $6, attempts = attempts + 1
		where kind = $1 and subject = $2 and fence = $3 and puts = $7 and (lease = 0 and due <= $8 or lease > 0 and lease <= $8)`)
	finish = db.Statement(`delete from job where kind = $1 and subject = $2 and fence = $3 and lease > 0 and puts = $4`)
	// renew is for a job that was asked for while somebody was at it: due is what was asked.
	renew    = db.Statement(`update job set lease = 0, attempts = 0 where kind = $1 and subject = $2 and fence = $3 and lease > 0`)
	postpone = db.Statement(`update job set lease = 0, attempts = 0, due = case when due < $4 then due else $4 end
		where kind = $1 and subject = $2 and fence = $3 and lease > 0`)
	rest = db.Statement(`update job set lease = 0, due = $4 where kind = $1 and subject = $2 and fence = $3 and lease > 0`)

	countWaiting = db.Statement(`select count(*), count(case when attempts > 0 and lease = 0 then 1 end) from job`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "job", Unsaid: "housekeeping: names of work that is still to be done, without content",
		Stays: "work that is still to be done, by this instance"}}}
}

func scan(row db.Scanner) (Job, error) {
	var j Job
	err := row.Scan(&j.Kind, &j.Subject, &j.Attempts, &j.fence, &j.puts)
	return j, err
}

func scanTime(row db.Scanner) (time.Time, error) {
	var t time.Time
	err := row.Scan(db.Time(&t))
	return t, err
}

// Waiting tells how many jobs stand, and how many of them rest because they failed.
func Waiting(tx *db.Tx) (all, failed int64, err error) {
	_, err = db.One(tx, countWaiting, func(row db.Scanner) (bool, error) { return true, row.Scan(&all, &failed) })
	return all, failed, err
}
