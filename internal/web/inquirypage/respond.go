package inquirypage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// formOf is a form as it was typed, with what is wrong.
func formOf(p *kit.Page, values url.Values, wrong error) kit.Form {
	f := kit.FormOf(values, wrong)
	f.Labels = frame.Labels(p, "inquirypage.field.", "holder", "line", "sheet", "fields", "pictures", "question", "language", "due", "apart", "verdict", "reasons", "features",
		"expert", "infringes", "destruction", "proceedings", "costs", "note", "day", "reason", "category", "code")
	f.Labels["files"] = p.T("attachment.field")
	p.Error = wrong != nil
	return f
}

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// asked shows one of the forms beside an inquiry.
func (s site) asked(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error, title string,
	may func(view) bool, page func(*kit.Page, view) templ.Component) error {
	m, p, err := s.opened(r, v, title)
	if err != nil {
		return err
	}
	if !may(m) {
		return fault.Missing()
	}
	if values == nil {
		values = url.Values{"language": {string(p.Printer.Lang())}}
	}
	m.form = formOf(p, values, wrong)
	return frame.Show(w, r, frame.FormStatus(wrong), page(p, m))
}

// did leads back to the inquiry, or shows the form again.
func (s site) did(w http.ResponseWriter, r *http.Request, err error, done string, again func(error) error) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Unavailable) {
		return again(err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, frame.InquiryHref(r.PathValue("id")), done)
}

func (s site) answerAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.answerForm(w, r, v, nil, nil)
}

func (s site) answerForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	return s.asked(w, r, v, values, wrong, "inquirypage.answer", func(m view) bool { return m.MayAnswer }, answerPage)
}

func (s site) answer(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, _, err := s.opened(r, v, "inquirypage.answer")
	if err != nil {
		return err
	}
	f := r.PostForm
	d := inquiry.AnswerDraft{Verdict: f.Get("verdict"), Reasons: lines(f.Get("reasons")), Language: f.Get("language"), Expert: f.Get("expert")}
	d.Features = features(f.Get("features"))
	_, err = s.Inquiries.Answer(r.Context(), v.Actor(), m.Operation.Code, m.ID, d)
	return s.did(w, r, err, "inquiry-answered", func(wrong error) error { return s.answerForm(w, r, v, f, wrong) })
}

// features reads numbers with anything between them, in the digits of any script; what
// is none becomes 0 and is refused as such.
func features(typed string) (out []int) {
	for _, word := range strings.FieldsFunc(typed, func(c rune) bool { return strings.ContainsRune(" ,;،؛\t", c) }) {
		n, err := i18n.ParseInt(word)
		if err != nil {
			n = 0
		}
		out = append(out, int(n))
	}
	return out
}

func (s site) replyAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.replyForm(w, r, v, nil, nil)
}

func (s site) replyForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	return s.asked(w, r, v, values, wrong, "inquirypage.reply", func(m view) bool { return m.MayReply }, replyPage)
}

func (s site) reply(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, _, err := s.opened(r, v, "inquirypage.reply")
	if err != nil {
		return err
	}
	f := r.PostForm
	_, err = s.Inquiries.Reply(r.Context(), v.Actor(), m.Operation.Code, m.ID, inquiry.ReplyDraft{Infringes: f.Get("infringes"), Destruction: f.Get("destruction"),
		Proceedings: f.Get("proceedings"), Costs: f.Get("costs"), Note: lines(f.Get("note")), Language: f.Get("language"), Day: f.Get("day")})
	return s.did(w, r, err, "inquiry-replied", func(wrong error) error { return s.replyForm(w, r, v, f, wrong) })
}

func (s site) withdrawAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.withdrawForm(w, r, v, nil, nil)
}

func (s site) withdrawForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	return s.asked(w, r, v, values, wrong, "inquirypage.withdraw", func(m view) bool { return m.MayWithdraw }, withdrawPage)
}

func (s site) withdraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, _, err := s.opened(r, v, "inquirypage.withdraw")
	if err != nil {
		return err
	}
	err = s.Inquiries.Withdraw(r.Context(), v.Actor(), m.Operation.Code, m.ID, lines(r.PostForm.Get("reason")))
	return s.did(w, r, err, "inquiry-withdrawn", func(wrong error) error { return s.withdrawForm(w, r, v, r.PostForm, wrong) })
}

// number is a number of a form; what is none is 0, and refused as such.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
