package connectionpage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a visit
// are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	const links, watch = "/o/{op}/analysis/links", "/o/{op}/watch/"
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: links, Command: access.ConnectionRead, Rate: door.Searches}, Handle: s.links},
		{Route: door.Route{Method: "POST", Pattern: links + "/judge", Command: access.ConnectionJudge, Limit: frame.SmallForm}, Handle: s.judge},
		{Route: door.Route{Method: "POST", Pattern: links + "/retract", Command: access.ConnectionJudge, Limit: frame.SmallForm}, Handle: s.retract},
		{Route: door.Route{Method: "POST", Pattern: links + "/say", Command: access.SightingSay, Limit: frame.SmallForm}, Handle: s.sayOfCase},
		{Route: door.Route{Method: "GET", Pattern: watch + "{$}", Command: access.WatchRead, Rate: door.Searches}, Handle: s.list},
		{Route: door.Route{Method: "POST", Pattern: watch + "{$}", Command: access.WatchSet, Limit: frame.SmallForm}, Handle: s.set},
		{Route: door.Route{Method: "GET", Pattern: watch + "conditions", Command: access.WatchRead, Rate: door.Searches}, Handle: s.conditions},
		{Route: door.Route{Method: "GET", Pattern: watch + "{id}", Command: access.WatchRead}, Handle: s.entry},
		{Route: door.Route{Method: "POST", Pattern: watch + "{id}/drop", Command: access.WatchDrop, Limit: frame.SmallForm}, Handle: s.drop},
		{Route: door.Route{Method: "POST", Pattern: watch + "{id}/say", Command: access.SightingSay, Limit: frame.SmallForm}, Handle: s.sayOfEntry},
	}
}

// chartView is what connects one case, with the forms that say something of it.
type chartView struct {
	connection.Chart
	sighted []watchlist.Sighted
	maySay  bool
	form    kit.Form // of the connection that other names, or of a sighting
	other   string   // reference of the case at the other end; empty: none was judged
	id      string   // of a new sighting
}

// asking asks for a case.
type asking struct {
	st   operation.Standing
	form kit.Form
}

func (s site) links(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := r.URL.Query()
	if q.Get("from") == "" {
		return s.askPage(w, r, v, url.Values{}, nil)
	}
	if _, ok := seizure.ValidReference(q.Get("from")); !ok {
		var p fault.Problems
		p.Add("from", "connectionpage.no-reference")
		return s.askPage(w, r, v, q, p.Fault())
	}
	return s.chartPage(w, r, v, q, nil)
}

// askPage asks for the case to begin with.
func (s site) askPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	if !st.May(access.ConnectionRead) {
		return fault.Missing()
	}
	p := s.Inside(r, v, st, v.Printer.T("connectionpage.title"))
	form := kit.FormOf(typed, wrong)
	form.Labels = frame.Labels(p, "connectionpage.field.", "from")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), askPage(p, asking{st, form}))
}

// chartPage is the chart from the case that the values name, and what was wrong with a
// form about it.
func (s site) chartPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	ref, _ := seizure.ValidReference(typed.Get("from"))
	depth, _ := strconv.Atoi(typed.Get("depth")) // what is no number is one step
	c, err := s.Connections.Chart(r.Context(), v.Actor(), frame.CodeOf(r), ref, depth)
	if err != nil {
		return err
	}
	m := chartView{Chart: c, maySay: c.Standing.May(access.SightingSay), form: kit.FormOf(typed, wrong), other: typed.Get("other"), id: s.Source.ID()}
	if m.sighted, err = s.Watchlists.Sightings(r.Context(), v.Actor(), frame.CodeOf(r), ref); err != nil {
		return err
	}
	p := s.Inside(r, v, c.Standing, c.Case.Reference, v.Printer.T("connectionpage.title"))
	m.form.Labels = frame.Labels(p, "connectionpage.field.", "reason", "state", "words")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), chartPage(p, m))
}

// toChart is the address of the chart that a form stands on.
func toChart(r *http.Request) string {
	return chartHref("/o/"+string(frame.CodeOf(r))+"/", r.PostForm.Get("from"), r.PostForm.Get("depth"))
}

func chartHref(base, from, depth string) string {
	q := url.Values{"from": {from}}
	if depth != "" && depth != "1" {
		q.Set("depth", depth)
	}
	return base + "analysis/links?" + q.Encode()
}

func (s site) judge(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	d := connection.JudgementDraft{One: f.Get("via"), Other: f.Get("other"), State: f.Get("state"), Reason: lines(f.Get("reason"))}
	_, err := s.Connections.Judge(r.Context(), v.Actor(), frame.CodeOf(r), d)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, toChart(r), "connection-"+d.State)
	case frame.Refused(err):
		return s.chartPage(w, r, v, frame.Keep(f), err)
	}
	return err
}

func (s site) retract(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if err := s.Connections.Retract(r.Context(), v.Actor(), frame.CodeOf(r), r.PostForm.Get("via"), r.PostForm.Get("other")); err != nil {
		return err
	}
	return frame.SeeOther(w, r, toChart(r), "connection-retracted")
}

func (s site) sayOfCase(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	_, err := s.Watchlists.Say(r.Context(), v.Actor(), frame.CodeOf(r), watchlist.SightingDraft{ID: watchlist.ID(f.Get("id")), Case: f.Get("from"), State: f.Get("state"), Words: lines(f.Get("words"))})
	switch {
	case err == nil:
		return frame.SeeOther(w, r, toChart(r), "sighting-said")
	case frame.Refused(err):
		return s.chartPage(w, r, v, frame.Keep(f), err)
	}
	return err
}
