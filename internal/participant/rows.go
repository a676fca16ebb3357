package participant

import (
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

const (
	placesColumns = `operation, workshop, organisation, audience, number`
	columns       = `operation, seq, workshop, id, organisation, audience, person, state, body`
)

var (
	putPlaces = db.Statement(`insert into workshop_places (` + placesColumns + `) values ($1, $2, $3, $4, $5)
		on conflict (operation, workshop, organisation) do update set audience = excluded.audience, number = excluded.number`)
	selectPlaces    = db.Statement(`select ` + placesColumns + ` from workshop_places where operation = $1 and workshop = $2 order by organisation`)
	selectAllPlaces = db.Statement(`select ` + placesColumns + ` from workshop_places where operation = $1 order by workshop, organisation`)

	put = db.Statement(`insert into workshop_participant (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (operation, seq) do update set audience = excluded.audience, state = excluded.state, body = excluded.body`)
	selectAll      = db.Statement(`select body from workshop_participant where operation = $1 and workshop = $2 order by seq`)
	selectOwn      = db.Statement(`select body from workshop_participant where operation = $1 and organisation = $2 order by seq`)
	selectOfPerson = db.Statement(`select body from workshop_participant where operation = $1 and workshop = $2 and person = $3 order by seq`)
	selectNamed    = db.Statement(`select body from workshop_participant where operation = $1 and id = $2 order by seq`)
)

func (p Places) args(op int64) []any {
	return []any{op, p.Workshop, p.Organisation, p.Audience, p.Number}
}

func (p Participant) args(op int64) []any {
	return []any{op, p.Seq, p.Workshop, string(p.ID), p.Organisation, p.Audience, string(p.Person), p.State, db.Encoded(p)}
}

func scanPlaces(row db.Scanner) (p Places, err error) {
	var op int64
	err = row.Scan(&op, &p.Workshop, &p.Organisation, &p.Audience, &p.Number)
	return p, err
}

// Keep writes a participant as it stands now.
func Keep(tx *db.Tx, op int64, p Participant) error {
	_, err := tx.Exec(put, p.args(op)...)
	return err
}

// Seat writes how many of one organisation may come.
func Seat(tx *db.Tx, op int64, p Places) error {
	_, err := tx.Exec(putPlaces, p.args(op)...)
	return err
}

// PlacesOf gives what was said of places, whoever may know it; none: nobody is
// counted.
func PlacesOf(tx *db.Tx, op, workshopSeq int64) ([]Places, error) {
	return db.All(tx, selectPlaces, scanPlaces, op, workshopSeq)
}

// AllPlaces gives the places of all workshops of an operation, whoever may know them.
func AllPlaces(tx *db.Tx, op int64) ([]Places, error) {
	return db.All(tx, selectAllPlaces, scanPlaces, op)
}

// All gives all participants of a workshop in every state, whoever may know them: the
// caller decides.
func All(tx *db.Tx, op, workshopSeq int64) ([]Participant, error) {
	return db.All(tx, selectAll, db.Decoded[Participant], op, workshopSeq)
}

// Counted gives what TallyOf counts.
func Counted(tx *db.Tx, op, workshopSeq int64) ([]Places, []Participant, error) {
	places, err := PlacesOf(tx, op, workshopSeq)
	if err != nil {
		return nil, nil, err
	}
	people, err := All(tx, op, workshopSeq)
	return places, people, err
}

// Coming gives those of a workshop who were confirmed.
func Coming(tx *db.Tx, op, workshopSeq int64) ([]Participant, error) {
	all, err := All(tx, op, workshopSeq)
	var out []Participant
	for _, p := range all {
		if p.State == Confirmed {
			out = append(out, p)
		}
	}
	return out, err
}

// Own gives the people of an organisation in all workshops of an operation.
func Own(tx *db.Tx, op, organisation int64) ([]Participant, error) {
	return db.All(tx, selectOwn, db.Decoded[Participant], op, organisation)
}

// Named gives the participants of an id in all workshops of an operation, whoever may
// know them: for housekeeping.
func Named(tx *db.Tx, op int64, id ID) ([]Participant, error) {
	return db.All(tx, selectNamed, db.Decoded[Participant], op, string(id))
}

// Of gives the participant that somebody with an account is, in whatever state; who was
// withdrawn and named again is the latest. db.ErrNone: none.
func Of(tx *db.Tx, op, workshopSeq int64, who person.ID) (Participant, error) {
	if who == "" {
		return Participant{}, db.ErrNone
	}
	all, err := db.All(tx, selectOfPerson, db.Decoded[Participant], op, workshopSeq, string(who))
	if err != nil {
		return Participant{}, err
	}
	if len(all) == 0 {
		return Participant{}, db.ErrNone
	}
	for _, p := range all {
		if p.Active() {
			return p, nil
		}
	}
	return all[len(all)-1], nil
}
