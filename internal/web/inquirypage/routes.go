package inquirypage

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	row := func(method, pattern string, command access.Permission, limit int64, h frame.Handler) frame.Route {
		return frame.Route{Route: door.Route{Method: method, Pattern: pattern, Command: command, Limit: limit}, Handle: h}
	}
	return []frame.Route{
		row("GET", "/inquiries/{$}", access.InquiryRead, 0, s.list),
		row("GET", "/inquiries/times", access.InquiryRead, 0, s.times),
		row("GET", "/inquiries/{id}", access.InquiryRead, 0, s.show),
		row("GET", "/inquiries/{id}/pictures/{place}", access.InquiryRead, 0, s.picture),
		row("GET", "/inquiries/{id}/answer", access.InquiryAnswer, 0, s.answerAsk),
		row("POST", "/inquiries/{id}/answer", access.InquiryAnswer, frame.SmallForm, s.answer),
		row("GET", "/inquiries/{id}/reply", access.InquiryReply, 0, s.replyAsk),
		row("POST", "/inquiries/{id}/reply", access.InquiryReply, frame.SmallForm, s.reply),
		row("GET", "/inquiries/{id}/withdraw", access.InquiryWithdraw, 0, s.withdrawAsk),
		row("POST", "/inquiries/{id}/withdraw", access.InquiryWithdraw, frame.SmallForm, s.withdraw),
		row("GET", "/o/{op}/c/{ref}/ask", access.InquiryAsk, 0, s.askAsk),
		row("POST", "/o/{op}/c/{ref}/ask", access.InquiryAsk, frame.SmallForm, s.ask),
		row("GET", "/o/{op}/request", access.InquiryAsk, 0, s.requestAsk),
		row("POST", "/o/{op}/request", access.InquiryAsk, frame.FileForm, s.request),
		row("GET", "/p/request", access.InquiryAsk, 0, s.toRequest),
	}
}

// view is an inquiry on its page.
type view struct {
	inquiry.View
	base string
	form kit.Form
}

func idOf(r *http.Request) (inquiry.ID, error) {
	if !source.ValidID(r.PathValue("id")) {
		return "", fault.Missing()
	}
	return inquiry.ID(r.PathValue("id")), nil
}

// opened reads the inquiry that the address names.
func (s site) opened(r *http.Request, v *frame.Visit, title string) (view, *kit.Page, error) {
	id, err := idOf(r)
	if err != nil {
		return view{}, nil, err
	}
	i, err := s.Inquiries.Read(r.Context(), v.Actor(), id)
	if err != nil {
		return view{}, nil, err
	}
	return view{View: i, base: frame.InquiryHref(string(id))}, s.Page(r, v, v.Printer.T(title)), nil
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.opened(r, v, "inquirypage.title")
	if err != nil {
		return err
	}
	for _, seq := range m.Entries[max(0, len(m.Entries)-atOnce):] {
		s.Opened(r, v, m.Operation.Code, seq)
	}
	return frame.Show(w, r, http.StatusOK, inquiryPage(p, m))
}

// atOnce bounds the notices that one look marks as seen.
const atOnce = 20

func (s site) picture(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	place, err := strconv.Atoi(r.PathValue("place"))
	if err != nil {
		return fault.Missing()
	}
	door.Slowly(w, source.Real().Now())
	o, err := s.Inquiries.Picture(r.Context(), v.Actor(), id, place, attachment.Variant(r.URL.Query().Get("variant")))
	if err != nil {
		return err
	}
	return door.File(w, o)
}

// page is the frame of a list: of who looks products up, that of the library, whose bar
// leads here.
func (s site) page(r *http.Request, v *frame.Visit, title string) *kit.Page {
	st, err := s.Operations.Read(r.Context(), v.Actor(), operation.Library)
	if err != nil || st.Side() == access.RightHolderSide {
		return s.Page(r, v, title)
	}
	return s.InLibrary(r, v, st, title)
}

// choices are the states of the list.
var choices = []string{"", inquiry.Open, inquiry.Late, inquiry.Answered, inquiry.Withdrawn}

// listing is the list of inquiries.
type listing struct {
	inquiry.Page
	state string
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := inquiry.Filter{State: r.URL.Query().Get("state"), After: inquiry.ID(r.URL.Query().Get("after"))}
	if !slices.Contains(choices, f.State) || f.After != "" && !source.ValidID(string(f.After)) {
		return fault.Missing()
	}
	l, err := s.Inquiries.List(r.Context(), v.Actor(), f)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, listPage(s.page(r, v, v.Printer.T("inquirypage.list")), listing{l, f.State}))
}
