package seizurepage

import (
	"net/http"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// caseViewModel is one case as its page shows it.
type caseViewModel struct {
	seizure.File
	base    string
	warning string         // subject of the warning that the case answers, when the reader may read it
	sent    bool           // just sent: the page is the receipt
	beside  frame.Beside   // what belongs to the same consignment
	doubles links.Hints    // which cases may be the same one
	asked   []inquiry.View // right holders
	reviews []review.Review
	review  review.Standing
	amended int64         // the last version that an amendment made
	later   *seizure.Desk // who will see it after release; nil when that is no question
}

func (s site) caseView(r *http.Request, v *frame.Visit, p *kit.Page, f seizure.File) (view caseViewModel, err error) {
	view = caseViewModel{File: f, base: casepart.Base(f.Standing.Operation.Code)}
	view.sent = r.URL.Query().Get("sent") == "1" && f.Own() && f.Case.Author == v.Actor().Person && casepart.IsOut(f.Case)
	p.Path = frame.CleanPath(r.URL)
	if f.Case.Warning != 0 && f.Standing.May(access.MessageRead) {
		if t, err := s.Messages.Read(r.Context(), v.Actor(), f.Standing.Operation.Code, f.Case.Warning); err == nil {
			view.warning = t.Message.Subject
		}
	}
	if f.Own() && f.Case.State == seizure.Reported && f.Standing.May(access.SeizureReport) {
		if desk, err := s.Seizures.Prepare(r.Context(), v.Actor(), f.Standing.Operation.Code); err == nil {
			view.later = &desk
		}
	}
	if view.reviews, view.review, err = s.Reviews.Read(r.Context(), v.Actor(), f.Standing.Operation.Code, f.Case.Reference); err != nil {
		return view, err
	}
	for _, version := range f.Versions {
		if version.Verb == string(access.SeizureAmend) {
			view.amended = version.Version
		}
	}
	if view.doubles, err = s.Links.Hints(r.Context(), v.Actor(), f.Standing.Operation.Code, f.Case.Draft, f.Case.Seq); err != nil {
		return view, err
	}
	if f.Standing.May(access.InquiryRead) && f.Case.State != seizure.Saved {
		if view.asked, err = s.Inquiries.OfCase(r.Context(), v.Actor(), f.Standing.Operation.Code, f.Case.Reference); err != nil {
			return view, err
		}
	}
	view.beside, err = s.Beside(r, v, p, f.Case.Seq, "c/"+f.Case.Reference)
	return view, err
}

// warningLink leads to the warning that the case answers.
func (c caseViewModel) warningLink() string {
	return frame.MessageHref("/o/"+string(c.Standing.Operation.Code)+"/", c.Case.Warning)
}

// title names the case by its goods.
func (c caseViewModel) title(p *kit.Page) string { return casepart.Title(p, c.Case) }

// lede says where and when.
func (c caseViewModel) lede(p *kit.Page) string {
	var parts []string
	if c.Case.Place != "" {
		parts = append(parts, c.Case.Place)
	}
	if c.Case.Country != "" {
		parts = append(parts, p.Printer.Country(c.Case.Country))
	}
	if c.Case.Day != "" {
		parts = append(parts, p.Printer.DayLong(c.Case.Day))
	}
	for i := range parts {
		parts[i] = p.Printer.Isolate(parts[i])
	}
	return strings.Join(parts, " · ")
}

// history is what happened to the case, newest first, each amendment with what
// it changed.
func (c caseViewModel) history(p *kit.Page) []kit.Event {
	var out []kit.Event
	for i, v := range c.Versions {
		e := kit.Event{At: v.At, Title: p.T("casepage.event." + v.Verb), Who: c.author(p, v.Author)}
		var changes []casepart.Change
		if i > 0 {
			changes = casepart.Changes(p, c.Versions[i-1].Draft, v.Draft)
		}
		reason := v.Reason
		if reason == "-" {
			reason = ""
		}
		if reason != "" || len(changes) > 0 {
			e.Body = casepart.EventBody(p, v.Language, reason, changes)
		}
		out = append(out, e)
	}
	for _, r := range c.reviews {
		e := kit.Event{At: r.At, Title: p.T("casepage.event.review." + r.Verdict + "." + r.Side)}
		if r.Reason != "" {
			e.Body = casepart.EventBody(p, "", r.Reason, nil)
		}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b kit.Event) int { return b.At.Compare(a.At) })
	return out
}

// author names who acted: a person, the clock that releases, or the withdrawal of
// the case whose double this was.
func (c caseViewModel) author(p *kit.Page, name string) string {
	switch {
	case name == "system:original-withdrawn":
		return p.T("casepage.by-withdrawal")
	case strings.HasPrefix(name, "system:"):
		return p.T("casepage.by-clock")
	}
	return c.People[name].Name
}
