package messagepage

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// messageForm is the limit of a message's form: the longest body, escaped.
const messageForm = 512 << 10

func (s site) messageRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/m/{$}", Command: access.MessageRead, Rate: door.Searches}, Handle: s.messageList},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/m/new", Command: access.MessageSend}, Handle: s.messageChoose},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/m/new/{template}", Command: access.MessageSend}, Handle: s.messageWrite},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/m/new/{template}", Command: access.MessageSend, Limit: messageForm}, Files: true, Handle: s.messageSend},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/m/{seq}", Command: access.MessageRead}, Handle: s.messageShow},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/why/m/{seq}", Command: access.OperationPeople}, Handle: s.messageWhy},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/m/{seq}", Command: access.MessageAnswer, Limit: messageForm}, Files: true, Handle: s.messageAnswer},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/warnings/{seq}/acknowledge", Command: access.WarningAcknowledge, Limit: frame.SmallForm}, Handle: s.acknowledge},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/warnings/{seq}/remind", Command: access.WarningRemind, Limit: frame.SmallForm}, Handle: s.remind},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/warnings/{seq}/assign", Command: access.WarningAssign, Limit: frame.SmallForm}, Handle: s.assign},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/warnings/{seq}/send-on", Command: access.WarningForward, Limit: frame.SmallForm}, Handle: s.sendOn},
	}
}

// The states by which a list of messages can be narrowed.
const (
	stateWaiting = "waiting" // for the feedback of the reader's organisation
	stateOpen    = "open"
	stateMine    = "mine"
)

func (s site) messageList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	l, err := s.narrowed(r.Context(), v.Actor(), frame.CodeOf(r), r.URL.Query())
	if err != nil {
		return err
	}
	p := s.Inside(r, v, l.page.Standing, v.Printer.T("messagepage.title"))
	p.Wide = true
	frame.Fresh(p, "messages")
	l.base = p.Operation.Href
	if frame.Partial(r) {
		return frame.Show(w, r, http.StatusOK, messageListPart(p, l))
	}
	return frame.Show(w, r, http.StatusOK, messageListPage(p, l))
}

// messageListView is a page of messages, and what was chosen to narrow it.
type messageListView struct {
	base    string
	query   url.Values
	page    message.Page
	members []operation.Member // empty for readers who may not know them
	unseen  map[int64]bool     // waits to be acknowledged
}

// narrowed is the list as the query narrows it.
func (s site) narrowed(ctx context.Context, who access.Actor, code operation.Code, q url.Values) (messageListView, error) {
	l := messageListView{query: chosen(q)}
	_, members, err := s.Operations.People(ctx, who, code)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return l, err
	}
	l.members = members
	attend, err := s.Warnings.Attention(ctx, who, code)
	if err != nil {
		return l, err
	}
	l.unseen = attend.Unseen
	f := message.Filter{Template: q.Get("template"), Open: q.Get("state") == stateOpen, Mine: q.Get("state") == stateMine}
	f.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64) // what is no number begins at the newest
	if id := q.Get("organisation"); id != "" {
		f.Organisation = frame.MemberNumber(members, id)
	}
	waiting := q.Get("state") == stateWaiting
	if waiting {
		f.Limit = 1
	}
	if l.page, err = s.Messages.List(ctx, who, code, f); err != nil || !waiting {
		return l, err
	}
	l.page.Next = 0
	all, err := s.Messages.Waiting(ctx, who, code)
	l.page.Items = slices.DeleteFunc(all, func(i message.Item) bool {
		return f.Organisation != 0 && i.Organisation != f.Organisation || f.Template != "" && i.Template != f.Template
	})
	return l, err
}

// chosen keeps what narrows the list, and the place in it.
func chosen(q url.Values) url.Values {
	out := url.Values{}
	for _, name := range []string{"template", "organisation", "state", "before"} {
		if value := q.Get(name); value != "" {
			out.Set(name, value)
		}
	}
	return out
}

// address is the list narrowed by what is chosen, without some of it.
func (l messageListView) address(without ...string) string {
	q := url.Values{}
	for name, values := range l.query {
		if !slices.Contains(without, name) {
			q[name] = values
		}
	}
	if len(q) == 0 {
		return l.base + "m/"
	}
	return l.base + "m/?" + q.Encode()
}

func (l messageListView) next() string {
	if l.page.Next == 0 {
		return ""
	}
	q := url.Values{"before": {strconv.FormatInt(l.page.Next, 10)}}
	for name, values := range l.query {
		if name != "before" {
			q[name] = values
		}
	}
	return l.base + "m/?" + q.Encode()
}

func (l messageListView) filter(p *kit.Page) kit.Filter {
	f := kit.Filter{Action: l.base + "m/", Clear: l.base + "m/", Target: "#messages"}
	chip := func(name, value string) {
		f.Chips = append(f.Chips, kit.Chip{Label: p.T("messagepage.filter." + name), Value: value, Remove: l.address(name, "before")})
	}
	if value := l.query.Get("template"); value != "" {
		chip("template", frame.TemplateName(p, value))
	}
	if value := l.query.Get("state"); p.Printer.Has("messagepage.state." + value) {
		chip("state", p.T("messagepage.state."+value))
	}
	if id := l.query.Get("organisation"); id != "" {
		chip("organisation", l.called(p, id))
	}
	return f
}

func (l messageListView) called(p *kit.Page, id string) string {
	for _, m := range l.members {
		if string(m.Organisation.ID) == id {
			return frame.Called(p, m.Organisation)
		}
	}
	return p.T("messagepage.unknown-organisation")
}

// options of the filter's fields.
func (l messageListView) templates(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, t := range message.Templates() {
		out = append(out, kit.Option{Value: t, Label: p.T("messagepage.with-count", fault.Args{"name": frame.TemplateName(p, t), "number": l.page.Counts.Of[t]})})
	}
	return out
}

func (l messageListView) states(p *kit.Page) []kit.Option {
	st := l.page.Standing
	var out []kit.Option
	if st.May(access.MessageAnswer) {
		out = append(out, kit.Option{Value: stateWaiting, Label: p.T("messagepage.state.waiting")})
	}
	out = append(out, kit.Option{Value: stateOpen, Label: p.T("messagepage.with-count",
		fault.Args{"name": p.T("messagepage.state.open"), "number": l.page.Counts.Open})})
	if st.May(access.MessageSend) {
		out = append(out, kit.Option{Value: stateMine, Label: p.T("messagepage.with-count",
			fault.Args{"name": p.T("messagepage.state.mine"), "number": l.page.Counts.Mine})})
	}
	return out
}

// excerptRunes is what a list shows of a text: about three lines.
const excerptRunes = 200

func excerpt(body string) string {
	body = strings.Join(strings.Fields(body), " ")
	n := 0
	for i := range body {
		if n++; n > excerptRunes {
			return body[:i] + "…"
		}
	}
	return body
}
