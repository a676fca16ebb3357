package messagepage

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// The steps of a form of several; a button says which one is meant.
const (
	stepPreview = "preview" // show who will see it
	stepCheck   = "check"
	stepChange  = "change"
	stepSend    = "send"
)

func (s site) messageChoose(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	if !st.May(access.MessageSend) {
		return fault.Missing()
	}
	p := s.Inside(r, v, st, v.Printer.T("messagepage.new.title"))
	return frame.Show(w, r, http.StatusOK, messageChoosePage(p, p.Operation.Href, frame.Controls(st)))
}

// messageWriting is a message that is being written.
type messageWriting struct {
	base, template string
	standing       operation.Standing
	members        []operation.Member
	zone           *time.Location
	form           kit.Form
	reach          *message.Preview  // who will see it; nil while that is not known
	unsent         message.Draft     // what the form says, once it has been checked
	same           links.Consignment // records that carry the same numbers
	uploads        kit.Uploads
}

func (m messageWriting) action() string { return m.base + "m/new/" + m.template }

// writing opens the form of a template for whoever may send.
func (s site) writing(r *http.Request, v *frame.Visit) (messageWriting, *kit.Page, error) {
	m := messageWriting{template: r.PathValue("template")}
	if m.template != message.General && m.template != message.Warning {
		return m, nil, fault.Missing()
	}
	var err error
	code := frame.CodeOf(r)
	if m.standing, err = s.Operations.Read(r.Context(), v.Actor(), code); err != nil {
		return m, nil, err
	}
	if !m.standing.May(access.MessageSend) || m.template == message.Warning && !frame.Controls(m.standing) {
		return m, nil, fault.Missing()
	}
	if m.members, err = s.knownMembers(r.Context(), v.Actor(), m.standing); err != nil {
		return m, nil, err
	}
	m.zone = zoneOf(m.standing)
	p := s.Inside(r, v, m.standing, v.Printer.T("messagepage.new."+m.template))
	m.base = p.Operation.Href
	return m, p, nil
}

// zoneOf is the time zone in which the reader's organisation works.
func zoneOf(st operation.Standing) *time.Location {
	if l, err := time.LoadLocation(st.Organisation.TimeZone); err == nil {
		return l
	}
	return time.UTC
}

// knownMembers are those of the operation, for readers who may know them.
func (s site) knownMembers(ctx context.Context, who access.Actor, st operation.Standing) ([]operation.Member, error) {
	if !st.May(access.OperationPeople) {
		return nil, nil
	}
	_, members, err := s.Operations.People(ctx, who, st.Operation.Code)
	return members, err
}

func (s site) messageWrite(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.writing(r, v)
	if err != nil {
		return err
	}
	due := s.Source.Now().In(m.zone).Add(48 * time.Hour)
	m.form = kit.FormOf(url.Values{"id": {s.Source.ID()}, "language": {writtenIn(v)}, "tlp": {"AMBER"}, "apart": {along},
		"reply_due": {due.Format(time.DateOnly)}, "due_time": {due.Format("15:00")}}, nil)
	if to := r.URL.Query().Get("to"); to != "" {
		m.form.Values.Set("to", to)
	}
	if m.uploads, err = s.Uploads(r, v, p, m.form.Values); err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, messageFormPage(p, m))
}

// writtenIn is the language in which this person most likely writes.
func writtenIn(v *frame.Visit) string {
	if lang := v.Session.Person.Language; lang != "" {
		return lang
	}
	return string(v.Printer.Lang())
}

func (s site) messageSend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.writing(r, v)
	if err != nil {
		return err
	}
	unread, wrong := s.readMessage(r, v, p, &m)
	if wrong != nil && !fault.Is(wrong, fault.Invalid) {
		return wrong
	}
	switch step := r.PostForm.Get("step"); {
	case frame.Partial(r):
		return frame.Show(w, r, http.StatusOK, messageReaders(p, m))
	case v.RefusedFiles() != nil:
		wrong = v.RefusedFiles()
	case step == stepPreview || step == stepChange:
		return frame.Show(w, r, http.StatusOK, messageFormPage(p, m))
	case step != stepSend || unread != nil:
		if wrong = withField(firstWrong(m.unsent.Check(s.Source.Now()), wrong), unread); wrong == nil {
			return s.messageChecked(w, r, v, p, m)
		}
	default:
		return s.sendMessage(w, r, v, p, m)
	}
	return s.messageRefused(w, r, p, m, wrong)
}

