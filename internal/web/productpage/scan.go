package productpage

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// scanView is the page on which a code is read.
type scanView struct {
	standing operation.Standing
	form     kit.Form
	codes    []string // that a photo shows, when it shows several
	photo    bool     // a photo was looked at
}

// maxPhoto bounds a photo that is only read and never kept, in bytes.
const maxPhoto = 12 << 20

func (s site) scanShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.scanPage(w, r, v, scanView{}, nil)
}

func (s site) scanPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, c scanView, wrong error) (err error) {
	if c.standing, err = s.Operations.Read(r.Context(), v.Actor(), operation.Library); err != nil {
		return err
	}
	if !c.standing.May(access.ProductRead) {
		return fault.Missing()
	}
	p := s.page(r, v, c.standing, v.Printer.T("productpage.scan"))
	p.Scripts, p.Error = []string{"scan.js"}, wrong != nil
	c.form = kit.FormOf(url.Values{}, wrong)
	c.form.Labels = map[string]string{"file": p.T("productpage.field.photo")}
	return frame.Show(w, r, frame.FormStatus(wrong), scanPage(p, c))
}

// scan reads a photo for codes. One code is looked up; of several the reader picks.
// The photo is kept nowhere.
func (s site) scan(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if _, err := s.Operations.Read(r.Context(), v.Actor(), operation.Library); err != nil {
		return err
	}
	photo, err := photoOf(r)
	var codes []string
	if err == nil {
		codes, err = s.codesOf(r.Context(), photo)
	}
	switch {
	case err != nil && !frame.Refused(err) && !fault.Is(err, fault.TooLarge):
		return err
	case err == nil && len(codes) == 1:
		return frame.SeeOther(w, r, "/p/?"+url.Values{"q": codes}.Encode(), "")
	}
	return s.scanPage(w, r, v, scanView{codes: codes, photo: true}, err)
}

// codesOf are the codes in a photo as they are looked up: a trade number as its
// digits, whatever drew it; anything else as it reads.
func (s site) codesOf(ctx context.Context, photo []byte) (out []string, err error) {
	all, err := s.Barcodes.Read(ctx, photo)
	for _, c := range all {
		if text := asked(c); text != "" && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out, err
}

// asked is what a code is looked up by.
func asked(c barcode.Code) string {
	if c.GTIN == "" {
		return c.Text
	}
	if digits := strings.TrimLeft(c.GTIN, "0"); len(digits) > 8 { // as it stands below the bars
		return c.GTIN[min(len(c.GTIN)-len(digits), 2):]
	}
	return c.GTIN[6:]
}

// photoOf reads the first file of a form into memory.
func photoOf(r *http.Request) ([]byte, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, noPhoto("fault.required")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, noPhoto("fault.required")
		}
		if err != nil {
			return nil, fault.Of(fault.Invalid, "fault.malformed").Because(err)
		}
		if part.FormName() == "file" && part.FileName() != "" {
			return wholeOf(part)
		}
	}
}

func wholeOf(part *multipart.Part) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(part, maxPhoto+1))
	switch {
	case err != nil:
		return nil, fault.Of(fault.Invalid, "fault.malformed").Because(err)
	case len(b) > maxPhoto:
		return nil, noPhoto("productpage.photo-large")
	case len(b) == 0:
		return nil, noPhoto("fault.required")
	}
	return b, nil
}

func noPhoto(key string) error {
	return &fault.Fault{Kind: fault.Invalid, Key: "fault.invalid", Fields: []fault.Field{{Path: "file", Key: key, Args: fault.Args{"max": int64(maxPhoto >> 20)}}}}
}
