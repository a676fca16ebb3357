package seizure

import (
	"encoding/json"
	"errors"
	"time"

	fast "github.com/go-json-experiment/json"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

const columns = `seq, id, reference, organisation, author, audience, state, class, country, day, conveyance, status,
	duplicate_of, warning, fields, version, reported, changed, release_due`

var (
	insertRow = db.Statement(`insert into seizure (operation, ` + columns + `)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`)
	updateRow = db.Statement(`update seizure set audience = $3, state = $4, class = $5, country = $6, day = $7, conveyance = $8,
		status = $9, duplicate_of = $10, warning = $11, fields = $12, version = $13, reported = $14, changed = $15, release_due = $16
		where operation = $1 and seq = $2`)
	selectByID     = db.Statement(`select ` + columns + ` from seizure where operation = $1 and organisation = $2 and id = $3`)
	selectBySeq    = db.Statement(`select ` + columns + ` from seizure where operation = $1 and seq = $2`)
	selectNumbered = db.Statement(`select ` + columns + ` from seizure where operation = $1 and seq {in $2} order by seq`)
	selectByRef    = db.Statement(`select ` + columns + ` from seizure where operation = $1 and reference = $2 and audience {in $3}`)
	selectEvery    = db.Statement(`select ` + columns + ` from seizure where operation = $1 order by seq`)
	selectDue      = db.Statement(`select operation from seizure where release_due <= $1 group by operation order by operation`)
	selectDueIn    = db.Statement(`select ` + columns + ` from seizure where operation = $1 and release_due <= $2
		and organisation {in $3} order by seq limit 200`)
	selectDoubles = db.Statement(`select ` + columns + ` from seizure where operation = $1 and duplicate_of = $2 order by seq`)
	countOfRef    = db.Statement(`select count(*) from seizure where operation = $1 and reference = $2`)
	countOpen     = db.Statement(`select count(case when state = 'draft' then 1 end), count(case when state = 'reported' then 1 end)
		from seizure where operation = $1 and audience {in $2} and organisation = $3`)
	selectOpen = db.Statement(`select ` + columns + ` from seizure
		where operation = $1 and organisation = $2 and audience {in $3} and state = $4 order by seq desc limit 100`)

	selectLast = db.Statement(`select ` + columns + ` from seizure
		where operation = $1 and organisation = $2 and author = $3 order by seq desc limit 1`)

	insertLine = db.Statement(`insert into goods_line (operation, seizure, line, category, hs, brand, description, verdict)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`)
	insertQuantity = db.Statement(`insert into goods_quantity (operation, seizure, line, unit, quantity) values ($1, $2, $3, $4, $5)`)
	deleteLines    = db.Statement(`delete from goods_line where operation = $1 and seizure = $2`)
	deleteQuantity = db.Statement(`delete from goods_quantity where operation = $1 and seizure = $2`)

	insertVersion = db.Statement(`insert into seizure_version (operation, seizure, version, seq, verb, author, at, reason, fields)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	selectVersions = db.Statement(`select version, seq, verb, author, at, reason, fields from seizure_version
		where operation = $1 and seizure = $2 order by version`)
	selectFirst = db.Statement(`select version, seq, verb, author, at, reason, fields from seizure_version
		where operation = $1 and seizure = $2 and verb = 'seizure.report' order by version limit 1`)
	selectEntry = db.Statement(`select seq from seizure_version where operation = $1 and seizure = $2 and version = $3`)

	addTally = db.Statement(`insert into tally as t (operation, dimension, audience, class, value, unit, amount, changed)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (operation, dimension, audience, class, value, unit)
		do update set amount = t.amount + excluded.amount, changed = excluded.changed`)
	selectChanged = db.Statement(`select dimension, audience, class, value, unit, amount from tally where operation = $1 and changed >= $2`)
	selectTallies = db.Statement(`select dimension, class, value, unit, cast(sum(amount) as bigint) from tally
		where operation = $1 and audience {in $2} and amount <> 0 group by dimension, class, value, unit
		order by dimension, class, value, unit`)
	selectCells = db.Statement(`select dimension, audience, class, value, unit, amount from tally where operation = $1 and amount <> 0`)
)

func scanCase(row db.Scanner) (Case, error) {
	var c Case
	var id, fields, country, day, conveyance, status string
	var warning int64
	err := row.Scan(&c.Seq, &id, &c.Reference, &c.Organisation, &c.Author, &c.Audience, &c.State, &c.Class, &country, &day,
		&conveyance, &status, db.Number(&c.DuplicateOf), db.Number(&warning), &fields, &c.Version,
		db.Time(&c.Reported), db.Time(&c.Changed), db.Time(&c.ReleaseDue))
	if err != nil {
		return c, err
	}
	// A page decodes fifty of these: it is most of what a page costs, and this takes half as long.
	return c, fast.Unmarshal([]byte(fields), &c.Draft)
}

// canonical is the one form of a draft's content: what is stored, compared and
// hashed.
func (d Draft) canonical() (string, error) {
	b, err := json.Marshal(d)
	return string(b), err
}

// args are the values of columns.
func (c Case) args() ([]any, error) {
	fields, err := c.canonical()
	return []any{c.Seq, c.ID, c.Reference, c.Organisation, c.Author, c.Audience, c.State, c.Class,
		c.Country, c.Day, c.Conveyance.Code, c.Status, db.NullNumber(c.DuplicateOf), db.NullNumber(c.Warning), fields,
		c.Version, c.Reported, c.Changed, db.Null(c.ReleaseDue)}, err
}

func insertCase(tx *db.Tx, op int64, c Case) error {
	args, err := c.args()
	if err != nil {
		return err
	}
	if _, err = tx.Exec(insertRow, append([]any{op}, args...)...); err != nil {
		return err
	}
	return insertGoods(tx, op, c)
}

func updateCase(tx *db.Tx, op int64, c Case, goods bool) error {
	fields, err := c.canonical()
	if err != nil {
		return err
	}
	_, err = tx.Exec(updateRow, op, c.Seq, c.Audience, c.State, c.Class, c.Country, c.Day, c.Conveyance.Code, c.Status,
		db.NullNumber(c.DuplicateOf), db.NullNumber(c.Warning), fields, c.Version, c.Reported, c.Changed, db.Null(c.ReleaseDue))
	if err != nil || !goods {
		return err
	}
	if _, err := tx.Exec(deleteLines, op, c.Seq); err != nil {
		return err
	}
	if _, err := tx.Exec(deleteQuantity, op, c.Seq); err != nil {
		return err
	}
	return insertGoods(tx, op, c)
}

// goods are the rows of goods_line and goods_quantity of a case.
func (c Case) goods(op int64) (lines, quantities [][]any) {
	for i, l := range c.Goods {
		lines = append(lines, []any{op, c.Seq, i + 1, l.Category, l.HS, l.Brand, l.Description, l.Verdict})
		for _, q := range l.Quantities {
			quantities = append(quantities, []any{op, c.Seq, i + 1, q.Unit, q.Micro})
		}
	}
	return lines, quantities
}

func insertGoods(tx *db.Tx, op int64, c Case) error {
	lines, quantities := c.goods(op)
	for _, args := range lines {
		if _, err := tx.Exec(insertLine, args...); err != nil {
			return err
		}
	}
	for _, args := range quantities {
		if _, err := tx.Exec(insertQuantity, args...); err != nil {
			return err
		}
	}
	return nil
}

// Version is one version of a case, as written.
type Version struct {
	Draft
	Version int64
	Seq     int64  // journal index
	Verb    string // what made it
	Author  string
	At      time.Time
	Reason  string
}

func scanVersion(row db.Scanner) (Version, error) {
	var v Version
	var fields string
	if err := row.Scan(&v.Version, &v.Seq, &v.Verb, &v.Author, db.Time(&v.At), &v.Reason, &fields); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(fields), &v.Draft)
}

func missing(err error) error {
	if errors.Is(err, db.ErrNone) {
		return fault.Missing()
	}
	return err
}

// Several gives cases by number, whoever may read them: for housekeeping, which
// decides by their audiences.
func Several(tx *db.Tx, op int64, numbers db.List) ([]Case, error) {
	return db.All(tx, selectNumbered, scanCase, op, numbers)
}

// Named gives the case that its originator calls id, whoever may read it;
// db.ErrNone when there is none. For housekeeping, as Numbered.
func Named(tx *db.Tx, op, organisation int64, id ID) (Case, error) {
	return db.One(tx, selectByID, scanCase, op, organisation, id)
}
