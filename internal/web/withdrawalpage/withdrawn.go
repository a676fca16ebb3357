package withdrawalpage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

func (s site) withdrawnRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/withdrawn/{$}", Command: access.WithdrawalRead}, Handle: s.withdrawn},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/withdrawn/{entry}", Command: access.WithdrawalConfirm, Limit: frame.SmallForm}, Handle: s.confirm},
	}
}

func (s site) withdrawn(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.withdrawnPage(w, r, v, 0, nil, nil)
}

// withdrawnView is the list, with the form that was refused.
type withdrawnView struct {
	all   []withdrawal.Notice
	entry int64 // whose form it is
	form  kit.Form
	may   bool // confirm
}

func (s site) withdrawnPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, entry int64, values url.Values, wrong error) error {
	st, all, err := s.Withdrawals.List(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("withdrawal.title"))
	p.Error = wrong != nil
	view := withdrawnView{all: all, entry: entry, form: kit.FormOf(values, wrong), may: st.May(access.WithdrawalConfirm)}
	view.form.Labels = map[string]string{"kept": p.T("withdrawal.keep")}
	return frame.Show(w, r, frame.FormStatus(wrong), withdrawnPage(p, view))
}

func (s site) confirm(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	entry, err := number(r, "entry")
	if err != nil {
		return err
	}
	err = s.Withdrawals.Confirm(r.Context(), v.Actor(), frame.CodeOf(r), entry, r.PostForm.Get("kept"))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, base(r)+"withdrawn/", "deletion-confirmed")
	case frame.Refused(err):
		return s.withdrawnPage(w, r, v, entry, frame.Keep(r.PostForm), err)
	}
	return err
}

// place is where a record stands, for who may still see its place; empty otherwise.
func place(p *kit.Page, n withdrawal.Notice) string {
	switch {
	case !n.Readable:
		return ""
	case n.Kind == reading.Case:
		return p.Operation.Href + "c/" + n.Reference
	}
	return frame.MessageHref(p.Operation.Href, n.Record)
}

// called is how people call a record: a case by its number, a message by its
// place in the operation.
func called(kind, reference string, record int64) string {
	if kind == reading.Case {
		return reference
	}
	return strconv.FormatInt(record, 10)
}

func noticeRows(p *kit.Page, n withdrawal.Notice) []kit.Row {
	rows := []kit.Row{
		{Label: p.T("withdrawal.kind." + n.Kind), Value: kit.Code(called(n.Kind, n.Reference, n.Record))},
		{Label: p.T("withdrawal.first"), Value: kit.When(p, n.First)},
		{Label: p.T("withdrawal.taken"), Value: kit.When(p, n.Taken)},
	}
	if n.Reason != "" {
		rows = append(rows, kit.Row{Label: p.T("withdrawal.reason"), Value: kit.UserText("", n.Reason)})
	}
	if c := n.Confirmation; c != nil {
		rows = append(rows, kit.Row{Label: p.T("withdrawal.confirmed"), Value: kit.When(p, c.At)})
		if c.Kept != "" {
			rows = append(rows, kit.Row{Label: p.T("withdrawal.kept"), Value: kit.UserText("", c.Kept)})
		}
	}
	return rows
}
