package attendance

import (
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

const (
	codeColumns        = `operation, seq, workshop, session, until, closed, body`
	markColumns        = `operation, session, participant, workshop, organisation, present, body`
	certificateColumns = `operation, seq, workshop, participant, organisation, person, number, name, revoked, body`
)

var (
	putCode = db.Statement(`insert into attendance_code (` + codeColumns + `) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (operation, seq) do update set closed = excluded.closed, body = excluded.body`)
	selectCodes = db.Statement(`select body from attendance_code where operation = $1 and workshop = $2 order by seq`)
	auditCodes  = db.Statement(`select ` + codeColumns + ` from attendance_code where operation = $1 order by seq`)

	putMark = db.Statement(`insert into attendance (` + markColumns + `) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (operation, session, participant) do update set present = excluded.present, body = excluded.body`)
	selectMarks = db.Statement(`select body from attendance where operation = $1 and workshop = $2 order by session, participant`)
	selectMark  = db.Statement(`select body from attendance where operation = $1 and session = $2 and participant = $3`)
	auditMarks  = db.Statement(`select ` + markColumns + ` from attendance where operation = $1 order by session, participant`)

	// A guess is counted before it is compared, so that guesses at the same time stand in line.
	countGuess = db.Statement(`insert into attendance_guess (operation, session, person, wrong) values ($1, $2, $3, 1)
		on conflict (operation, session, person) do update set wrong = attendance_guess.wrong + 1 returning wrong`)
	forgiveGuess = db.Statement(`update attendance_guess set wrong = wrong - 1 where operation = $1 and session = $2 and person = $3`)

	putCertificate = db.Statement(`insert into certificate (` + certificateColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (operation, seq) do update set revoked = excluded.revoked, body = excluded.body`)
	selectCertificates = db.Statement(`select body from certificate where operation = $1 and workshop = $2 order by seq`)
	selectOfPerson     = db.Statement(`select body from certificate where operation = $1 and person = $2 order by seq desc`)
	selectNumbered     = db.Statement(`select body from certificate where number = $1 order by operation, seq`)
	auditCertificates  = db.Statement(`select ` + certificateColumns + ` from certificate where operation = $1 order by seq`)

	selectMarkedIn = db.Statement(`select distinct workshop from attendance where operation = $1 and present order by workshop`)
	selectGivenIn  = db.Statement(`select distinct workshop from certificate where operation = $1 and revoked = 0 order by workshop`)
)

func (c Code) args(op int64) []any {
	return []any{op, c.Seq, c.Workshop, c.Session, c.Until, c.Closed.Entry, db.Encoded(c)}
}

func (m Mark) args(op int64) []any {
	return []any{op, m.Session, m.Participant, m.Workshop, m.Organisation, m.Present, db.Encoded(m)}
}

func (c Certificate) args(op int64) []any {
	return []any{op, c.Seq, c.Workshop, c.Participant, c.Organisation, string(c.Person), c.Number, nameKey(c.Name), c.Revoked.Entry, db.Encoded(c)}
}

// Of gives the marks of a workshop that stand, in no order, whoever may see them: the
// caller decides by their audiences.
func Of(tx *db.Tx, op, workshop int64) ([]Mark, error) {
	all, err := db.All(tx, selectMarks, db.Decoded[Mark], op, workshop)
	var out []Mark
	for _, m := range all {
		if m.Present {
			out = append(out, m)
		}
	}
	return out, err
}

// Attended counts the sessions that each participant of a workshop attended, also
// those that were called off afterwards.
func Attended(tx *db.Tx, op, workshop int64) (map[int64]int64, error) {
	all, err := Of(tx, op, workshop)
	out := map[int64]int64{}
	for _, m := range all {
		out[m.Participant]++
	}
	return out, err
}

// Certificates gives the certificates of a workshop, revoked ones among them, whoever
// may see them.
func Certificates(tx *db.Tx, op, workshop int64) ([]Certificate, error) {
	return db.All(tx, selectCertificates, db.Decoded[Certificate], op, workshop)
}

func codes(tx *db.Tx, op, workshop int64) ([]Code, error) {
	return db.All(tx, selectCodes, db.Decoded[Code], op, workshop)
}

func mark(tx *db.Tx, op, session, participant int64) (Mark, error) {
	return db.One(tx, selectMark, db.Decoded[Mark], op, session, participant)
}

func certificatesOf(tx *db.Tx, op int64, of person.ID) ([]Certificate, error) {
	return db.All(tx, selectOfPerson, db.Decoded[Certificate], op, string(of))
}
