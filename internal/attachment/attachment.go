package attachment

import (
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/likeness"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/picture"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// ID is an attachment's UUID, made by whoever sends it; unique for its originator.
type ID string

// MaxOfRecord is how many attachments one record takes.
const MaxOfRecord = 40

// Limits of what is kept, in bytes. All are counted as they came.
type Limits struct {
	File         int64 // one file
	Organisation int64 // all of one organisation in one operation, uploads under way included
}

// Usual are the limits of an instance that sets none.
var Usual = Limits{File: 25 << 20, Organisation: 4 << 30}

// maxName is what is kept of a file's name, in characters.
const maxName = 120

// BlackOut is what of a picture must not be seen, Rectangle a part of it.
type (
	BlackOut  = picture.BlackOut
	Rectangle = picture.Rectangle
)

// ParseBlackOut reads what BlackOut.String wrote. Its errors are Invalid.
func ParseBlackOut(text string) (BlackOut, error) { return picture.ParseBlackOut(text) }

// Accepted is what a form offers to choose.
func Accepted() string { return picture.Accepted() }

// What a scanner said of a file.
const (
	Clean     = "clean"
	Unscanned = "unscanned" // there is no scanner, or it could not tell
)

// Draft begins an upload.
type Draft struct {
	ID     ID
	Name   string // as the file was called; not trusted
	Size   int64  // bytes that will come
	SHA256 string // of them, hexadecimal; empty: not said
	// Label keeps more of a picture: a serial number or the print of a label must
	// stay readable.
	Label    bool
	BlackOut BlackOut // of a picture: taken away before anything is kept
}

// clean gives the draft as it is kept, and what is wrong with it. Paths are id,
// name, size, sha256.
func (d Draft) clean(most Limits) (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	d.Name = cleanName(d.Name)
	if d.SHA256 != "" && !isDigest(d.SHA256) {
		p.Add("sha256", "attachment.digest")
	}
	if d.Size < 1 {
		p.Add("size", "attachment.empty")
	}
	if err := p.Fault(); err != nil {
		return d, err
	}
	if d.Size > most.File {
		return d, tooLarge(most)
	}
	return d, nil
}

func tooLarge(most Limits) error {
	return fault.Of(fault.TooLarge, "attachment.too-large", fault.Args{"max": most.File >> 20})
}

func isDigest(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// cleanName keeps of a file's name what can be shown on a line and saved on any
// disk. What cannot be kept at all has no name.
func cleanName(s string) string {
	s = strings.ToValidUTF8(s, "")
	if at := strings.LastIndexAny(s, `/\`); at >= 0 {
		s = s[at+1:]
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, s)
	s = strings.Trim(s, ". ")
	for utf8.RuneCountInString(s) > maxName { // the end says what it is
		_, n := utf8.DecodeRuneInString(s)
		s = s[n:]
	}
	s, err := i18n.CleanName(s)
	if err != nil {
		return ""
	}
	return s
}

// Picture is one form in which bytes are kept.
type Picture struct {
	Blob   blob.Name
	Size   int64
	SHA256 string // hexadecimal
	Width  int64  // pixels; 0 of a document
	Height int64
}

// Attachment is what is kept of one file. Everything but Record, Audience and
// Place is as the journal's entry says it.
type Attachment struct {
	Seq          int64 `json:",omitempty"` // the journal index that kept it
	ID           ID
	Organisation int64
	Author       string // person's UUID
	Record       int64  `json:",omitempty"` // number of the record that has it; 0: none yet
	Audience     int64  // number of the audience: who may read it
	Place        int64  `json:",omitempty"` // among those of its record, from 1
	Name         string
	MediaType    string  // by its content
	Main         Picture // the document as it came, or the picture as it was written anew
	Thumbnail    Picture `json:",omitzero"` // of a picture
	CameSize     int64   // of the bytes that came
	CameSHA256   string
	Original     blob.Name `json:",omitempty"` // the bytes that came, of a picture; empty: not kept
	Scan         string    // Clean or Unscanned
	Label        bool      `json:",omitempty"`
	BlackOut     string    `json:",omitempty"` // what was blacked out last, as BlackOut.String
	At           time.Time

	looks likeness.Bits // of a picture that was just written
}

// IsPicture tells a picture from a document.
func (a Attachment) IsPicture() bool { return a.Main.Width > 0 }

// OriginalHeld tells whether the bytes that came are there: of a document they are
// what is kept, of a picture where the operation keeps originals.
func (a Attachment) OriginalHeld() bool {
	return a.Original != "" || !a.IsPicture() && a.Main.Blob != ""
}

// AsItCame are those bytes.
func (a Attachment) AsItCame() Picture {
	if !a.IsPicture() {
		return a.Main
	}
	return Picture{Blob: a.Original, Size: a.CameSize, SHA256: a.CameSHA256}
}

// Ending is how the name of the file that is kept ends, such as ".jpg".
func (a Attachment) Ending() string { return picture.Ending(a.MediaType) }

// blobs are all bytes of an attachment.
func (a Attachment) blobs() []blob.Name {
	return []blob.Name{a.Main.Blob, a.Thumbnail.Blob, a.Original}
}

// FileName is a name to save it under, which ends as what it is.
func (a Attachment) FileName() string {
	ending := picture.Ending(a.MediaType)
	name := a.Name
	if name == "" {
		name = "attachment"
	}
	if a.IsPicture() { // whatever it was, it is a JPEG now
		name = strings.TrimSuffix(name, path.Ext(name))
		if name == "" {
			name = "picture"
		}
		return name + ending
	}
	if strings.EqualFold(path.Ext(name), ending) {
		return name
	}
	return name + ending
}

// Ref is what a record's own entry in the journal says of an attachment.
type Ref struct {
	Seq    int64 // of the attachment
	ID     ID
	SHA256 string // of its Main
}

// Upload is how far an upload has come.
type Upload struct {
	Draft
	Arrived int64      // bytes
	Done    bool       // it was finished
	Made    Attachment // of what was finished
}

// Name says which attachment is meant: by its number, or by the id that its
// originator gave it.
type Name struct {
	Seq          int64
	ID           ID
	Organisation organisation.ID // with ID; empty: one's own, or the only one
}

// Variant is a form in which an attachment can be opened.
type Variant string

// The variants.
const (
	Whole Variant = ""          // the document, or the picture
	Small Variant = "thumbnail" // of a picture
	Mid   Variant = "preview"   // of a picture: 600 pixels, 45 KB, for comparing
	// Came is the file as it came, where it is kept: for its own organisation only.
	Came Variant = "original"
)
