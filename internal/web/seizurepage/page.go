package seizurepage

import (
	"net/http"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// caseViewModel is one case as its page shows it.
type caseViewModel struct {
	seizure.File
	base    string
	warning string        // subject of the warning that the case answers, when the reader may read it
	sent    bool          // just sent: the page is the receipt
	beside  frame.Beside  // what belongs to the same consignment
	doubles links.Hints   // which cases may be the same one
	later   *seizure.Desk // who will see it after release; nil when that is no question
}

func (s site) caseView(r *http.Request, v *frame.Visit, p *kit.Page, f seizure.File) (view caseViewModel, err error) {
	view = caseViewModel{File: f, base: caseBase(f.Standing.Operation.Code)}
	view.sent = r.URL.Query().Get("sent") == "1" && f.Own() && f.Case.Author == v.Actor().Person && caseIsOut(f.Case)
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
	if view.doubles, err = s.Links.Hints(r.Context(), v.Actor(), f.Standing.Operation.Code, f.Case.Draft, f.Case.Seq); err != nil {
		return view, err
	}
	view.beside, err = s.Beside(r, v, p, f.Case.Seq, "c/"+f.Case.Reference)
	return view, err
}

// warningLink leads to the warning that the case answers.
func (c caseViewModel) warningLink() string {
	return frame.MessageHref("/o/"+string(c.Standing.Operation.Code)+"/", c.Case.Warning)
}

// title names the case by its goods.
func (c caseViewModel) title(p *kit.Page) string { return caseTitle(p, c.Case) }

func caseTitle(p *kit.Page, c seizure.Case) string {
	if names := caseCategories(p, c.Draft); len(names) > 0 {
		return p.Printer.List(names)
	}
	return p.T("casepage.untitled")
}

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

// groupRows are the fields of one part of the page; what was not stated is left
// out, for a case in the short form has many such fields.
func groupRows(p *kit.Page, d seizure.Draft, keys []string) []kit.Row {
	var out []kit.Row
	for _, c := range caseCells(p, d) {
		if slices.Contains(keys, c.Key) && c.Text != "" {
			out = append(out, kit.Row{Label: c.Label, Value: c.value()})
		}
	}
	return out
}

// lineRows are the fields of one line of goods.
func lineRows(p *kit.Page, d seizure.Draft, n int) []kit.Row {
	var out []kit.Row
	for _, c := range goodsCells(p, d, n) {
		switch {
		case c.Text != "":
			out = append(out, kit.Row{Label: c.Label, Value: c.value()})
		case strings.HasSuffix(c.Key, ".quantity"):
			out = append(out, kit.Row{Label: c.Label}) // not given: a figure is missing
		}
	}
	return out
}

// whyClass says whether the case counts, and if not, why.
func whyClass(p *kit.Page, o operation.Operation, c seizure.Case) string {
	key := "casepage.why." + c.Class
	if c.Class == seizure.IsDraft && c.State == seizure.Reported {
		key = "casepage.why.unreleased"
	}
	args := fault.Args{}
	if c.Class == seizure.OutsidePhase {
		for _, ph := range o.Phases {
			if ph.Kind == o.Counting.Phase {
				args["phase"] = p.Printer.Range(ph.Starts, ph.Ends)
			}
		}
	}
	return p.T(key, args)
}

// caseReaders is who can see a case, or will.
func caseReaders(p *kit.Page, reach operation.Reach, sending bool) kit.Readers {
	r := kit.Readers{People: int64(reach.People), Sending: sending}
	for _, o := range reach.Organisations {
		r.Organisations = append(r.Organisations, kit.ReaderGroup{Name: frame.Called(p, o), Side: readerKind(p, o)})
	}
	slices.SortFunc(r.Organisations, func(a, b kit.ReaderGroup) int { return p.Printer.Compare(a.Name, b.Name) })
	return r
}

func readerKind(p *kit.Page, o organisation.Organisation) string {
	return p.Printer.Code("organisation-kind", o.Kind)
}

// history is what happened to the case, newest first, each amendment with what
// it changed.
func (c caseViewModel) history(p *kit.Page) []kit.Event {
	var out []kit.Event
	for i, v := range c.Versions {
		e := kit.Event{At: v.At, Title: p.T("casepage.event." + v.Verb), Who: c.author(p, v.Author)}
		var changes []caseChange
		if i > 0 {
			changes = caseChanges(p, c.Versions[i-1].Draft, v.Draft)
		}
		reason := v.Reason
		if reason == "-" {
			reason = ""
		}
		if reason != "" || len(changes) > 0 {
			e.Body = caseEventBody(p, v.Language, reason, changes)
		}
		out = append(out, e)
	}
	slices.Reverse(out)
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
