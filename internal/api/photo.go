package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// photoIn is what is said of an upload that a case will take.
type photoIn struct {
	Kind     string `json:"kind,omitempty"` // photo, x-ray, document
	Caption  string `json:"caption,omitempty"`
	Language string `json:"language,omitempty"` // of the caption, BCP 47
}

// photoOut is a photo, an X-ray or a document of a case.
type photoOut struct {
	ID             attachment.ID `json:"id,omitempty"` // its bytes: attachments/{id}; left out where it was withdrawn from the reader
	Kind           string        `json:"kind"`
	Caption        string        `json:"caption"`
	Language       string        `json:"language,omitempty"`
	Name           string        `json:"name,omitempty"`
	MediaType      string        `json:"media_type,omitempty"` // by its content
	Size           int64         `json:"size"`                 // of what is kept
	SHA256         string        `json:"sha256"`
	Width          int64         `json:"width,omitempty"` // pixels, of a picture
	Height         int64         `json:"height,omitempty"`
	OriginalSHA256 string        `json:"original_sha256"` // of the bytes that came
	OriginalSize   int64         `json:"original_size"`
	OriginalHeld   bool          `json:"original_held"` // they are kept, too
	Withdrawn      bool          `json:"withdrawn,omitempty"`
	Reason         string        `json:"reason,omitempty"` // why it was withdrawn
}

func photosOut(all []seizure.Photo) []photoOut {
	out := []photoOut{}
	for _, p := range all {
		out = append(out, outOfPhoto(p))
	}
	return out
}

func outOfPhoto(p seizure.Photo) photoOut {
	f := p.File
	out := photoOut{ID: f.ID, Kind: p.Kind, Caption: p.Caption, Language: p.Language, Withdrawn: !p.Stands(), Reason: p.Withdrawn.Reason}
	if f.ID == "" {
		return out
	}
	out.Name, out.MediaType, out.Size, out.SHA256, out.Width, out.Height = f.FileName(), f.MediaType, f.Main.Size, f.Main.SHA256, f.Main.Width, f.Main.Height
	out.OriginalSHA256, out.OriginalSize, out.OriginalHeld = f.CameSHA256, f.CameSize, f.OriginalHeld()
	return out
}

// photosOf are those of a case of the caller's organisation, which a command does
// not look at.
func (d *Door) photosOf(r *http.Request, c *call, of seizure.Case) ([]seizure.Photo, error) {
	_, s, _, err := d.Seizures.Find(r.Context(), c.who(), code(r), seizure.Name{ID: of.ID, Organisation: c.session.Organisation.ID})
	return s.Photos, err
}

// putPhoto gives an upload of the caller's to a case of the caller's organisation;
// the same again is the same answer.
func (d *Door) putPhoto(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	file := r.PathValue("file")
	if !source.ValidID(file) {
		return refused(http.StatusBadRequest, "fault.malformed-id")
	}
	var in photoIn
	if _, err := read(r, &in); err != nil {
		return err
	}
	_, s, _, err := d.Seizures.Find(r.Context(), c.who(), code(r), seizure.Name{ID: seizure.ID(id), Organisation: c.session.Organisation.ID})
	if err != nil {
		return err
	}
	draft := seizure.PhotoDraft{ID: attachment.ID(file), Kind: in.Kind, Caption: in.Caption, Language: in.Language}
	if _, err := d.Seizures.Attach(r.Context(), c.who(), code(r), s.Seq, []seizure.PhotoDraft{draft}); err != nil {
		return err
	}
	return d.photoOf(w, r, c, seizure.Name{ID: s.ID, Organisation: c.session.Organisation.ID}, draft.ID)
}

// photoOf answers with a photo as it stands.
func (d *Door) photoOf(w http.ResponseWriter, r *http.Request, c *call, n seizure.Name, id attachment.ID) error {
	_, s, _, err := d.Seizures.Find(r.Context(), c.who(), code(r), n)
	if err != nil {
		return err
	}
	for _, p := range s.Photos {
		if p.File.ID == id {
			return answer(w, http.StatusOK, outOfPhoto(p))
		}
	}
	return fault.Missing()
}
