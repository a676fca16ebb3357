package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/watch"
)

// eventOut says that something happened to something; what, its reader asks for.
type eventOut struct {
	Verb string `json:"verb"`
	ID   string `json:"id"` // of what it happened to
}

// events streams what the caller may hear. It begins after Last-Event-ID, or
// after=, or now.
func (d *Door) events(w http.ResponseWriter, r *http.Request, c *call) error {
	if r.Method == http.MethodHead {
		return d.eventsHead(w, r, c)
	}
	done, ok := d.Seats.Begin(c.who().Person)
	if !ok {
		return fault.Of(fault.TooMany, "fault.too-many-streams")
	}
	defer done()
	held, err := d.watch(r, c)
	if err != nil {
		return err
	}
	defer held.Close()
	greeted := false
	door.Stream(w, r, func(ctx context.Context) ([]door.Frame, error) {
		if !greeted {
			greeted = true
			return d.greeting(held), nil
		}
		return d.frames(ctx, c, held)
	})
	return nil
}

// eventsHead answers who asks for the head only: its stream would never end.
func (d *Door) eventsHead(w http.ResponseWriter, r *http.Request, c *call) error {
	if _, err := d.Operations.Read(r.Context(), c.who(), code(r)); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	return nil
}

// watch begins where the request says.
func (d *Door) watch(r *http.Request, c *call) (*watch.Watch, error) {
	st, err := d.Operations.Read(r.Context(), c.who(), code(r))
	if err != nil {
		return nil, err
	}
	after, err := d.Cursors.Resume(r, st.Operation.Number, sealed(st))
	if err != nil {
		return nil, err
	}
	return d.Watches.Open(r.Context(), c.who(), code(r), after)
}

// greeting tells where the stream begins, so that whoever hears nothing can come
// back to the same place. "reset": what the reader holds must be read anew.
func (d *Door) greeting(held *watch.Watch) []door.Frame {
	kind := "ready"
	if held.Reset {
		kind = "reset"
	}
	return []door.Frame{{ID: d.cursor(held, held.Seen), Event: kind, Data: []byte("{}")}}
}

func (d *Door) cursor(held *watch.Watch, seq int64) string {
	return d.Cursors.Write(held.Standing.Operation.Number, seq, sealed(held.Standing))
}

// frames waits for what there is to tell. On a beat the session is looked at
// again: nobody is told anything through a session that has ended.
func (d *Door) frames(ctx context.Context, c *call, held *watch.Watch) ([]door.Frame, error) {
	events, err := held.Next(ctx)
	if err != nil {
		return nil, err
	}
	if len(events) == 0 {
		return nil, d.Sessions.Still(ctx, c.token, c.who())
	}
	out := make([]door.Frame, 0, len(events))
	for _, e := range events {
		b, err := json.Marshal(eventOut{e.Verb, e.ID})
		if err != nil {
			return nil, err
		}
		out = append(out, door.Frame{ID: d.cursor(held, e.Seq), Event: e.Kind, Data: b})
	}
	return out, nil
}
