package seizurepage

import (
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) evidenceRoutes() []frame.Route {
	const at = "/o/{op}/c/{ref}"
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: at + "/custody", Command: access.CustodyRead}, Handle: s.custody},
		{Route: door.Route{Method: "GET", Pattern: at + "/evidence", Command: access.EvidenceBundle}, Handle: s.evidenceAsk},
		{Route: door.Route{Method: "POST", Pattern: at + "/evidence", Command: access.EvidenceBundle, Limit: frame.SmallForm}, Handle: s.evidenceMake},
	}
}

// historyLinks lead to who had the case in hand, and out of the house.
func historyLinks(p *kit.Page, f seizure.File) []kit.Link {
	var out []kit.Link
	at := casepart.Address(f.Standing.Operation.Code, f.Case.Reference)
	if evidence.MayFollow(f.Standing, f.Case) {
		out = append(out, kit.Link{Label: p.T("custodypage.link"), Href: at + "/custody"})
	}
	if f.Own() && f.Standing.May(access.EvidenceBundle) && f.Case.State != seizure.Saved {
		out = append(out, kit.Link{Label: p.T("evidencepage.link"), Href: at + "/evidence"})
	}
	return out
}

func (s site) custody(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	ref, err := casepart.Reference(r.PathValue("ref"))
	if err != nil {
		return err
	}
	c, err := s.Evidence.Custody(r.Context(), v.Actor(), frame.CodeOf(r), ref)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, c.Standing, v.Printer.T("custodypage.title"), c.Case.Reference)
	return frame.Show(w, r, http.StatusOK, custodyPage(p, c))
}

// acts are the steps of a chain of custody.
func acts(p *kit.Page, c evidence.Chain) []kit.Event {
	var out []kit.Event
	for _, s := range c.Steps {
		who := s.Person.Name
		if who != "" {
			who += " · "
		}
		e := kit.Event{At: s.At, Title: p.T("verb." + s.Verb), Who: who + frame.Called(p, s.From), Body: actBody(p, c, s)}
		if c.Standing.May(access.JournalRead) {
			e.Href = p.Operation.Href + "journal/" + strconv.FormatInt(s.Seq, 10)
		}
		out = append(out, e)
	}
	return out
}

func (s site) evidenceAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.evidenceForm(w, r, v, url.Values{}, nil)
}

func (s site) evidenceForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	ref, err := casepart.Reference(r.PathValue("ref"))
	if err != nil {
		return err
	}
	d, err := s.Evidence.Prepare(r.Context(), v.Actor(), frame.CodeOf(r), ref)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, d.Standing, v.Printer.T("evidencepage.title"), d.Case.Reference)
	p.Error = wrong != nil
	form := kit.FormOf(values, wrong)
	form.Labels = frame.Labels(p, "evidencepage.", "purpose", "recipient", "consent")
	return frame.Show(w, r, frame.FormStatus(wrong), evidencePage(p, d, form))
}

func (s site) evidenceMake(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	ref, err := casepart.Reference(r.PathValue("ref"))
	if err != nil {
		return err
	}
	q := evidence.Request{Purpose: r.PostForm.Get("purpose"), Recipient: r.PostForm.Get("recipient"), Consent: r.PostForm.Get("consent")}
	if err := purposeOf(q); err != nil {
		return s.evidenceForm(w, r, v, r.PostForm, err)
	}
	b, err := s.Evidence.Make(r.Context(), v.Actor(), frame.CodeOf(r), ref, q)
	if err != nil {
		if frame.Refused(err) {
			return s.evidenceForm(w, r, v, r.PostForm, err)
		}
		return err
	}
	return give(w, b)
}

// purposeOf: on a page nobody is let off saying what it is for.
func purposeOf(q evidence.Request) error {
	var p fault.Problems
	if q.Purpose == "" {
		p.Add("purpose", "fault.required")
	}
	return p.Fault()
}

// give answers with a bundle, to be saved.
func give(w http.ResponseWriter, b *evidence.Bundle) error {
	door.Slowly(w, source.Real().Now())
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Length", strconv.FormatInt(b.Size(), 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": b.FileName()}))
	if _, err := b.WriteTo(w); err != nil {
		panic(http.ErrAbortHandler) // the head is sent: the reader must see that it is cut
	}
	return nil
}
