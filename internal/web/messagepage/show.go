package messagepage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// messageView is a message with its thread and the form of an answer.
type messageView struct {
	message.Thread
	base    string
	members []operation.Member // empty for readers who may not know them
	names   map[int64]string
	form    kit.Form
	ask     template.Definition   // the form of the answer, in the version in which it was opened
	asks    []template.Definition // forms in which an answer can be given
	zone    *time.Location
	reach   *message.Preview // who will see the answer
	beside  frame.Beside     // what belongs to the same consignment
	uploads kit.Uploads
	account warning.Account
	// unfolded: the form came back, so that nothing of it may be hidden.
	unfolded bool
	changes  []template.Change // what became of the form since it was opened
}

func (s site) messageShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.messageView(r, v)
	if err != nil {
		return err
	}
	s.Opened(r, v, frame.CodeOf(r), m.Message.Seq)
	if err := s.askAnswer(r, v, &m, r.URL.Query().Get("as"), template.Newest); err != nil {
		return err
	}
	m.form = kit.FormOf(m.blank(s.Source.ID(), v), nil)
	m.form.Values.Set("outcome", r.URL.Query().Get("outcome")) // one tap in a list
	if err := s.previewAnswer(r, v, &m, answerDraft(m.form.Values, m.ask, m.Message.Message)); err != nil {
		return err
	}
	if err := s.files(r, v, p, &m); err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, messagePage(p, m))
}

// blank is the form of an answer before anything is typed.
func (m messageView) blank(id string, v *frame.Visit) url.Values {
	out := url.Values{"id": {id}, "as": {m.ask.Name}, "version": {strconv.FormatInt(m.ask.Version, 10)},
		"language": {frame.WrittenIn(v)}, "tlp": {m.Message.TLP}, "to": {toReaders}, "case": {openCase}}
	if own := m.account.Own; own != nil {
		out.Set("post", own.Post)
		out.Set("person", own.Person)
	}
	return out
}

// askAnswer finds the form of an answer: the one that is named, if an answer can
// be given in it, else the feedback that a warning waits for, else a plain answer.
// Who has given feedback goes on talking.
func (s site) askAnswer(r *http.Request, v *frame.Visit, m *messageView, as string, version int64) error {
	if !m.MayReply {
		return nil
	}
	_, all, err := s.Templates.List(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	usual := message.General
	if m.mayGiveFeedback() && (!m.gaveFeedback() || r.URL.Query().Get("outcome") != "") {
		usual = message.Feedback
	}
	for _, d := range all {
		if d.Base != message.General && !(d.Base == message.Feedback && m.mayGiveFeedback()) {
			continue
		}
		if !d.Retired {
			m.asks = append(m.asks, d)
		}
		if d.Name == usual && m.ask.Name == "" || d.Name == as && (!d.Retired || version >= 0) {
			m.ask = d
		}
	}
	if version >= 0 && m.ask.Name != "" {
		if m.ask, err = s.Templates.Read(r.Context(), v.Actor(), frame.CodeOf(r), m.ask.Name, version); err != nil {
			return err
		}
		m.changes, err = s.changes(r, v, &m.ask)
	}
	return err
}

// asking is what the form of an answer asks beside its text: an answer is not
// pressed on anybody.
func (m messageView) asking() asking {
	a := asking{form: m.form, zone: m.zone, zoneName: m.Standing.Organisation.TimeZone, members: m.members}
	for _, f := range m.ask.Fields {
		if f.Key != "urgent" {
			a.fields = append(a.fields, f)
		}
	}
	return a
}

func (s site) messageView(r *http.Request, v *frame.Visit) (messageView, *kit.Page, error) {
	var m messageView
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return m, nil, fault.Missing()
	}
	code := frame.CodeOf(r)
	if m.Thread, err = s.Messages.Read(r.Context(), v.Actor(), code, seq); err != nil {
		return m, nil, err
	}
	if m.members, err = s.KnownMembers(r.Context(), v.Actor(), m.Standing); err != nil {
		return m, nil, err
	}
	if m.account, err = s.Warnings.Account(r.Context(), v.Actor(), code, seq); err != nil {
		return m, nil, err
	}
	p := s.Inside(r, v, m.Standing, "")
	p.Title[0] = frame.LetterTitle(p, m.Message.Message)
	p.TLP = strings.ToLower(m.Message.TLP)
	m.zone = frame.ZoneOf(m.Standing)
	m.base, m.names = p.Operation.Href, frame.MemberNames(p, m.members)
	m.beside, err = s.Beside(r, v, p, seq, "m/"+strconv.FormatInt(seq, 10))
	return m, p, err
}

