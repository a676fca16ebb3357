package practicepage

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) replay(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.replayPage(w, r, v, url.Values{}, nil)
}

func (s site) replayPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	d, err := s.desk(r, v)
	if err != nil {
		return err
	}
	if d.Practice.ID == "" || !d.Learns {
		return fault.Missing()
	}
	m := replayView{Desk: d, form: kit.FormOf(values, wrong)}
	if d.Prepares && len(d.Days) == 0 {
		if m.from, err = s.past(r, v); err != nil {
			return err
		}
	}
	p := s.inside(r, v, d, v.Printer.T("practicepage.replay"))
	m.form.Labels = frame.Labels(p, "practicepage.field.", "from")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), replayPage(p, m))
}

// past are the real operations that the reader coordinates.
func (s site) past(r *http.Request, v *frame.Visit) (out []kit.Option, err error) {
	all, err := s.Operations.List(r.Context(), v.Actor(), operation.KindOperation)
	for _, o := range all {
		if o.Membership.State == operation.Accepted && access.Within(o.Membership.Side, o.Roles, access.PracticePrepare) {
			out = append(out, kit.Option{Value: string(o.Operation.Code), Label: o.Operation.Name})
		}
	}
	return out, err
}

func (s site) prepare(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code, id, err := s.workshopOf(r, v)
	if err != nil {
		return err
	}
	_, err = s.Practices.Prepare(r.Context(), v.Actor(), code, id, operation.Code(r.PostForm.Get("from")),
		practice.Labels{Brand: v.Printer.T("practice.brand"), Holder: v.Printer.T("practice.holder")})
	switch {
	case err == nil:
		return frame.SeeOther(w, r, frame.ExerciseHref(id)+"replay", "practice-prepared")
	case frame.Refused(err):
		return s.replayPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// next plays a day: first its copies are written, then the day is one that was. So a
// page that is sent again goes on where it stopped.
func (s site) next(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, err := s.desk(r, v)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PostForm.Get("day"))
	if err != nil || n < 1 || n > len(d.Days) || !d.MayOpen {
		return fault.Missing()
	}
	if !d.Enrolled {
		return s.replayPage(w, r, v, url.Values{}, fault.Of(fault.Conflict, "practice.begin-first"))
	}
	if err := s.write(r, v, d, n); err != nil {
		return err
	}
	_, err = s.Practices.Advance(r.Context(), v.Actor(), d.Standing.Operation.Code, d.Workshop.ID, int64(n))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, frame.ExerciseHref(d.Workshop.ID)+"replay", "practice-day")
	case frame.Refused(err):
		return s.replayPage(w, r, v, url.Values{}, err)
	}
	return err
}

// write writes the copies of the day that comes next into the practice, as of the day on
// which that was opened.
func (s site) write(r *http.Request, v *frame.Visit, d practice.Desk, n int) error {
	if n > 1 && d.Days[n-2].Played.IsZero() {
		return nil // Advance refuses it
	}
	day := d.Days[n-1]
	today := d.Practice.At.UTC().Format(time.DateOnly)
	for _, c := range day.Cases {
		c.Day, c.Language = today, d.Practice.Language
		if _, err := s.Seizures.Report(r.Context(), v.Actor(), d.Practice.Code, c); err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	for _, c := range day.Warnings {
		m := message.Draft{ID: c.ID, Template: message.Warning, Language: string(v.Printer.Lang()), TLP: c.TLP, Profile: c.Profile, ReplyDue: d.Practice.At.Add(practice.AnswerWithin),
			Subject: v.Printer.T("practice.copy.subject") + " " + v.Printer.Number(day.Number), Body: v.Printer.T("practice.copy.text"),
			To: audience.Address{Sides: []access.Side{access.Enforcement}}}
		if _, err := s.Messages.Send(r.Context(), v.Actor(), d.Practice.Code, m); err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return nil
}
