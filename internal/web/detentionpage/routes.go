package detentionpage

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// lawForm is the limit of a form with an own profile and a calendar.
const lawForm = 512 << 10

func get(path string, command access.Permission, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: "GET", Pattern: "/o/{op}/" + path, Command: command}, Handle: h}
}

func post(path string, command access.Permission, limit int64, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: "POST", Pattern: "/o/{op}/" + path, Command: command, Limit: limit}, Handle: h}
}

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		get("clocks/{$}", access.DetentionRead, s.running),
		get("clocks/law", access.DetentionRead, s.law),
		get("clocks/law/new", access.DetentionAdopt, s.adoptAsk),
		post("clocks/law/new", access.DetentionAdopt, lawForm, s.adopt),
		post("clocks/law/check", access.DetentionCheck, frame.SmallForm, s.check),
		get("clocks/law/{profile}", access.DetentionRead, s.profile),
		get("c/{ref}/clock", access.DetentionRead, s.show),
		get("c/{ref}/clock/start", access.DetentionStart, s.startAsk),
		post("c/{ref}/clock/start", access.DetentionStart, frame.SmallForm, s.start),
		get("c/{ref}/clock/note", access.DetentionNote, s.noteAsk),
		post("c/{ref}/clock/note", access.DetentionNote, frame.SmallForm, s.note),
		get("c/{ref}/clock/disclose", access.DetentionDisclose, s.discloseAsk),
		post("c/{ref}/clock/disclose", access.DetentionDisclose, frame.SmallForm, s.disclose),
		get("c/{ref}/clock/told/{seq}", access.DetentionRead, s.told),
		post("c/{ref}/clock/told/{seq}", access.DetentionReceive, frame.SmallForm, s.receive),
		get("c/{ref}/clock/letter/{kind}", access.DetentionRead, s.letter),
	}
}

func (s site) running(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	l, err := s.Detentions.Running(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, l.Standing, v.Printer.T("clock.running"))
	return frame.Show(w, r, http.StatusOK, runningPage(p, l))
}

// view is the clock of a case.
type view struct {
	detention.Account
	base string // address of the clock
}

// atOnce bounds the notices that one look at a clock marks as seen.
const atOnce = 20

// opened reads the clock that the address names.
func (s site) opened(r *http.Request, v *frame.Visit, title string) (view, *kit.Page, error) {
	a, err := s.Detentions.Read(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("ref"))
	if err != nil {
		return view{}, nil, err
	}
	p := s.Inside(r, v, a.Standing, v.Printer.T(title), a.Case.Reference)
	return view{a, frame.ClockHref(p.Operation.Href, a.Case.Reference)}, p, nil
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	a, p, err := s.opened(r, v, "clock.title")
	if err != nil {
		return err
	}
	for _, warning := range a.Warnings[max(0, len(a.Warnings)-atOnce):] {
		s.Opened(r, v, frame.CodeOf(r), warning.Seq)
	}
	return frame.Show(w, r, http.StatusOK, clockPage(p, a))
}

// disclosure gives one act by the number in the address.
func (a view) disclosure(r *http.Request) (detention.Disclosure, error) {
	n, err := i18n.ParseInt(r.PathValue("seq"))
	for _, d := range a.Disclosures {
		if err == nil && d.Seq == n {
			return d, nil
		}
	}
	return detention.Disclosure{}, fault.Missing()
}
