package organisation

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const columns = `number, id, kind, country, name, abbreviation, names, time_zone, language, release_by, release_after, version`

var (
	selectNext   = db.Statement(`select coalesce(max(number), 0) + 1 from organisation`)
	selectOne    = db.Statement(`select ` + columns + ` from organisation where number = $1`)
	selectByID   = db.Statement(`select ` + columns + ` from organisation where id = $1`)
	selectAll    = db.Statement(`select ` + columns + ` from organisation order by number`)
	selectThese  = db.Statement(`select ` + columns + ` from organisation where number {in $1}`)
	insertValues = db.Statement(`insert into organisation (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`)
	updateValues = db.Statement(`update organisation set kind = $2, country = $3, name = $4, abbreviation = $5, names = $6,
		time_zone = $7, language = $8, release_by = $9, release_after = $10, version = $11 where number = $1`)
)

func scan(row db.Scanner) (Organisation, error) {
	var o Organisation
	var id string
	var after int64
	err := row.Scan(&o.Number, &id, &o.Kind, &o.Country, &o.Name, &o.Abbreviation, db.Decode(&o.Names), &o.TimeZone, &o.Language,
		&o.ReleaseBy, &after, &o.Version)
	o.ID, o.ReleaseAfter = ID(id), time.Duration(after)*time.Microsecond
	return o, err
}

// One gives an organisation by its number; db.ErrNone when there is none.
func One(tx *db.Tx, number int64) (Organisation, error) {
	return db.One(tx, selectOne, scan, number)
}

// ByID gives an organisation by its UUID; db.ErrNone when there is none, and for
// what is no UUID: not every engine takes every byte.
func ByID(tx *db.Tx, id ID) (Organisation, error) {
	if !source.ValidID(string(id)) {
		return Organisation{}, db.ErrNone
	}
	return db.One(tx, selectByID, scan, id)
}

// All gives every organisation of the instance.
func All(tx *db.Tx) ([]Organisation, error) { return db.All(tx, selectAll, scan) }

// Customs gives the customs administrations of some countries.
func Customs(tx *db.Tx, countries []string) ([]Organisation, error) {
	all, err := All(tx)
	return slices.DeleteFunc(all, func(o Organisation) bool { return o.Kind != "customs" || !slices.Contains(countries, o.Country) }), err
}

// These gives some organisations by number.
func These(tx *db.Tx, numbers []int64) (map[int64]Organisation, error) {
	all, err := db.All(tx, selectThese, scan, db.List(numbers))
	out := make(map[int64]Organisation, len(all))
	for _, o := range all {
		out[o.Number] = o
	}
	return out, err
}

// args are the values of columns.
func (o Organisation) args() []any {
	return []any{o.Number, o.ID, o.Kind, o.Country, o.Name, o.Abbreviation, db.Encoded(o.Names), o.TimeZone,
		o.Language, o.ReleaseBy, o.ReleaseAfter.Microseconds(), o.Version}
}

func insert(tx *db.Tx, o Organisation) error {
	_, err := tx.Exec(insertValues, o.args()...)
	return err
}

func update(tx *db.Tx, o Organisation) error {
	_, err := tx.Exec(updateValues, o.Number, o.Kind, o.Country, o.Name, o.Abbreviation, db.Encoded(o.Names), o.TimeZone,
		o.Language, o.ReleaseBy, o.ReleaseAfter.Microseconds(), o.Version)
	return err
}

func (d Draft) organisation(number, version int64) Organisation {
	if d.Names == nil {
		d.Names = map[string]string{}
	}
	return Organisation{Number: number, ID: d.ID, Kind: d.Kind, Country: d.Country, Name: d.Name, Abbreviation: d.Abbreviation,
		Names: d.Names, TimeZone: d.TimeZone, Language: d.Language, ReleaseBy: d.ReleaseBy, ReleaseAfter: d.ReleaseAfter, Version: version}
}

func entry(who access.Actor, src *source.Source, verb string, o Organisation) journal.Entry {
	return journal.Entry{Operation: journal.Instance, At: src.Now(), Actor: who.Name(), Organisation: who.Organisation,
		Verb: verb, Subject: "organisation/" + string(o.ID)}
}
