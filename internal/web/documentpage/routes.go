package documentpage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// form is the limit of a form without its files.
const form = 512 << 10

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/documents/{$}", Command: access.DocumentRead, Rate: door.Searches}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/documents/new", Command: access.DocumentPublish}, Handle: s.write},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/documents/new", Command: access.DocumentPublish, Limit: form}, Files: true, Handle: s.publish},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/documents/{seq}", Command: access.DocumentRead}, Handle: s.show},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/documents/{seq}/revise", Command: access.DocumentRevise}, Handle: s.reviseAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/documents/{seq}/revise", Command: access.DocumentRevise, Limit: form}, Files: true, Handle: s.revise},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/documents/{seq}/withdraw", Command: access.DocumentWithdraw}, Handle: s.withdrawAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/documents/{seq}/withdraw", Command: access.DocumentWithdraw, Limit: frame.SmallForm}, Handle: s.withdraw},
	}
}

// listView is a page of the library.
type listView struct {
	page document.Page
	base string // address of the list
	kind string
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := r.URL.Query()
	l := listView{}
	if kind := q.Get("kind"); codelist.DocumentKind.Has(kind) {
		l.kind = kind
	}
	before, _ := strconv.ParseInt(q.Get("before"), 10, 64) // what is no number begins at the newest
	var err error
	if l.page, err = s.Documents.List(r.Context(), v.Actor(), frame.CodeOf(r), document.Filter{Kind: l.kind, Before: before}); err != nil {
		return err
	}
	p := s.Inside(r, v, l.page.Standing, v.Printer.T("documentpage.title"))
	l.base = p.Operation.Href + "documents/"
	p.Wide = true
	if frame.Partial(r) {
		return frame.Show(w, r, http.StatusOK, listPart(p, l))
	}
	return frame.Show(w, r, http.StatusOK, listPage(p, l))
}

// kinds are those of which the reader may read a document.
func (l listView) kinds(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, o := range frame.ListOptions(p, codelist.DocumentKind) {
		if n := l.page.Of[o.Value]; n > 0 || o.Value == l.kind {
			o.Label = p.T("messagepage.with-count", fault.Args{"name": o.Label, "number": n})
			out = append(out, o)
		}
	}
	return out
}

// narrows tells whether a choice among kinds says anything.
func (l listView) narrows() bool { return l.kind != "" || len(l.page.Of) > 1 }

func (l listView) next() string {
	if l.page.Next == 0 {
		return ""
	}
	q := url.Values{"before": {strconv.FormatInt(l.page.Next, 10)}}
	if l.kind != "" {
		q.Set("kind", l.kind)
	}
	return l.base + "?" + q.Encode()
}

// showView is a document with its versions.
type showView struct {
	document.Opened
	base    string             // address of the list
	members []operation.Member // empty for readers who may not know them
}

func (o showView) href(more string) string { return o.base + strconv.FormatInt(o.Seq, 10) + more }

// atOnce bounds the notices that one look at a document marks as seen.
const atOnce = 20

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, p, err := s.opened(r, v)
	if err != nil {
		return err
	}
	for _, version := range o.Versions[:min(len(o.Versions), atOnce)] {
		s.Opened(r, v, frame.CodeOf(r), version.Seq)
	}
	if o.members, err = s.KnownMembers(r.Context(), v.Actor(), o.Standing); err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, showPage(p, o))
}

func (s site) opened(r *http.Request, v *frame.Visit) (showView, *kit.Page, error) {
	var o showView
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return o, nil, fault.Missing()
	}
	if o.Opened, err = s.Documents.Read(r.Context(), v.Actor(), frame.CodeOf(r), seq); err != nil {
		return o, nil, err
	}
	p := s.Inside(r, v, o.Standing, o.Title)
	p.TLP = frame.TLPValue(o.TLP)
	o.base = p.Operation.Href + "documents/"
	return o, p, nil
}

// uploads is the field for one file.
func (s site) uploads(r *http.Request, v *frame.Visit, p *kit.Page, values url.Values) (kit.Uploads, error) {
	u, err := s.Uploads(r, v, p, values)
	u.One = p.T("documentpage.field.file")
	u.Hint = p.T("documentpage.hint.file", fault.Args{"max": s.Attachments.Limits.File >> 20})
	return u, err
}

// fileOf is the one file that a form holds.
func fileOf(values url.Values) (attachment.ID, error) {
	held := frame.Attached(values)
	if len(held) == 0 {
		return "", nil
	}
	if len(held) > 1 {
		return "", &fault.Fault{Kind: fault.Invalid, Key: "fault.invalid", Fields: []fault.Field{{Path: "file", Key: "document.one-file"}}}
	}
	return held[0], nil
}
