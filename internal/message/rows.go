package message

import (
	"encoding/json"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const columns = `seq, id, organisation, author, audience, addressed, asked, template, thread, answers, outcome, subject, body,
	language, tlp, category, conveyance, provenance, destination, reply_due, written,
	urgent, expires, arrival, arrival_place, arrival_zone, source, version, fields, reason, state, state_at, state_entry, state_reason`

// openWarning: $1 operation, $2 readable audiences, $3 the reader's organisation,
// $4 now: after a warning has expired nobody needs to look any more,
// $5 the audiences of toOwn.
// The two lists of answers are made once, not row by row, and hold nothing that
// the reader may not read.
const openWarning = `template = 'warning' and state = '' and audience {in $2} and (expires is null or expires > $4) and (
		(organisation <> $3 or asked {in $5}) and asked {in $2} and seq not in (select answers from message
			where operation = $1 and template = 'feedback' and state = '' and audience {in $2} and organisation = $3 and answers is not null)
		or (organisation = $3 and not (asked {in $5}) or not (asked {in $2})) and seq not in (select answers from message
			where operation = $1 and template = 'feedback' and state = '' and audience {in $2} and answers is not null))`

var (
	insertRow = db.Statement(`insert into message (operation, ` + columns + `) values
		($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27,
		$28, $29, $30, $31, $32, $33, $34, $35)`)
	selectByID     = db.Statement(`select ` + columns + ` from message where operation = $1 and organisation = $2 and id = $3`)
	selectOne      = db.Statement(`select ` + columns + ` from message where operation = $1 and audience {in $2} and seq = $3`)
	selectNumbered = db.Statement(`select ` + columns + ` from message where operation = $1 and seq {in $2} order by seq`)
	selectThread   = db.Statement(`select ` + columns + ` from message where operation = $1 and audience {in $2} and thread = $3 order by seq`)

	selectPage = db.Statement(`select ` + columns + ` from message where operation = $1 and audience {in $2}
		and seq < $4 and ($5 = 0 or organisation = $5) and ($6 = '' or author = $6 and organisation = $3)
		and ($7 = '' or template = $7) order by seq desc limit $8`)
	selectOpen = db.Statement(`select ` + columns + ` from message where operation = $1 and ` + openWarning + `
		and seq < $6 and ($7 = 0 or organisation = $7) and ($8 = '' or author = $8 and organisation = $3)
		order by seq desc limit $9`)
	selectWaiting = db.Statement(`select ` + columns + ` from message where operation = $1 and template = 'warning'
		and state = '' and audience {in $2} and asked {in $2} and (organisation <> $3 or asked {in $5}) and (expires is null or expires > $4)
		and seq not in (select answers from message
			where operation = $1 and template = 'feedback' and state = '' and audience {in $2} and organisation = $3 and answers is not null)
		order by reply_due, seq limit $6`)
	countReadable = db.Statement(`select count(*) from message where operation = $1 and audience {in $2}`)
	selectLatest  = db.Statement(`select ` + columns + ` from message where operation = $1 and audience {in $2} order by seq desc limit $3`)

	selectCounts = db.Statement(`select template, count(*), count(case when author = $4 and organisation = $3 then 1 end)
		from message where operation = $1 and audience {in $2} group by template`)
	selectOpenCounts = db.Statement(`select count(case when (organisation <> $3 or asked {in $5}) and asked {in $2} then 1 end),
		count(case when (organisation <> $3 or asked {in $5}) and asked {in $2} and reply_due <= $4 then 1 end),
		count(*), count(case when reply_due <= $4 then 1 end)
		from message where operation = $1 and ` + openWarning)

	selectReplies = db.Statement(`select answers, organisation, template = 'feedback' and state = '', count(*) from message
		where operation = $1 and audience {in $2} and answers {in $3} group by answers, organisation, template = 'feedback' and state = ''`)
)

// scan gives a message for whoever may read it: what was taken back comes without
// what it said. See ownWhole for its originator.
func scan(row db.Scanner) (Message, error) {
	m, err := scanWhole(row)
	return m.veiled(), err
}

// scanWhole gives a message as it is stored, also one that was recalled.
func scanWhole(row db.Scanner) (Message, error) {
	var m Message
	var id, addressed, fields string
	err := row.Scan(&m.Seq, &id, &m.Organisation, &m.Author, &m.Audience, &addressed, &m.Asked, &m.Template, &m.Thread,
		db.Number(&m.Answers), &m.Outcome, &m.Subject, &m.Body, &m.Language, &m.TLP, &m.Profile.Category, &m.Profile.Conveyance,
		&m.Profile.Provenance, &m.Profile.Destination, db.Time(&m.ReplyDue), db.Time(&m.Written), &m.Urgent, db.Time(&m.Expires),
		db.Time(&m.Arrival.At), &m.Arrival.Place, &m.Arrival.Zone, &m.Source, &m.Version, &fields, &m.Reason, &m.Taken.State,
		db.Time(&m.Taken.At), &m.Taken.Entry, &m.Taken.Reason)
	if err != nil {
		return m, err
	}
	m.ID = ID(id)
	if m.Fields, err = parseFields(fields); err != nil {
		return m, err
	}
	m.To, err = audience.ParseAddress(addressed)
	return m, err
}

// args are the values of columns.
func (m Message) args() []any {
	return []any{m.Seq, m.ID, m.Organisation, m.Author, m.Audience, m.To.String(), m.Asked, m.Template,
		m.Thread, db.NullNumber(m.Answers), m.Outcome, m.Subject, m.Body, m.Language, m.TLP, m.Profile.Category, m.Profile.Conveyance,
		m.Profile.Provenance, m.Profile.Destination, db.Null(m.ReplyDue), m.Written, m.Urgent, db.Null(m.Expires),
		db.Null(m.Arrival.At), m.Arrival.Place, m.Arrival.Zone, m.Source, m.Version, fieldsText(m.Fields), m.Reason,
		m.Taken.State, db.Null(m.Taken.At), m.Taken.Entry, m.Taken.Reason}
}

func insert(tx *db.Tx, operation int64, m Message) error {
	_, err := tx.Exec(insertRow, append([]any{operation}, m.args()...)...)
	return err
}

func byID(tx *db.Tx, operation, organisation int64, id ID) (Message, error) {
	return db.One(tx, selectByID, scanWhole, operation, organisation, id)
}

// one gives a message that the audiences allow to read; db.ErrNone otherwise.
func one(tx *db.Tx, operation int64, readable db.List, seq int64) (Message, error) {
	return db.One(tx, selectOne, scan, operation, readable, seq)
}

// Several gives messages by number, whoever may read them: for housekeeping, which
// decides by their audiences.
func Several(tx *db.Tx, operation int64, numbers db.List) ([]Message, error) {
	return db.All(tx, selectNumbered, scan, operation, numbers)
}

// Count tells how many messages stand in some audiences.
func Count(tx *db.Tx, operation int64, readable db.List) (int64, error) {
	return db.One(tx, countReadable, db.Int64, operation, readable)
}

// Latest gives the newest messages of some audiences, newest first.
func Latest(tx *db.Tx, operation int64, readable db.List, n int64) ([]Message, error) {
	return db.All(tx, selectLatest, scan, operation, readable, n)
}

func counts(tx *db.Tx, operation int64, readable db.List, who access.Actor) (Counts, error) {
	c := Counts{Of: map[string]int64{}}
	_, err := db.All(tx, selectCounts, func(row db.Scanner) (string, error) {
		var template string
		var all, mine int64
		err := row.Scan(&template, &all, &mine)
		c.All, c.Mine, c.Of[template] = c.All+all, c.Mine+mine, all
		return template, err
	}, operation, readable, who.Organisation, who.Person)
	return c, err
}

// OpenCounts are numbers of open warnings.
type OpenCounts struct {
	Waiting        int64 // for the feedback of the reader's organisation
	WaitingOverdue int64
	All            int64 // as Filter.Open lists
	AllOverdue     int64
}

// OpenWarnings counts the warnings that are open for an actor whose organisation may
// read these audiences.
func OpenWarnings(tx *db.Tx, st operation.Standing, readable db.List) (OpenCounts, error) {
	own, err := toOwn(tx, st)
	if err != nil {
		return OpenCounts{}, err
	}
	return db.One(tx, selectOpenCounts, func(row db.Scanner) (OpenCounts, error) {
		var o OpenCounts
		err := row.Scan(&o.Waiting, &o.WaitingOverdue, &o.All, &o.AllOverdue)
		return o, err
	}, st.Operation.Number, readable, st.Who.Organisation, st.Now, own)
}

// reply says how often an organisation answered a message.
type reply struct {
	answers, organisation int64
	feedback              bool
	count                 int64
}

func replies(tx *db.Tx, operation int64, readable, to db.List) ([]reply, error) {
	return db.All(tx, selectReplies, func(row db.Scanner) (reply, error) {
		var r reply
		err := row.Scan(&r.answers, &r.organisation, &r.feedback, &r.count)
		return r, err
	}, operation, readable, to)
}

// fieldsText is canonical JSON, keys sorted; of none, the empty text.
func fieldsText(f Fields) string {
	if len(f) == 0 {
		return ""
	}
	b, _ := json.Marshal(f) // a map of strings
	return string(b)
}

func parseFields(text string) (Fields, error) {
	if text == "" {
		return nil, nil
	}
	var f Fields
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return nil, fmt.Errorf("message: fields: %w", err)
	}
	return f, nil
}
