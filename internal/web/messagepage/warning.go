package messagepage

import (
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// openCase is the value of the ticked box "open a case with what the warning says".
const openCase = "open"

// opensCase: the answer was a find, and its writer wants to report it now.
func (m messageView) opensCase() bool {
	return m.feedback() && m.form.Value("outcome") == "hit" && m.form.Value("case") == openCase && m.Standing.May(access.SeizureReport)
}

// sent goes on from an answer: to the case of a find, or to the answer.
func (m messageView) sent(w http.ResponseWriter, r *http.Request, answer int64) error {
	if m.opensCase() {
		return frame.SeeOther(w, r, m.base+"c/new?warning="+strconv.FormatInt(m.Message.Seq, 10), "case-from-warning")
	}
	return frame.SeeOther(w, r, frame.MessageHref(m.base, answer), "answer-sent")
}

func numberOf(r *http.Request) (int64, error) {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return 0, fault.Missing()
	}
	return seq, nil
}

func (s site) acknowledge(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := numberOf(r)
	if err != nil {
		return err
	}
	if err := s.Warnings.Acknowledge(r.Context(), v.Actor(), frame.CodeOf(r), seq); err != nil {
		return err
	}
	base := "/o/" + string(frame.CodeOf(r)) + "/"
	to := map[string]string{frame.BackToMessages: base + "m/", frame.BackToWarnings: base + "warnings/", frame.BackToOverview: base}[r.PostForm.Get("back")]
	if to == "" {
		to = frame.MessageHref(base, seq)
	}
	return frame.SeeOther(w, r, to, "acknowledged")
}

func (s site) remind(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := numberOf(r)
	if err != nil {
		return err
	}
	if err := s.Warnings.Remind(r.Context(), v.Actor(), frame.CodeOf(r), seq); err != nil {
		return err
	}
	return frame.SeeOther(w, r, frame.MessageHref("/o/"+string(frame.CodeOf(r))+"/", seq), "reminded")
}

func (s site) sendOn(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := numberOf(r)
	if err != nil {
		return err
	}
	to := organisation.ID(r.PostForm.Get("organisation"))
	if err := s.Warnings.SendOn(r.Context(), v.Actor(), frame.CodeOf(r), seq, to); err != nil {
		return err
	}
	return frame.SeeOther(w, r, frame.MessageHref("/o/"+string(frame.CodeOf(r))+"/", seq), "sent-on")
}

// assign shows the page again where the post cannot be taken.
func (s site) assign(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.messageView(r, v)
	if err != nil {
		return err
	}
	form := r.PostForm
	err = s.Warnings.Assign(r.Context(), v.Actor(), m.Standing.Operation.Code, m.Message.Seq, form.Get("post"), person.ID(form.Get("person")))
	if err == nil {
		return frame.SeeOther(w, r, m.href(m.Message.Seq), "warning-assigned")
	}
	if !frame.Refused(err) {
		return err
	}
	if err := s.askAnswer(r, v, &m, "", template.Newest); err != nil {
		return err
	}
	m.form = kit.FormOf(m.blank(s.Source.ID(), v), err)
	m.form.Values.Set("post", form.Get("post"))
	m.form.Values.Set("person", form.Get("person"))
	m.form.Labels = frame.Labels(p, "warningpage.field.", "post", "person")
	p.Error = true
	return frame.Show(w, r, door.Status(err), messagePage(p, m))
}

// warningRows are what only warnings and their answers have.
func (m messageView) warningRows(p *kit.Page) []kit.Row {
	var rows []kit.Row
	it := m.Message
	if it.Reason != "" {
		rows = append(rows, kit.Row{Label: p.T("warningpage.reason"), Value: kit.Listed(p, "not-checked", it.Reason)})
	}
	if it.Outcome == "moved-on" && it.Profile.Destination != "" {
		rows = append(rows, kit.Row{Label: p.T("warningpage.moved-to"), Value: kit.Country(p, it.Profile.Destination)})
	}
	if own := m.account.Own; own != nil {
		rows = append(rows, kit.Row{Label: p.T("warningpage.post"), Value: kit.Text(own.Post + postPerson(own.Name))})
	}
	return rows
}

func postPerson(name string) string {
	if name == "" {
		return ""
	}
	return " · " + name
}

// receipts lists who has acknowledged and who has not.
func (m messageView) receipts(p *kit.Page) []kit.Task {
	var out []kit.Task
	for _, o := range m.account.Missing {
		out = append(out, kit.Task{Label: frame.Called(p, o), State: p.T("warningpage.receipt-missing"), Tone: kit.Warn})
	}
	for _, r := range m.account.Done {
		t := kit.Task{Label: frame.Called(p, r.Organisation), Hint: p.Printer.Age(r.At, m.Standing.Now) + postPerson(r.Name),
			State: p.T("warningpage.receipt-done"), Tone: kit.Good}
		if r.Answered {
			t.State = p.T("warningpage.receipt-answered")
		}
		out = append(out, t)
	}
	return out
}

func (m messageView) posts(p *kit.Page) []kit.Task {
	var out []kit.Task
	for _, o := range m.account.Posts {
		out = append(out, kit.Task{Label: frame.Called(p, o.Organisation), State: o.Post, Tone: kit.Info, Hint: o.Name})
	}
	return out
}

func called(p *kit.Page, all []organisation.Organisation) []string {
	var out []string
	for _, o := range all {
		out = append(out, frame.Called(p, o))
	}
	return out
}

// people are those to whom the reader can assign.
func (m messageView) people() []kit.Option {
	var out []kit.Option
	for _, c := range m.account.People {
		out = append(out, kit.Option{Value: string(c.ID), Label: c.Name})
	}
	return out
}
