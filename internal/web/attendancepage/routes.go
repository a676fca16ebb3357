package attendancepage

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// checkAt is where whoever holds a certificate checks it.
const checkAt = "/certificates/"

// ticks is the limit of the form of a list: two fields for each participant.
const ticks = 512 << 10

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/attendance", Command: access.WorkshopRead}, Handle: s.sheet},
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/attendance/{session}", Command: access.AttendanceRecord}, Handle: s.list},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/attendance/{session}", Command: access.AttendanceRecord, Limit: ticks}, Handle: s.record},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/attendance/{session}/open", Command: access.AttendanceOpen, Limit: frame.SmallForm}, Handle: s.open},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/attendance/{session}/close", Command: access.AttendanceOpen, Limit: frame.SmallForm}, Handle: s.close},
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/attendance/{session}/code", Command: access.AttendanceOpen}, Handle: s.wall},
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/here", Command: access.AttendanceJoin}, Handle: s.here},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/here", Command: access.AttendanceJoin, Limit: frame.SmallForm}, Handle: s.join},
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/certify", Command: access.AttendanceCertify}, Handle: s.certifyAsk},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/certify", Command: access.AttendanceCertify, Limit: frame.SmallForm}, Handle: s.certify},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/certify/anew", Command: access.AttendanceCertify, Limit: frame.SmallForm}, Handle: s.anew},
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/certificates/{certificate}", Command: access.WorkshopRead}, Handle: s.paper},
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/certificates/{certificate}/revoke", Command: access.AttendanceRevoke}, Handle: s.revokeAsk},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/certificates/{certificate}/revoke", Command: access.AttendanceRevoke, Limit: frame.SmallForm}, Handle: s.revoke},
		{Route: door.Route{Method: "GET", Pattern: "/t/certificates", Command: access.WorkshopRead}, Handle: s.mine},
		{Route: door.Route{Method: "GET", Pattern: checkAt + "{$}", Command: door.Public}, Handle: s.checkAsk},
		{Route: door.Route{Method: "POST", Pattern: checkAt + "{$}", Command: door.Public, Limit: frame.SmallForm, Rate: door.Checks}, Handle: s.check},
	}
}

// place is the workshop that an address names.
type place struct {
	code operation.Code
	id   workshop.ID
}

func (s site) place(r *http.Request, v *frame.Visit) (at place, err error) {
	at.id = workshop.ID(r.PathValue("id"))
	at.code, err = s.Workshops.Locate(r.Context(), v.Actor(), at.id)
	return at, err
}

func session(r *http.Request) workshop.ID { return workshop.ID(r.PathValue("session")) }

// at is an address below a workshop's.
func at(r *http.Request, more string) string { return "/t/" + r.PathValue("id") + more }

// origin is the address under which this browser reached the site: what is drawn as a
// code, or printed, leads back to it.
func origin(r *http.Request) string {
	if door.Secure(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// opened is the sheet with its page.
func (s site) opened(r *http.Request, v *frame.Visit, titles ...string) (attendance.Sheet, *kit.Page, error) {
	where, err := s.place(r, v)
	if err != nil {
		return attendance.Sheet{}, nil, err
	}
	sheet, err := s.Attendances.Sheet(r.Context(), v.Actor(), where.code, where.id)
	if err != nil {
		return sheet, nil, err
	}
	p := s.Inside(r, v, sheet.Standing, append(titles, sheet.Workshop.Title)...)
	p.Styles = []string{"certificate.css"}
	return sheet, p, nil
}

func (s site) sheet(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	sheet, p, err := s.opened(r, v, v.Printer.T("attendancepage.title"))
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, sheetPage(p, sheet))
}

// hosted is the sheet for who ticks; for others there is no such page.
func (s site) hosted(r *http.Request, v *frame.Visit, titles ...string) (attendance.Sheet, *kit.Page, error) {
	sheet, p, err := s.opened(r, v, titles...)
	if err == nil && !sheet.Hosts {
		err = fault.Missing()
	}
	return sheet, p, err
}
