package notice_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/mail/mailtest"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Everything that anybody may type holds a canary, with line breaks where they can
// be had; a real relay hears none of them.
func TestCanaries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, security := range []string{mail.StartTLS, mail.None} {
			relay := mailtest.New(t, security)
			w.notices.Post = mail.NewSender(relay.At, w.Source)
			w.Pass(24 * time.Hour)
			const canary = "canary"
			actor := w.Actor["xb.officer"]
			w.Must(w.notices.Ask(t.Context(), actor, "officer@customs.example"))
			w.run()
			all := relay.Letters()
			if len(all) != 1 {
				t.Fatalf("%d letters", len(all))
			}
			w.Must(w.notices.Prove(t.Context(), actor, strings.Split(all[0].Body(), "\n")[2]))
			w.Must(w.notices.Subscribe(t.Context(), actor, code, notice.Subscription{Brand: canary}))
			p, err := w.People.Show(t.Context(), w.Root, person.ID(actor.Person))
			w.Must(err)
			_, err = w.People.Amend(t.Context(), w.Root, person.Change{Person: p.Person.ID, Name: "Canary Bcc: x@y.example", Version: p.Person.Version})
			w.Must(err)
			for _, urgent := range []bool{false, true} {
				m := w.send("xa.officer", message.Draft{To: w.Apart("xb"), Urgent: urgent, Subject: canary + " subject", Body: canary + "\nBcc: canary@y.example\n.\nQUIT"})
				w.send("xa.officer", message.Draft{Answers: m.Seq, Body: canary})
			}
			w.follow()
			w.run()
			kinds := map[string]int{}
			for _, l := range relay.Letters() {
				kinds[l.Header("Subject")]++
				if len(l.To) != 1 || l.To[0] != "officer@customs.example" {
					t.Errorf("to %v", l.To)
				}
			}
			if len(kinds) != 3 {
				t.Errorf("letters: %v", kinds)
			}
			wire := strings.ToLower(relay.Wire())
			for _, secret := range []string{canary, "y.example", "tide\"", "operation", "body x", "person ", "a word"} {
				if n := strings.Index(wire, secret); n >= 0 && !(secret == "operation" && strings.Contains(wire[max(0, n-40):n+20], "names no")) {
					t.Errorf("over %q the relay hears %q: …%s…", security, secret, wire[max(0, n-60):min(len(wire), n+60)])
				}
			}
			w.Must(w.notices.Ask(t.Context(), actor, ""))
		}
	})
}
