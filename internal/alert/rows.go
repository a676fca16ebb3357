package alert

import (
	"errors"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

const (
	columns         = `operation, seq, organisation, id, audience, level, until, withdrawn, body`
	ackColumns      = `operation, alert, organisation, seq, person, at`
	reminderColumns = `operation, seq, alert, person, at`
)

var (
	putAlert = db.Statement(`insert into alert (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (operation, seq) do update set withdrawn = excluded.withdrawn, body = excluded.body`)
	selectAlert   = db.Statement(`select ` + columns + ` from alert where operation = $1 and organisation = $2 and id = $3`)
	selectNamed   = db.Statement(`select ` + columns + ` from alert where operation = $1 and audience {in $2} and id = $3 order by seq`)
	selectCurrent = db.Statement(`select ` + columns + ` from alert where operation = $1 and audience {in $2} and withdrawn = 0 and until >= $3 order by seq desc limit 500`)
	selectEarlier = db.Statement(`select ` + columns + ` from alert where operation = $1 and audience {in $2} and (withdrawn <> 0 or until < $3) and seq < $4
		order by seq desc limit $5`)
	selectPage    = db.Statement(`select ` + columns + ` from alert where operation = $1 and audience {in $2} and seq < $3 order by seq desc limit $4`)
	selectSeveral = db.Statement(`select ` + columns + ` from alert where operation = $1 and seq {in $2} order by seq`)
	selectUrgent  = db.Statement(`select ` + columns + ` from alert where operation = $1 and level = 'urgent' and withdrawn = 0 and until >= $2
		and not exists (select 1 from alert_reminder r where r.operation = alert.operation and r.alert = alert.seq) order by seq`)
	countOpen = db.Statement(`select count(*) from alert where operation = $1 and audience {in $2} and withdrawn = 0 and until >= $3 and organisation <> $4
		and not exists (select 1 from alert_acknowledgement a where a.operation = alert.operation and a.alert = alert.seq and a.organisation = $4)`)

	insertAck      = db.Statement(`insert into alert_acknowledgement (` + ackColumns + `) values ($1, $2, $3, $4, $5, $6)`)
	selectAcks     = db.Statement(`select ` + ackColumns + ` from alert_acknowledgement where operation = $1 and alert = $2 order by seq`)
	selectOwnAcks  = db.Statement(`select ` + ackColumns + ` from alert_acknowledgement where operation = $1 and organisation = $2 and alert {in $3} order by seq`)
	insertReminder = db.Statement(`insert into alert_reminder (` + reminderColumns + `) values ($1, $2, $3, $4, $5)`)
	selectReminded = db.Statement(`select ` + reminderColumns + ` from alert_reminder where operation = $1 and alert = $2 order by seq desc limit 1`)
)

// Acknowledged is that an organisation has acknowledged an alert.
type Acknowledged struct {
	Seq          int64 `json:",omitempty"`
	Alert        int64
	Organisation int64
	Person       string
	At           time.Time
}

// Reminder is one reminder of those who have not.
type Reminder struct {
	Seq           int64 `json:",omitempty"`
	Alert         int64
	Person        string // or system:NAME
	At            time.Time
	Organisations []int64 // who was reminded
}

func (a Alert) args(op int64) []any {
	return []any{op, a.Seq, a.Organisation, string(a.ID), a.Audience, a.Level, a.Until, a.Withdrawn.Entry, db.Encoded(a)}
}

func (a Acknowledged) args(op int64) []any {
	return []any{op, a.Alert, a.Organisation, a.Seq, a.Person, a.At}
}

func (r Reminder) args(op int64) []any { return []any{op, r.Seq, r.Alert, r.Person, r.At} }

// scan: the body says all; the columns beside it are for finding and for order.
func scan(row db.Scanner) (a Alert, err error) {
	var op, seq, organisation, aud, withdrawn int64
	var id, level, until string
	err = row.Scan(&op, &seq, &organisation, &id, &aud, &level, &until, &withdrawn, db.Decode(&a))
	return a, err
}

func scanAck(row db.Scanner) (a Acknowledged, err error) {
	var op int64
	err = row.Scan(&op, &a.Alert, &a.Organisation, &a.Seq, &a.Person, db.Time(&a.At))
	return a, err
}

func scanReminder(row db.Scanner) (r Reminder, err error) {
	var op int64
	err = row.Scan(&op, &r.Seq, &r.Alert, &r.Person, db.Time(&r.At))
	return r, err
}

// find gives an alert that the actor may read; Missing: there is none.
func find(tx *db.Tx, st operation.Standing, n Name) (Alert, organisation.Organisation, error) {
	open, err := holder.Readable(tx, st)
	if err != nil {
		return Alert{}, organisation.Organisation{}, err
	}
	all, err := db.All(tx, selectNamed, scan, st.Operation.Number, open, string(n.ID))
	if err != nil {
		return Alert{}, organisation.Organisation{}, err
	}
	if all, err = visible(tx, st, all); err != nil {
		return Alert{}, organisation.Organisation{}, err
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
	return Alert{}, organisation.Organisation{}, fault.Missing()
}

// Missing lists the organisations that were told of an alert, enforce, and have not
// acknowledged it; told is how many were.
func Missing(tx *db.Tx, op int64, a Alert, now time.Time) (missing []int64, told int, err error) {
	readers, err := audience.Readers(tx, op, a.Audience, now)
	if err != nil {
		return nil, 0, err
	}
	sides, err := audience.Sides(tx, op, now)
	if err != nil {
		return nil, 0, err
	}
	acks, err := db.All(tx, selectAcks, scanAck, op, a.Seq)
	if err != nil {
		return nil, 0, err
	}
	has := map[int64]bool{}
	for _, k := range acks {
		has[k.Organisation] = true
	}
	for _, n := range readers {
		if sides[n] != access.Enforcement || n == a.Organisation {
			continue
		}
		if told++; !has[n] {
			missing = append(missing, n)
		}
	}
	return missing, told, nil
}

func acknowledgedBy(tx *db.Tx, op, organisation int64, alerts db.List) (map[int64]Acknowledged, error) {
	out := map[int64]Acknowledged{}
	if len(alerts) == 0 {
		return out, nil
	}
	all, err := db.All(tx, selectOwnAcks, scanAck, op, organisation, alerts)
	for _, a := range all {
		out[a.Alert] = a
	}
	return out, err
}

func reminded(tx *db.Tx, op, alert int64) (Reminder, error) {
	r, err := db.One(tx, selectReminded, scanReminder, op, alert)
	if errors.Is(err, db.ErrNone) {
		return Reminder{}, nil
	}
	return r, err
}

var selectReminders = db.Statement(`select ` + reminderColumns + ` from alert_reminder where operation = $1 and seq {in $2} order by seq`)

// OfEntries gives the alerts that some entries issued or reminded of, by entry,
// whoever may read them: for housekeeping, which decides by their audiences.
func OfEntries(tx *db.Tx, op int64, entries db.List) (map[int64]Alert, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	again, err := db.All(tx, selectReminders, scanReminder, op, entries)
	if err != nil {
		return nil, err
	}
	numbers := append(db.List{}, entries...)
	for _, r := range again {
		numbers = append(numbers, r.Alert)
	}
	all, err := db.All(tx, selectSeveral, scan, op, numbers)
	by, out := map[int64]Alert{}, map[int64]Alert{}
	for _, a := range all {
		by[a.Seq] = a
	}
	for _, seq := range entries {
		if a, ok := by[seq]; ok {
			out[seq] = a
		}
	}
	for _, r := range again {
		if a, ok := by[r.Alert]; ok {
			out[r.Seq] = a
		}
	}
	return out, err
}

// Withheld tells whether a picture of an alert is not given to a reader who may read
// its audience, and whether the record is an alert: a right holder's side sees those of
// the alerts that it acts for.
func Withheld(tx *db.Tx, st operation.Standing, record int64) (withheld, is bool, err error) {
	all, err := db.All(tx, selectSeveral, scan, st.Operation.Number, db.List{record})
	if err != nil || len(all) == 0 {
		return err != nil, false, err
	}
	all, err = visible(tx, st, all)
	return err != nil || len(all) == 0, true, err
}

// Holds tells whether a record is an alert.
func Holds(tx *db.Tx, op, record int64) (bool, error) {
	all, err := db.All(tx, selectSeveral, scan, op, db.List{record})
	return len(all) > 0, err
}
