package product

import (
	"errors"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

const (
	sheetColumns   = `operation, seq, organisation, id, brand, audience, state, category, newest, until, confirmed, doubted, body`
	draftColumns   = `operation, product, body`
	versionColumns = `operation, seq, product, number, at, note, body`
	partColumns    = `operation, product, kind, seq, audience, body`
	codeColumns    = `operation, code, product`
	markColumns    = `operation, seq, product, organisation, id, kind, body`
)

var (
	putSheet = db.Statement(`insert into product (` + sheetColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		on conflict (operation, seq) do update set audience = excluded.audience, state = excluded.state, category = excluded.category, newest = excluded.newest,
		until = excluded.until, confirmed = excluded.confirmed, doubted = excluded.doubted, body = excluded.body`)
	selectOwn   = db.Statement(`select body from product where operation = $1 and organisation = $2 and id = $3`)
	selectNamed = db.Statement(`select body from product where operation = $1 and audience {in $2} and id = $3 order by seq`)
	selectSeq   = db.Statement(`select body from product where operation = $1 and seq = $2`)
	selectThese = db.Statement(`select body from product where operation = $1 and audience {in $2} and seq {in $3} and state = 'published'`)
	selectRange = db.Statement(`select body from product where operation = $1 and seq >= $2 and seq < $3 and state = 'published' order by seq`)
	// Fresh sheets first: stale is what is past its day, not confirmed since a moment, or doubted.
	selectFresh = db.Statement(`select body from product where operation = $1 and audience {in $2} and state = 'published' and newest < $3
		and until >= $4 and confirmed >= $5 and not doubted
		and ($6 = '' or category = $6) and ($7 = '' or brand = $7) and ($8 = 0 or organisation = $8) order by newest desc limit $9`)
	selectStale = db.Statement(`select body from product where operation = $1 and audience {in $2} and state = 'published' and newest < $3
		and (until < $4 or confirmed < $5 or doubted)
		and ($6 = '' or category = $6) and ($7 = '' or brand = $7) and ($8 = 0 or organisation = $8) order by newest desc limit $9`)
	// Of a holder's own side: what asks for work first is for the page to say.
	selectOwned  = db.Statement(`select body from product where operation = $1 and organisation {in $2} and seq < $3 order by seq desc limit $4`)
	selectEnding = db.Statement(`select body from product where operation = $1 and state = 'published' and (until <= $2 or confirmed < $3 or doubted) order by seq`)
	selectByCode = db.Statement(`select p.body from product_code c join product p on p.operation = c.operation and p.seq = c.product
		where c.operation = $1 and c.code = $2 and p.audience {in $3} and p.state = 'published' order by p.newest desc limit $4`)

	putDraft      = db.Statement(`insert into product_draft (` + draftColumns + `) values ($1, $2, $3) on conflict (operation, product) do update set body = excluded.body`)
	selectDraft   = db.Statement(`select body from product_draft where operation = $1 and product = $2`)
	insertVersion = db.Statement(`insert into product_version (` + versionColumns + `) values ($1, $2, $3, $4, $5, $6, $7)`)
	selectVersion = db.Statement(`select body from product_version where operation = $1 and product = $2 and number = $3`)
	selectLines   = db.Statement(`select number, at, note from product_version where operation = $1 and product = $2 order by number desc`)
	selectNewest  = db.Statement(`select product, body from product_version where operation = $1 and seq {in $2}`)
	selectDrafts  = db.Statement(`select product, body from product_draft where operation = $1 and product {in $2}`)
	putPart       = db.Statement(`insert into product_part (` + partColumns + `) values ($1, $2, $3, $4, $5, $6)
		on conflict (operation, product, kind) do update set seq = excluded.seq, audience = excluded.audience, body = excluded.body`)
	selectPart  = db.Statement(`select body from product_part where operation = $1 and product = $2 and kind = $3`)
	dropCodes   = db.Statement(`delete from product_code where operation = $1 and product = $2`)
	insertCode  = db.Statement(`insert into product_code (` + codeColumns + `) values ($1, $2, $3)`)
	insertMark  = db.Statement(`insert into product_mark (` + markColumns + `) values ($1, $2, $3, $4, $5, $6, $7)`)
	selectMark  = db.Statement(`select body from product_mark where operation = $1 and organisation = $2 and id = $3`)
	countMarks  = db.Statement(`select kind, count(*) from product_mark where operation = $1 and product = $2 and seq > $3 group by kind`)
	selectNotes = db.Statement(`select body from product_mark where operation = $1 and product = $2 and kind = 'misleading' order by seq desc limit 20`)
)

func (s Sheet) args(op int64) []any {
	return []any{op, s.Seq, s.Organisation, string(s.ID), string(s.Brand), s.Audience, s.State, s.Category, s.Newest, s.Until, s.Confirmed, s.Doubted, db.Encoded(s)}
}

// version is a row of product_version.
type version struct {
	Seq     int64 `json:",omitempty"`
	Product int64
	Number  int64
	At      time.Time
	Note    string `json:",omitempty"`
	Content Content
}

func (v version) args(op int64) []any {
	return []any{op, v.Seq, v.Product, v.Number, v.At, v.Note, db.Encoded(v.Content)}
}

func (p Part) args(op int64) []any {
	return []any{op, p.Product, p.Kind, p.Seq, p.Audience, db.Encoded(p)}
}

func (m Mark) args(op int64) []any {
	return []any{op, m.Seq, m.Product, m.Organisation, m.ID, m.Kind, db.Encoded(m)}
}

type said struct {
	product int64
	content Content
}

func scanSaid(row db.Scanner) (s said, err error) {
	err = row.Scan(&s.product, db.Decode(&s.content))
	return s, err
}

func exec(tx *db.Tx, q db.SQL, args []any) error {
	_, err := tx.Exec(q, args...)
	return err
}

// find gives a sheet by its name, to whoever may read it: the holder's own side in
// any state, others once it is published, withdrawn ones by title.
func find(tx *db.Tx, st operation.Standing, readable db.List, n Name) (Sheet, error) {
	all, err := db.All(tx, selectNamed, db.Decoded[Sheet], st.Operation.Number, readable, string(n.ID))
	if err != nil {
		return Sheet{}, err
	}
	if n.From != "" {
		from, err := organisation.ByID(tx, n.From)
		if errors.Is(err, db.ErrNone) {
			return Sheet{}, fault.Missing()
		}
		if err != nil {
			return Sheet{}, err
		}
		for _, s := range all {
			if s.Organisation == from.Number {
				return s, nil
			}
		}
		return Sheet{}, fault.Missing()
	}
	switch len(all) {
	case 0:
		return Sheet{}, fault.Missing()
	case 1:
		return all[0], nil
	}
	return Sheet{}, fault.At("holder", "product.say-whose")
}

// owned is find for those who act for its holder; Missing for all others.
func owned(tx *db.Tx, st operation.Standing, n Name) (Sheet, holder.Acting, error) {
	readable, err := holder.Readable(tx, st)
	if err != nil {
		return Sheet{}, holder.Acting{}, err
	}
	s, err := find(tx, st, readable, n)
	if err != nil {
		return s, holder.Acting{}, err
	}
	all, err := holder.For(tx, st)
	for _, a := range all {
		if a.Holder.Number == s.Organisation && a.Covers(s.Brand) {
			return s, a, err
		}
	}
	if err != nil {
		return s, holder.Acting{}, err
	}
	return s, holder.Acting{}, fault.Missing()
}

// One gives a sheet by its number, whoever may read it: for who has found it readable.
func One(tx *db.Tx, op, seq int64) (Sheet, error) {
	return db.One(tx, selectSeq, db.Decoded[Sheet], op, seq)
}

// Readable gives a sheet that the actor may read; Missing otherwise.
func Readable(tx *db.Tx, st operation.Standing, n Name) (Sheet, error) {
	list, err := holder.Readable(tx, st)
	if err != nil {
		return Sheet{}, err
	}
	s, err := find(tx, st, list, n)
	if err == nil && s.State == Draft && !acts(tx, st, s) {
		return s, fault.Missing()
	}
	return s, err
}

// acts tells whether the actor acts for the holder of a sheet.
func acts(tx *db.Tx, st operation.Standing, s Sheet) bool {
	all, err := holder.For(tx, st)
	if err != nil {
		return false
	}
	for _, a := range all {
		if a.Holder.Number == s.Organisation && a.Covers(s.Brand) {
			return true
		}
	}
	return false
}

// ContentOf gives what a version of a sheet says; db.ErrNone: there is no such version.
func ContentOf(tx *db.Tx, op, product, number int64) (Content, error) {
	return db.One(tx, selectVersion, db.Decoded[Content], op, product, number)
}

// Owned gives a sheet of a holder by its id, draft or not, with what its draft says;
// whoever may see it is for the caller to say. db.ErrNone: there is none.
func Owned(tx *db.Tx, op, organisation int64, id ID) (Sheet, Content, error) {
	s, err := db.One(tx, selectOwn, db.Decoded[Sheet], op, organisation, string(id))
	if err != nil {
		return s, Content{}, err
	}
	c, err := db.One(tx, selectDraft, db.Decoded[Content], op, s.Seq)
	return s, c, err
}

// PartOf gives a part that stands apart, whoever may read it: the caller decides.
// db.ErrNone: there is none.
func PartOf(tx *db.Tx, op, product int64, kind string) (Part, error) {
	return db.One(tx, selectPart, db.Decoded[Part], op, product, kind)
}

// Withheld tells whether a picture of a sheet is not given to a reader who may read
// its audience: the sheet was withdrawn, or is of a brand for which the reader does not
// act. is is false for what belongs to no sheet.
func Withheld(tx *db.Tx, st operation.Standing, record int64) (gone, is bool, err error) {
	s, err := One(tx, st.Operation.Number, record)
	if errors.Is(err, db.ErrNone) {
		return false, false, nil
	}
	if err != nil {
		return true, true, err
	}
	if acts(tx, st, s) {
		return false, true, nil
	}
	return s.State == Withdrawn || st.Side() == access.RightHolderSide, true, nil
}
