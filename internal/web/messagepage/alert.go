package messagepage

import (
	"net/http"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// fromAlert fills a warning that begins with ?alert=ID from an alert of the library,
// to be read over, addressed and sent. Its text keeps the alert's reference.
func (s site) fromAlert(r *http.Request, v *frame.Visit, p *kit.Page, m messageWriting) error {
	q := r.URL.Query()
	id := q.Get("alert")
	if id == "" || m.ask.Base != message.Warning {
		return nil
	}
	a, err := s.Alerts.Read(r.Context(), v.Actor(), alert.Name{ID: alert.ID(id), From: organisation.ID(q.Get("of"))})
	if err != nil {
		return err
	}
	parts := []string{a.Look, a.Do, p.T("alertpage.as-warning", fault.Args{"id": string(a.ID)})}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	set := func(name, value string) {
		if value != "" {
			m.form.Values.Set(name, value)
		}
	}
	set("subject", a.Title)
	set("body", strings.Join(parts, "\n\n"))
	set("language", frame.BaseLanguage(a.Language))
	set("marks", frame.MarkLines(a.Marks))
	set("category", a.Category)
	set("provenance", first(a.From))
	set("destination", first(a.Into))
	if a.BrandOf != 0 && a.BrandOf == a.Organisation {
		set("source", "right-holder")
	}
	if a.Level == alert.Urgent {
		set("urgent", yes)
	}
	return nil
}

// first is the only one of some codes; of several none can be chosen.
func first(codes []string) string {
	if len(codes) == 1 {
		return codes[0]
	}
	return ""
}
