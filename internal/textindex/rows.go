package textindex

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// The row's number is the record's: on SQLite it is the rowid, so that a page is
// read backwards from where the last one ended.
var (
	putRow = db.Two(
		`insert or replace into textword (rowid, words) values ($1, $2)`,
		`insert into textword (operation, seq, kind, audience, v) values ($1, $2, $3, $4, cast(cast($5 as text) as tsvector))
			on conflict (operation, seq) do update set kind = excluded.kind, audience = excluded.audience, v = excluded.v`)
	dropRow = db.Two(
		`delete from textword where rowid = $1`,
		`delete from textword where operation = $1 and seq = $2`)
	matchRows = db.Two(
		`select rowid & 1099511627775 from textword where textword match $1 and rowid >= $2 and rowid < $3 order by rowid desc limit 0 + $4`,
		// Materialized: only the index of words is asked. Walking all rows until enough are
		// found would take the longer the more are hidden.
		// And the query is read once, not for each row.
		`with q as materialized (select cast(cast($1 as text) as tsquery) as t),
			hit as materialized (select operation, seq, audience from textword, q where v @@ q.t)
			select seq from hit where operation = $2 and seq < $3 and audience = any(cast(cast($5 as text) as bigint[])) order by seq desc limit $4`)
	// walkRows looks through the newest records that the reader may read, for words
	// that are common among them: PostgreSQL's index of words has them in no order.
	walkRows = db.Two("",
		`with q as materialized (select cast(cast($1 as text) as tsquery) as t), newest as materialized (
				select n.seq from unnest(cast(cast($5 as text) as bigint[])) as a(audience) cross join lateral (
					select seq from textword where operation = $2 and audience = a.audience and seq < $3 order by seq desc limit $6) n
				order by n.seq desc limit $6)
			select w.seq from q, newest join textword w on w.operation = $2 and w.seq = newest.seq
			where w.v @@ q.t and w.kind = any(cast(cast($7 as text) as bigint[])) order by w.seq desc limit $4`)
	mergeSome = db.Two(`insert into textword (textword, rank) values ('merge', $1)`, "")
	changed   = db.Two(`select total_changes()`, "")
)

// walk is how many records a walk looks through.
const walk = 400

var (
	fts5 = dialect{and: " AND ", or: " OR ", opens: "(", closes: ")", word: func(text string, begins bool) string {
		if begins {
			return `"` + text + `"*`
		}
		return `"` + text + `"`
	}}
	tsquery = dialect{and: " & ", or: " | ", opens: "(", closes: ")", word: func(text string, begins bool) string {
		if begins {
			return `'` + text + `':*`
		}
		return `'` + text + `'`
	}}
)

func (r row) write(tx *db.Tx) error {
	var err error
	sqlite := tx.Engine() == "sqlite"
	switch {
	case r.drop && sqlite:
		_, err = tx.Exec(dropRow, r.row())
	case r.drop:
		_, err = tx.Exec(dropRow, r.Operation, r.Seq)
	case sqlite:
		_, err = tx.Exec(putRow, r.row(), strings.Join(r.kept(), " "))
	default:
		vector := "'" + strings.Join(r.kept(), "' '") + "'"
		_, err = tx.Exec(putRow, r.Operation, r.Seq, int64(r.Kind), r.Audience, vector)
	}
	return err
}

// newest looks through the newest records of the reader where the engine's index
// has no order. whole: nothing else need be asked.
func (s Scope) newest(tx *db.Tx, q Query, limit int) (found []int64, whole bool, err error) {
	if tx.Engine() == "sqlite" {
		return nil, false, nil
	}
	found, err = db.All(tx, walkRows, db.Int64, q.expression(tsquery, s.before()), s.Operation, s.Before, limit, s.Audiences, walk, s.kinds())
	return found, len(found) == limit, err
}

func (s Scope) match(tx *db.Tx, q Query, limit int) ([]int64, error) {
	if tx.Engine() == "sqlite" {
		first := Place{Operation: s.Operation}.row()
		return db.All(tx, matchRows, db.Int64, q.expression(fts5, s.before()), first, first+s.Before, limit)
	}
	return db.All(tx, matchRows, db.Int64, q.expression(tsquery, s.before()), s.Operation, s.Before, limit, s.Audiences)
}

func (s Scope) kinds() db.List {
	var out db.List
	for _, k := range s.Kinds {
		out = append(out, int64(k))
	}
	return out
}
