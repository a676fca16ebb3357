package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

var journalRoutes = []row{
	{door.Route{Method: "GET", Pattern: "/o/{op}/journal/{$}", Command: access.JournalRead}, journalList},
	{door.Route{Method: "GET", Pattern: "/o/{op}/journal/{seq}", Command: access.JournalRead}, journalEntry},
}

// journalFilter reads the filter from the address; what cannot be a number
// filters by nothing.
func journalFilter(q url.Values) journal.Filter {
	org, _ := strconv.ParseInt(q.Get("organisation"), 10, 64)
	before, _ := strconv.ParseInt(q.Get("before"), 10, 64)
	return journal.Filter{Verb: q.Get("verb"), Subject: q.Get("subject"), Actor: q.Get("actor"), Organisation: max(org, 0), Before: max(before, 0)}
}

func journalList(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	q := r.URL.Query()
	list, err := s.Operations.Journal(r.Context(), v.actor(), codeOf(r), journalFilter(q))
	if err != nil {
		return err
	}
	p := s.inside(r, v, list.Standing, v.printer.T("journalpage.title"))
	p.Wide = true
	page := journalPage(p, list, kit.Form{Values: q})
	if partial(r) {
		page = journalLines(p, list, q)
	}
	return show(w, r, http.StatusOK, page)
}

func journalEntry(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil || seq < 0 {
		return fault.Missing()
	}
	e, err := s.Operations.JournalEntry(r.Context(), v.actor(), codeOf(r), seq)
	if err != nil {
		return err
	}
	title := v.printer.T("journalpage.entry", fault.Args{"number": e.Line.Seq})
	p := s.inside(r, v, e.Standing, title, v.printer.T("journalpage.title"))
	return show(w, r, http.StatusOK, entryPage(p, e))
}

// wholeNumber reads a number of a form; key says what is wrong with another text.
func wholeNumber(path, text, key string) (int64, error) {
	n, err := i18n.ParseInt(text)
	if err != nil {
		var p fault.Problems
		p.Add(path, key)
		return 0, p.Fault()
	}
	return n, nil
}
