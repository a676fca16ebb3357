package withdrawalpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return slices.Concat(s.recallRoutes(), s.withdrawnRoutes(), s.erasureRoutes())
}

func (s site) recallRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/recall/{seq}", Command: access.MessageRecall}, Handle: s.recallAsk},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/recall/{seq}", Command: access.MessageRecall, Limit: frame.SmallForm}, Handle: s.recall},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/receipts/{kind}/{seq}", Command: access.WithdrawalRead}, Handle: s.receipts},
	}
}

// number reads a number of the address; what is none does not exist.
func number(r *http.Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil {
		return 0, fault.Missing()
	}
	return n, nil
}

// base is the address of the operation.
func base(r *http.Request) string { return "/o/" + string(frame.CodeOf(r)) + "/" }

func (s site) recallAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.recallPage(w, r, v, url.Values{}, nil)
}

func (s site) recallPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	seq, err := number(r, "seq")
	if err != nil {
		return err
	}
	t, err := s.Messages.Read(r.Context(), v.Actor(), frame.CodeOf(r), seq)
	if err != nil {
		return err
	}
	if !withdrawal.MayRecall(t.Standing, t.Message.Message) || t.Message.Taken.State != "" {
		return fault.Missing()
	}
	p := s.Inside(r, v, t.Standing, v.Printer.T("withdrawal.recall"))
	p.Error = wrong != nil
	f := kit.FormOf(values, wrong)
	f.Labels = map[string]string{"reason": p.T("withdrawal.recall-reason")}
	return frame.Show(w, r, frame.FormStatus(wrong), recallPage(p, t.Message.Message, f))
}

func (s site) recall(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r, "seq")
	if err != nil {
		return err
	}
	err = s.Withdrawals.Recall(r.Context(), v.Actor(), frame.CodeOf(r), seq, r.PostForm.Get("reason"))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, frame.MessageHref(base(r), seq), "recalled")
	case frame.Refused(err):
		return s.recallPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// receipts shows who has had a record.
func (s site) receipts(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r, "seq")
	if err != nil {
		return err
	}
	all, err := s.Withdrawals.Receipts(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("kind"), seq)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, all.Standing, v.Printer.T("withdrawal.receipts"))
	return frame.Show(w, r, http.StatusOK, receiptsPage(p, all, s.back(r, v, seq)))
}

// tasks is the table of a record, a line an organisation.
func tasks(p *kit.Page, all withdrawal.Receipts) []kit.Task {
	var out []kit.Task
	for _, one := range all.All {
		act := "withdrawal.opened"
		if one.Exported {
			act = "withdrawal.exported"
		}
		hint := []string{p.T(act), p.Printer.Age(one.First, p.Now)}
		t := kit.Task{Label: frame.Called(p, one.Organisation), State: p.T(act), Tone: kit.Neutral}
		switch c := one.Confirmation; {
		case c != nil && c.Kept != "":
			t.State, t.Tone = p.T("withdrawal.kept"), kit.Warn
			hint = append(hint, c.Kept)
		case c != nil:
			t.State, t.Tone = p.T("withdrawal.confirmed"), kit.Good
			hint = append(hint, p.Printer.Age(c.At, p.Now))
		case all.Entry != 0:
			t.State, t.Tone = p.T("withdrawal.not-confirmed"), kit.Bad
		}
		t.Hint = strings.Join(hint, " · ")
		out = append(out, t)
	}
	return out
}

// letter is the message that is about to be recalled.
func letter(p *kit.Page, m message.Message) []kit.Row {
	return []kit.Row{{Label: frame.TemplateName(p, m.Template), Value: frame.LetterLink(p, p.Operation.Href, m)}}
}
