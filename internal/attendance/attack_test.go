package attendance_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Five wrong codes shut the session's code for that person, however fast they come:
// also the right one, also a new one. Others, other sessions and the list stay.
func TestCodesAreNotGuessed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Source.Set(begins.Add(80 * time.Minute)) // the first session still runs, the second is about to
		first, second := w.open(0), w.open(1)
		w.Must(w.join("xa.officer", second.Text)) // so that guesses are about the first only
		var all sync.WaitGroup
		for i := range 30 {
			all.Go(func() {
				if err := w.join("xa.officer", fmt.Sprintf("AAAA%02d", i)); !fault.Is(err, fault.Invalid) {
					t.Errorf("guess %d: %v", i, err)
				}
			})
		}
		all.Wait()
		if err := w.join("xa.officer", first.Text); !fault.Is(err, fault.Invalid) {
			t.Errorf("the right code after thirty wrong ones: %v", err)
		}
		w.Must(w.store.Close(t.Context(), w.Actor["wco.trainer"], code, w.held.ID, w.sessions[0].ID))
		if err := w.join("xa.officer", w.open(0).Text); !fault.Is(err, fault.Invalid) {
			t.Errorf("a new code after thirty wrong ones: %v", err)
		}
		w.Must(w.join("xb.officer", w.open(0).Text))
		w.Must(w.tick("wco.trainer", 0, 0, true))
		if s := w.sheet("xa.officer"); len(s.Rows[0].Marks) != 2 {
			t.Errorf("marks: %v", said(s))
		}
		for i := range attendance.MaxGuesses {
			if err := w.join("xa", fmt.Sprintf("AAAA%02d", i)); !fault.Is(err, fault.Invalid) {
				t.Error(err)
			}
			if i < attendance.MaxGuesses-1 {
				continue
			}
			if err := w.join("xa", w.open(0).Text); !fault.Is(err, fault.Invalid) {
				t.Errorf("the right code after %d wrong ones: %v", i+1, err)
			}
		}
		w.Source.Set(begins.Add(24 * time.Hour))
		third := w.open(2)
		for i := range attendance.MaxGuesses - 1 {
			if err := w.join("xa", fmt.Sprintf("AAAA%02d", i)); !fault.Is(err, fault.Invalid) {
				t.Error(err)
			}
		}
		w.Must(w.join("xa", third.Text)) // its guesses are counted for themselves
		w.fine()
	})
}

// Whatever is wrong with a code is answered in the same words; and a code sent twice is
// one mark, also when it was closed in between.
func TestCodesThatFailLookAlike(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Source.Set(begins)
		closed := w.open(0)
		w.Must(w.join("xb.officer", closed.Text))
		w.Must(w.store.Close(t.Context(), w.Actor["wco.trainer"], code, w.held.ID, w.sessions[0].ID))
		now := w.open(0)
		other, err := w.workshops.Plan(t.Context(), w.Actor["wco"], code, workshop.Draft{Kind: workshop.TrainTheTrainer, Title: "Another", Language: "en", Place: "Port house",
			Zone: "UTC", Starts: "2017-02-10", Ends: "2017-02-10", To: audience.Address{Sides: w.held.To.Sides}})
		w.Must(err)
		s, err := w.workshops.AddSession(t.Context(), w.Actor["wco"], code, other.ID, workshop.SessionDraft{Title: "S", Starts: "2017-02-10T08:00", Ends: "2017-02-10T09:00"})
		w.Must(err)
		theirs, err := w.store.Open(t.Context(), w.Actor["wco"], code, other.ID, s.ID)
		w.Must(err)
		want := w.join("xa.officer", "AAAAAA").Error()
		for what, try := range map[string]func() error{
			"closed":               func() error { return w.join("xa.officer", closed.Text) },
			"of another workshop":  func() error { return w.join("xa.officer", theirs.Text) },
			"of who is not coming": func() error { return w.join("xb.waits", now.Text) },
			"of who takes no part": func() error { return w.join("xa.trainer", now.Text) },
			"of an observer":       func() error { return w.join("observer", now.Text) },
			"nothing":              func() error { return w.join("xa.officer", "") },
			"where nobody is asked": func() error {
				_, err := w.store.Join(t.Context(), w.Actor["xa.officer"], code, other.ID, theirs.Text, "")
				return err
			},
		} {
			if err := try(); err == nil || err.Error() != want {
				t.Errorf("a code that is %s: %v, want %s", what, err, want)
			}
		}
		w.Must(w.join("xb.officer", closed.Text)) // sent again by a phone that was offline
		w.Source.Set(begins.Add(48 * time.Hour))
		w.Must(w.join("xb.officer", closed.Text))
		if err := w.join("xa.officer", now.Text); err == nil || err.Error() != want {
			t.Errorf("a code whose time is over: %v", err)
		}
		page, err := w.Operations.Journal(t.Context(), w.Actor["wco"], code, journal.Filter{Verb: "attendance.join", Limit: 9})
		w.Must(err)
		if len(page.Lines) != 1 {
			t.Errorf("a code sent three times made %d entries", len(page.Lines))
		}
		w.Leave("gone")
		for _, who := range []string{"wco.auditor", "gone", "gone.officer"} {
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Join(t.Context(), a, code, w.held.ID, now.Text, attendance.ByLink)
				return err
			})
		}
	})
}

