package api

import (
	"crypto/sha1" //nolint:gosec // tus 1.0 demands it of every server; it guards against bad lines, not people
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"hash"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The protocol of uploads: tus 1.0.0 with creation, checksum and termination
// (https://tus.io/protocols/resumable-upload).
const (
	tusVersion    = "1.0.0"
	tusExtensions = "creation,checksum,termination"
	tusChecksums  = "sha1,sha256"
	tusMismatch   = 460
	pieceType     = "application/offset+octet-stream"
	pieceBody     = 1 << 30 // what one piece may hold is bounded by what its upload said
	maxMetadata   = 8 << 10
)

// attachmentOut is an attachment of a record.
type attachmentOut struct {
	ID        attachment.ID `json:"id"`
	Name      string        `json:"name"`
	MediaType string        `json:"media_type"` // by its content
	Size      int64         `json:"size"`
	SHA256    string        `json:"sha256"`
	Width     int64         `json:"width,omitempty"` // pixels, of a picture
	Height    int64         `json:"height,omitempty"`
	Scan      string        `json:"scan"` // clean, unscanned
}

func attachmentsOut(all []attachment.Attachment) []attachmentOut {
	var out []attachmentOut
	for _, a := range all {
		out = append(out, attachmentOut{a.ID, a.FileName(), a.MediaType, a.Main.Size, a.Main.SHA256, a.Main.Width, a.Main.Height, a.Scan})
	}
	return out
}

func (d *Door) getAttachment(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	door.Slowly(w, source.Real().Now())
	o, err := d.Attachments.Open(r.Context(), c.who(), code(r),
		attachment.Name{ID: attachment.ID(id), Organisation: organisation.ID(q.Get("organisation"))}, attachment.Variant(q.Get("variant")))
	if err != nil {
		return err
	}
	return door.File(w, o)
}

// speaking has a handler answer only those who speak the protocol's version.
func speaking(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request, c *call) error {
		w.Header().Set("Tus-Resumable", tusVersion)
		if r.Header.Get("Tus-Resumable") != tusVersion {
			w.Header().Set("Tus-Version", tusVersion)
			return refused(http.StatusPreconditionFailed, "api.tus-version")
		}
		return h(w, r, c)
	}
}

func (d *Door) uploadOptions(w http.ResponseWriter, _ *http.Request, _ *call) error {
	h := w.Header()
	h.Set("Tus-Resumable", tusVersion)
	h.Set("Tus-Version", tusVersion)
	h.Set("Tus-Extension", tusExtensions)
	h.Set("Tus-Checksum-Algorithm", tusChecksums)
	h.Set("Tus-Max-Size", strconv.FormatInt(d.Attachments.Limits.File, 10))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (d *Door) beginUpload(w http.ResponseWriter, r *http.Request, c *call) error {
	size, ok := wholeHeader(r, "Upload-Length")
	if !ok {
		return refused(http.StatusBadRequest, "api.upload-length")
	}
	draft, err := readMetadata(r.Header.Get("Upload-Metadata"))
	if err != nil {
		return err
	}
	draft.Size = size
	if draft.ID == "" {
		draft.ID = attachment.ID(source.Real().ID())
	}
	u, err := d.Attachments.Begin(r.Context(), c.who(), code(r), draft)
	if err != nil {
		return err
	}
	w.Header().Set("Location", Prefix+"operations/"+string(code(r))+"/uploads/"+string(draft.ID))
	w.Header().Set("Upload-Offset", strconv.FormatInt(u.Arrived, 10))
	w.WriteHeader(http.StatusCreated)
	return nil
}

func (d *Door) uploadProgress(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	u, err := d.Attachments.Progress(r.Context(), c.who(), code(r), attachment.ID(id))
	if err != nil {
		return err
	}
	w.Header().Set("Upload-Offset", strconv.FormatInt(u.Arrived, 10))
	w.Header().Set("Upload-Length", strconv.FormatInt(u.Size, 10))
	w.WriteHeader(http.StatusOK)
	return nil
}

func (d *Door) appendUpload(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	piece, err := readPiece(r)
	if err != nil {
		return err
	}
	door.Slowly(w, source.Real().Now())
	u, err := d.Attachments.Append(r.Context(), c.who(), code(r), attachment.ID(id), piece)
	if errors.Is(err, attachment.ErrChecksum) {
		return refused(tusMismatch, "api.upload-checksum-other")
	}
	if err != nil {
		return err
	}
	w.Header().Set("Upload-Offset", strconv.FormatInt(u.Arrived, 10))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// readPiece reads what the heads of a request say of the piece in its body.
func readPiece(r *http.Request) (p attachment.Piece, err error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != pieceType {
		return p, refused(http.StatusUnsupportedMediaType, "api.upload-type")
	}
	p.Body = r.Body
	var ok bool
	if p.Offset, ok = wholeHeader(r, "Upload-Offset"); !ok {
		return p, refused(http.StatusBadRequest, "api.upload-offset")
	}
	p.Sum, p.Want, err = readChecksum(r.Header.Get("Upload-Checksum"))
	return p, err
}

func (d *Door) discardUpload(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	if err := d.Attachments.Discard(r.Context(), c.who(), code(r), attachment.ID(id)); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// wholeHeader reads a header that is a whole number and not negative.
func wholeHeader(r *http.Request, name string) (int64, bool) {
	v := r.Header.Values(name)
	if len(v) != 1 {
		return 0, false
	}
	n, err := strconv.ParseInt(v[0], 10, 64)
	return n, err == nil && n >= 0 && v[0] == strconv.FormatInt(n, 10)
}

// readMetadata reads Upload-Metadata: pairs of a key and a value in Base64, with
// commas between them. Keys: id, filename, sha256, label (true), blackout. What
// clients say beside these is not looked at.
func readMetadata(text string) (attachment.Draft, error) {
	var d attachment.Draft
	bad := refused(http.StatusBadRequest, "api.upload-metadata")
	if len(text) > maxMetadata {
		return d, bad
	}
	var seen []string
	for pair := range strings.SplitSeq(text, ",") {
		key, coded, _ := strings.Cut(strings.TrimSpace(pair), " ")
		value, err := base64.StdEncoding.DecodeString(coded)
		if key == "" && text == "" {
			break
		}
		if err != nil || key == "" || slices.Contains(seen, key) {
			return d, bad
		}
		seen = append(seen, key)
		switch key {
		case "id":
			d.ID = attachment.ID(value)
		case "filename":
			d.Name = string(value)
		case "sha256":
			d.SHA256 = string(value)
		case "label":
			d.Label = string(value) == "true"
		case "blackout":
			if d.BlackOut, err = attachment.ParseBlackOut(string(value)); err != nil {
				return d, err
			}
		}
	}
	return d, nil
}

// readChecksum reads Upload-Checksum: an algorithm and a digest in Base64.
func readChecksum(text string) (hash.Hash, []byte, error) {
	if text == "" {
		return nil, nil, nil
	}
	name, coded, _ := strings.Cut(text, " ")
	want, err := base64.StdEncoding.DecodeString(coded)
	var h hash.Hash
	switch name {
	case "sha1":
		h = sha1.New() //nolint:gosec // see the import
	case "sha256":
		h = sha256.New()
	}
	if err != nil || h == nil || len(want) != h.Size() {
		return nil, nil, refused(http.StatusBadRequest, "api.upload-checksum")
	}
	return h, want, nil
}
