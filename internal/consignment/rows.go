package consignment

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
)

// The nouns that carry marks.
const (
	Message = "message"
	Case    = "seizure"
)

const (
	markColumns = `record, place, noun, kind, value, typed, verdict, found, audience`
	linkColumns = `seq, one, other, audience, organisation, author, at`
)

var (
	insertMark  = db.Statement(`insert into consignment_mark (operation, ` + markColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`)
	deleteMarks = db.Statement(`delete from consignment_mark where operation = $1 and record = $2`)
	moveMarks   = db.Statement(`update consignment_mark set audience = $3 where operation = $1 and record = $2`)
	selectMarks = db.Statement(`select record, kind, typed, verdict, found from consignment_mark
		where operation = $1 and record {in $2} order by record, place`)
	// Not in any order, so that the index answers as soon as there are too many;
	// it leads to readable rows only.
	selectCarrying = db.Statement(`select noun, record from consignment_mark
		where operation = $1 and value = $2 and audience {in $3} and noun <> $4 and record <> $5 limit $6`)

	insertLink  = db.Statement(`insert into consignment_link (operation, ` + linkColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)`)
	selectLinks = db.Statement(`select ` + linkColumns + ` from consignment_link where operation = $1 and audience {in $2}
		and (one {in $3} or other {in $3}) and ended is null order by seq limit $4`)
	endLink = db.Statement(`update consignment_link set ended = $3 where operation = $1 and seq = $2 and ended is null`)
)

// row are the values of a mark in the table.
func (m Mark) row(op, record int64, place int, noun string, audience int64) []any {
	return []any{op, record, place, noun, m.Kind, m.Canonical(), m.Value, m.Check, m.Found, audience}
}

// Put writes the marks of a new record, or of one whose marks were dropped.
func Put(tx *db.Tx, op int64, noun string, record, audience int64, marks []Mark) error {
	for i, m := range marks {
		if _, err := tx.Exec(insertMark, m.row(op, record, i+1, noun, audience)...); err != nil {
			return err
		}
	}
	return nil
}

// Move gives the marks of a record the audience that the record has now.
func Move(tx *db.Tx, op, record, audience int64) error {
	_, err := tx.Exec(moveMarks, op, record, audience)
	return err
}

// Drop takes a record's marks away.
func Drop(tx *db.Tx, op, record int64) error {
	_, err := tx.Exec(deleteMarks, op, record)
	return err
}

// Of gives the marks of some records. The caller may read these.
func Of(tx *db.Tx, op int64, records db.List) (map[int64][]Mark, error) {
	out := map[int64][]Mark{}
	if len(records) == 0 {
		return out, nil
	}
	_, err := db.All(tx, selectMarks, func(row db.Scanner) (int64, error) {
		var record int64
		var m Mark
		err := row.Scan(&record, &m.Kind, &m.Value, &m.Check, &m.Found)
		out[record] = append(out[record], m)
		return record, err
	}, op, records)
	return out, err
}

// Carrier is a record that carries a mark.
type Carrier struct {
	Noun   string
	Record int64
}

// Carrying gives the records of some audiences that carry a mark, by their
// numbers; without one record, and without a noun that the reader may not read.
// all is false, and nothing given, when there are more than most.
func Carrying(tx *db.Tx, op int64, readable db.List, m Mark, without int64, unread string, most int) (out []Carrier, all bool, err error) {
	out, err = db.All(tx, selectCarrying, func(row db.Scanner) (Carrier, error) {
		var c Carrier
		err := row.Scan(&c.Noun, &c.Record)
		return c, err
	}, op, m.Canonical(), readable, unread, without, int64(most+1))
	if err != nil || len(out) > most {
		return nil, false, err
	}
	slices.SortFunc(out, func(a, b Carrier) int { return int(a.Record - b.Record) })
	return out, true, nil
}

// Link says that two records belong to one consignment.
type Link struct {
	Seq          int64 `json:",omitempty"` // index of the journal entry that made it
	One, Other   int64 // numbers of the records, the smaller first
	Audience     int64 // who may see the link
	Organisation int64 // that linked
	Author       string
	At           time.Time
}

// To is the record at the other end of the link.
func (l Link) To(record int64) int64 {
	if l.One == record {
		return l.Other
	}
	return l.One
}

func (l Link) row(op int64) []any {
	return []any{op, l.Seq, l.One, l.Other, l.Audience, l.Organisation, l.Author, l.At}
}

func scanLink(row db.Scanner) (Link, error) {
	var l Link
	err := row.Scan(&l.Seq, &l.One, &l.Other, &l.Audience, &l.Organisation, &l.Author, db.Time(&l.At))
	return l, err
}

// Join writes a link.
func Join(tx *db.Tx, op int64, l Link) error {
	_, err := tx.Exec(insertLink, l.row(op)...)
	return err
}

// Part ends a link; false: it had ended.
func Part(tx *db.Tx, op int64, l Link, at time.Time) (bool, error) {
	n, err := tx.Exec(endLink, op, l.Seq, at)
	return n > 0, err
}

// maxLinks bounds what one look reads.
const maxLinks = 200

// Links gives the links of some records that some audiences may see, oldest
// first. Whether the record at the other end may be read is another question.
func Links(tx *db.Tx, op int64, readable, records db.List) ([]Link, error) {
	if len(records) == 0 {
		return nil, nil
	}
	return db.All(tx, selectLinks, scanLink, op, readable, records, int64(maxLinks))
}

// Between gives the link of two records that some audiences may see; ErrNone:
// there is none.
func Between(tx *db.Tx, op int64, readable db.List, one, other int64) (Link, error) {
	all, err := Links(tx, op, readable, db.List{one})
	if err != nil {
		return Link{}, err
	}
	for _, l := range all {
		if l.To(one) == other {
			return l, nil
		}
	}
	return Link{}, db.ErrNone
}

// controls are the sides that link. Right holders and observers neither link nor
// learn of links.
var controls = []access.Side{access.Coordination, access.Enforcement}

// Common is who may see a link of two records with these audiences: nobody who
// does not read both. sides says on which side each member stands.
func Common(a, b audience.Value, sides map[int64]access.Side) audience.Value {
	var out audience.Value
	for _, side := range controls {
		if slices.Contains(a.Sides, side) && slices.Contains(b.Sides, side) {
			out.Sides = append(out.Sides, side)
		}
	}
	for _, n := range slices.Concat(a.Organisations, b.Organisations) {
		side, member := sides[n]
		if member && slices.Contains(controls, side) && !slices.Contains(out.Sides, side) && a.Has(n, side) && b.Has(n, side) {
			out.Organisations = append(out.Organisations, n)
		}
	}
	slices.Sort(out.Organisations)
	out.Organisations = slices.Compact(out.Organisations)
	return out
}
