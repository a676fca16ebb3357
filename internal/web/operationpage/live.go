package operationpage

import (
	"context"
	"net/http"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/watch"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// gather is how long what happens is gathered into one sentence: a busy journal
// must not talk all the time, nor cost a prepaid line.
const gather = 2 * time.Second

func (s site) liveRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/live", Command: access.OperationRead, Rate: door.Streams}, Handle: s.live},
	}
}

// news is what a page has been told since it was shown.
type news struct{ messages, cases, warnings int64 }

func (n *news) add(events []watch.Event) (more bool) {
	before := *n
	for _, e := range events {
		switch e.Kind {
		case watch.Message:
			n.messages++
		case watch.Case:
			n.cases++
		case watch.Warning:
			n.warnings++
		}
	}
	return *n != before
}

// live tells a page what is new since it was shown: a sentence for its status
// line, and the words of the link above its list. It counts from the page's own
// moment each time, so a line that was cut off comes back to the whole number.
func (s site) live(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	done, ok := s.Seats.Begin(v.Actor().Person)
	if !ok {
		return fault.Of(fault.TooMany, "fault.too-many-streams")
	}
	defer done()
	held, err := s.watch(r, v)
	if err != nil {
		return err
	}
	defer held.Close()
	token, show := door.Token(r), r.URL.Query().Get("show")
	n, notices := news{}, int64(-1)
	door.Stream(w, r, func(ctx context.Context) ([]door.Frame, error) {
		told, err := s.gathered(ctx, v, token, held, &n)
		if err != nil {
			return nil, err
		}
		return append(n.frames(v, show, told), s.notices(ctx, v, &notices)...), nil
	})
	return nil
}

// notices is the number beside the link to the notices, when it is another than
// the page was told last. Notices are made a moment after what they are of, and
// are seen on other pages and come from other operations too: so it is asked for
// at every beat. A stream does not fail for them.
func (s site) notices(ctx context.Context, v *frame.Visit, told *int64) []door.Frame {
	n, err := s.Notices.Count(ctx, v.Actor())
	if err != nil || n == *told {
		return nil
	}
	*told = n
	text := "-"
	if n > 0 {
		text = v.Printer.Number(n)
	}
	return []door.Frame{{Event: "notices", Data: []byte(text)}}
}

// watch begins after the moment of the page.
func (s site) watch(r *http.Request, v *frame.Visit) (*watch.Watch, error) {
	code := frame.CodeOf(r)
	st, err := s.Operations.Read(r.Context(), v.Actor(), code)
	if err != nil {
		return nil, err
	}
	after, err := s.Cursors.Resume(r, st.Operation.Number, st.Side() == access.RightHolderSide)
	if err != nil {
		return nil, err
	}
	return s.Watches.Open(r.Context(), v.Actor(), code, after)
}

// gathered waits for something new and gathers what follows at once. On a beat
// the session is looked at again.
func (s site) gathered(ctx context.Context, v *frame.Visit, token string, held *watch.Watch, n *news) (told bool, err error) {
	events, err := held.Next(ctx)
	if err != nil {
		return false, err
	}
	if len(events) == 0 {
		return false, s.Sessions.Still(ctx, token, v.Actor())
	}
	told = n.add(events)
	short, cancel := context.WithTimeout(ctx, gather)
	defer cancel()
	for {
		events, err := held.Next(short)
		if err != nil {
			if ctx.Err() == nil && short.Err() != nil {
				err = nil
			}
			return told, err
		}
		if len(events) == 0 { // a beat fell into the gathering
			return told, s.Sessions.Still(ctx, token, v.Actor())
		}
		told = n.add(events) || told
	}
}

// frames says the news in the reader's language, when there are any.
func (n news) frames(v *frame.Visit, show string, told bool) []door.Frame {
	if !told {
		return nil
	}
	p := v.Printer
	text, count := "", int64(0)
	switch show {
	case "messages":
		count = n.messages
	case "cases":
		count = n.cases
	}
	if n.messages > 0 {
		text = p.T("live.messages", fault.Args{"count": n.messages})
	}
	if n.cases > 0 {
		if text != "" {
			text += " "
		}
		text += p.T("live.cases", fault.Args{"count": n.cases})
	}
	if n.warnings > 0 {
		if text != "" {
			text += " "
		}
		text += p.T("live.warnings", fault.Args{"count": n.warnings})
	}
	out := []door.Frame{{Event: "status", Data: []byte(text)}}
	if count > 0 {
		out = append(out, door.Frame{Event: "fresh", Data: []byte(p.T("live.show."+show, fault.Args{"count": count}))})
	}
	return append(out, door.Frame{Event: "figures", Data: []byte("-")})
}
