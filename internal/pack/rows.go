package pack

import (
	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const (
	packColumns = `number, kind, name, edition, language, source, licence, file, digest, items, added`
	itemColumns = `code, parent, label, other, subdivision, functions, coordinates`
)

// together is how many rows one statement writes: a list of places has 100,000.
const together = 20

var (
	selectNext  = db.Statement(`select coalesce(max(number), 0) + 1 from code_pack`)
	selectPacks = db.Statement(`select ` + packColumns + ` from code_pack order by number`)
	selectNamed = db.Statement(`select ` + packColumns + ` from code_pack where name = $1 and edition = $2`)
	insertPack  = db.Statement(`insert into code_pack (` + packColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`)
	deletePack  = db.Statement(`delete from code_pack where number = $1`)

	insertItem = db.Statement(`insert into code_item (pack, ` + itemColumns + `, words) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	insertMany = db.Statement(`insert into code_item (pack, ` + itemColumns + `, words) values
		($1, $2, $3, $4, $5, $6, $7, $8, $9), ($1, $10, $11, $12, $13, $14, $15, $16, $17),
		($1, $18, $19, $20, $21, $22, $23, $24, $25), ($1, $26, $27, $28, $29, $30, $31, $32, $33),
		($1, $34, $35, $36, $37, $38, $39, $40, $41), ($1, $42, $43, $44, $45, $46, $47, $48, $49),
		($1, $50, $51, $52, $53, $54, $55, $56, $57), ($1, $58, $59, $60, $61, $62, $63, $64, $65),
		($1, $66, $67, $68, $69, $70, $71, $72, $73), ($1, $74, $75, $76, $77, $78, $79, $80, $81),
		($1, $82, $83, $84, $85, $86, $87, $88, $89), ($1, $90, $91, $92, $93, $94, $95, $96, $97),
		($1, $98, $99, $100, $101, $102, $103, $104, $105), ($1, $106, $107, $108, $109, $110, $111, $112, $113),
		($1, $114, $115, $116, $117, $118, $119, $120, $121), ($1, $122, $123, $124, $125, $126, $127, $128, $129),
		($1, $130, $131, $132, $133, $134, $135, $136, $137), ($1, $138, $139, $140, $141, $142, $143, $144, $145),
		($1, $146, $147, $148, $149, $150, $151, $152, $153), ($1, $154, $155, $156, $157, $158, $159, $160, $161)`)
	deleteItems = db.Statement(`delete from code_item where pack = $1`)
	selectItem  = db.Statement(`select ` + itemColumns + ` from code_item where pack = $1 and code = $2`)
	selectBelow = db.Statement(`select ` + itemColumns + ` from code_item where pack = $1 and parent = $2 order by code limit $3`)
	// $7 to $9 order what was found: the code itself, then what has a word that begins so.
	selectFound = db.Statement(`select ` + itemColumns + ` from code_item where pack = $1 and words like $2 and words like $3
		and words like $4 and words like $5 and words like $6
		order by case when code = $7 then 0 when words like $8 then 1 when words like $9 then 2 else 3 end, code limit $10`)
	selectPage = db.Statement(`select ` + itemColumns + `, words from code_item where pack = $1 and code > $2 order by code limit $3`)
	countItems = db.Statement(`select pack, count(*) from code_item group by pack order by pack`)
)

func (p Pack) args() []any {
	return []any{p.Number, p.Kind, p.Name, p.Edition, p.Language, p.Source, p.Licence, p.File, p.Digest, p.Rows, p.Added}
}

func scanPack(row db.Scanner) (Pack, error) {
	var p Pack
	err := row.Scan(&p.Number, &p.Kind, &p.Name, &p.Edition, &p.Language, &p.Source, &p.Licence, &p.File, &p.Digest, &p.Rows, db.Time(&p.Added))
	return p, err
}

func scanEntry(row db.Scanner) (Entry, error) {
	var e Entry
	err := row.Scan(&e.Code, &e.Parent, &e.Label, &e.Other, &e.Subdivision, &e.Functions, &e.Coordinates)
	return e, err
}

// insert stores a pack with its rows.
func insert(tx *db.Tx, f File) error {
	if _, err := tx.Exec(insertPack, f.args()...); err != nil {
		return err
	}
	for rest := f.Entries; len(rest) > 0; {
		n, statement := 1, insertItem
		if len(rest) >= together {
			n, statement = together, insertMany
		}
		args := make([]any, 0, 1+8*n)
		args = append(args, f.Number)
		for _, e := range rest[:n] {
			for _, v := range e.columns() {
				args = append(args, v)
			}
		}
		if _, err := tx.Exec(statement, args...); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// remove takes a pack out with its rows.
func remove(tx *db.Tx, p Pack) error {
	if _, err := tx.Exec(deleteItems, p.Number); err != nil {
		return err
	}
	_, err := tx.Exec(deletePack, p.Number)
	return err
}

// Named gives the pack of that name and edition; db.ErrNone when there is none.
func Named(tx *db.Tx, name, edition string) (Pack, error) {
	if !nameForm.MatchString(name) || !editionForm.MatchString(edition) {
		return Pack{}, db.ErrNone
	}
	return db.One(tx, selectNamed, scanPack, name, edition)
}

// All lists the packs of the instance, the oldest first.
func All(tx *db.Tx) ([]Pack, error) { return db.All(tx, selectPacks, scanPack) }

func entry(who access.Actor, src *source.Source, verb access.Permission, p Pack) journal.Entry {
	return journal.Entry{Operation: journal.Instance, At: src.Now(), Actor: who.Name(), Organisation: who.Organisation,
		Verb: string(verb), Subject: "pack/" + p.Name + "/" + p.Edition}
}
