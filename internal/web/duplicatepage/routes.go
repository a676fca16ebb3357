package duplicatepage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/duplicates/{$}", Command: access.DuplicateRead, Rate: door.Searches}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/duplicates/settle", Command: access.DuplicateRead}, Handle: s.ask},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/duplicates/one", Command: access.SeizureRelate, Limit: frame.SmallForm}, Handle: s.relate},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/duplicates/apart", Command: access.DuplicateDismiss, Limit: frame.SmallForm}, Handle: s.dismiss},
	}
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64) // what is no number begins at the newest
	d, err := s.Links.Duplicates(r.Context(), v.Actor(), frame.CodeOf(r), before)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, d.Standing, v.Printer.T("duplicate.title"))
	return frame.Show(w, r, http.StatusOK, listPage(p, d, before > 0))
}

// pairView is two cases side by side.
type pairView struct {
	links.Pair
	base         string
	relate, part kit.Form
}

func (s site) ask(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.pairPage(w, r, v, http.StatusOK, r.URL.Query(), nil, nil)
}

func (s site) pairPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, status int, typed url.Values, relate, part error) error {
	pair, err := s.pairOf(r, v, typed)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, pair.Standing, v.Printer.T("duplicate.settle"), v.Printer.T("duplicate.title"))
	p.Error = relate != nil || part != nil
	view := pairView{Pair: pair, base: p.Operation.Href, relate: kit.FormOf(typed, relate), part: kit.FormOf(typed, part)}
	view.relate.Labels = map[string]string{"why": p.T("duplicate.why-one")}
	view.part.Labels = map[string]string{"reason": p.T("duplicate.why-apart")}
	return frame.Show(w, r, status, pairPage(p, view))
}

// pairOf reads the two cases that an address or a form names.
func (s site) pairOf(r *http.Request, v *frame.Visit, typed url.Values) (links.Pair, error) {
	one, okOne := seizure.ValidReference(typed.Get("one"))
	other, okOther := seizure.ValidReference(typed.Get("other"))
	if !okOne || !okOther {
		return links.Pair{}, fault.Missing()
	}
	return s.Links.Pair(r.Context(), v.Actor(), frame.CodeOf(r), one, other)
}

// relate says that the two are one: the newer is the double of the older, which
// counts.
func (s site) relate(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	typed := frame.Keep(r.PostForm)
	pair, err := s.pairOf(r, v, typed)
	if err != nil {
		return err
	}
	double, counts := pair.Other.Case, pair.One.Case
	version, _ := strconv.ParseInt(typed.Get("version"), 10, 64) // what is no number is no version
	_, err = s.Seizures.Relate(r.Context(), v.Actor(), frame.CodeOf(r), double.Seq, version, counts.Seq, typed.Get("why"))
	if frame.Refused(err) {
		return s.pairPage(w, r, v, door.Status(err), typed, renamed(err), nil)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, back(r), "duplicate-one")
}

// renamed says of the field of this form what is wrong with the command's.
func renamed(err error) error {
	f, ok := frame.AsFault(err)
	if !ok || len(f.Fields) == 0 {
		return err
	}
	out := *f
	out.Fields = nil
	for _, x := range f.Fields {
		if x.Path == "reason" {
			x.Path = "why"
		}
		out.Fields = append(out.Fields, x)
	}
	return &out
}

func (s site) dismiss(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	typed := frame.Keep(r.PostForm)
	pair, err := s.pairOf(r, v, typed)
	if err != nil {
		return err
	}
	err = s.Links.Dismiss(r.Context(), v.Actor(), frame.CodeOf(r), pair.One.Case.Seq, pair.Other.Case.Seq, typed.Get("reason"))
	if frame.Refused(err) {
		return s.pairPage(w, r, v, door.Status(err), typed, nil, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, back(r), "duplicate-apart")
}

func back(r *http.Request) string { return "/o/" + string(frame.CodeOf(r)) + "/duplicates/" }
