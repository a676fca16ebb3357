package seizure

import (
	"encoding/json"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditPhotos = db.Statement(`select ` + photoColumns + ` from seizure_photo where operation = $1 order by attachment`)

// photoReplay follows an operation's journal and knows what should be said of the
// photos of cases.
type photoReplay struct {
	photos map[int64]Photo
	rows   journal.Rows
	erased map[int64]bool // entries about photos that have lost their content
}

// newPhotoReplay begins at an empty operation.
func newPhotoReplay() *photoReplay {
	return &photoReplay{photos: map[int64]Photo{}, erased: map[int64]bool{}, rows: journal.Rows{Table: "seizure_photo", Columns: photoColumns}}
}

// Take takes the next entry; false: it is about no photo.
func (r *photoReplay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.SeizureAttach:
		r.took(a, act)
	case access.SeizureDetach:
		r.struck(a, act)
	default:
		return false
	}
	return true
}

func (r *photoReplay) took(a *journal.Audit, act journal.Act) {
	var m attached
	if act.Erased {
		r.erased[act.Seq] = true
		return
	}
	if err := json.Unmarshal(act.After, &m); err != nil {
		a.Bad(act, err)
		return
	}
	for _, p := range m.Photos {
		p.Entry = act.Seq
		r.put(act.Seq, p)
	}
}

func (r *photoReplay) struck(a *journal.Audit, act journal.Act) {
	var m detached
	if act.Erased {
		r.erased[act.Seq] = true
		return
	}
	if err := json.Unmarshal(act.After, &m); err != nil {
		a.Bad(act, err)
		return
	}
	if p, ok := r.photos[m.Attachment]; ok && p.Stands() {
		p.Withdrawn = Struck{act.At, act.Seq, m.Reason}
		r.put(act.Seq, p)
	}
}

func (r *photoReplay) put(seq int64, p Photo) {
	r.photos[p.Attachment] = p
	r.rows.Put(seq, journal.Key(p.Attachment), p.args()...)
}

// Check holds the rows against the entries that made them.
func (r *photoReplay) Check(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, auditPhotos, db.Raw(9), a.Operation)
	if err != nil {
		return err
	}
	for _, row := range rows { // a case whose content was erased: the entries that said so of its photos went with it
		if r.erased[row.Number(2)] {
			r.rows.Unknown(journal.Key(row.Number(0)))
		}
	}
	r.rows.Check(a, rows, func(row db.Row) string { return journal.Key(row.Number(0)) })
	return nil
}