// messageChecked shows the message as it will be sent, and which records carry the
// same numbers.
func (s site) messageChecked(w http.ResponseWriter, r *http.Request, v *frame.Visit, p *kit.Page, m messageWriting) (err error) {
	m.unsent = m.unsent.Marked()
	if m.same, err = s.Links.Same(r.Context(), v.Actor(), m.standing.Operation.Code, m.unsent.Marks); err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, messageCheckPage(p, m))
}

// readMessage reads the form and asks who would see the message. It tells what
// could not be read, and what is wrong with the rest.
func (s site) readMessage(r *http.Request, v *frame.Visit, p *kit.Page, m *messageWriting) (unread *fault.Field, wrong error) {
	m.unsent, unread = newDraft(r.PostForm, m.template, m.members, m.zone)
	m.form = kit.FormOf(r.PostForm, nil)
	m.form.Labels = messageLabels(p)
	reach, wrong := s.Messages.Preview(r.Context(), v.Actor(), m.standing.Operation.Code, m.unsent)
	if wrong == nil {
		m.reach = &reach
	}
	var err error
	if m.uploads, err = s.Uploads(r, v, p, m.form.Values); err != nil {
		return unread, err
	}
	return unread, wrong
}

// sendMessage sends what could be read whole; the command decides.
func (s site) sendMessage(w http.ResponseWriter, r *http.Request, v *frame.Visit, p *kit.Page, m messageWriting) error {
	sent, err := s.Messages.Send(r.Context(), v.Actor(), m.standing.Operation.Code, m.unsent)
	if err != nil {
		return s.messageRefused(w, r, p, m, err)
	}
	return frame.SeeOther(w, r, frame.MessageHref(m.base, sent.Seq), "message-sent")
}

func firstWrong(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// messageRefused shows the form again with what was typed. Where its id is taken
// by another message, the form goes on as a new one.
func (s site) messageRefused(w http.ResponseWriter, r *http.Request, p *kit.Page, m messageWriting, wrong error) error {
	if !frame.Refused(wrong) {
		return wrong
	}
	if fault.Is(wrong, fault.Conflict) || wrongField(wrong, "id") {
		m.form.Values.Set("id", s.Source.ID())
	}
	labels := m.form.Labels
	m.form = kit.FormOf(m.form.Values, wrong)
	m.form.Labels = labels
	p.Error = true
	return frame.Show(w, r, door.Status(wrong), messageFormPage(p, m))
}

func wrongField(err error, path string) bool {
	f, ok := frame.AsFault(err)
	if !ok {
		return false
	}
	for _, field := range f.Fields {
		if field.Path == path {
			return true
		}
	}
	return false
}

// messageFields are the names of the form, in its order.
var messageFields = []string{"id", "to", "organisation", "apart", "language", "subject", "body", "tlp", "reply_due", "due_time",
	"category", "conveyance", "provenance", "destination", "marks", "label"}

// checkRows are the fields of the message beside its text, as they will be sent.
func (m messageWriting) checkRows(p *kit.Page) []kit.Row {
	d := m.unsent
	rows := []kit.Row{{Label: p.T("messagepage.field.to"), Value: plainList(p, addressWords(p, d.To, memberNames(p, m.members)))}}
	if !d.ReplyDue.IsZero() {
		rows = append(rows, kit.Row{Label: p.T("messagepage.field.reply_due"),
			Value: kit.Join(localTime(p, d.ReplyDue, m.zone), kit.Text("·"), kit.When(p, d.ReplyDue))})
	}
	for _, c := range []struct{ path, list, code string }{
		{"category", "category", d.Profile.Category}, {"conveyance", "conveyance", d.Profile.Conveyance},
		{"provenance", "country", d.Profile.Provenance}, {"destination", "country", d.Profile.Destination},
	} {
		if c.code != "" {
			rows = append(rows, kit.Row{Label: p.T("messagepage.field." + c.path), Value: kit.Listed(p, c.list, c.code)})
		}
	}
	if len(d.Marks) > 0 {
		rows = append(rows, kit.Row{Label: p.T("consignment.field"), Value: frame.MarkList(p, d.Marks)})
	}
	return append(rows, kit.Row{Label: p.T("messagepage.field.tlp"), Value: tlpLine(p, d.TLP)},
		kit.Row{Label: p.T("messagepage.field.language"), Value: kit.Listed(p, "language", baseLanguage(d.Language))})
}
