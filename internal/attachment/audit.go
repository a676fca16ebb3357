package attachment

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditPage = db.Statement(`select ` + columns + ` from attachment where operation = $1 and seq >= $2 order by seq limit $3`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "attachment"},
			{Name: "original_rule"},
			{Name: "upload", Unsaid: "housekeeping: what has not arrived whole, and ends by itself",
				Stays: "what has not arrived whole is sent again", Unsaved: "what has not arrived whole is sent again"},
			{Name: "upload_part", Unsaid: "housekeeping: the pieces of it",
				Stays: "its pieces are not kept either", Unsaved: "its pieces are not kept either"},
		},
		Operation: newReplay,
	}
}

// given is to which record an entry gave an attachment.
type given struct{ record, audience, place int64 }

// Replay follows an operation's journal and knows what should have become of
// every attachment.
type Replay struct {
	given   map[int64]given
	redrawn map[int64]Attachment // as it was blacked out last
	kept    map[string][]int64   // by subject
	gone    map[int64]bool       // entries of records that have lost their content
	lost    map[string]bool      // by subject: an entry that changed it has lost its content
	ofCase  map[int64][]int64    // attachments of cases and product sheets, by number
	home    map[int64]bool       // withdrawn while their case was a draft: they stay where they were
	rules   journal.Rows
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{given: map[int64]given{}, redrawn: map[int64]Attachment{}, kept: map[string][]int64{},
		gone: map[int64]bool{}, lost: map[string]bool{}, ofCase: map[int64][]int64{}, home: map[int64]bool{},
		rules: journal.Rows{Table: "original_rule", Columns: ruleColumns}}
}

// Look notes what the entry of a record says of attachments.
func (r *Replay) Look(_ *journal.Audit, act journal.Act) {
	switch access.Permission(act.Verb) {
	case access.MessageSend, access.MessageAnswer, access.DocumentPublish, access.DocumentRevise, access.InquiryAsk, access.HolderApply, access.MandateGrant:
	case access.WarningForward:
		r.moved(act)
		return
	case access.SeizureAttach:
		r.caseTook(act)
		return
	case access.SeizureDetach:
		r.caseGaveUp(act)
		return
	case access.ProductSave, access.ProductPart:
		r.sheetTook(act)
		return
	case access.ProductPublish:
		r.sheetMoved(act)
		return
	case access.SeizureSave, access.SeizureReport, access.SeizureAmend, access.SeizureRelease, access.SeizureRecall, access.SeizureWithdraw, access.SeizureRelate:
		r.caseMoved(act)
		return
	default:
		return
	}
	if act.Erased {
		r.gone[act.Seq] = true
		return
	}
	var m struct{ Attachments []Ref }
	if json.Unmarshal(act.After, &m) != nil {
		return // who keeps the record says so
	}
	for i, ref := range m.Attachments {
		r.given[ref.Seq] = given{act.Seq, act.Audience, int64(i + 1)}
	}
}

// moved: a record that is sent on takes its attachments along.
func (r *Replay) moved(act journal.Act) {
	var to struct{ Message, Audience int64 }
	if act.Erased || json.Unmarshal(act.After, &to) != nil {
		return // who keeps the record says so
	}
	for seq, g := range r.given {
		if g.record == to.Message {
			g.audience = to.Audience
			r.given[seq] = g
		}
	}
}

// caseTook: a case takes more and more.
func (r *Replay) caseTook(act journal.Act) {
	var m struct {
		Seizure     int64
		Attachments []Ref
	}
	if act.Erased || json.Unmarshal(act.After, &m) != nil {
		return // that the case was erased says so, or who keeps it
	}
	for _, ref := range m.Attachments {
		r.ofCase[m.Seizure] = append(r.ofCase[m.Seizure], ref.Seq)
		r.given[ref.Seq] = given{m.Seizure, act.Audience, int64(len(r.ofCase[m.Seizure]))}
	}
}

// sheetTook: a product sheet takes more and more, for its holder's own side.
func (r *Replay) sheetTook(act journal.Act) {
	var m struct {
		Record      int64
		Attachments []Ref
	}
	if act.Erased || json.Unmarshal(act.After, &m) != nil {
		r.gone[act.Seq] = true
		return
	}
	if m.Record == 0 {
		m.Record = act.Seq
	}
	for _, ref := range m.Attachments {
		r.ofCase[m.Record] = append(r.ofCase[m.Record], ref.Seq)
		r.given[ref.Seq] = given{m.Record, act.Audience, int64(len(r.ofCase[m.Record]))}
	}
}

// sheetMoved: what a version shows its readers may open.
func (r *Replay) sheetMoved(act journal.Act) {
	var m struct{ Moved []int64 }
	if act.Erased || json.Unmarshal(act.After, &m) != nil {
		r.gone[act.Seq] = true
		return
	}
	for _, seq := range m.Moved {
		g := r.given[seq]
		g.audience = act.Audience
		r.given[seq] = g
	}
}

// caseGaveUp: who reads that tells whether its case was a draft.
func (r *Replay) caseGaveUp(act journal.Act) {
	var m struct{ Attachment int64 }
	if act.Erased || act.With["audience"] != audience.Own(act.Organisation).String() || json.Unmarshal(act.After, &m) != nil {
		return // that the case was erased says so, or who keeps it
	}
	r.home[m.Attachment] = true
}