// A certificate stays as it was given, whatever becomes of workshop and name; nothing
// is learnt from the check without both number and name.
func TestCertificatesStayAsGiven(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		for s := range 3 {
			w.Must(w.tick("wco.trainer", s, 0, true))
			w.Must(w.tick("wco.trainer", s, 2, true)) // without an account
		}
		n, err := w.store.Certify(ctx, w.Actor["wco.trainer"], code, w.held.ID, 75)
		w.Must(err)
		before := w.certificates(0)
		_, err = w.workshops.Amend(ctx, w.Actor["wco.trainer"], code, w.held.ID, workshop.Draft{Kind: workshop.Debriefing, Title: "Renamed", Language: "fr", Place: "Elsewhere",
			Zone: "UTC", Starts: "2017-02-10", Ends: "2017-02-11", To: w.held.To}, w.sheet("wco.trainer").Workshop.Version)
		w.Must(err)
		w.Must(w.tick("wco.trainer", 0, 0, false))
		c := w.certificates(0)[0]
		if n != 2 || len(before) != 1 || before[0] != c || c.Title != "Train the trainer" || c.Sessions != 3 || c.Minutes != 240 || c.Host != "Body wco" || c.From != "Body xa" || c.Place != "Port house" {
			t.Errorf("%d given; then %+v, now %+v", n, before, c)
		}
		for _, try := range [][2]string{{"", ""}, {c.Number, ""}, {c.Number, "%"}, {c.Number[:18], c.Name}, {c.Number[:18] + "?", c.Name}, {"' or 1=1 --", c.Name}, {c.Number + c.Number, c.Name},
			{c.Number, c.Name + "\x00"}, {string(make([]byte, 1<<16)), string(make([]byte, 1<<20))}} {
			if got := w.check(try[0], try[1]); got != attendance.AnswerUnknown {
				t.Errorf("%.40q of %.40q: %s", try[0], try[1], got)
			}
		}
		for name, want := range map[string]attendance.Checked{c.Name: {Answer: attendance.AnswerGood, Paper: c.Printed()}, "Nobody": {Answer: attendance.AnswerUnknown}} {
			if got, err := w.store.Check(ctx, c.Number, name); err != nil || got != want {
				t.Errorf("%s is told %+v, %v", name, got, err)
			}
		}
		for who, want := range map[string]int{"xa.officer": 1, "xa": 0, "xb.officer": 0, "wco.trainer": 0} {
			own, err := w.store.Mine(ctx, w.Actor[who])
			w.Must(err)
			if len(own) != want {
				t.Errorf("%s has %d certificates", who, len(own))
			}
		}
		for who, may := range map[string]bool{"xa.officer": true, "xa": true, "wco.coordinator": true, "xb": false, "xb.officer": false, "observer": false, "holder": false} {
			if _, err := w.store.Print(ctx, w.Actor[who], code, w.held.ID, c.ID); may != (err == nil) || !may && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s prints: %v", who, err)
			}
		}
		w.fine()
	})
}
