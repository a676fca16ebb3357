package api

import (
	"net/http"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

// feedbackOut is an answer to a warning.
type feedbackOut struct {
	ID           message.ID      `json:"id"`
	Organisation organisation.ID `json:"organisation"` // who answers
	Outcome      string          `json:"outcome"`
	Reason       string          `json:"reason,omitempty"`      // why it was not checked
	Destination  string          `json:"destination,omitempty"` // whither the goods moved on
	At           time.Time       `json:"at"`                    // UTC
}

// warningOut is a warning with what became of it, as far as the reader may know.
type warningOut struct {
	ID           message.ID      `json:"id"`
	Organisation organisation.ID `json:"organisation"` // its originator
	Subject      string          `json:"subject"`
	Template     string          `json:"template"`
	Written      time.Time       `json:"written"` // UTC
	Due          time.Time       `json:"due_at"`
	Expires      time.Time       `json:"expires_at,omitzero"`
	Expired      bool            `json:"expired"`
	Arrival      arrival         `json:"arrival,omitzero"`
	Source       string          `json:"source,omitempty"`
	Profile      profile         `json:"profile,omitzero"`
	Outcome      string          `json:"outcome"`      // open: no feedback yet that the reader may read
	Asked        int             `json:"asked"`        // 0 for readers who may not know the members
	Answered     int             `json:"answered"`     // of these
	Acknowledged int             `json:"acknowledged"` // of these; for who neither wrote it nor coordinates, its own only
	Answers      []feedbackOut   `json:"answers"`
}

func ledgerOut(e warning.Entry) warningOut {
	m := e.Message
	out := warningOut{ID: m.ID, Organisation: e.From.ID, Subject: m.Subject, Template: m.Template, Written: m.Written, Due: m.ReplyDue,
		Expires: m.Expires, Expired: e.Expired, Arrival: arrival(m.Arrival), Source: m.Source, Profile: profile(m.Profile), Outcome: e.Outcome,
		Asked: e.Asked, Answered: e.Heard, Acknowledged: e.Acknowledged, Answers: []feedbackOut{}}
	for _, a := range e.Answers {
		out.Answers = append(out.Answers, feedbackOut{a.ID, a.From.ID, a.Outcome, a.Reason, a.Profile.Destination, a.Written})
	}
	return out
}

func (d *Door) warnings(w http.ResponseWriter, r *http.Request, c *call) error {
	f, err := d.warningFilter(r, c)
	if err != nil {
		return err
	}
	l, err := d.Warnings.List(r.Context(), c.who(), code(r), f)
	if err != nil {
		return err
	}
	out := list[warningOut]{Items: []warningOut{}, Next: d.next(l.Standing, l.Next)}
	for _, e := range l.Items {
		out.Items = append(out.Items, ledgerOut(e))
	}
	return answer(w, http.StatusOK, out)
}

func (d *Door) warningFilter(r *http.Request, c *call) (warning.Filter, error) {
	q := r.URL.Query()
	f := warning.Filter{Outcome: q.Get("outcome"), Source: q.Get("source"), Category: q.Get("category")}
	var err error
	f.Limit, f.Before, err = d.page(r, c)
	return f, err
}
