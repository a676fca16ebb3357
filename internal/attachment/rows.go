package attachment

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/likeness"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const columns = `seq, id, organisation, author, record, audience, place, name, media_type, main_blob, main_size, main_sha256, width, height,
	small_blob, small_size, small_sha256, small_width, small_height, came_size, came_sha256, scan, label, blackout, at, original_blob`

const uploadColumns = `organisation, id, author, name, size, sha256, label, blackout, arrived, touched`

var (
	insertRow = db.Statement(`insert into attachment (operation, ` + columns + `) values
		($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)`)
	selectByID    = db.Statement(`select ` + columns + ` from attachment where operation = $1 and organisation = $2 and id = $3`)
	selectLoose   = db.Statement(`select ` + columns + ` from attachment where operation = $1 and organisation = $2 and id = $3 and author = $4 and record is null`)
	selectOf      = db.Statement(`select ` + columns + ` from attachment where operation = $1 and record {in $3} and audience {in $2} order by record, place`)
	selectNumbers = db.Statement(`select ` + columns + ` from attachment where operation = $1 and seq {in $2} order by seq`)
	selectSeq     = db.Statement(`select ` + columns + ` from attachment where operation = $1 and seq = $2
		and (record is not null and audience {in $3} or record is null and organisation = $4 and author = $5)`)
	selectNamed = db.Statement(`select ` + columns + ` from attachment where operation = $1 and organisation {in $6} and id = $2
		and (record is not null and audience {in $3} or record is null and organisation = $4 and author = $5) order by seq`)
	updateRecord  = db.Statement(`update attachment set record = $3, audience = $4, place = $5 where operation = $1 and seq = $2 and record is null`)
	moveRows      = db.Statement(`update attachment set audience = $3 where operation = $1 and record = $2 and not (seq {in $4})`)
	selectErased  = db.Statement(`select ` + columns + ` from attachment where operation = $1 and record = $2 order by place`)
	eraseRows     = db.Statement(`update attachment set name = '', main_blob = '', small_blob = '', original_blob = '' where operation = $1 and record = $2`)
	updatePicture = db.Statement(`update attachment set main_blob = $3, main_size = $4, main_sha256 = $5, width = $6, height = $7,
		small_blob = $8, small_size = $9, small_sha256 = $10, small_width = $11, small_height = $12, blackout = $13, original_blob = ''
		where operation = $1 and seq = $2 and record is null and main_blob = $14`)
	deleteRow   = db.Statement(`delete from attachment where operation = $1 and seq = $2 and record is null`)
	sumKept     = db.Statement(`select cast(coalesce(sum(came_size), 0) as bigint) from attachment where operation = $1 and organisation = $2`)
	selectOld   = db.Statement(`select ` + columns + ` from attachment where operation = $1 and record is null and at < $2 order by at limit 200`)
	selectBlobs = db.Statement(`select seq, main_blob, small_blob, original_blob, record from attachment where operation = $1 and seq > $2 order by seq limit 1000`)

	insertUpload = db.Statement(`insert into upload (operation, ` + uploadColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`)
	selectUpload = db.Statement(`select ` + uploadColumns + ` from upload where operation = $1 and organisation = $2 and id = $3`)
	growUpload   = db.Statement(`update upload set arrived = arrived + $5, touched = $6 where operation = $1 and organisation = $2 and id = $3 and arrived = $4`)
	deleteUpload = db.Statement(`delete from upload where operation = $1 and organisation = $2 and id = $3`)
	sumUploads   = db.Statement(`select cast(coalesce(sum(size), 0) as bigint) from upload where operation = $1 and organisation = $2 and id <> $3`)
	oldUploads   = db.Statement(`select ` + uploadColumns + ` from upload where operation = $1 and touched < $2 order by touched limit 200`)

	insertPart  = db.Statement(`insert into upload_part (operation, organisation, id, start, length, blob) values ($1, $2, $3, $4, $5, $6)`)
	selectParts = db.Statement(`select blob from upload_part where operation = $1 and organisation = $2 and id = $3 order by start`)
	countParts  = db.Statement(`select count(*) from upload_part where operation = $1 and organisation = $2 and id = $3`)
	deleteParts = db.Statement(`delete from upload_part where operation = $1 and organisation = $2 and id = $3`)
	allParts    = db.Statement(`select blob from upload_part where operation = $1`)
)

