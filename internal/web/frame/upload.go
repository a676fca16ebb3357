package frame

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// Limits of a form with files.
const (
	FileForm  = 256 << 20 // bytes of all
	textParts = 512 << 10 // of what is no file
	maxParts  = 10_000
)

// isFileForm tells a form that brings files.
func isFileForm(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && r.Method == http.MethodPost && kind == "multipart/form-data"
}

// readFiles takes a form part by part. A file goes straight to where attachments
// are kept, encrypted: never to a temporary file, never whole into memory. Its id
// joins the form's field attachment; what is refused is noted in the visit, and
// the rest of the form is not lost. Files of nobody, or of a script that asks for
// a part of the page only, are passed over.
func (s *Site) readFiles(w http.ResponseWriter, r *http.Request, v *Visit) error {
	door.Slowly(w, source.Real().Now())
	parts, err := r.MultipartReader()
	if err != nil {
		return fault.Of(fault.Invalid, "fault.malformed").Because(err)
	}
	form, err := s.readParts(r, v, parts)
	if err == nil {
		r.PostForm, r.Form = form, form
	}
	return err
}

func (s *Site) readParts(r *http.Request, v *Visit, parts *multipart.Reader) (url.Values, error) {
	form, left := url.Values{}, int64(textParts)
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return form, nil
		}
		if err != nil || n > maxParts {
			return nil, unreadable(err)
		}
		if part.FileName() != "" {
			err = s.receive(r, v, form, part)
		} else {
			err = field(form, part, &left)
		}
		if err != nil {
			return nil, err
		}
	}
}

func unreadable(err error) error {
	if _, large := errors.AsType[*http.MaxBytesError](err); large || err == nil {
		return fault.Of(fault.TooLarge, "fault.too-large").Because(err)
	}
	return fault.Of(fault.Invalid, "fault.malformed").Because(err)
}

func field(form url.Values, part *multipart.Part, left *int64) error {
	b, err := io.ReadAll(io.LimitReader(part, *left+1))
	if *left -= int64(len(b)); err != nil || *left < 0 {
		return unreadable(err)
	}
	form.Add(part.FormName(), string(b))
	return nil
}

func (s *Site) receive(r *http.Request, v *Visit, form url.Values, part *multipart.Part) error {
	if !v.Actor().Known() || Partial(r) {
		_, err := io.Copy(io.Discard, part)
		if err != nil {
			return unreadable(err)
		}
		return nil
	}
	d := attachment.Draft{ID: attachment.ID(source.Real().ID()), Name: part.FileName(), Label: form.Get("label") == "true"}
	_, err := s.Attachments.Receive(r.Context(), v.Actor(), CodeOf(r), d, part)
	f, known := AsFault(err)
	switch {
	case err == nil:
		form.Add(slot(part.FormName()), string(d.ID))
	case known && f.Kind == fault.Invalid && len(f.Fields) > 0:
		v.refused = append(v.refused, fault.Field{Path: "files", Key: f.Fields[0].Key, Args: f.Fields[0].Args})
	case known && f.Kind == fault.TooLarge:
		v.refused = append(v.refused, fault.Field{Path: "files", Key: f.Key, Args: f.Args})
	default:
		return err
	}
	return nil
}

// slot is the field that holds the id of a file: its own where it is one of a group,
// such as pairs.2.fake, else that of all attachments of the form.
func slot(name string) string {
	if strings.Contains(name, ".") {
		return name
	}
	return "attachment"
}

// RefusedFiles is what is wrong with files that came with the form; nil: nothing.
func (v *Visit) RefusedFiles() error {
	if len(v.refused) == 0 {
		return nil
	}
	return &fault.Fault{Kind: fault.Invalid, Key: "fault.invalid", Fields: v.refused}
}

// Attached are the attachments that a form holds, without those that it drops.
func Attached(form url.Values) []attachment.ID {
	var out []attachment.ID
	for _, id := range form["attachment"] {
		if !slices.Contains(form["drop"], id) && !slices.Contains(out, attachment.ID(id)) {
			out = append(out, attachment.ID(id))
		}
	}
	return out
}

// Uploads is the field for files of a form, with what the form holds already.
func (s *Site) Uploads(r *http.Request, v *Visit, p *kit.Page, form url.Values) (kit.Uploads, error) {
	code := CodeOf(r)
	held, err := s.Attachments.These(r.Context(), v.Actor(), code, Attached(form))
	u := kit.Uploads{Hint: p.T("attachment.hint", fault.Args{"max": s.Attachments.Limits.File >> 20}), Accept: attachment.Accepted(),
		Address: "/api/v1/operations/" + string(code) + "/uploads"}
	base := "/o/" + string(code) + "/a/"
	u.Line = kit.File{ID: "{id}", Name: "{name}", Thumb: base + "{id}?variant=thumbnail", Black: base + "{id}/black"}
	for _, a := range held {
		f := LibraryFile(p, a)
		if f.Href = base + string(a.ID); a.IsPicture() {
			// By its content, so that what was blacked out since is shown anew.
			f.Thumb, f.Black = f.Href+"?variant=thumbnail&v="+a.Main.SHA256[:8], f.Href+"/black"
		}
		u.Held = append(u.Held, f)
	}
	return u, err
}

// FileOf is an attachment as a page of its operation shows it.
func FileOf(p *kit.Page, a attachment.Attachment) kit.File {
	return fileAt(p, a, p.Operation.Href+"a/"+strconv.FormatInt(a.Seq, 10))
}

// LibraryFile is an attachment as a page of the library shows it: by its id, since
// its number would tell a right holder how much others do.
func LibraryFile(p *kit.Page, a attachment.Attachment) kit.File {
	return fileAt(p, a, "/o/"+string(operation.Library)+"/a/"+string(a.ID))
}

func fileAt(p *kit.Page, a attachment.Attachment, href string) kit.File {
	f := kit.File{ID: string(a.ID), Name: a.FileName(), Size: a.Main.Size, Href: href}
	if a.IsPicture() {
		f.Thumb, f.Width, f.Height = f.Href+"?variant=thumbnail", a.Thumbnail.Width, a.Thumbnail.Height
	} else if a.Scan != attachment.Clean {
		f.Note = p.T("attachment.unscanned")
	}
	return f
}

// FilesOf are the attachments of a record as its page shows them.
func FilesOf(p *kit.Page, all []attachment.Attachment) []kit.File {
	var out []kit.File
	for _, a := range all {
		out = append(out, FileOf(p, a))
	}
	return out
}

// maxThumbs is how many small pictures a list shows of one record.
const maxThumbs = 3

// ThumbsOf are the first pictures of a record, and how many files there are
// beside them.
func ThumbsOf(p *kit.Page, all []attachment.Attachment) (first []kit.File, more int64) {
	for _, a := range all {
		if a.IsPicture() && len(first) < maxThumbs {
			first = append(first, FileOf(p, a))
		}
	}
	return first, int64(len(all) - len(first))
}

// FileNamed is the attachment that an address names, by number or by id.
func FileNamed(r *http.Request) (attachment.Name, error) {
	text := r.PathValue("file")
	if source.ValidID(text) {
		return attachment.Name{ID: attachment.ID(text)}, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return attachment.Name{}, fault.Missing()
	}
	return attachment.Name{Seq: n}, nil
}