// previewAnswer says who would see the answer. A form that names nobody who may
// is left without.
func (s site) previewAnswer(r *http.Request, v *frame.Visit, m *messageView, d message.Draft) error {
	if !m.MayReply {
		return nil
	}
	reach, err := s.Messages.Preview(r.Context(), v.Actor(), m.Standing.Operation.Code, d)
	if err == nil {
		m.reach = &reach
		return nil
	}
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	return err
}

// answering is the message that somebody answers, with the form of the answer.
func (s site) answering(r *http.Request, v *frame.Visit) (messageView, *kit.Page, error) {
	m, p, err := s.messageView(r, v)
	if err == nil && !m.MayReply {
		err = fault.Missing()
	}
	if err == nil {
		err = s.askAnswer(r, v, &m, r.PostForm.Get("as"), versionIn(r.PostForm))
	}
	return m, p, err
}

func (s site) messageAnswer(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.answering(r, v)
	if err != nil {
		return err
	}
	d, err := s.readAnswer(r, v, p, &m)
	if err != nil {
		return err
	}
	switch {
	case frame.Partial(r):
		return frame.Show(w, r, http.StatusOK, answerReaders(p, m))
	case v.RefusedFiles() != nil:
		return s.answerRefused(w, r, p, m, v.RefusedFiles())
	case r.PostForm.Get("step") != stepSend:
		return frame.Show(w, r, http.StatusOK, messagePage(p, m))
	}
	sent, err := s.Messages.Send(r.Context(), v.Actor(), m.Standing.Operation.Code, d)
	if err != nil {
		return s.answerRefused(w, r, p, m, err)
	}
	return m.sent(w, r, sent.Seq)
}

// readAnswer reads the form of an answer, and says who would see it.
func (s site) readAnswer(r *http.Request, v *frame.Visit, p *kit.Page, m *messageView) (message.Draft, error) {
	d := answerDraft(r.PostForm, m.ask, m.Message.Message)
	m.form, m.unfolded = kit.FormOf(r.PostForm, nil), true
	return d, firstWrong(s.previewAnswer(r, v, m, d), s.files(r, v, p, m))
}

func (s site) answerRefused(w http.ResponseWriter, r *http.Request, p *kit.Page, m messageView, wrong error) error {
	if !frame.Refused(wrong) {
		return wrong
	}
	if fault.Is(wrong, fault.Conflict) || wrongField(wrong, "id") {
		m.form.Values.Set("id", s.Source.ID())
	}
	m.form = kit.FormOf(m.form.Values, wrong)
	m.form.Labels = fieldLabels(p, m.ask)
	p.Error = true
	return frame.Show(w, r, door.Status(wrong), messagePage(p, m))
}

// about leads to what can be done with the message as a record.
func (m messageView) about(p *kit.Page) []kit.Link {
	var out []kit.Link
	own, at := m.Message.Organisation, "message/"+strconv.FormatInt(m.Message.Seq, 10)
	if withdrawal.MayRecall(m.Standing, m.Message.Message) && m.Message.Taken.State == "" {
		out = append(out, kit.Link{Label: p.T("withdrawal.recall"), Href: m.base + "recall/" + strconv.FormatInt(m.Message.Seq, 10)})
	}
	if withdrawal.MaySeeReceipts(m.Standing, own) {
		out = append(out, kit.Link{Label: p.T("withdrawal.receipts"), Href: m.base + "receipts/" + at})
	}
	if withdrawal.MayAsk(m.Standing, own) && m.Message.Taken.State != message.Redacted {
		out = append(out, kit.Link{Label: p.T("withdrawal.erase"), Href: m.base + "erase/" + at})
	}
	return out
}

// mayGiveFeedback: to somebody else's warning.
func (m messageView) mayGiveFeedback() bool {
	return m.MayReply && frame.Controls(m.Standing) && m.Message.Template == message.Warning && m.Message.Taken.State == "" && m.Message.Organisation != m.Standing.Who.Organisation
}

// gaveFeedback: the reader's organisation has said what became of the shipment.
func (m messageView) gaveFeedback() bool {
	return slices.ContainsFunc(m.Asked, func(a message.Asked) bool {
		return a.Feedback != nil && a.Organisation.Number == m.Standing.Who.Organisation
	})
}

func (m messageView) feedback() bool { return m.ask.Base == message.Feedback }

func (m messageView) href(seq int64) string { return frame.MessageHref(m.base, seq) }

