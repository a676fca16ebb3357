package searchpage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/search"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what this page does.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{{Route: door.Route{Method: "GET", Pattern: "/find", Command: access.SearchFind, Rate: door.Searches}, Handle: s.find}}
}

// view is what was asked, and what was found.
type view struct {
	form  kit.Form
	found search.Found
	first bool   // nothing was asked yet
	next  string // address of the next page
	later bool   // not the first page
	all   string // the same words everywhere; empty where that is what was asked
}

func (s site) find(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	typed := r.URL.Query()
	q := search.Query{Words: typed.Get("q"), Operation: operation.Code(typed.Get("op"))}
	for _, at := range s.places(typed.Get("from")) {
		q.From = append(q.From, search.Position{Operation: at.Operation, Before: at.Seq})
	}
	found, wrong := s.Searches.Find(r.Context(), v.Actor(), q)
	if fault.Is(wrong, fault.Invalid) {
		var err error
		if found, err = s.Searches.Find(r.Context(), v.Actor(), search.Query{}); err != nil {
			return err
		}
	} else if wrong != nil {
		return wrong
	}
	l := view{form: kit.FormOf(typed, wrong), found: found, first: q.Words == "" || wrong != nil, later: q.From != nil}
	l.next, l.all = s.further(q, found)
	p := s.Page(r, v, v.Printer.T("searchpage.title"))
	p.Query = q.Words
	return frame.Show(w, r, frame.FormStatus(wrong), findPage(p, l))
}

// further are the addresses of the next page, and of the same words everywhere.
func (s site) further(q search.Query, found search.Found) (next, all string) {
	asked := url.Values{"q": {q.Words}}
	if q.Operation != "" {
		all = "/find?" + asked.Encode()
		asked.Set("op", string(q.Operation))
	}
	var places []door.Place
	for _, at := range found.Next {
		places = append(places, door.Place{Operation: at.Operation, Seq: at.Before})
	}
	if cursor := s.Cursors.Places(places); cursor != "" {
		asked.Set("from", cursor)
		next = "/find?" + asked.Encode()
	}
	return next, all
}

// places are behind a cursor; what is none begins at the newest.
func (s site) places(cursor string) []door.Place {
	all, err := s.Cursors.ReadPlaces(cursor)
	if err != nil {
		return nil
	}
	return all
}

// several tells whether the reader has a choice of operations.
func (l view) several() bool { return len(l.found.Operations) > 1 }

func (l view) operations() []kit.Option {
	var out []kit.Option
	for _, st := range l.found.Operations {
		out = append(out, kit.Option{Value: string(st.Operation.Code), Label: st.Operation.Name})
	}
	return out
}

func href(h search.Hit) string {
	base := "/o/" + string(h.Operation.Code) + "/"
	if h.Kind == search.Case {
		return base + "c/" + h.Reference
	}
	if h.Kind == search.Document {
		return frame.DocumentHref(base, h.Seq)
	}
	return frame.MessageHref(base, h.Seq)
}

func class(h search.Hit) string { return frame.LetterClass(message.Message{Template: h.Template}) }
