package messagepage

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/template"
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
	_, all, err := s.Templates.List(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(d template.Definition) bool { return d.Retired })
	p := s.Inside(r, v, st, v.Printer.T("messagepage.new.title"))
	return frame.Show(w, r, http.StatusOK, messageChoosePage(p, p.Operation.Href, all, st.May(access.TemplateAmend)))
}

// messageWriting is a message that is being written.
type messageWriting struct {
	base     string
	ask      template.Definition // the version that the form was opened in
	standing operation.Standing
	members  []operation.Member
	zone     *time.Location
	form     kit.Form
	reach    *message.Preview  // who will see it; nil while that is not known
	unsent   message.Draft     // what the form says, once it has been checked
	same     links.Consignment // records that carry the same numbers
	uploads  kit.Uploads
	changes  []template.Change // what became of the form since it was opened
	// warned: a notice stands above the button, which must stay in sight; who will
	// read the message then stands below it.
	warned bool
}

func (m messageWriting) action() string { return m.base + "m/new/" + m.ask.Name }

// asking is the form as the page's parts show it; which fields is theirs to say.
func (m messageWriting) asking() asking {
	return asking{form: m.form, fields: m.ask.Fields, zone: m.zone, zoneName: m.standing.Organisation.TimeZone, members: m.members}
}

// versionIn is the version of its template that a form was opened in; of a form
// that does not say, the newest.
func versionIn(form url.Values) int64 {
	if n, err := strconv.ParseInt(form.Get("version"), 10, 64); err == nil && n >= 0 {
		return n
	}
	return template.Newest
}

// templateTitle names a template for a reader.
func templateTitle(p *kit.Page, d template.Definition) string {
	if d.Own() {
		words, _ := d.Title.In(string(p.Printer.Lang()))
		return words
	}
	return frame.TemplateName(p, d.Base)
}

// templateHelp says what a template is for.
func templateHelp(p *kit.Page, d template.Definition) string {
	if d.Own() {
		words, _ := d.Help.In(string(p.Printer.Lang()))
		return words
	}
	return p.T("messagepage.new." + d.Base + "-what")
}

// writing opens the form of a template for whoever may send.
func (s site) writing(r *http.Request, v *frame.Visit) (messageWriting, *kit.Page, error) {
	var m messageWriting
	var err error
	code := frame.CodeOf(r)
	if m.standing, err = s.Operations.Read(r.Context(), v.Actor(), code); err != nil {
		return m, nil, err
	}
	if !m.standing.May(access.MessageSend) {
		return m, nil, fault.Missing()
	}
	version := versionIn(r.PostForm)
	if m.ask, err = s.Templates.Read(r.Context(), v.Actor(), code, r.PathValue("template"), version); err != nil {
		return m, nil, err
	}
	// Feedback is given on the page of its warning; who began before a template was retired may still send.
	if m.ask.Base == message.Feedback || m.ask.Retired && r.Method != http.MethodPost {
		return m, nil, fault.Missing()
	}
	if m.changes, err = s.changes(r, v, &m.ask); err != nil {
		return m, nil, err
	}
	if m.members, err = s.KnownMembers(r.Context(), v.Actor(), m.standing); err != nil {
		return m, nil, err
	}
	m.zone = frame.ZoneOf(m.standing)
	p := s.Inside(r, v, m.standing, v.Printer.T("messagepage.new.title"))
	p.Title[0] = templateTitle(p, m.ask)
	m.base = p.Operation.Href
	return m, p, nil
}