// rows is what is known of the message, in the reader's language.
func (m messageView) rows(p *kit.Page) []kit.Row {
	it := m.Message
	rows := []kit.Row{
		{Label: p.T("messagepage.from"), Value: senderLine(p, it)},
		{Label: p.T("messagepage.sent"), Value: kit.Join(kit.Ago(p, it.Written), kit.Text("·"), kit.When(p, it.Written))},
	}
	if words := frame.AddressWords(p, it.To, m.names); len(words) > 0 && m.Known {
		rows = append(rows, kit.Row{Label: p.T("messagepage.field.to"), Value: frame.PlainList(p, words)})
	}
	if it.Answers != 0 {
		rows = append(rows, kit.Row{Label: p.T("messagepage.answers"), Value: m.answered(p, it.Answers)})
	}
	if it.Outcome != "" {
		rows = append(rows, kit.Row{Label: p.T("messagepage.field.outcome"), Value: kit.Tag(outcomeTone(it.Outcome), p.Printer.Code("feedback", it.Outcome))})
	}
	rows = append(rows, formRows(p, it.Message, it.Form, m.zone)...)
	rows = append(rows, m.warningRows(p)...)
	if len(it.Marks) > 0 {
		rows = append(rows, kit.Row{Label: p.T("consignment.field"), Value: frame.MarkList(p, it.Marks)})
	}
	if !it.ReplyDue.IsZero() {
		rows = append(rows, kit.Row{Label: p.T("messagepage.field.reply_due"), Value: dueLine(p, m.Standing, it)})
	}
	return append(rows, kit.Row{Label: p.T("messagepage.field.tlp"), Value: frame.TLPLine(p, it.TLP)},
		kit.Row{Label: p.T("messagepage.field.language"), Value: kit.Listed(p, "language", frame.BaseLanguage(it.Language))})
}

// answered names the message above; it may not be open to this reader.
func (m messageView) answered(p *kit.Page, seq int64) templ.Component {
	for _, i := range m.Items {
		if i.Seq == seq {
			return frame.LetterLink(p, m.base, i.Message)
		}
	}
	return kit.Text(p.T("messagepage.above-hidden"))
}

// events is the thread, oldest first; the message of this page without its text.
func (m messageView) events(p *kit.Page) []kit.Event {
	var out []kit.Event
	for _, i := range m.Items {
		e := kit.Event{At: i.Written, Who: frame.Called(p, i.From), Title: frame.TemplateName(p, i.Template), Tone: kit.Tone(frame.LetterClass(i.Message))}
		if i.Outcome != "" {
			e.Title = p.T("messagepage.outcome-line", fault.Args{"template": e.Title, "outcome": i18n.Code{List: "feedback", Code: i.Outcome}})
		}
		if i.Seq == m.Message.Seq {
			e.Title = p.T("messagepage.this", fault.Args{"template": e.Title})
		} else {
			e.Href, e.Body = m.href(i.Seq), kit.Join(kit.UserText(i.Language, i.Body), kit.Files(p, frame.FilesOf(p, i.Files)))
		}
		if i.Taken.State != "" && i.Seq != m.Message.Seq {
			e.Tone, e.Body = kit.Bad, kit.Text(p.T("withdrawal."+i.Taken.State))
		}
		out = append(out, e)
	}
	return out
}

// asked lists who owes an answer, and what each said.
func (m messageView) asked(p *kit.Page) []kit.Task {
	var out []kit.Task
	for _, a := range m.Asked {
		t := kit.Task{Label: frame.Called(p, a.Organisation), State: p.T("messagepage.not-answered"), Tone: kit.Warn}
		switch {
		case a.Feedback != nil:
			t.State, t.Tone = p.Printer.Code(codelist.Feedback.Name(), a.Feedback.Outcome), outcomeTone(a.Feedback.Outcome)
			t.Href, t.Hint = m.href(a.Feedback.Seq), p.Printer.Age(a.Feedback.Written, m.Standing.Now)
		case m.Warning.Message.Overdue(m.Standing.Now):
			t.State, t.Tone = p.T("messagepage.not-answered-overdue"), kit.Bad
		}
		out = append(out, t)
	}
	return out
}

// heard is how many of those who owe an answer have given it.
func (m messageView) heard() int64 {
	var n int64
	for _, a := range m.Asked {
		if a.Feedback != nil {
			n++
		}
	}
	return n
}

func outcomeTone(outcome string) kit.Tone {
	switch outcome {
	case "hit":
		return kit.Good
	case "clean", "surveillance":
		return kit.Info
	}
	return kit.Neutral
}

// baseLanguage is the language of a tag without script and region, as it is named.
// answerTo are the two audiences of an answer.
func (m messageView) answerTo(p *kit.Page) []kit.Option {
	sender := "messagepage.to.sender"
	if m.feedback() {
		sender = "messagepage.to.sender-and-coordination"
	}
	return []kit.Option{{Value: toReaders, Label: p.T("messagepage.to.readers")},
		{Value: toSender, Label: p.T(sender, fault.Args{"organisation": frame.Called(p, m.Message.From)})}}
}