func scan(row db.Scanner) (Attachment, error) {
	var a Attachment
	var id, mainBlob, smallBlob, original string
	err := row.Scan(&a.Seq, &id, &a.Organisation, &a.Author, db.Number(&a.Record), &a.Audience, &a.Place, &a.Name, &a.MediaType,
		&mainBlob, &a.Main.Size, &a.Main.SHA256, &a.Main.Width, &a.Main.Height,
		&smallBlob, &a.Thumbnail.Size, &a.Thumbnail.SHA256, &a.Thumbnail.Width, &a.Thumbnail.Height,
		&a.CameSize, &a.CameSHA256, &a.Scan, &a.Label, &a.BlackOut, db.Time(&a.At), &original)
	a.ID, a.Main.Blob, a.Thumbnail.Blob, a.Original = ID(id), blob.Name(mainBlob), blob.Name(smallBlob), blob.Name(original)
	return a, err
}

// args are the values of columns.
func (a Attachment) args() []any {
	return []any{a.Seq, string(a.ID), a.Organisation, a.Author, db.NullNumber(a.Record), a.Audience, a.Place, a.Name, a.MediaType,
		string(a.Main.Blob), a.Main.Size, a.Main.SHA256, a.Main.Width, a.Main.Height,
		string(a.Thumbnail.Blob), a.Thumbnail.Size, a.Thumbnail.SHA256, a.Thumbnail.Width, a.Thumbnail.Height,
		a.CameSize, a.CameSHA256, a.Scan, a.Label, a.BlackOut, a.At, string(a.Original)}
}

func insert(tx *db.Tx, operation int64, a Attachment) error {
	if _, err := tx.Exec(insertRow, append([]any{operation}, a.args()...)...); err != nil {
		return err
	}
	return likeness.Put(tx, operation, a.Seq, a.looks)
}

// kept is an upload under way as its row has it.
type kept struct {
	Upload
	organisation int64
	author       string
}

func scanUpload(row db.Scanner) (kept, error) {
	var k kept
	var id, black string
	var touched int64
	err := row.Scan(&k.organisation, &id, &k.author, &k.Name, &k.Size, &k.SHA256, &k.Label, &black, &k.Arrived, &touched)
	if err != nil {
		return k, err
	}
	k.ID = ID(id)
	k.BlackOut, err = ParseBlackOut(black)
	return k, err
}

func scanText(row db.Scanner) (string, error) {
	var s string
	err := row.Scan(&s)
	return s, err
}

// own is an upload of the actor's under way; Missing when there is none.
func own(tx *db.Tx, st operation.Standing, id ID) (kept, error) {
	k, err := db.One(tx, selectUpload, scanUpload, st.Operation.Number, st.Who.Organisation, string(id))
	if errors.Is(err, db.ErrNone) || err == nil && k.author != st.Who.Person {
		return k, fault.Missing()
	}
	return k, err
}

// loose is an attachment of the actor's that no record has; Missing otherwise.
func loose(tx *db.Tx, st operation.Standing, id ID) (Attachment, error) {
	a, err := db.One(tx, selectLoose, scan, st.Operation.Number, st.Who.Organisation, string(id), st.Who.Person)
	if errors.Is(err, db.ErrNone) {
		return a, fault.Missing()
	}
	return a, err
}

// used is how many bytes an organisation has in an operation, uploads under way
// included, but for one.
func used(tx *db.Tx, st operation.Standing, but ID) (int64, error) {
	stored, err := db.One(tx, sumKept, db.Int64, st.Operation.Number, st.Who.Organisation)
	if err != nil {
		return 0, err
	}
	coming, err := db.One(tx, sumUploads, db.Int64, st.Operation.Number, st.Who.Organisation, string(but))
	return stored + coming, err
}

// parts are the blobs of an upload under way, in their order.
func parts(tx *db.Tx, operation, organisation int64, id ID) ([]blob.Name, error) {
	all, err := db.All(tx, selectParts, scanText, operation, organisation, string(id))
	var out []blob.Name
	for _, s := range all {
		out = append(out, blob.Name(s))
	}
	return out, err
}

// drop takes the rows of an upload away.
func drop(tx *db.Tx, operation, organisation int64, id ID) error {
	_, err := tx.Exec(deleteParts, operation, organisation, string(id))
	if err != nil {
		return err
	}
	_, err = tx.Exec(deleteUpload, operation, organisation, string(id))
	return err
}
