package seizure

import "github.com/tidewaiter/tidewaiter/internal/db"

// A page is read along the index that leaves out most: of a category, of a
// country, or of the operation. Each is in the order of pages, so that a page
// costs what it shows and not what the operation holds. The engines do not choose
// so by themselves: SQLite walks the operation, unless the numbers come from an
// index that holds all that is asked for. (For the same reason there is no bound on
// seq beside a list of numbers: $3 is idle there.)
var (
	selectPage = db.Statement(`select ` + columns + ` from seizure where operation = $1 and audience {in $2} and seq < $3
		and ($12 = '' or country = $12)` + filters + ` order by seq desc limit $4`)
	selectOfCountry = db.Statement(`select seq from seizure where operation = $1 and country = $2 and seq < $3 order by seq desc limit $4`)
	selectAmong     = db.Statement(`select ` + columns + ` from seizure where operation = $1 and seq {in $13} and audience {in $2} and cast($3 as bigint) > 0
		and ($12 = '' or country = $12)` + filters + ` order by seq desc limit $4`)
	selectOfCategory = db.Statement(`select distinct seizure from goods_line where operation = $1 and category = $2 and seizure < $3
		order by seizure desc limit $4`)
	countPage = db.Statement(`select count(*) from seizure where operation = $1 and audience {in $2} and seq < $3 and $4 > 0
		and ($12 = '' or country = $12)` + filters + `
		and ($13 = '' or seq in (select seizure from goods_line where operation = $1 and category = $13))`)
)

// filters: $5 state, $6 class, $7 conveyance, $8 status, $9 and $10 days, $11 organisation.
const filters = `
	and ($5 = '' or state = $5) and ($6 = '' or class = $6) and ($7 = '' or conveyance = $7) and ($8 = '' or status = $8)
	and ($9 = '' or day >= $9) and ($10 = '' or day <= $10) and ($11 = 0 or organisation = $11)`

func (f Filter) args(op int64, readable db.List, limit int) []any {
	return []any{op, readable, f.Before, limit, f.State, f.Class, f.Conveyance, f.Status, f.From, f.To, f.Organisation, f.Country}
}

// page gives the newest cases before f.Before that match, at most so many.
func page(tx *db.Tx, op int64, readable db.List, f Filter, limit int) ([]Case, error) {
	switch {
	case f.Category != "":
		return pageAlong(tx, selectOfCategory, f.Category, op, readable, f, limit)
	case f.Country != "":
		return pageAlong(tx, selectOfCountry, f.Country, op, readable, f, limit)
	}
	return db.All(tx, selectPage, scanCase, f.args(op, readable, limit)...)
}

// walked bounds how many numbers of an index are taken at once.
const walked = 5000

// pageAlong goes through the numbers that an index gives for a value, more at a
// time the fewer of them match.
func pageAlong(tx *db.Tx, index db.SQL, value string, op int64, readable db.List, f Filter, limit int) ([]Case, error) {
	var out []Case
	for step := limit; ; step = min(4*step, walked) {
		numbers, err := db.All(tx, index, db.Int64, op, value, f.Before, step)
		if err != nil || len(numbers) == 0 {
			return out, err
		}
		found, err := db.All(tx, selectAmong, scanCase, append(f.args(op, readable, limit-len(out)), db.List(numbers))...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
		if len(out) == limit || len(numbers) < step {
			return out, nil
		}
		f.Before = numbers[len(numbers)-1]
	}
}

// matching counts all that a page leads through.
func matching(tx *db.Tx, op int64, readable db.List, f Filter) (int64, error) {
	return db.One(tx, countPage, db.Int64, append(f.args(op, readable, 1), f.Category)...)
}
