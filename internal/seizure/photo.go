package seizure

import (
	"context"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// The kinds of what is attached to a case; labels under photopage.is.
const (
	PhotoKind    = "photo"
	XRayKind     = "x-ray"
	DocumentKind = "document"
)

// PhotoKinds lists them.
func PhotoKinds() []string { return []string{PhotoKind, XRayKind, DocumentKind} }

// maxCaption is the longest caption, in characters.
const maxCaption = 300

// PhotoDraft is what is said of one attachment that a case will take.
type PhotoDraft struct {
	ID       attachment.ID `json:"id"`
	Kind     string        `json:"kind,omitempty"` // one of PhotoKinds; empty: by what the file is
	Caption  string        `json:"caption,omitempty"`
	Language string        `json:"language,omitempty"` // of the caption
}

// Photo is a photo, an X-ray or a document of a case.
type Photo struct {
	Attachment int64 // its number
	Seizure    int64 // number of the case
	Entry      int64 // the journal index that gave it to the case
	Kind       string
	Caption    string
	Language   string
	Withdrawn  Struck

	File attachment.Attachment `json:"-"` // zero: erased, or withdrawn and not this reader’s
}

// Struck says that a photo was withdrawn; it stays, and is shown as withdrawn.
type Struck struct {
	At     time.Time
	Entry  int64
	Reason string
}

// Stands tells whether it was not withdrawn.
func (p Photo) Stands() bool { return p.Withdrawn.At.IsZero() }

// attached is what the entry says of photos that a case has taken.
type attached struct {
	Seizure     int64 // number of the case
	Photos      []Photo
	Attachments []attachment.Ref
}

// detached is what the entry says of a photo that was withdrawn.
type detached struct {
	Seizure    int64
	Attachment int64
	ID         attachment.ID
	SHA256     string
	Reason     string
}

// Attach gives to a case of the actor's organisation what the actor has uploaded:
// at most attachment.MaxOfRecord in all, those that were withdrawn included. Text
// first, photos later: a draft, a report and a released case take them. Where the
// contact point decides what leaves the administration, an officer's photos take a
// released case back to wait for release, as an amendment does. The same again
// changes nothing.
func (s *Store) Attach(ctx context.Context, who access.Actor, code operation.Code, seq int64, drafts []PhotoDraft) ([]Photo, error) {
	c, err := s.write(ctx, who, code, access.SeizureAttach, func(tx *db.Tx, st operation.Standing) (Case, error) {
		c, err := ownCase(tx, st, seq)
		if err != nil {
			return c, err
		}
		return s.attach(tx, st, c, drafts)
	})
	if err != nil {
		return nil, err
	}
	made, all := repeated(c.Photos, drafts)
	if !all {
		return nil, fault.In(access.SeizureAttach, fault.Missing())
	}
	return made, nil
}

// ownCase gives a case of the actor's organisation, by its number.
func ownCase(tx *db.Tx, st operation.Standing, seq int64) (Case, error) {
	c, err := readable(tx, st, seq)
	if err == nil && c.Organisation != st.Who.Organisation {
		return Case{}, fault.Missing()
	}
	return c, err
}

func (s *Store) attach(tx *db.Tx, st operation.Standing, c Case, drafts []PhotoDraft) (Case, error) {
	op := st.Operation.Number
	has, err := ownPhotos(tx, st, c)
	if err != nil {
		return c, err
	}
	if c.Redacted != "" { // before all else: what it had is nobody's any more
		return c, fault.Of(fault.Conflict, "seizure.was-redacted")
	}
	if _, all := repeated(has, drafts); all {
		return c, db.Unchanged
	}
	switch {
	case c.State == Withdrawn:
		return c, fault.Of(fault.Conflict, "seizure.cannot-attach")
	case len(has)+len(drafts) > attachment.MaxOfRecord:
		return c, fault.At("attachments", "seizure.photos-full", fault.Args{"max": int64(attachment.MaxOfRecord), "has": int64(len(has))})
	}
	photos, refs, err := readyPhotos(tx, st, c, drafts)
	if err != nil {
		return c, err
	}
	if state := stateFor(st); c.State == Released && state == Reported {
		next := c
		next.State, next.ReleaseDue = state, dueFor(st, state)
		if c, err = s.store(tx, st, access.SeizureAmend, &c, next, "-"); err != nil {
			return c, err
		}
	}
	e, err := s.journal.Record(tx, st.Entry(access.SeizureAttach, "seizure/"+string(c.ID), c.Audience),
		journal.Content{After: attached{c.Seq, photos, refs}, With: with(c, "")})
	if err != nil {
		return c, err
	}
	c.Entry = e
	for i := range photos {
		photos[i].Entry = e.Seq
		if _, err := tx.Exec(insertPhoto, append([]any{op}, photos[i].args()...)...); err != nil {
			return c, err
		}
	}
	return c, attachment.AttachAfter(tx, st, refs, c.Seq, c.Audience, int64(len(has)))
}

// repeated finds photos that a case has already, if it has all of them.
func repeated(has []Photo, drafts []PhotoDraft) ([]Photo, bool) {
	var out []Photo
	for _, d := range drafts {
		i := slices.IndexFunc(has, func(p Photo) bool { return p.File.ID == d.ID })
		if i < 0 {
			return nil, false
		}
		out = append(out, has[i])
	}
	return out, len(out) > 0
}

// readyPhotos are the photos as their entry will say them; refused by field.
func readyPhotos(tx *db.Tx, st operation.Standing, c Case, drafts []PhotoDraft) ([]Photo, []attachment.Ref, error) {
	if len(drafts) == 0 {
		return nil, nil, fault.At("attachments", "seizure.photos-none")
	}
	var p fault.Problems
	ids := make([]attachment.ID, len(drafts))
	for i, d := range drafts {
		ids[i] = d.ID
		drafts[i] = d.clean(&p)
	}
	refs, err := attachment.Ready(tx, st, ids)
	if err != nil {
		return nil, nil, err
	}
	if err := p.Fault(); err != nil {
		return nil, nil, err
	}
	photos := make([]Photo, len(drafts))
	for i, d := range drafts {
		photos[i] = Photo{Attachment: refs[i].Seq, Seizure: c.Seq, Kind: d.Kind, Caption: d.Caption, Language: d.Language}
		if photos[i].Language == "" && d.Caption != "" {
			photos[i].Language = c.Language
		}
	}
	return photos, refs, nil
}

// clean gives the draft as it is kept. Paths are caption-ID and kind-ID.
func (d PhotoDraft) clean(p *fault.Problems) PhotoDraft {
	id := string(d.ID)
	if d.Kind == "" {
		d.Kind = PhotoKind
	}
	if !slices.Contains(PhotoKinds(), d.Kind) {
		p.Add("kind-"+id, "seizure.photo-kind")
	}
	caption, err := i18n.CleanText(d.Caption)
	switch {
	case err != nil:
		p.Add("caption-"+id, "fault.control-character")
	case len([]rune(caption)) > maxCaption:
		p.Add("caption-"+id, "fault.too-long", fault.Args{"max": int64(maxCaption)})
	}
	d.Caption = caption
	return d
}

// Detach marks a photo of the actor's organisation's case as withdrawn, with a
// reason. It stays where it is: its own organisation and coordination still open
// it, others see that it was there. The same again changes nothing.
func (s *Store) Detach(ctx context.Context, who access.Actor, code operation.Code, seq, photo int64, reason string) error {
	wrong := checkReason(reason)
	_, err := s.write(ctx, who, code, access.SeizureDetach, func(tx *db.Tx, st operation.Standing) (Case, error) {
		c, err := ownCase(tx, st, seq)
		if err != nil {
			return c, err
		}
		all, err := ownPhotos(tx, st, c)
		if err != nil {
			return c, err
		}
		i := slices.IndexFunc(all, func(p Photo) bool { return p.Attachment == photo })
		switch {
		case i < 0:
			return c, fault.Missing()
		case wrong != nil:
			return c, wrong
		case c.Redacted != "":
			return c, fault.Of(fault.Conflict, "seizure.was-redacted")
		case !all[i].Stands():
			return c, db.Unchanged
		}
		return c, s.detach(tx, st, c, all[i], reason)
	})
	return err
}

func (s *Store) detach(tx *db.Tx, st operation.Standing, c Case, p Photo, reason string) error {
	text, err := i18n.CleanText(reason)
	if err != nil {
		return fault.At("reason", "fault.control-character")
	}
	value := audienceIn(Reported, c.Organisation) // why is not for the others
	if c.State == Saved {
		value = audience.Own(c.Organisation)
	}
	aud, err := audience.Intern(tx, st.Operation.Number, value)
	if err != nil {
		return err
	}
	e, err := s.journal.Record(tx, st.Entry(access.SeizureDetach, "attachment/"+string(p.File.ID), aud), journal.Content{
		After: detached{c.Seq, p.Attachment, p.File.ID, p.File.Main.SHA256, text}, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return err
	}
	if _, err = tx.Exec(strikePhoto, st.Operation.Number, p.Attachment, st.Now, e.Seq, text); err != nil {
		return err
	}
	return attachment.Unlike(tx, st.Operation.Number, p.Attachment)
}
