package messagepage

import (
	"net/http"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) attachmentRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/a/{file}", Command: access.AttachmentRead}, Handle: s.attachmentOpen},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/a/{file}/black", Command: access.AttachmentBlacken}, Handle: s.blackPage},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/a/{file}/black", Command: access.AttachmentBlacken, Limit: frame.SmallForm}, Handle: s.blacken},
	}
}

func (s site) attachmentOpen(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	n, err := frame.FileNamed(r)
	if err != nil {
		return err
	}
	door.Slowly(w, source.Real().Now())
	o, err := s.Attachments.Open(r.Context(), v.Actor(), frame.CodeOf(r), n, attachment.Variant(r.URL.Query().Get("variant")))
	if err != nil {
		return err
	}
	return door.File(w, o)
}

// blackView is a picture of which parts can be taken away.
type blackView struct {
	attachment attachment.Attachment
	file       kit.File
	form       kit.Form
}

// view finds a picture that no record has yet: only then can it be changed.
func (s site) view(r *http.Request, v *frame.Visit) (b blackView, p *kit.Page, err error) {
	n, err := frame.FileNamed(r)
	if err != nil {
		return b, nil, err
	}
	st, a, err := s.Attachments.Look(r.Context(), v.Actor(), frame.CodeOf(r), n)
	if err != nil {
		return b, nil, err
	}
	if !st.May(access.AttachmentBlacken) || a.Record != 0 || !a.IsPicture() {
		return b, nil, fault.Missing()
	}
	p = s.Inside(r, v, st, v.Printer.T("attachment.black.title"))
	return blackView{attachment: a, file: frame.FileOf(p, a)}, p, nil
}

func (s site) blackPage(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	b, p, err := s.view(r, v)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, blackOutPage(p, b))
}

func (s site) blacken(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	b, p, err := s.view(r, v)
	if err != nil {
		return err
	}
	black, err := attachment.ParseBlackOut(strings.Join(r.PostForm["square"], ";"))
	if err == nil {
		_, err = s.Attachments.Blacken(r.Context(), v.Actor(), frame.CodeOf(r), b.attachment.ID, black)
	}
	if err == nil {
		return frame.SeeOther(w, r, b.file.Href+"/black", "blackened")
	}
	if !frame.Refused(err) {
		return err
	}
	b.form = kit.FormOf(r.PostForm, err)
	b.form.Labels = map[string]string{"blackout": p.T("attachment.black.legend")}
	p.Error = true
	return frame.Show(w, r, door.Status(err), blackOutPage(p, b))
}

// columns is how many squares lie side by side; small enough for a face, large
// enough for a finger.
const columns = 10

// squares are as square as the picture lets them be.
func (b blackView) squares() kit.Squares {
	main := b.attachment.Main
	rows := min(max((main.Height*columns+main.Width/2)/main.Width, 2), 20)
	at := func(i, n int64) int64 { return i * 100_00 / n }
	return kit.Squares{Src: b.file.Href + "?v=" + main.SHA256[:8], Width: main.Width, Height: main.Height, Columns: columns, Rows: rows,
		Cell: func(r, c int64) string {
			left, top := at(c, columns), at(r, rows)
			return attachment.BlackOut{{Left: left, Top: top, Width: at(c+1, columns) - left, Height: at(r+1, rows) - top}}.String()
		}}
}

// files fills the field for files of the form of an answer.
func (s site) files(r *http.Request, v *frame.Visit, p *kit.Page, m *messageView) (err error) {
	if m.MayReply {
		m.uploads, err = s.Uploads(r, v, p, m.form.Values)
	}
	return err
}
