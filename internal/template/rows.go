package template

import (
	"github.com/tidewaiter/tidewaiter/internal/db"
)

const columns = `version, seq, name, base, retired, definition`

var (
	insertRow    = db.Statement(`insert into template (operation, ` + columns + `) values ($1, $2, $3, $4, $5, $6, $7)`)
	selectNext   = db.Statement(`select coalesce(max(version), 0) + 1 from template where operation = $1`)
	countNames   = db.Statement(`select count(distinct name) from template where operation = $1`)
	selectNewest = db.Statement(`select definition from template where operation = $1
		and version in (select max(version) from template where operation = $1 group by name) order by name`)
	selectLast = db.Statement(`select definition from template where operation = $1 and name = $2 order by version desc limit 1`)
	selectSome = db.Statement(`select definition from template where operation = $1 and version {in $2}`)
)

func scan(row db.Scanner) (Definition, error) {
	text, err := db.Text(row)
	if err != nil {
		return Definition{}, err
	}
	return Parse(text)
}

// args are the values of columns.
func (d Definition) args(seq int64) []any {
	return []any{d.Version, seq, d.Name, d.Base, d.Retired, d.String()}
}

func insert(tx *db.Tx, operation, seq int64, d Definition) error {
	_, err := tx.Exec(insertRow, append([]any{operation}, d.args(seq)...)...)
	return err
}

// At gives a version of a template, called by its own name or that of its base;
// db.ErrNone: the version is not of that template.
func At(tx *db.Tx, operation int64, name string, version int64) (Definition, error) {
	if version == 0 {
		d, ok := BuiltIn(name)
		if !ok {
			return d, db.ErrNone
		}
		return d, nil
	}
	all, err := These(tx, operation, db.List{version})
	if err != nil {
		return Definition{}, err
	}
	d, ok := all[version]
	if !ok || name != d.Name && name != d.Base {
		return Definition{}, db.ErrNone
	}
	return d, nil
}

// These gives some versions, by number. Version 0 is not among them.
func These(tx *db.Tx, operation int64, versions db.List) (map[int64]Definition, error) {
	out := map[int64]Definition{}
	if len(versions) == 0 {
		return out, nil
	}
	all, err := db.All(tx, selectSome, scan, operation, versions)
	for _, d := range all {
		out[d.Version] = d
	}
	return out, err
}
