package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// photoIn is what is said of an upload that a case will take.
type photoIn struct {
	Kind     string `json:"kind"` // photo, x-ray, document
	Caption  string `json:"caption"`
	Language string `json:"language,omitempty"` // of the caption, BCP 47
}

// photoOut is a photo, an X-ray or a document of a case; without an id, it was withdrawn.
type photoOut struct {
	attachmentOut
	photoIn
	OriginalSHA256 string `json:"original_sha256"` // of the bytes that came
	OriginalHeld   bool   `json:"original_held"`   // they are kept, too
	Withdrawn      bool   `json:"withdrawn,omitempty"`
}

func photosOut(all []seizure.Photo) []photoOut {
	out := []photoOut{}
	for _, p := range all {
		one := photoOut{photoIn: photoIn{p.Kind, p.Caption, p.Language}, Withdrawn: !p.Stands()}
		if f := p.File; f.ID != "" {
			one.attachmentOut, one.OriginalSHA256, one.OriginalHeld = attachmentsOut([]attachment.Attachment{f})[0], f.CameSHA256, f.OriginalHeld()
		}
		out = append(out, one)
	}
	return out
}

// putPhoto gives an upload of the caller's to a case of its organisation.
func (d *Door) putPhoto(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil || !source.ValidID(r.PathValue("file")) {
		return refused(http.StatusBadRequest, "fault.malformed-id")
	}
	var in photoIn
	if _, err = read(r, &in); err != nil {
		return err
	}
	_, s, _, err := d.Seizures.Find(r.Context(), c.who(), code(r), seizure.Name{ID: seizure.ID(id), Organisation: c.session.Organisation.ID})
	if err != nil {
		return err
	}
	made, err := d.Seizures.Attach(r.Context(), c.who(), code(r), s.Seq, []seizure.PhotoDraft{{ID: attachment.ID(r.PathValue("file")), Kind: in.Kind, Caption: in.Caption, Language: in.Language}})
	if err != nil {
		return err
	}
	out := photosOut(made)
	if len(out) == 0 {
		return refused(http.StatusNotFound, "fault.not-found")
	}
	return answer(w, http.StatusOK, out[0])
}
