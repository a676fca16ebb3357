package operationpage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) journalRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/journal/{$}", Command: access.JournalRead, Rate: door.Searches}, Handle: s.journalList},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/journal/{seq}", Command: access.JournalRead}, Handle: s.journalEntry},
	}
}

// journalFilter reads the filter from the address; what cannot be a number
// filters by nothing.
func journalFilter(q url.Values) journal.Filter {
	org, _ := strconv.ParseInt(q.Get("organisation"), 10, 64)
	before, _ := strconv.ParseInt(q.Get("before"), 10, 64)
	return journal.Filter{Verb: q.Get("verb"), Subject: q.Get("subject"), Actor: q.Get("actor"), Organisation: max(org, 0), Before: max(before, 0)}
}

func (s site) journalList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := r.URL.Query()
	list, err := s.Operations.Journal(r.Context(), v.Actor(), frame.CodeOf(r), journalFilter(q))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, list.Standing, v.Printer.T("journalpage.title"))
	p.Wide = true
	page := journalPage(p, list, kit.Form{Values: q})
	if frame.Partial(r) {
		page = journalLines(p, list, q)
	}
	return frame.Show(w, r, http.StatusOK, page)
}

func (s site) journalEntry(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil || seq < 0 {
		return fault.Missing()
	}
	e, err := s.Operations.JournalEntry(r.Context(), v.Actor(), frame.CodeOf(r), seq)
	if err != nil {
		return err
	}
	title := v.Printer.T("journalpage.entry", fault.Args{"number": e.Line.Seq})
	p := s.Inside(r, v, e.Standing, title, v.Printer.T("journalpage.title"))
	return frame.Show(w, r, http.StatusOK, entryPage(p, e))
}