// caseMoved: the attachments of a case are read by whoever reads it now.
func (r *Replay) caseMoved(act journal.Act) {
	if act.Erased {
		r.gone[act.Seq] = true // of the entry that made it: its number
		return
	}
	var c struct{ Seq int64 }
	if len(r.ofCase) == 0 || json.Unmarshal(act.After, &c) != nil {
		return
	}
	for _, seq := range r.ofCase[c.Seq] {
		if r.home[seq] {
			continue
		}
		g := r.given[seq]
		g.audience = act.Audience
		r.given[seq] = g
	}
}

// Take takes the next entry; false: it is about no attachment.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.AttachmentUpload:
		a.Owe(act.Seq, "attachment")
		r.kept[act.Subject] = append(r.kept[act.Subject], act.Seq)
	case access.AttachmentBlacken:
		r.blackened(a, act)
	case access.AttachmentDiscard:
		r.discarded(a, act)
	case access.AttachmentRetain:
		r.ruled(a, act)
	default:
		return false
	}
	return true
}

func (r *Replay) blackened(a *journal.Audit, act journal.Act) {
	var now Attachment
	if act.Erased {
		r.lost[act.Subject] = true
	} else if err := json.Unmarshal(act.After, &now); err != nil {
		a.Bad(act, err)
	} else {
		r.redrawn[now.Seq] = now
	}
}

// discarded settles what the entry that kept it owes.
func (r *Replay) discarded(a *journal.Audit, act journal.Act) {
	var was Attachment
	if !act.Erased {
		if err := json.Unmarshal(act.Before, &was); err != nil {
			a.Bad(act, err)
			return
		}
		a.Pay(was.Seq, "attachment")
		return
	}
	if seqs := r.kept[act.Subject]; len(seqs) == 1 {
		a.Pay(seqs[0], "attachment")
	}
}

// Check holds every attachment against the entries that made it what it is.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := r.auditRules(tx, a); err != nil {
		return err
	}
	for from := int64(math.MinInt64); ; {
		rows, err := db.All(tx, auditPage, db.Raw(26), a.Operation, from, journal.AuditPage)
		if err != nil {
			return err
		}
		var seqs []int64
		for _, row := range rows {
			seqs = append(seqs, row.Number(0))
		}
		acts, err := a.Acts(tx, seqs)
		if err != nil {
			return err
		}
		for _, row := range rows {
			a.Compared("attachment")
			if err := r.check(a, acts[row.Number(0)], row); err != nil {
				a.Bad(acts[row.Number(0)], err)
			}
		}
		if len(rows) < journal.AuditPage {
			return nil
		}
		from = seqs[len(seqs)-1] + 1
	}
}

// ofRecord are the places in columns of what the entry of a record decides.
var ofRecord = []int{4, 5, 6}

func (r *Replay) check(a *journal.Audit, act journal.Act, row db.Row) error {
	seq := row.Number(0)
	key := fmt.Sprint(seq)
	if !a.Pay(seq, "attachment") {
		a.Found(seq, "attachment", key, "invented: the entry kept no attachment")
		return nil
	}
	want := Attachment{Organisation: act.Organisation, Author: act.Actor, Audience: act.Audience, At: act.At}
	if !act.Erased {
		if err := json.Unmarshal(act.After, &want); err != nil {
			return err
		}
	}
	if now, ok := r.redrawn[seq]; ok {
		want = now
	}
	want.Seq = seq
	if g, ok := r.given[seq]; ok {
		want.Record, want.Audience, want.Place = g.record, g.audience, g.place
	}
	says := db.RowOf(want.args()...)
	if act.Erased || r.lost[act.Subject] { // the leaf still says who and when
		for i := range says {
			if i != 0 && i != 2 && i != 3 && i != 24 {
				says[i] = row[i]
			}
		}
	}
	if r.gone[row.Number(4)] {
		for _, i := range ofRecord {
			says[i] = row[i]
		}
	}
	if act.Subject != want.subject() && !act.Erased {
		says[1] = nil
	}
	wrong := row.Differs(says, columns)
	a.Differs(seq, "attachment", key, wrong)
	if a.Files != nil && len(wrong) == 0 {
		files(a, seq, row)
	}
	return nil
}

// files shows the files that a row names.
func files(a *journal.Audit, seq int64, row db.Row) {
	if n := row.Text(9); n != "" {
		a.Files(journal.File{Seq: seq, Blob: n, Size: row.Number(10), SHA256: row.Text(11)})
	}
	if n := row.Text(14); n != "" {
		a.Files(journal.File{Seq: seq, Blob: n, Size: row.Number(15), SHA256: row.Text(16)})
	}
	if n := row.Text(25); n != "" {
		a.Files(journal.File{Seq: seq, Blob: n, Size: row.Number(19), SHA256: row.Text(20)})
	}
}

// CheckBytes holds bytes against what their row says of them. An error says what
// is wrong, without any content.
func CheckBytes(v *blob.Vault, operation string, f journal.File) error {
	return (&Store{vault: v}).compare(operation, Picture{Blob: blob.Name(f.Blob), Size: f.Size, SHA256: f.SHA256})
}
