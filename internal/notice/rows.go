package notice

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const columns = `person, organisation, operation, seq, reason, at, seen, mailed`
const subscriptionColumns = `operation, person, organisation, id, category, conveyance, provenance, destination, brand`
const settingColumns = `mode, hour, zone, address, pending, asked, guesses, asks, asks_since, last, sending, failed`

var (
	// Nothing is told twice.
	insertNotice    = db.Statement(`insert into notice (` + columns + `) values ($1, $2, $3, $4, $5, $6, null, null) on conflict (person, organisation, operation, seq) do nothing`)
	selectNewest    = db.Statement(`select ` + columns + ` from notice where person = $1 and organisation = $2 order by at desc, operation, seq desc limit $3`)
	selectUnseen    = db.Statement(`select ` + columns + ` from notice where person = $1 and organisation = $2 and seen is null order by at desc, operation, seq desc limit $3`)
	selectUncovered = db.Statement(`select ` + columns + ` from notice where person = $1 and seen is null and mailed is null order by at, organisation, operation, seq limit $2`)
	countOne        = db.Statement(`select count(*) from notice where person = $1 and organisation = $2 and operation = $3 and seq = $4 and seen is null`)
	seeAll          = db.Statement(`update notice set seen = $4 where person = $1 and organisation = $2 and at <= $3 and seen is null`)
	seeOne          = db.Statement(`update notice set seen = $5 where person = $1 and organisation = $2 and operation = $3 and seq = $4 and seen is null`)
	markOne         = db.Statement(`update notice set mailed = $5 where person = $1 and organisation = $2 and operation = $3 and seq = $4`)
	dropOne         = db.Statement(`delete from notice where person = $1 and organisation = $2 and operation = $3 and seq = $4`)

	deleteOld = db.Statement(`delete from notice where at < $1`)

	selectBehind = db.Statement(`select h.operation, coalesce(c.next, 0) from journal_head h left join notice_cursor c on c.operation = h.operation
		where h.operation > 0 and h.size > coalesce(c.next, 0) order by h.operation`)
	beginCursor = db.Statement(`insert into notice_cursor (operation, next) values ($1, $2) on conflict (operation) do nothing`)
	// One of several nodes moves the cursor, and tells people.
	moveCursor = db.Statement(`insert into notice_cursor (operation, next) values ($1, $3) on conflict (operation) do update set next = excluded.next where notice_cursor.next = $2`)

	selectSubscriptions    = db.Statement(`select ` + subscriptionColumns + ` from notice_subscription where operation = $1 order by person, id`)
	selectOwnSubscriptions = db.Statement(`select ` + subscriptionColumns + ` from notice_subscription where person = $1 and organisation = $2 order by operation, since, id`)
	countSubscriptions     = db.Statement(`select count(*) from notice_subscription where operation = $1 and person = $2`)
	insertSubscription     = db.Statement(`insert into notice_subscription (` + subscriptionColumns + `, since) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`)
	deleteSubscription     = db.Statement(`delete from notice_subscription where person = $1 and id = $2`)

	selectSetting = db.Statement(`select ` + settingColumns + ` from notice_setting where person = $1`)
	// Each changes its own columns only: a person chooses while a mail is on its way.
	putChoice = db.Statement(`insert into notice_setting (person, ` + settingColumns + `)
		values ($1, $2, $3, $4, '', '', null, 0, 0, null, null, 0, null)
		on conflict (person) do update set mode = excluded.mode, hour = excluded.hour, zone = excluded.zone`)
	putAddress = db.Statement(`insert into notice_setting (person, ` + settingColumns + `)
		values ($1, 'bundled', 7, $2, $3, $4, $5, 0, $6, $7, null, 0, null)
		on conflict (person) do update set address = excluded.address, pending = excluded.pending, asked = excluded.asked, guesses = 0,
			asks = excluded.asks, asks_since = excluded.asks_since, failed = null`)
	guess = db.Statement(`update notice_setting set guesses = guesses + 1
		where person = $1 and pending <> '' and asked > $2 and guesses < $3`)
	prove         = db.Statement(`update notice_setting set address = pending, pending = '', failed = null where person = $1`)
	begin         = db.Statement(`update notice_setting set sending = sending + 1 where person = $1`)
	ended         = db.Statement(`update notice_setting set sending = 0, failed = null, last = case when $2 then $3 else last end where person = $1`)
	fails         = db.Statement(`update notice_setting set sending = 0, failed = $2 where person = $1`)
	selectReached = db.Statement(`select person from notice_setting where address <> '' and mode <> 'never'`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{
		{Name: "notice", Unsaid: "housekeeping: what was found to matter to whom; follows from the journal, and opens nothing", Stays: "what was found to matter to whom: private, and follows from the journal"},
		{Name: "notice_cursor", Unsaid: "housekeeping: how far people have been told", Stays: "how far people have been told here"},
		{Name: "notice_subscription", Unsaid: "somebody's own wish to be told, beside every record; opens nothing", Stays: "somebody's own wish to be told"},
		{Name: "notice_setting", Unsaid: "somebody's own address and wish, private, so in no journal; opens nothing", Stays: "somebody's own address and wish"},
	}}
}

// row is a notice as it is kept.
type row struct {
	person                       string
	organisation, operation, seq int64
	reason                       string
	at, seen, mailed             time.Time
}

func scan(r db.Scanner) (row, error) {
	var n row
	err := r.Scan(&n.person, &n.organisation, &n.operation, &n.seq, &n.reason, db.Time(&n.at), db.Time(&n.seen), db.Time(&n.mailed))
	return n, err
}

// subscribed is a subscription as it is kept.
type subscribed struct {
	Subscription
	person                  string
	operation, organisation int64
}

func scanSubscription(r db.Scanner) (subscribed, error) {
	var s subscribed
	err := r.Scan(&s.operation, &s.person, &s.organisation, &s.ID, &s.Category, &s.Conveyance, &s.Provenance, &s.Destination, &s.Brand)
	return s, err
}

func scanSetting(r db.Scanner) (Setting, error) {
	var s Setting
	err := r.Scan(&s.Mode, &s.Hour, &s.Zone, &s.Address, &s.Pending, db.Time(&s.asked), &s.guesses, &s.asks,
		db.Time(&s.asksSince), db.Time(&s.last), &s.sending, db.Time(&s.Failed))
	if s.Pending != "" {
		s.Ends = s.asked.Add(codeHolds)
	}
	return s, err
}

// settingOf gives how a person is told; who chose nothing gets bundles, once
// there is an address.
func settingOf(tx *db.Tx, person string) (Setting, error) {
	all, err := db.All(tx, selectSetting, scanSetting, person)
	if err != nil || len(all) == 0 {
		return Setting{Mode: Bundled, Hour: 7, Zone: "UTC"}, err
	}
	return all[0], nil
}

// Begin has people be told of what comes after the first entries of an operation's
// journal: those came from another instance.
func Begin(tx *db.Tx, operation, size int64) error {
	_, err := tx.Exec(beginCursor, operation, size)
	return err
}
