package audience

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
)

var (
	selectByValue = db.Statement(`select number from audience where operation = $1 and value = $2`)
	// Numbers start at 1: in a journal 0 stands for every reader of the journal.
	selectNext     = db.Statement(`select coalesce(max(number), 0) + 1 from audience where operation = $1`)
	selectValue    = db.Statement(`select value from audience where operation = $1 and number = $2`)
	selectValues   = db.Statement(`select number, value from audience where operation = $1 and number {in $2} order by number`)
	selectAll      = db.Statement(`select number, value from audience where operation = $1 order by number`)
	insertAudience = db.Statement(`insert into audience (operation, number, value) values ($1, $2, $3)`)
	insertMember   = db.Statement(`insert into audience_member (operation, organisation, since, side) values ($1, $2, $3, $4)`)
	endMember      = db.Statement(`update audience_member set until = $3 where operation = $1 and organisation = $2 and until is null`)
	selectMembers  = db.Statement(`select organisation, side, since from audience_member
		where operation = $1 and since <= $2 and (until is null or until > $2) order by organisation`)
	// Whoever holds the journal's head sees who is a member; a clock that was read
	// before it was taken, or set back, must not leave anybody out.
	selectOpenMembers = db.Statement(`select organisation, side, since from audience_member
		where operation = $1 and until is null order by organisation`)
	insertReader   = db.Statement(`insert into audience_reader (operation, organisation, audience, since) values ($1, $2, $3, $4)`)
	endReader      = db.Statement(`update audience_reader set until = $3 where operation = $1 and organisation = $2 and until is null`)
	selectReadable = db.Statement(`select audience from audience_reader
		where operation = $1 and organisation = $2 and since <= $3 and (until is null or until > $3) order by audience`)
	selectOpen = db.Statement(`select audience from audience_reader
		where operation = $1 and organisation = $2 and until is null order by audience`)
	insertNamed = db.Statement(`insert into audience_operation (operation, audience, named) values ($1, $2, $3)`)
	// Who belongs to an audience by an operation that it names. Membership there is
	// that operation's to keep, so nothing is copied: a member that leaves reads no
	// more with the next request.
	selectNamedOpen = db.Statement(`select distinct n.audience from audience_operation n
		join audience_member m on m.operation = n.named and m.organisation = $2 and m.until is null and m.side in ('coordination', 'enforcement')
		join audience_member here on here.operation = n.operation and here.organisation = $2 and here.until is null
		where n.operation = $1 order by n.audience`)
	selectNamedReadable = db.Statement(`select distinct n.audience from audience_operation n
		join audience_member m on m.operation = n.named and m.organisation = $2 and m.since <= $3 and (m.until is null or m.until > $3)
			and m.side in ('coordination', 'enforcement')
		join audience_member here on here.operation = n.operation and here.organisation = $2 and here.since <= $3 and (here.until is null or here.until > $3)
		where n.operation = $1 order by n.audience`)
	selectNamedReaders = db.Statement(`select distinct m.organisation from audience_operation n
		join audience_member m on m.operation = n.named and m.since <= $3 and (m.until is null or m.until > $3) and m.side in ('coordination', 'enforcement')
		join audience_member here on here.operation = n.operation and here.organisation = m.organisation
			and here.since <= $3 and (here.until is null or here.until > $3)
		where n.operation = $1 and n.audience = $2 order by m.organisation`)
	selectTakingPart = db.Statement(`select distinct organisation from audience_member where operation {in $1} and organisation {in $2}
		and since <= $3 and (until is null or until > $3) and side in ('coordination', 'enforcement') order by organisation`)
	selectReaders = db.Statement(`select organisation from audience_reader
		where operation = $1 and audience = $2 and since <= $3 and (until is null or until > $3) order by organisation`)
)

type member struct {
	organisation int64
	side         access.Side
	since        time.Time
}

func membersAt(tx *db.Tx, operation int64, at time.Time) ([]member, error) {
	return db.All(tx, selectMembers, scanMember, operation, at)
}

func scanMember(row db.Scanner) (member, error) {
	var m member
	var side string
	err := row.Scan(&m.organisation, &side, db.Time(&m.since))
	m.side = access.Side(side)
	return m, err
}

type numbered struct {
	number int64
	value  Value
}

func scanNumbered(row db.Scanner) (numbered, error) {
	var n numbered
	var text string
	if err := row.Scan(&n.number, &text); err != nil {
		return n, err
	}
	var err error
	n.value, err = Parse(text)
	return n, err
}

// scanKept trusts that the value is canonical: it comes from Intern.
func scanKept(row db.Scanner) (numbered, error) {
	var n numbered
	var text string
	if err := row.Scan(&n.number, &text); err != nil {
		return n, err
	}
	var err error
	n.value, err = parse(text)
	return n, err
}

func scanValue(row db.Scanner) (Value, error) {
	text, err := db.Text(row)
	if err != nil {
		return Value{}, err
	}
	return Parse(text)
}
