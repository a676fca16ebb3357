package web

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// The steps of a form of several; a button says which one is meant.
const (
	stepPreview = "preview" // show who will see it
	stepCheck   = "check"
	stepChange  = "change"
	stepSend    = "send"
)

func messageChoose(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	st, err := s.Operations.Read(r.Context(), v.actor(), operation.Code(r.PathValue("op")))
	if err != nil {
		return err
	}
	if !st.May(access.MessageSend) {
		return fault.Missing()
	}
	p := s.inside(r, v, st, v.printer.T("messagepage.new.title"))
	return show(w, r, http.StatusOK, messageChoosePage(p, p.Operation.Href, controls(st)))
}

// controls tells whether the reader's organisation controls goods: right holders
// and observers neither warn nor give feedback.
func controls(st operation.Standing) bool {
	return st.Side() == access.Coordination || st.Side() == access.Enforcement
}

// messageWriting is a message that is being written.
type messageWriting struct {
	base, template string
	standing       operation.Standing
	members        []operation.Member
	zone           *time.Location
	form           kit.Form
	reach          *message.Preview // who will see it; nil while that is not known
	unsent         message.Draft    // what the form says, once it has been checked
}

func (m messageWriting) action() string { return m.base + "m/new/" + m.template }

// writing opens the form of a template for whoever may send.
func (s *Site) writing(r *http.Request, v *visit) (messageWriting, *kit.Page, error) {
	m := messageWriting{template: r.PathValue("template")}
	if m.template != message.General && m.template != message.Warning {
		return m, nil, fault.Missing()
	}
	var err error
	code := operation.Code(r.PathValue("op"))
	if m.standing, err = s.Operations.Read(r.Context(), v.actor(), code); err != nil {
		return m, nil, err
	}
	if !m.standing.May(access.MessageSend) || m.template == message.Warning && !controls(m.standing) {
		return m, nil, fault.Missing()
	}
	if m.members, err = s.knownMembers(r.Context(), v.actor(), m.standing); err != nil {
		return m, nil, err
	}
	m.zone = zoneOf(m.standing)
	p := s.inside(r, v, m.standing, v.printer.T("messagepage.new."+m.template))
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
func (s *Site) knownMembers(ctx context.Context, who access.Actor, st operation.Standing) ([]operation.Member, error) {
	if !st.May(access.OperationPeople) {
		return nil, nil
	}
	_, members, err := s.Operations.People(ctx, who, st.Operation.Code)
	return members, err
}

func messageWrite(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
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
	return show(w, r, http.StatusOK, messageFormPage(p, m))
}

// writtenIn is the language in which this person most likely writes.
func writtenIn(v *visit) string {
	if lang := v.session.Person.Language; lang != "" {
		return lang
	}
	return string(v.printer.Lang())
}

func messageSend(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	m, p, err := s.writing(r, v)
	if err != nil {
		return err
	}
	code := m.standing.Operation.Code
	d, unread := newDraft(r.PostForm, m.template, m.members, m.zone)
	m.unsent = d
	m.form = kit.FormOf(r.PostForm, nil)
	m.form.Labels = messageLabels(p)
	reach, wrong := s.Messages.Preview(r.Context(), v.actor(), code, d)
	if wrong == nil {
		m.reach = &reach
	} else if !fault.Is(wrong, fault.Invalid) {
		return wrong
	}
	step := r.PostForm.Get("step")
	switch {
	case isFragment(r):
		return show(w, r, http.StatusOK, messageReaders(p, m))
	case step == stepPreview || step == stepChange:
		return show(w, r, http.StatusOK, messageFormPage(p, m))
	case step != stepSend || unread != nil:
		if wrong = withField(firstWrong(d.Check(s.Source.Now()), wrong), unread); wrong == nil {
			return show(w, r, http.StatusOK, messageCheckPage(p, m))
		}
	default:
		var sent message.Message
		if sent, wrong = s.Messages.Send(r.Context(), v.actor(), code, d); wrong == nil {
			return seeOther(w, r, messageHref(m.base, sent.Seq), "message-sent")
		}
	}
	return s.messageRefused(w, r, p, m, wrong)
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
func (s *Site) messageRefused(w http.ResponseWriter, r *http.Request, p *kit.Page, m messageWriting, wrong error) error {
	if !fault.Is(wrong, fault.Invalid) && !fault.Is(wrong, fault.Conflict) {
		return wrong
	}
	if fault.Is(wrong, fault.Conflict) || wrongField(wrong, "id") {
		m.form.Values.Set("id", s.Source.ID())
	}
	labels := m.form.Labels
	m.form = kit.FormOf(m.form.Values, wrong)
	m.form.Labels = labels
	p.Error = true
	return show(w, r, door.Status(wrong), messageFormPage(p, m))
}

func wrongField(err error, path string) bool {
	f, ok := asFault(err)
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
	"category", "conveyance", "provenance", "destination"}

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
	return append(rows, kit.Row{Label: p.T("messagepage.field.tlp"), Value: tlpLine(p, d.TLP)},
		kit.Row{Label: p.T("messagepage.field.language"), Value: kit.Listed(p, "language", baseLanguage(d.Language))})
}
