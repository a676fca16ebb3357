package story

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/story/life"
)

// WarningAct is what an organisation did about a warning beside answering it.
type WarningAct struct {
	Warning      *Message
	Organisation string
	Author       string // login
	Post         string // that it was assigned to; empty: it acknowledged
	At           time.Time
}

// The steps of a warning's life. WarningsDue is time itself: whoever is silent is
// reminded, and what is overdue is escalated.
type (
	WarningActed struct{ Act *WarningAct }
	WarningsDue  struct{}
)

func (WarningActed) rank() int { return 13 }
func (WarningsDue) rank() int  { return 14 }

// live gives a warning what its row does not hold, and notes what was done about it.
func (b *builder) live(w *warningRow, m *Message) {
	l := life.Of[w.key]
	m.Source, m.Place, m.Zone, m.Urgent = l.Source, l.Place, l.Zone, l.Urgent
	if l.Arrives > 0 {
		m.Arrives = m.SentAt.Add(time.Duration(l.Arrives) * time.Hour)
	}
	if l.Expires > 0 {
		m.Expires = m.SentAt.Add(time.Duration(l.Expires) * time.Hour)
	}
	for _, a := range l.Acts {
		b.world.Acts = append(b.world.Acts, &WarningAct{Warning: m, Organisation: a.Organisation, Author: b.login[a.Organisation]["contact-point"], Post: a.Post,
			At: m.SentAt.Add(time.Duration(a.After)*time.Hour + 4*time.Minute)})
	}
}

// tellWarnings tells what was done about warnings, and lets time remind.
func (w *World) tellWarnings(tell func(time.Time, string, string, Step)) {
	for _, a := range w.Acts {
		tell(a.At, a.Author, a.Organisation, WarningActed{a})
	}
	for _, m := range w.Messages {
		if m.Kind != KindWarning {
			continue
		}
		for _, at := range []time.Time{m.SentAt.Add(m.ReplyDue.Sub(m.SentAt)/2 + time.Minute), m.ReplyDue.Add(time.Minute)} {
			if !at.After(Ends) {
				tell(at, "", "", WarningsDue{})
			}
		}
	}
}
