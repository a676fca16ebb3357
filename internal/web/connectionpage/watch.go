package connectionpage

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// usual is for how long an entry stands unless its writer says otherwise.
const usual = 90 * 24 * time.Hour

// listView is a watch list with the form that adds to it.
type listView struct {
	watchlist.Page
	form kit.Form
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := r.URL.Query()
	return s.listPage(w, r, v, url.Values{"id": {s.Source.ID()}, "to": {watchlist.Own}, "list": {"watch"}, "kind": q["kind"], "value": q["value"]}, nil)
}

func (s site) listPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	page, err := s.Watchlists.List(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	if wrong == nil {
		values.Set("until", s.Source.Now().In(page.Standing.Operation.Location()).Add(usual).Format(time.DateOnly))
	}
	p := s.Inside(r, v, page.Standing, v.Printer.T("watchpage.title"))
	m := listView{page, kit.FormOf(values, wrong)}
	m.form.Labels = frame.Labels(p, "watchpage.field.", "kind", "value", "note", "until", "to", "list")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), listPage(p, m))
}

func (s site) set(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	_, _, err := s.Watchlists.Set(r.Context(), v.Actor(), frame.CodeOf(r), watchlist.Draft{ID: watchlist.ID(f.Get("id")), Kind: f.Get("kind"), Value: f.Get("value"),
		Note: lines(f.Get("note")), Until: f.Get("until"), Good: f.Get("list") == "good", To: f.Get("to")})
	switch {
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/watch/", "watch-set")
	case frame.Refused(err):
		values := frame.Keep(f)
		if fault.Is(err, fault.Conflict) {
			values.Set("id", s.Source.ID())
		}
		return s.listPage(w, r, v, values, err)
	}
	return err
}

// nameOf is the entry that an address names.
func nameOf(r *http.Request) watchlist.Name {
	return watchlist.Name{ID: watchlist.ID(r.PathValue("id")), From: organisation.ID(r.URL.Query().Get("of"))}
}

// entryView is one entry, with the form of a sighting.
type entryView struct {
	watchlist.Opened
	form kit.Form
	id   string
}

func (s site) entry(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.entryPage(w, r, v, url.Values{}, nil)
}

func (s site) entryPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	o, err := s.Watchlists.Read(r.Context(), v.Actor(), frame.CodeOf(r), nameOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, o.Standing, o.Value, v.Printer.T("watchpage.title"))
	m := entryView{o, kit.FormOf(values, wrong), s.Source.ID()}
	m.form.Labels = frame.Labels(p, "connectionpage.field.", "state", "words")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), entryPage(p, m))
}

func (s site) drop(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if err := s.Watchlists.Drop(r.Context(), v.Actor(), frame.CodeOf(r), nameOf(r)); err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/watch/", "watch-dropped")
}

func (s site) sayOfEntry(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	_, err := s.Watchlists.Say(r.Context(), v.Actor(), frame.CodeOf(r), watchlist.SightingDraft{ID: watchlist.ID(f.Get("id")), Entry: nameOf(r), State: f.Get("state"), Words: lines(f.Get("words"))})
	switch {
	case err == nil:
		return frame.SeeOther(w, r, r.URL.RequestURI()[:strings.LastIndex(r.URL.Path, "/say")]+of(r), "sighting-said")
	case frame.Refused(err):
		return s.entryPage(w, r, v, frame.Keep(f), err)
	}
	return err
}

// of says again whose the entry is.
func of(r *http.Request) string {
	if from := r.URL.Query().Get("of"); from != "" {
		return "?" + url.Values{"of": {from}}.Encode()
	}
	return ""
}

// conditions gives the list to a targeting system; docs/reference/conditions.md.
func (s site) conditions(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	out, err := s.Watchlists.Conditions(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	name := "conditions-" + string(out.Operation)
	switch r.URL.Query().Get("format") {
	case "csv":
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
		return csv.NewWriter(w).WriteAll(out.Rows())
	case "", "json":
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.json"`)
		b, err := json.Marshal(out)
		if err == nil && out.Practice {
			b = operation.Practised(b)
		}
		_, _ = w.Write(append(b, '\n')) // the reader may have gone
		return err
	}
	return fault.Missing()
}

// toSet tells whether the reader may add to the list.
func (l listView) toSet() bool { return l.Standing.May(access.WatchSet) }
