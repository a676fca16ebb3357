package evidence

import (
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// subject is what an entry about a bundle of a case is about.
func subject(id seizure.ID) string { return "evidence/" + string(id) }

// file is all that stands about one case.
type file struct {
	standing operation.Standing
	of       seizure.Case
	from     organisation.Organisation
	versions []seizure.Version
	photos   []seizure.Photo
	entries  []journal.Entry // oldest first
}

// gather collects what stands about a case: its versions, its photos, and the
// entries that made them what they are. An id is its originator's own, so entries
// are found by what rows say made them, not by their subject alone.
func gather(tx *db.Tx, st operation.Standing, c seizure.Case) (f file, err error) {
	op := st.Operation.Number
	f = file{standing: st, of: c}
	if f.from, err = organisation.One(tx, c.Organisation); err != nil {
		return f, err
	}
	if f.versions, err = seizure.Versions(tx, op, c.Seq); err != nil {
		return f, err
	}
	readable, err := st.Readable(tx) // the case is its own: also what it withdrew as a draft
	if err != nil {
		return f, err
	}
	by, err := seizure.Photos(tx, op, readable, db.List{c.Seq})
	if err != nil {
		return f, err
	}
	f.photos = by[c.Seq]
	var seqs []int64
	for _, v := range f.versions {
		seqs = append(seqs, v.Seq)
	}
	for _, p := range f.photos {
		seqs = append(seqs, p.Attachment, p.Entry)
		if !p.Stands() {
			seqs = append(seqs, p.Withdrawn.Entry)
		}
		more, err := about(tx, op, "attachment/"+string(p.File.ID), access.AttachmentBlacken, c.Organisation)
		if err != nil {
			return f, err
		}
		seqs = append(seqs, more...)
	}
	bundles, err := about(tx, op, subject(c.ID), access.EvidenceBundle, c.Organisation)
	if err != nil {
		return f, err
	}
	seqs = append(seqs, bundles...)
	slices.Sort(seqs)
	for _, seq := range slices.Compact(seqs) {
		e, err := journal.One(tx, op, seq)
		if err != nil {
			return f, err
		}
		f.entries = append(f.entries, e)
	}
	return f, nil
}

// Erase gives the entries that say for what, and for whom, bundles of a case were
// made, for whoever erases the case's content. Of other records it knows nothing.
func Erase(tx *db.Tx, op int64, kind string, record int64) ([]int64, error) {
	if kind != reading.Case {
		return nil, nil
	}
	c, err := seizure.Numbered(tx, op, record)
	if err != nil {
		return nil, err
	}
	return about(tx, op, subject(c.ID), access.EvidenceBundle, c.Organisation)
}

// about gives the entries of one organisation with a verb about something that it
// has named itself.
func about(tx *db.Tx, op int64, subject string, verb access.Permission, organisation int64) ([]int64, error) {
	all, err := journal.List(tx, op, journal.Filter{Subject: subject, Verb: string(verb), Organisation: organisation, Limit: journal.AuditPage})
	var out []int64
	for _, e := range all {
		out = append(out, e.Seq)
	}
	return out, err
}

// strict are the labels under which what was told may go no further without
// consent: to those who were told, and to their own organisations.
var strict = []string{"RED", "AMBER+STRICT"}

// sourceOf is the label of another organisation's warning that a case answers, or
// answered in an earlier version, if consent is needed for what came of it.
func sourceOf(tx *db.Tx, f file) (string, error) {
	warnings := []int64{f.of.Warning}
	for _, v := range f.versions {
		warnings = append(warnings, v.Warning)
	}
	slices.Sort(warnings)
	for _, n := range slices.Compact(warnings) {
		if n == 0 {
			continue
		}
		m, err := message.Numbered(tx, f.standing.Operation.Number, n)
		if err != nil {
			return "", err
		}
		if m.Organisation != f.of.Organisation && slices.Contains(strict, m.TLP) {
			return m.TLP, nil
		}
	}
	return "", nil
}

// lineOf is an entry as a bundle holds it.
func lineOf(tx *db.Tx, e journal.Entry) (Line, error) {
	p, err := journal.Prove(tx, e)
	if err != nil {
		return Line{}, err
	}
	l := Line{Seq: e.Seq, At: e.At.UnixMicro(), Actor: e.Actor, Organisation: e.Organisation, Verb: e.Verb, Subject: e.Subject,
		Audience: e.Audience, Digest: e.Digest, Leaf: p.Leaf, Proof: p.Hashes}
	stored, err := journal.ContentOf(tx, e.Operation, e.Seq)
	switch {
	case errors.Is(err, db.ErrNone):
		l.Erased = true
	case err != nil:
		return l, err
	default:
		l.Salt, l.Content = stored.Salt, stored.Content
	}
	return l, nil
}

// photoOf is a photo as a manifest says it; the files are named after its place.
func photoOf(n int, p seizure.Photo) Photo {
	f := p.File
	out := Photo{Number: p.Attachment, ID: string(f.ID), Given: p.Entry, Kind: p.Kind, Caption: p.Caption, Language: p.Language,
		MediaType: f.MediaType, Size: f.Main.Size, SHA256: f.Main.SHA256, Width: f.Main.Width, Height: f.Main.Height, BlackedOut: f.BlackOut,
		Original: NotHeld, OriginalSize: f.CameSize, OriginalSHA256: f.CameSHA256}
	if !p.Stands() {
		out.Withdrawn, out.Reason = p.Withdrawn.Entry, p.Withdrawn.Reason
	}
	switch {
	case f.Main.Blob == "":
		out.Original = Gone
	case f.OriginalHeld() && f.IsPicture():
		out.Original, out.OriginalFile = Held, numbered("originals", n, ".bin")
		out.File = numbered("photos", n, f.Ending())
	case f.OriginalHeld(): // a document is kept as it came
		out.Original, out.File = Held, numbered("photos", n, f.Ending())
		out.OriginalFile = out.File
	default:
		out.File = numbered("photos", n, f.Ending())
	}
	return out
}

// blobsOf are the bytes of the files of a photo, by name.
func blobsOf(p Photo, f attachment.Attachment) map[string]attachment.Picture {
	out := map[string]attachment.Picture{}
	if p.File != "" {
		out[p.File] = f.Main
	}
	if p.OriginalFile != "" && p.OriginalFile != p.File {
		out[p.OriginalFile] = f.AsItCame()
	}
	return out
}
