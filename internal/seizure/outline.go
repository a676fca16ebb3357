package seizure

import (
	fast "github.com/go-json-experiment/json"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const outlined = `seq, organisation, author, audience, state, class, country, day, conveyance, status, fields`

var (
	selectOutlines   = db.Statement(`select ` + outlined + ` from seizure where operation = $1 and seq >= $2 order by seq limit $3`)
	selectOutlinesOf = db.Statement(`select ` + outlined + ` from seizure where operation = $1 and seq {in $2} order by seq`)
	selectTouched    = db.Statement(`select seizure from seizure_version where operation = $1 and seq >= $2
		union select seizure from seizure_photo where operation = $1 and entry >= $2
		union select seizure from seizure_photo where operation = $1 and withdrawn_entry >= $2 order by seizure`)
)

// Outline is what lists are narrowed by and figures are made of: the codes of a case
// and of its goods, whoever may read it.
type Outline struct {
	Seq                                      int64
	Organisation                             int64
	Author                                   string
	Audience                                 int64
	State, Class, Country, Day               string
	Conveyance, Status, Direction, Detection string
	Origin, Destination                      string
	Post                                     string // PostKey of it
	Lines                                    []OutlineLine
}

// OutlineLine is what of a line of goods is counted.
type OutlineLine struct {
	Category   string           `json:"category"`
	Brand      string           `json:"brand"`
	Violations []string         `json:"violations"`
	Quantities []goods.Quantity `json:"quantities"`
}

// Outlines gives cases from a number on, oldest first.
func Outlines(tx *db.Tx, op, from, limit int64) ([]Outline, error) {
	return db.All(tx, selectOutlines, scanOutline, op, from, limit)
}

// OutlinesOf gives those of some cases, oldest first.
func OutlinesOf(tx *db.Tx, op int64, seqs db.List) ([]Outline, error) {
	return db.All(tx, selectOutlinesOf, scanOutline, op, seqs)
}

// Touched gives the numbers of cases that an entry of the journal from an index
// on has made or changed.
func Touched(tx *db.Tx, op, since int64) (db.List, error) {
	return db.All(tx, selectTouched, db.Int64, op, since)
}

func scanOutline(row db.Scanner) (Outline, error) {
	var o Outline
	var fields string
	err := row.Scan(&o.Seq, &o.Organisation, &o.Author, &o.Audience, &o.State, &o.Class, &o.Country, &o.Day, &o.Conveyance, &o.Status, &fields)
	if err != nil {
		return o, err
	}
	type coded struct {
		Code string `json:"code"`
	}
	var d struct { // the few of Draft that count: the rest is skipped unread
		Direction   coded         `json:"direction"`
		Detection   coded         `json:"detection"`
		Origin      coded         `json:"origin"`
		Destination coded         `json:"destination"`
		Location    string        `json:"location"`
		Place       string        `json:"place"`
		Goods       []OutlineLine `json:"goods"`
	}
	if err := fast.Unmarshal([]byte(fields), &d); err != nil {
		return o, err
	}
	o.Direction, o.Detection, o.Origin, o.Destination = d.Direction.Code, d.Detection.Code, d.Origin.Code, d.Destination.Code
	o.Post, o.Lines = PostKey(post(d.Location, d.Place)), d.Goods
	return o, nil
}

var selectEvent = db.Statement(`select ` + columns + ` from seizure where operation = $1 and country = $2 and day = $3 and audience {in $4} and seq <> $5
	order by seq desc limit $6`)

// OfEvent gives the newest cases of some audiences that happened in a country on
// a day, without one; all is false when there are more than most.
func OfEvent(tx *db.Tx, op int64, readable db.List, d Draft, without int64, most int) (cases []Case, all bool, err error) {
	cases, err = db.All(tx, selectEvent, scanCase, op, d.Country, d.Day, readable, without, int64(most+1))
	if len(cases) > most {
		return cases[:most], false, err
	}
	return cases, true, err
}

// ReleasedTo gives the organisations that would read a case of the actor's
// organisation once it is released.
func ReleasedTo(tx *db.Tx, st operation.Standing) ([]int64, error) {
	return audience.Preview(tx, st.Operation.Number, audienceIn(Released, st.Who.Organisation), st.Now)
}

var selectBack = db.Statement(`select ` + columns + ` from seizure where operation = $1 and audience {in $2} and seq < $3
	and (state = 'reported' or state = 'released') order by seq desc limit $4`)

// Back gives cases of some audiences that are out, before a number, newest first.
func Back(tx *db.Tx, op int64, readable db.List, before, limit int64) ([]Case, error) {
	return db.All(tx, selectBack, scanCase, op, readable, before, limit)
}
