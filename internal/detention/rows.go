package detention

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const (
	settingColumns    = `seq, organisation, version, profile, text, calendar, note, author, at`
	checkColumns      = `seq, setting, author, at`
	clockColumns      = `seq, seizure, organisation, audience, kind, perishable, setting, day, time, author, at`
	eventColumns      = `seq, clock, kind, day, time, step, answer, reason, author, at`
	warningColumns    = `seq, clock, step, kind, due, at`
	disclosureColumns = `seq, clock, id, organisation, stage, fields, told, version, request, basis, purpose, officer, recipient, addressee, author, at`
	receiptColumns    = `seq, disclosure, day, note, author, at`
)

var (
	insertSetting = db.Statement(`insert into detention_setting (operation, ` + settingColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`)
	insertCheck   = db.Statement(`insert into detention_check (operation, ` + checkColumns + `) values ($1, $2, $3, $4, $5)`)
	insertClock   = db.Statement(`insert into detention_clock (operation, ` + clockColumns + `)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`)
	insertEvent      = db.Statement(`insert into detention_event (operation, ` + eventColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`)
	insertWarning    = db.Statement(`insert into detention_warning (operation, ` + warningColumns + `) values ($1, $2, $3, $4, $5, $6, $7)`)
	insertDisclosure = db.Statement(`insert into detention_disclosure (operation, ` + disclosureColumns + `)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`)
	insertReceipt = db.Statement(`insert into detention_receipt (operation, ` + receiptColumns + `) values ($1, $2, $3, $4, $5, $6, $7)`)

	selectSettings = db.Statement(`select ` + settingColumns + ` from detention_setting where operation = $1 and organisation {in $2} order by seq desc`)
	selectChecks   = db.Statement(`select ` + checkColumns + ` from detention_check where operation = $1 and setting {in $2} order by seq`)

	selectClocks  = db.Statement(`select ` + clockColumns + ` from detention_clock where operation = $1 and audience {in $2} and seizure = $3 order by seq desc`)
	selectRunning = db.Statement(`select ` + clockColumns + ` from detention_clock c where operation = $1 and audience {in $2}
		and not exists (select 1 from detention_event e where e.operation = c.operation and e.clock = c.seq and e.kind = 'ended') order by seq`)
	selectAllRunning = db.Statement(`select ` + clockColumns + ` from detention_clock c where operation = $1
		and not exists (select 1 from detention_event e where e.operation = c.operation and e.clock = c.seq and e.kind = 'ended') order by seq`)
	selectBusy = db.Statement(`select operation from detention_clock c
		where not exists (select 1 from detention_event e where e.operation = c.operation and e.clock = c.seq and e.kind = 'ended')
		group by operation order by operation`)
	selectNumbered    = db.Statement(`select ` + clockColumns + ` from detention_clock where operation = $1 and seq {in $2} order by seq`)
	selectOfCase      = db.Statement(`select ` + clockColumns + ` from detention_clock where operation = $1 and seizure = $2 order by seq`)
	selectEvents      = db.Statement(`select ` + eventColumns + ` from detention_event where operation = $1 and clock {in $2} order by seq`)
	selectWarnings    = db.Statement(`select ` + warningColumns + ` from detention_warning where operation = $1 and clock {in $2} order by seq`)
	selectWarned      = db.Statement(`select ` + warningColumns + ` from detention_warning where operation = $1 and seq {in $2} order by seq`)
	selectDisclosures = db.Statement(`select ` + disclosureColumns + ` from detention_disclosure where operation = $1 and clock {in $2} order by seq desc`)
	selectDisclosed   = db.Statement(`select ` + disclosureColumns + ` from detention_disclosure where operation = $1 and organisation = $2 and id = $3`)
	selectReceipts    = db.Statement(`select ` + receiptColumns + ` from detention_receipt where operation = $1 and disclosure {in $2} order by seq`)

	eraseEvents      = db.Statement(`update detention_event set reason = '' where operation = $1 and clock {in $2}`)
	eraseDisclosures = db.Statement(`update detention_disclosure set told = '[]', request = '', basis = '', addressee = '' where operation = $1 and clock {in $2}`)
	eraseReceipts    = db.Statement(`update detention_receipt set note = '' where operation = $1 and disclosure {in $2}`)
)

func (s Setting) args() []any {
	return []any{s.Seq, s.Organisation, s.Version, s.Profile, s.Text, db.Encoded(s.Calendar), s.Note, s.Author, s.At}
}

func scanSetting(row db.Scanner) (Setting, error) {
	var s Setting
	err := row.Scan(&s.Seq, &s.Organisation, &s.Version, &s.Profile, &s.Text, db.Decode(&s.Calendar), &s.Note, &s.Author, db.Time(&s.At))
	return s, err
}

func (c Checking) args() []any { return []any{c.Seq, c.Setting, c.Author, c.At} }

func scanCheck(row db.Scanner) (Checking, error) {
	var c Checking
	err := row.Scan(&c.Seq, &c.Setting, &c.Author, db.Time(&c.At))
	return c, err
}

func (c Clock) args() []any {
	return []any{c.Seq, c.Seizure, c.Organisation, c.Audience, c.Kind, c.Perishable, c.Setting, c.Day.String(), c.Time, c.Author, c.At}
}

func scanClock(row db.Scanner) (Clock, error) {
	var c Clock
	var day string
	err := row.Scan(&c.Seq, &c.Seizure, &c.Organisation, &c.Audience, &c.Kind, &c.Perishable, &c.Setting, &day, &c.Time, &c.Author, db.Time(&c.At))
	c.Day, _ = legal.ParseDay(day)
	return c, err
}

func (e Event) args() []any {
	return []any{e.Seq, e.Clock, e.Kind, e.Day.String(), e.Time, e.Step, e.Answer, e.Reason, e.Author, e.At}
}

func scanEvent(row db.Scanner) (Event, error) {
	var e Event
	var day string
	err := row.Scan(&e.Seq, &e.Clock, &e.Kind, &day, &e.Time, &e.Step, &e.Answer, &e.Reason, &e.Author, db.Time(&e.At))
	e.Day, _ = legal.ParseDay(day)
	return e, err
}

func (w Warned) args() []any { return []any{w.Seq, w.Clock, w.Step, w.Kind, w.Due.String(), w.At} }

func scanWarning(row db.Scanner) (Warned, error) {
	var w Warned
	var due string
	err := row.Scan(&w.Seq, &w.Clock, &w.Step, &w.Kind, &due, db.Time(&w.At))
	w.Due, _ = legal.ParseDay(due)
	return w, err
}

func (d Disclosure) args() []any {
	return []any{d.Seq, d.Clock, d.ID, d.Organisation, d.Stage, db.Encoded(d.Fields), db.Encoded(d.Told), d.Version, d.Request, d.Basis, d.Purpose, d.Officer,
		d.Recipient, d.Addressee, d.Author, d.At}
}

func scanDisclosure(row db.Scanner) (Disclosure, error) {
	var d Disclosure
	err := row.Scan(&d.Seq, &d.Clock, &d.ID, &d.Organisation, &d.Stage, db.Decode(&d.Fields), db.Decode(&d.Told), &d.Version, &d.Request, &d.Basis, &d.Purpose, &d.Officer,
		&d.Recipient, &d.Addressee, &d.Author, db.Time(&d.At))
	return d, err
}

func (r Receipt) args() []any {
	return []any{r.Seq, r.Disclosure, r.Day.String(), r.Note, r.Author, r.At}
}

func scanReceipt(row db.Scanner) (Receipt, error) {
	var r Receipt
	var day string
	err := row.Scan(&r.Seq, &r.Disclosure, &day, &r.Note, &r.Author, db.Time(&r.At))
	r.Day, _ = legal.ParseDay(day)
	return r, err
}

// record appends what was done to the journal, for the organisation and
// coordination, and gives the index of the entry.
func (s *Store) record(tx *db.Tx, st operation.Standing, verb access.Permission, subject string, organisation int64, after any) (int64, int64, error) {
	v := audience.Own(organisation).With(access.Coordination)
	aud, err := audience.Intern(tx, st.Operation.Number, v)
	if err != nil {
		return 0, 0, err
	}
	seq, err := s.journal.Append(tx, st.Entry(verb, subject, aud), journal.Content{After: after, With: map[string]string{"audience": v.String()}})
	return seq, aud, err
}

// put writes a row.
func put(tx *db.Tx, op int64, insert db.SQL, args []any) error {
	_, err := tx.Exec(insert, append([]any{op}, args...)...)
	return err
}

// settings gives the versions of some organisations, the newest first, each with
// its check.
func settings(tx *db.Tx, op int64, organisations db.List) ([]Setting, error) {
	all, err := db.All(tx, selectSettings, scanSetting, op, organisations)
	if err != nil {
		return nil, err
	}
	return checked(tx, op, all)
}

func checked(tx *db.Tx, op int64, all []Setting) ([]Setting, error) {
	var seqs db.List
	for _, s := range all {
		seqs = append(seqs, s.Seq)
	}
	if len(seqs) == 0 {
		return nil, nil
	}
	checks, err := db.All(tx, selectChecks, scanCheck, op, seqs)
	for _, c := range checks {
		i := slices.IndexFunc(all, func(s Setting) bool { return s.Seq == c.Setting })
		all[i].Checker, all[i].Checked = c.Author, c.At
	}
	return all, err
}

// inForce is the newest version of an organisation that was checked.
func inForce(all []Setting, organisation int64) *Setting {
	for i, s := range all {
		if s.Organisation == organisation && s.Checker != "" {
			return &all[i]
		}
	}
	return nil
}

// disclosures gives those of a clock with their receipts.
func disclosures(tx *db.Tx, op, clock int64) ([]Disclosure, error) {
	all, err := db.All(tx, selectDisclosures, scanDisclosure, op, db.List{clock})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var seqs db.List
	for _, d := range all {
		seqs = append(seqs, d.Seq)
	}
	receipts, err := db.All(tx, selectReceipts, scanReceipt, op, seqs)
	for _, r := range receipts {
		i := slices.IndexFunc(all, func(d Disclosure) bool { return d.Seq == r.Disclosure })
		all[i].Receipt = &r
	}
	return all, err
}

// Alarm is a warning with its clock, for housekeeping, which decides by audience.
type Alarm struct {
	Warned
	Of Clock
}

// Alarms gives warnings of time by the index of their entries.
func Alarms(tx *db.Tx, op int64, seqs db.List) (map[int64]Alarm, error) {
	if len(seqs) == 0 {
		return nil, nil
	}
	all, err := db.All(tx, selectWarned, scanWarning, op, seqs)
	if err != nil {
		return nil, err
	}
	var of db.List
	for _, w := range all {
		of = append(of, w.Clock)
	}
	clocks, err := db.All(tx, selectNumbered, scanClock, op, of)
	out := map[int64]Alarm{}
	for _, w := range all {
		if i := slices.IndexFunc(clocks, func(c Clock) bool { return c.Seq == w.Clock }); i >= 0 {
			out[w.Seq] = Alarm{w, clocks[i]}
		}
	}
	return out, err
}

// Erase takes away the texts that belong to a case whose content is erased, and
// gives the entries of the journal that hold them.
func Erase(tx *db.Tx, op, record int64) ([]int64, error) {
	clocks, err := db.All(tx, selectOfCase, scanClock, op, record)
	if err != nil || len(clocks) == 0 {
		return nil, err
	}
	var of, told db.List
	var entries []int64
	for _, c := range clocks {
		of = append(of, c.Seq)
	}
	events, err := db.All(tx, selectEvents, scanEvent, op, of)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		entries = append(entries, e.Seq)
	}
	for _, c := range of {
		all, err := disclosures(tx, op, c)
		if err != nil {
			return nil, err
		}
		for _, d := range all {
			told, entries = append(told, d.Seq), append(entries, d.Seq)
			if d.Receipt != nil {
				entries = append(entries, d.Receipt.Seq)
			}
		}
	}
	for _, erase := range []struct {
		statement db.SQL
		of        db.List
	}{{eraseEvents, of}, {eraseDisclosures, of}, {eraseReceipts, told}} {
		if len(erase.of) == 0 {
			continue
		}
		if _, err := tx.Exec(erase.statement, op, erase.of); err != nil {
			return nil, err
		}
	}
	return entries, nil
}
