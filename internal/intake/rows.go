package intake

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const (
	mappingColumns = `organisation, name, version, seq, author, changed, fingerprint, mapping`
	sheetColumns   = `id, organisation, person, name, size, blob, state, choices, mapping, since, done, total, problem, result, created, changed`
)

var (
	selectMappings = db.Statement(`select ` + mappingColumns + ` from import_mapping where operation = $1 and organisation = $2 order by name`)
	selectMapping  = db.Statement(`select ` + mappingColumns + ` from import_mapping where operation = $1 and organisation = $2 and name = $3`)
	putMapping     = db.Statement(`insert into import_mapping (operation, ` + mappingColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (operation, organisation, name) do update set version = excluded.version, seq = excluded.seq, author = excluded.author,
		changed = excluded.changed, fingerprint = excluded.fingerprint, mapping = excluded.mapping`)
	dropMapping = db.Statement(`delete from import_mapping where operation = $1 and organisation = $2 and name = $3`)

	insertSheet = db.Statement(`insert into import_sheet (operation, ` + sheetColumns + `) values
		($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`)
	selectSheets = db.Statement(`select ` + sheetColumns + ` from import_sheet where operation = $1 and organisation = $2 and person = $3 order by created desc, id`)
	countSheets  = db.Statement(`select count(*) from import_sheet where operation = $1 and organisation = $2 and person = $3`)
	selectSheet  = db.Statement(`select ` + sheetColumns + ` from import_sheet where operation = $1 and id = $2`)
	selectOld    = db.Statement(`select ` + sheetColumns + ` from import_sheet where operation = $1 and created < $2`)
	chooseSheet  = db.Statement(`update import_sheet set choices = $3, mapping = $4, changed = $5 where operation = $1 and id = $2 and state = 'handed'`)
	startSheet   = db.Statement(`update import_sheet set state = 'running', since = $3, changed = $4, done = 0, total = 0 where operation = $1 and id = $2 and state = 'handed'`)
	moveSheet    = db.Statement(`update import_sheet set done = $3, total = $4, changed = $5 where operation = $1 and id = $2 and state = 'running'`)
	endSheet     = db.Statement(`update import_sheet set state = $3, problem = $4, result = $5, changed = $6 where operation = $1 and id = $2 and state = 'running'`)
	deleteSheet  = db.Statement(`delete from import_sheet where operation = $1 and id = $2`)
)

func scanMapping(row db.Scanner) (Mapping, error) {
	var m Mapping
	err := row.Scan(&m.Organisation, &m.Name, &m.Version, &m.Seq, &m.Author, db.Time(&m.Changed), &m.Fingerprint, &m.Text)
	return m, err
}

// args are the values of mappingColumns.
func (m Mapping) args() []any {
	return []any{m.Organisation, m.Name, m.Version, m.Seq, m.Author, m.Changed, m.Fingerprint, m.Text}
}

func scanSheet(row db.Scanner) (Sheet, error) {
	var s Sheet
	var id string
	err := row.Scan(&id, &s.organisation, &s.person, &s.Name, &s.Size, &s.blob, &s.State, &s.choices, &s.mapping, &s.since, &s.Done, &s.Total,
		&s.Problem, &s.result, db.Time(&s.Created), db.Time(&s.Changed))
	s.ID = ID(id)
	return s, err
}

// args are the values of sheetColumns.
func (s Sheet) args() []any {
	return []any{string(s.ID), s.organisation, s.person, s.Name, s.Size, s.blob, s.State, s.choices, s.mapping, s.since, s.Done, s.Total,
		s.Problem, s.result, s.Created, s.Changed}
}

// blobs are the bytes that a sheet holds on the disk.
func (s Sheet) blobs() []blob.Name { return []blob.Name{blob.Name(s.blob), blob.Name(s.result)} }

// own gives a sheet of the actor's; Missing: it is nobody's, or somebody else's.
func own(tx *db.Tx, st operation.Standing, id ID) (Sheet, error) {
	s, err := db.One(tx, selectSheet, scanSheet, st.Operation.Number, string(id))
	if errors.Is(err, db.ErrNone) || err == nil && (s.person != st.Who.Person || s.organisation != st.Who.Organisation) {
		return Sheet{}, fault.Missing()
	}
	return s, err
}
