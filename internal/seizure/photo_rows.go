package seizure

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// follow gives what a case has the audience that the case has now, but for what
// was withdrawn while it was a draft: that never leaves its organisation.
func follow(tx *db.Tx, op int64, old, c Case) error {
	if old.Audience == c.Audience {
		return nil
	}
	all, err := db.All(tx, selectPhotos, scanPhoto, op, db.List{c.Seq})
	if err != nil {
		return err
	}
	var stay db.List
	for _, p := range all {
		if p.Stands() {
			continue
		}
		home, err := struckAtHome(tx, op, c, p)
		if err != nil {
			return err
		}
		if home {
			stay = append(stay, p.Attachment)
		}
	}
	return attachment.MoveBut(tx, op, c.Seq, c.Audience, stay)
}

// struckAtHome tells whether a photo was withdrawn while its case was a draft:
// then only its organisation reads the entry that says so.
func struckAtHome(tx *db.Tx, op int64, c Case, p Photo) (bool, error) {
	e, err := journal.One(tx, op, p.Withdrawn.Entry)
	if err != nil {
		return false, err
	}
	v, err := audience.Of(tx, op, e.Audience)
	return v.String() == audience.Own(c.Organisation).String(), err
}

// erasePhotos takes the words about a case's photos away for good, and gives the
// entries that hold them, too. The bytes are erased with their attachments.
func erasePhotos(tx *db.Tx, op, seq int64) ([]int64, error) {
	all, err := db.All(tx, selectPhotos, scanPhoto, op, db.List{seq})
	if err != nil {
		return nil, err
	}
	var entries []int64
	for _, p := range all {
		for _, e := range []int64{p.Entry, p.Withdrawn.Entry} {
			if e != 0 && !slices.Contains(entries, e) {
				entries = append(entries, e)
			}
		}
	}
	_, err = tx.Exec(erasePhotoWords, op, seq)
	return entries, err
}

// PhotoWithheld tells whether an attachment of a case was withdrawn, and is not the
// reader's any more: its own organisation and coordination keep it. is tells
// whether the attachment is a case's at all.
func PhotoWithheld(tx *db.Tx, st operation.Standing, a attachment.Attachment) (withheld, is bool, err error) {
	all, err := db.All(tx, selectPhoto, scanPhoto, st.Operation.Number, a.Seq)
	if err != nil || len(all) == 0 {
		return false, false, err
	}
	return !all[0].Stands() && !opensStruck(st, a.Organisation), true, nil
}

func opensStruck(st operation.Standing, originator int64) bool {
	return originator == st.Who.Organisation || st.Side() == access.Coordination
}

// StruckOf gives those of some attachments that were photos of cases and were
// withdrawn.
func StruckOf(tx *db.Tx, op int64, attachments db.List) ([]int64, error) {
	if len(attachments) == 0 {
		return nil, nil
	}
	return db.All(tx, selectStruck, db.Int64, op, attachments)
}

// IsPhoto tells whether an attachment is a case's.
func IsPhoto(tx *db.Tx, op, attachment int64) (bool, error) {
	all, err := db.All(tx, selectPhoto, scanPhoto, op, attachment)
	return len(all) > 0, err
}

// Versions gives all versions of a case, whoever may read them: for who decides
// about it.
func Versions(tx *db.Tx, op, seq int64) ([]Version, error) {
	return db.All(tx, selectVersions, scanVersion, op, seq)
}

// Photos gives what cases have that some audiences may read, in their order, by
// case: whole, for who decides about it.
func Photos(tx *db.Tx, op int64, readable, cases db.List) (map[int64][]Photo, error) {
	return photosOf(tx, op, readable, cases)
}

// WithPhotos puts beside cases what a reader may have of their photos.
func WithPhotos(tx *db.Tx, st operation.Standing, cases []Case) error {
	var numbers db.List
	for _, c := range cases {
		numbers = append(numbers, c.Seq)
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return err
	}
	by, err := photosOf(tx, st.Operation.Number, readable, numbers)
	for _, list := range by {
		for i, p := range list {
			if p.File.Main.Blob == "" { // erased
				list[i].File = attachment.Attachment{}
			}
			if !p.Stands() && !opensStruck(st, p.File.Organisation) {
				list[i].File, list[i].Caption, list[i].Withdrawn.Reason = attachment.Attachment{}, "", ""
			}
		}
	}
	for i, c := range cases {
		cases[i].Photos = by[c.Seq]
	}
	return err
}

// ownPhotos are all that a case of the actor's organisation has, also what was
// withdrawn while it was a draft.
func ownPhotos(tx *db.Tx, st operation.Standing, c Case) ([]Photo, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	all, err := photosOf(tx, st.Operation.Number, readable, db.List{c.Seq})
	return all[c.Seq], err
}

// photosBeside is WithPhotos for a case that a command has found or changed.
func photosBeside(tx *db.Tx, st operation.Standing, c *Case) error {
	if c.Seq == 0 || c.Version == 1 && c.Seq > st.AsOf { // none, or new: it has no photos yet
		return nil
	}
	one := []Case{*c}
	err := WithPhotos(tx, st, one)
	*c = one[0]
	return err
}

func photosOf(tx *db.Tx, op int64, readable, cases db.List) (map[int64][]Photo, error) {
	out := map[int64][]Photo{}
	if len(cases) == 0 {
		return out, nil
	}
	files, err := attachment.Of(tx, op, readable, cases)
	if err != nil || len(files) == 0 {
		return out, err
	}
	words, err := db.All(tx, selectPhotos, scanPhoto, op, cases)
	if err != nil {
		return nil, err
	}
	by := map[int64]Photo{}
	for _, p := range words {
		by[p.Attachment] = p
	}
	for seq, list := range files {
		for _, f := range list {
			if p, ok := by[f.Seq]; ok {
				p.File = f
				out[seq] = append(out[seq], p)
			}
		}
	}
	return out, nil
}

const photoColumns = `attachment, seizure, entry, kind, caption, language, withdrawn, withdrawn_entry, withdrawn_reason`

var (
	insertPhoto  = db.Statement(`insert into seizure_photo (operation, ` + photoColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`)
	selectPhotos = db.Statement(`select ` + photoColumns + ` from seizure_photo where operation = $1 and seizure {in $2} order by seizure, attachment`)
	selectPhoto  = db.Statement(`select ` + photoColumns + ` from seizure_photo where operation = $1 and attachment = $2`)
	selectStruck = db.Statement(`select attachment from seizure_photo where operation = $1 and attachment {in $2} and withdrawn is not null order by attachment`)
	strikePhoto  = db.Statement(`update seizure_photo set withdrawn = $3, withdrawn_entry = $4, withdrawn_reason = $5
		where operation = $1 and attachment = $2 and withdrawn is null`)
	erasePhotoWords = db.Statement(`update seizure_photo set caption = '', withdrawn_reason = '' where operation = $1 and seizure = $2`)
)

func scanPhoto(row db.Scanner) (Photo, error) {
	var p Photo
	err := row.Scan(&p.Attachment, &p.Seizure, &p.Entry, &p.Kind, &p.Caption, &p.Language,
		db.Time(&p.Withdrawn.At), &p.Withdrawn.Entry, &p.Withdrawn.Reason)
	return p, err
}

// args are the values of photoColumns.
func (p Photo) args() []any {
	return []any{p.Attachment, p.Seizure, p.Entry, p.Kind, p.Caption, p.Language, db.Null(p.Withdrawn.At), p.Withdrawn.Entry, p.Withdrawn.Reason}
}
