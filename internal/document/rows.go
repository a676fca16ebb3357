package document

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const (
	columns = `seq, id, organisation, author, audience, addressed, kind, title, language, tlp, published, version, newest,
	withdrawn, withdrawn_entry, withdrawn_reason`
	versionColumns = `seq, document, number, id, organisation, author, note, written`
)

var (
	insertRow = db.Statement(`insert into document (operation, ` + columns + `) values
		($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`)
	insertOne     = db.Statement(`insert into document_version (operation, ` + versionColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	selectOne     = db.Statement(`select ` + columns + ` from document where operation = $1 and audience {in $2} and seq = $3`)
	selectAny     = db.Statement(`select ` + columns + ` from document where operation = $1 and seq = $2`)
	selectNamed   = db.Statement(`select ` + columns + ` from document where operation = $1 and audience {in $2} and id = $3 order by seq`)
	selectThese   = db.Statement(`select ` + columns + ` from document where operation = $1 and audience {in $2} and seq {in $3} and withdrawn is null`)
	selectSeveral = db.Statement(`select ` + columns + ` from document where operation = $1 and seq {in $2} order by seq`)
	selectRange   = db.Statement(`select ` + columns + ` from document where operation = $1 and seq >= $2 and seq < $3 and withdrawn is null order by seq`)
	selectPage    = db.Statement(`select ` + columns + ` from document where operation = $1 and audience {in $2} and newest < $3
		and ($4 = '' or kind = $4) order by newest desc limit $5`)
	countKinds = db.Statement(`select kind, count(*) from document where operation = $1 and audience {in $2} group by kind`)

	selectVersions   = db.Statement(`select ` + versionColumns + ` from document_version where operation = $1 and document {in $2} order by seq desc`)
	selectNumbered   = db.Statement(`select ` + versionColumns + ` from document_version where operation = $1 and seq {in $2} order by seq`)
	selectVersionID  = db.Statement(`select ` + versionColumns + ` from document_version where operation = $1 and organisation = $2 and id = $3`)
	selectNotes      = db.Statement(`select note from document_version where operation = $1 and document = $2 order by number`)
	advanceRow       = db.Statement(`update document set version = $3, newest = $4 where operation = $1 and seq = $2 and version = $5 and withdrawn is null`)
	takeOutRow       = db.Statement(`update document set withdrawn = $3, withdrawn_entry = $4, withdrawn_reason = $5 where operation = $1 and seq = $2`)
	selectDocumentOf = db.Statement(`select document from document_version where operation = $1 and seq = $2`)
)

func scan(row db.Scanner) (Document, error) {
	var d Document
	var id, addressed string
	err := row.Scan(&d.Seq, &id, &d.Organisation, &d.Author, &d.Audience, &addressed, &d.Kind, &d.Title, &d.Language, &d.TLP,
		db.Time(&d.Published), &d.Version, &d.Newest, db.Time(&d.Withdrawn.At), &d.Withdrawn.Entry, &d.Withdrawn.Reason)
	if err != nil {
		return d, err
	}
	d.ID = ID(id)
	d.To, err = audience.ParseAddress(addressed)
	return d, err
}

// args are the values of columns.
func (d Document) args() []any {
	return []any{d.Seq, string(d.ID), d.Organisation, d.Author, d.Audience, d.To.String(), d.Kind, d.Title, d.Language, d.TLP,
		d.Published, d.Version, d.Newest, db.Null(d.Withdrawn.At), d.Withdrawn.Entry, d.Withdrawn.Reason}
}

func scanVersion(row db.Scanner) (Version, error) {
	var v Version
	var id string
	err := row.Scan(&v.Seq, &v.Document, &v.Number, &id, &v.Organisation, &v.Author, &v.Note, db.Time(&v.Written))
	v.ID = ID(id)
	return v, err
}

// args are the values of versionColumns.
func (v Version) args() []any {
	return []any{v.Seq, v.Document, v.Number, string(v.ID), v.Organisation, v.Author, v.Note, v.Written}
}

func insert(tx *db.Tx, op int64, d Document) error {
	_, err := tx.Exec(insertRow, append([]any{op}, d.args()...)...)
	return err
}

func insertVersion(tx *db.Tx, op int64, v Version) error {
	_, err := tx.Exec(insertOne, append([]any{op}, v.args()...)...)
	return err
}

// advance makes a version the newest, where it still follows.
func advance(tx *db.Tx, op int64, d Document, v Version) error {
	n, err := tx.Exec(advanceRow, op, d.Seq, v.Number, v.Seq, d.Version)
	if err == nil && n != 1 {
		err = fault.Of(fault.Conflict, "document.revised-meanwhile", fault.Args{"version": d.Version})
	}
	return err
}

func takeOut(tx *db.Tx, op, seq int64, w Withdrawn) error {
	_, err := tx.Exec(takeOutRow, op, seq, w.At, w.Entry, w.Reason)
	return err
}

// readable gives a document that the actor's organisation may read; Missing: it is
// not for this reader.
func readable(tx *db.Tx, st operation.Standing, seq int64) (Document, error) {
	open, err := st.Readable(tx)
	if err != nil {
		return Document{}, err
	}
	return present(db.One(tx, selectOne, scan, st.Operation.Number, open, seq))
}

func present(d Document, err error) (Document, error) {
	if errors.Is(err, db.ErrNone) {
		return d, fault.Missing()
	}
	return d, err
}

// find gives a document by the id that its originator gave it: that of the
// originator asked for, else the actor's own, else the only one.
func find(tx *db.Tx, st operation.Standing, n Name) (Document, error) {
	open, err := st.Readable(tx)
	if err != nil {
		return Document{}, err
	}
	all, err := db.All(tx, selectNamed, scan, st.Operation.Number, open, string(n.ID))
	if err != nil {
		return Document{}, err
	}
	items, err := items(tx, st, open, all)
	if err != nil {
		return Document{}, err
	}
	for _, i := range items {
		if n.From != "" && i.From.ID == n.From || n.From == "" && i.Mine {
			return i.Document, nil
		}
	}
	switch {
	case n.From != "" || len(all) == 0:
		return Document{}, fault.Missing()
	case len(all) > 1:
		return Document{}, fault.At("organisation", "message.say-whose")
	}
	return all[0], nil
}

// Readable gives a document that the actor may read by its id: the actor's own, else
// the only one.
func Readable(tx *db.Tx, st operation.Standing, id ID) (Document, error) {
	if !st.May(access.DocumentRead) {
		return Document{}, fault.Missing()
	}
	return find(tx, st, Name{ID: id})
}

// AudienceOf gives the number of a document's audience, whoever may read it.
func AudienceOf(tx *db.Tx, op, seq int64) (int64, error) {
	d, err := db.One(tx, selectAny, scan, op, seq)
	return d.Audience, err
}

// Open gives those of some documents that the actor may read and that are in use, by
// number.
func Open(tx *db.Tx, st operation.Standing, seqs db.List) (map[int64]Document, error) {
	out := map[int64]Document{}
	if len(seqs) == 0 || !st.May(access.DocumentRead) {
		return out, nil
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	all, err := db.All(tx, selectThese, scan, st.Operation.Number, readable, seqs)
	for _, d := range all {
		out[d.Seq] = d
	}
	return out, err
}

// byID gives the version that the actor's organisation gave an id, with its
// document and what hangs on it; db.ErrNone: the id is free.
func byID(tx *db.Tx, st operation.Standing, id ID) (Document, Version, error) {
	v, err := db.One(tx, selectVersionID, scanVersion, st.Operation.Number, st.Who.Organisation, string(id))
	if err != nil {
		return Document{}, v, err
	}
	d, err := db.One(tx, selectAny, scan, st.Operation.Number, v.Document)
	if err == nil {
		v.Attachments, err = attachment.Refs(tx, st.Operation.Number, v.Seq, d.Audience)
	}
	return d, v, err
}

func notesOf(tx *db.Tx, op, seq int64) ([]string, error) {
	return db.All(tx, selectNotes, db.Text, op, seq)
}

// OfVersion gives the document to which a record of the operation belongs as a
// version; false: the record is no version.
func OfVersion(tx *db.Tx, op, record int64) (seq int64, is bool, err error) {
	seq, err = db.One(tx, selectDocumentOf, db.Int64, op, record)
	if errors.Is(err, db.ErrNone) {
		return 0, false, nil
	}
	return seq, err == nil, err
}

// Hidden tells whether a reader is not given the file of a version: the document
// was withdrawn, and is not of the reader's organisation.
func Hidden(tx *db.Tx, st operation.Standing, seq int64) (bool, error) {
	d, err := present(db.One(tx, selectAny, scan, st.Operation.Number, seq))
	return err != nil || hidden(st, d), err
}

func hidden(st operation.Standing, d Document) bool {
	return !d.InUse() && d.Organisation != st.Who.Organisation
}

// Versions gives versions by number, each with its document, whoever may read
// them: for housekeeping, which decides by their audiences.
func Versions(tx *db.Tx, op int64, numbers db.List) (map[int64]Version, map[int64]Document, error) {
	if len(numbers) == 0 {
		return nil, nil, nil
	}
	all, err := db.All(tx, selectNumbered, scanVersion, op, numbers)
	if err != nil {
		return nil, nil, err
	}
	versions, of := map[int64]Version{}, db.List{}
	for _, v := range all {
		versions[v.Seq] = v
		of = append(of, v.Document)
	}
	docs, err := db.All(tx, selectSeveral, scan, op, of)
	by := map[int64]Document{}
	for _, d := range docs {
		by[d.Seq] = d
	}
	return versions, by, err
}
