package publicationpage

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// form is the limit of a form with texts in several languages.
const form = 1 << 20

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return slices.Concat(s.writingRoutes(), s.versionRoutes(), s.editionRoutes())
}

func get(pattern string, command access.Permission, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: http.MethodGet, Pattern: "/o/{op}/report/" + pattern, Command: command}, Handle: h}
}

func post(pattern string, command access.Permission, limit int64, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: http.MethodPost, Pattern: "/o/{op}/report/" + pattern, Command: command, Limit: limit}, Handle: h}
}

// writingRoutes are those of the report while it is written.
func (s site) writingRoutes() []frame.Route {
	return []frame.Route{
		get("{$}", access.EditionRead, s.home),
		post("open", access.ReportOpen, frame.SmallForm, s.open),
		get("sections/{id}", access.ReportRead, s.section),
		get("sections/{id}/edit", access.ReportWrite, s.edit),
		post("sections/{id}/edit", access.ReportWrite, form, s.write),
		post("sections/{id}/move", access.ReportWrite, frame.SmallForm, s.move),
		post("sections/{id}/back", access.ReportWrite, frame.SmallForm, s.back),
		post("sections/{id}/drop", access.ReportWrite, frame.SmallForm, s.drop),
		get("sections/{id}/figures/{figure}", access.ReportWrite, s.figure),
		post("sections/{id}/figures/{figure}", access.ReportWrite, frame.SmallForm, s.place),
		post("sections/{id}/figures/{figure}/drop", access.ReportWrite, frame.SmallForm, s.figureDrop),
		get("add", access.ReportWrite, s.own),
		post("add", access.ReportWrite, frame.SmallForm, s.ownAdd),
		get("contributions/{$}", access.ReportRead, s.contributions),
		get("contributions/{org}", access.ReportRead, s.contribution),
		get("ask", access.ReportAsk, s.askAsk),
		post("ask", access.ReportAsk, frame.SmallForm, s.ask),
		get("contribute", access.ReportContribute, s.contributeAsk),
		post("contribute", access.ReportContribute, form, s.contribute),
		get("preview", access.ReportRead, s.preview),
		get("checks", access.ReportRead, s.checks),
		get("freeze", access.ReportFreeze, s.freezeAsk),
		post("freeze", access.ReportFreeze, frame.SmallForm, s.freeze),
	}
}

// versionRoutes are those of what was frozen.
func (s site) versionRoutes() []frame.Route {
	return []frame.Route{
		get("versions/{$}", access.ReportRead, s.versions),
		get("versions/compare", access.ReportRead, s.compare),
		get("versions/{n}", access.ReportRead, s.version),
		get("versions/{n}/figures/{figure}", access.ReportRead, s.whole),
		get("versions/{n}/cases", access.ReportRead, s.behind),
		get("versions/{n}/clearances", access.ReportRead, s.clearances),
		get("versions/{n}/clear", access.ReportClear, s.clearAsk),
		post("versions/{n}/clear", access.ReportClear, frame.SmallForm, s.clear),
	}
}

// desk is the report as its reader finds it, with the frame of its pages.
type desk struct {
	publication.Desk
	base string // address of the report
	form kit.Form
}

// desk reads the report and begins its page.
func (s site) desk(r *http.Request, v *frame.Visit, title string) (desk, *kit.Page, error) {
	d, err := s.Publications.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return desk{}, nil, err
	}
	p := s.inside(r, v, d.Standing, title)
	return desk{Desk: d, base: p.Operation.Href + "report/"}, p, nil
}

// may is the desk of who may do something with a report that was begun; to others
// the page does not exist.
func (s site) may(r *http.Request, v *frame.Visit, what access.Permission, title string) (desk, *kit.Page, error) {
	d, p, err := s.desk(r, v, title)
	if err == nil && (!d.Open || !d.Standing.May(what)) {
		err = fault.Missing()
	}
	return d, p, err
}

// number is the version that the address names.
func number(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("n"), 10, 64)
	if err != nil || n < 1 {
		return 0, fault.Missing()
	}
	return n, nil
}

// edit is the change that a form was written on; what is no number is none.
func edit(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostFormValue("edit"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

func isConflict(err error) bool { return fault.Is(err, fault.Conflict) }
