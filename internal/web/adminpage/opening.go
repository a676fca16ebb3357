package adminpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) openingRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/admin/operations/new", Command: access.OperationOpen}, Handle: s.openingShow},
		{Route: door.Route{Method: "POST", Pattern: "/admin/operations/new", Command: access.OperationOpen, Limit: frame.SmallForm}, Handle: s.opening},
	}
}

// Rows of phases that the form has at first, and at most.
const (
	firstPhases = 3
	mostPhases  = 12
)

func (s site) openingShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	own := v.Session.Organisation
	typed := url.Values{"batch": {"one"}, "id": {s.Source.ID()}, "kind": {operation.KindOperation}, "language": {own.Language}, "time_zone": {own.TimeZone},
		"counting.phase": {"operational"}, "phases.0.kind": {"training"}, "phases.1.kind": {"operational"}, "phases.2.kind": {"evaluation"}}
	if own.Directs() {
		typed.Set("organisation", string(own.ID))
		typed.Set("director", v.Actor().Person)
	}
	return s.openingPage(w, r, v, typed, nil, nil)
}

// openingPage is the form of a new operation. The director is one of the people
// whom the actor may know of; the command checks that the body is theirs.
func (s site) openingPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, f *following, wrong error) error {
	list, err := s.roster(r, v)
	if err != nil {
		return err
	}
	if !access.May(v.Actor(), access.OperationOpen) {
		return fault.Missing()
	}
	list.organisations = list.only()
	p := s.Page(r, v, f.heading(&kit.Page{Printer: v.Printer}).Title, v.Printer.T("admin.title"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = frame.Labels(p, "admin.", "code", "operation-kind", "purpose", "sponsor", "time_zone", "organisation", "director", "phases", "counting", "handling", "subs", "asks")
	form.Labels["members"], form.Labels["lessons"] = p.T("admin.follow.members"), p.T("admin.follow.lessons")
	form.Labels["name"], form.Labels["kind"] = p.T("admin.operation-name"), p.T("admin.operation-kind")
	return frame.Show(w, r, frame.FormStatus(wrong), openingPage(p, list, form, f))
}

func (s site) opening(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if r.PostForm.Has("more") {
		r.PostForm.Set("rows", strconv.Itoa(min(phaseRows(r.PostForm)+1, mostPhases)))
		return s.openingPage(w, r, v, r.PostForm, nil, nil)
	}
	made, err := s.Operations.Open(r.Context(), v.Actor(), openingDraft(r.PostForm))
	if frame.Refused(err) {
		return s.openingPage(w, r, v, r.PostForm, nil, err)
	}
	if err != nil {
		return err
	}
	if r.PostFormValue("director") == v.Actor().Person {
		return frame.SeeOther(w, r, "/o/"+string(made.Code)+"/people/", "opened")
	}
	return frame.SeeOther(w, r, "/admin/", "opened") // who opened it is no member of it
}

// openingDraft is the one conversion of the form.
func openingDraft(f url.Values) operation.Draft {
	d := operation.Draft{ID: operation.ID(f.Get("id")), Code: operation.Code(strings.TrimSpace(f.Get("code"))), Kind: f.Get("kind"),
		Name: strings.TrimSpace(f.Get("name")), Purpose: f.Get("purpose"), Language: f.Get("language"), Sponsor: f.Get("sponsor"),
		TimeZone: strings.TrimSpace(f.Get("time_zone")), Handling: f.Get("handling"), Organisation: organisation.ID(f.Get("organisation")),
		Director: person.ID(f.Get("director")),
		Scope: operation.Scope{Categories: f["categories"], HS: strings.Fields(strings.ReplaceAll(f.Get("hs"), ",", " ")),
			Asks: operation.Asks{Each: f.Get("batch") == "each", Subs: byCategory(f.Get("subs"), ""), Fields: byCategory(f.Get("asks"), ",")}},
		Counting: operation.Counting{Phase: f.Get("counting.phase"), Statuses: f["counting.statuses"], Words: prefixed(f, "words."),
			Checked: slices.Contains(f["counting"], "checked"), Genuine: slices.Contains(f["counting"], "genuine"),
			Doubles: slices.Contains(f["counting"], "doubles")},
	}
	for i := range phaseRows(f) {
		at := "phases." + strconv.Itoa(i) + "."
		ph := operation.Phase{Kind: f.Get(at + "kind"), Name: strings.TrimSpace(f.Get(at + "name")), Starts: f.Get(at + "starts"), Ends: f.Get(at + "ends")}
		if ph.Starts != "" || ph.Ends != "" {
			d.Phases = append(d.Phases, ph)
		}
	}
	return d
}

// phaseRows is how many phases the form has room for.
func phaseRows(f url.Values) int {
	n, err := strconv.Atoi(f.Get("rows"))
	if err != nil {
		return firstPhases
	}
	return min(max(n, firstPhases), mostPhases)
}

// byCategory reads what stands behind the codes of categories, one code a line
// ("PHA: erectile-dysfunction medication"). Where a sign separates, a line says
// several things ("PHA: batch, hazard"), or none, which is an answer, too. A line
// whose code is none is kept, and refused by the draft's check.
func byCategory(text, separator string) map[string][]string {
	var out map[string][]string
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		code, words, _ := strings.Cut(line, ":")
		if code = strings.ToUpper(strings.TrimSpace(code)); code == "" {
			continue
		}
		if out == nil {
			out = map[string][]string{}
		}
		parts := []string{words}
		if separator != "" {
			parts = strings.Split(strings.ReplaceAll(words, "،", separator), separator)
		}
		if out[code] == nil {
			out[code] = []string{}
		}
		for _, part := range parts {
			if part = strings.TrimSpace(part); part != "" || separator == "" {
				out[code] = append(out[code], part)
			}
		}
	}
	return out
}