func (s site) messageWrite(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.writing(r, v)
	if err != nil {
		return err
	}
	due := s.Source.Now().In(m.zone).Add(48 * time.Hour)
	m.form = kit.FormOf(url.Values{"id": {s.Source.ID()}, "language": {frame.WrittenIn(v)}, "tlp": {"AMBER"}, "apart": {frame.Along},
		"version": {strconv.FormatInt(m.ask.Version, 10)}, "arrival_zone": {m.standing.Organisation.TimeZone}}, nil)
	if m.ask.Base == message.Warning {
		m.form.Values.Set("reply_due", due.Format(time.DateOnly))
		m.form.Values.Set("due_time", due.Format("15:00"))
	}
	if to := r.URL.Query().Get("to"); to != "" {
		m.form.Values.Set("to", to)
	}
	if m.uploads, err = s.Uploads(r, v, p, m.form.Values); err != nil {
		return err
	}
	if err := firstWrong(s.prefill(r, v, p, m), s.fromAlert(r, v, p, m)); err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, messageFormPage(p, m))
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
	case step == stepPreview || step == stepChange || step == stepRenew:
		return frame.Show(w, r, http.StatusOK, messageFormPage(p, m))
	case step != stepSend || len(unread) > 0:
		if wrong = withField(firstWrong(m.unsent.CheckIn(s.Source.Now(), m.ask), wrong), unread); wrong == nil {
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
	looks, _ := frame.Nominal(typedTexts(m.unsent))
	m.warned = len(m.changes)+len(looks) > 0
	if m.same, err = s.Links.Same(r.Context(), v.Actor(), m.standing.Operation.Code, m.unsent.Marks); err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, messageCheckPage(p, m))
}

// readMessage reads the form and asks who would see the message. It tells what
// could not be read, and what is wrong with the rest.
func (s site) readMessage(r *http.Request, v *frame.Visit, p *kit.Page, m *messageWriting) (unread []fault.Field, wrong error) {
	m.unsent, unread = newDraft(r.PostForm, m.ask, m.members, m.zone)
	m.form = kit.FormOf(r.PostForm, nil)
	m.form.Labels = fieldLabels(p, m.ask)
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
var messageFields = []string{"id", "version", "to", "organisation", "region", "apart", "language", "subject", "body", "tlp", "marks", "label"}

// names are the names of a template's form, in its order.
func (m messageWriting) names() []string {
	out := slices.Clone(messageFields)
	for _, f := range m.ask.Fields {
		out = append(out, inputsOf(f)...)
	}
	return out
}

// checkRows are the fields of the message beside its text, as they will be sent.
func (m messageWriting) checkRows(p *kit.Page) []kit.Row {
	d := m.unsent
	rows := []kit.Row{{Label: p.T("messagepage.field.to"), Value: frame.PlainList(p, frame.AddressWords(p, d.To, frame.MemberNames(p, m.members)))}}
	if !d.ReplyDue.IsZero() {
		rows = append(rows, kit.Row{Label: p.T("messagepage.field.reply_due"),
			Value: kit.Join(localTime(p, d.ReplyDue, m.zone), kit.Text("·"), kit.When(p, d.ReplyDue))})
	}
	rows = append(rows, formRows(p, asSent(d, m.ask), m.ask, m.zone)...)
	if len(d.Marks) > 0 {
		rows = append(rows, kit.Row{Label: p.T("consignment.field"), Value: frame.MarkList(p, d.Marks)})
	}
	return append(rows, kit.Row{Label: p.T("messagepage.field.tlp"), Value: frame.TLPLine(p, d.TLP)},
		kit.Row{Label: p.T("messagepage.field.language"), Value: kit.Listed(p, "language", frame.BaseLanguage(d.Language))})
}

// typedTexts are what somebody wrote freely in a message.
func typedTexts(d message.Draft) []string {
	out := []string{d.Subject, d.Body, d.Arrival.Place}
	for _, key := range slices.Sorted(maps.Keys(d.Fields)) {
		out = append(out, d.Fields[key])
	}
	return out
}

// asSent is a draft that was checked, as the message that will be sent.
func asSent(d message.Draft, ask template.Definition) message.Message {
	m := message.Message{Language: d.Language, Profile: d.Profile, Expires: d.Expires, Arrival: d.Arrival, Source: d.Source, Urgent: d.Urgent}
	m.Fields = ask.Check(d.Fields, func(string) bool { return false }, new(fault.Problems))
	return m
}
