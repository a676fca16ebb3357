package messagetest

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/message"
)

// General is a plain message.
func (w *World) General(to ...string) message.Draft {
	return message.Draft{ID: message.ID(ID()), Template: message.General, Subject: "Briefing", Body: "At eight.", Language: "en", TLP: "AMBER", To: w.To(to...)}
}

// Warning is one to be answered within a day.
func (w *World) Warning(to ...string) message.Draft {
	d := w.General(to...)
	d.Template, d.Subject, d.ReplyDue = message.Warning, "A container", w.Source.Now().Add(24*time.Hour)
	d.Profile = message.Profile{Category: "PHA", Conveyance: "sea", Provenance: "XQ", Destination: "XA"}
	return d
}

// Answer answers a message.
func (w *World) Answer(to message.Message, text string) message.Draft {
	return message.Draft{ID: message.ID(ID()), Template: message.General, Body: text, Language: "fr", TLP: "AMBER", Answers: to.Seq}
}

// Feedback says what came of a warning.
func (w *World) Feedback(to message.Message, outcome string) message.Draft {
	d := w.Answer(to, "Because.")
	d.Template, d.Outcome = message.Feedback, outcome
	return d
}

// Send sends a draft a second later.
func (w *World) Send(who string, d message.Draft) message.Message {
	w.T.Helper()
	w.Tick()
	m, err := w.Messages.Send(w.T.Context(), w.Actor[who], Code, d)
	w.Must(err)
	return m
}
