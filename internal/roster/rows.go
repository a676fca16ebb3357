package roster

import "github.com/tidewaiter/tidewaiter/internal/db"

const columns = `seq, id, organisation, author, audience, person, begins, ends, phone, state, note, language, handed_by, handed, taken_by, taken, version, at`

var (
	insertRow = db.Statement(`insert into shift (operation, ` + columns + `)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`)
	updateRow = db.Statement(`update shift set state = $3, note = $4, language = $5, handed_by = $6, handed = $7, taken_by = $8, taken = $9,
		version = $10, at = $11 where operation = $1 and seq = $2`)
	selectByID  = db.Statement(`select ` + columns + ` from shift where operation = $1 and organisation = $2 and id = $3`)
	selectBySeq = db.Statement(`select ` + columns + ` from shift where operation = $1 and organisation = $2 and seq = $3`)
	selectOwn   = db.Statement(`select ` + columns + ` from shift where operation = $1 and organisation = $2 and ends > $3
		and state = 'planned' order by begins, seq limit $4`)
	selectNow = db.Statement(`select ` + columns + ` from shift where operation = $1 and audience {in $2} and ends > $3 and begins <= $3
		and state = 'planned' order by organisation, begins, seq`)
	selectClash = db.Statement(`select ` + columns + ` from shift where operation = $1 and organisation = $2 and person = $3
		and ends > $4 and begins < $5 and state = 'planned' order by begins limit 1`)
)

func (s Shift) args() []any {
	return []any{s.Seq, s.ID, s.Organisation, s.Author, s.Audience, s.Person, s.Begins, s.Ends, s.Phone, s.State, s.Note, s.Language,
		s.HandedBy, db.Null(s.Handed), s.TakenBy, db.Null(s.Taken), s.Version, s.At}
}

func scan(row db.Scanner) (Shift, error) {
	var s Shift
	var id string
	err := row.Scan(&s.Seq, &id, &s.Organisation, &s.Author, &s.Audience, &s.Person, db.Time(&s.Begins), db.Time(&s.Ends), &s.Phone, &s.State,
		&s.Note, &s.Language, &s.HandedBy, db.Time(&s.Handed), &s.TakenBy, db.Time(&s.Taken), &s.Version, db.Time(&s.At))
	s.ID = ID(id)
	return s, err
}
