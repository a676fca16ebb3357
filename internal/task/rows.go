package task

import "github.com/tidewaiter/tidewaiter/internal/db"

const columns = `seq, id, giver, author, organisation, audience, title, body, language, due, owner, state, note, ended_by, ended, version, at`

var (
	insertRow = db.Statement(`insert into task (operation, ` + columns + `)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`)
	updateRow = db.Statement(`update task set owner = $3, state = $4, note = $5, ended_by = $6, ended = $7, version = $8, at = $9
		where operation = $1 and seq = $2`)
	selectByID  = db.Statement(`select ` + columns + ` from task where operation = $1 and giver = $2 and id = $3`)
	selectBySeq = db.Statement(`select ` + columns + ` from task where operation = $1 and seq = $2 and audience {in $3}`)
	// Those that are open come whatever there is of others.
	selectState = db.Statement(`select ` + columns + ` from task where operation = $1 and audience {in $2} and state = $3
		and (cast($4 as bigint) = 0 or organisation = $4) and (cast($5 as text) = '' or owner = $5) order by due, seq limit $6`)
	selectEnded = db.Statement(`select ` + columns + ` from task where operation = $1 and audience {in $2} and state <> 'open'
		and (cast($3 as bigint) = 0 or organisation = $3) and (cast($4 as text) = '' or owner = $4) order by ended desc, seq desc limit $5`)
	countOpen = db.Statement(`select count(*), count(case when due < $3 then 1 end) from task
		where operation = $1 and organisation = $2 and state = 'open' and (owner = '' or owner = $4 or $5)`)
)

func (t Task) args() []any {
	return []any{t.Seq, t.ID, t.Giver, t.Author, t.Organisation, t.Audience, t.Title, t.Body, t.Language, t.Due, t.Owner, t.State, t.Note,
		t.EndedBy, db.Null(t.Ended), t.Version, t.At}
}

func scan(row db.Scanner) (Task, error) {
	var t Task
	var id string
	err := row.Scan(&t.Seq, &id, &t.Giver, &t.Author, &t.Organisation, &t.Audience, &t.Title, &t.Body, &t.Language, &t.Due, &t.Owner,
		&t.State, &t.Note, &t.EndedBy, db.Time(&t.Ended), &t.Version, db.Time(&t.At))
	t.ID = ID(id)
	return t, err
}

// Counts are the open tasks of somebody.
type Counts struct{ Open, Overdue int64 }

// Waiting counts the open tasks of an organisation that wait for a person: its
// own and those that nobody owns, or all of them for who oversees the rest. today
// is the organisation's.
func Waiting(tx *db.Tx, op, organisation int64, today, person string, all bool) (Counts, error) {
	return db.One(tx, countOpen, func(row db.Scanner) (Counts, error) {
		var c Counts
		err := row.Scan(&c.Open, &c.Overdue)
		return c, err
	}, op, organisation, today, person, all)
}
