package warning_test

import (
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

// journalled counts the entries with a verb.
func (w *world) journalled(verb access.Permission) (n int) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) (err error) {
		var c int64
		c, err = db.One(tx, countVerb, db.Int64, string(verb))
		n = int(c)
		return err
	}))
	return n
}

var countVerb = db.Statement(`select count(*) from journal where operation <> 0 and verb = $1`)

// Who is asked acknowledges once; the originator and coordination see who has and
// who has not, everybody else its own only.
func TestAcknowledge(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.Warning("enforcement"))
		if a := w.account("xb.officer", m); !a.Asks || !a.MayAcknowledge || a.Full || a.Done != nil || a.Missing != nil {
			t.Errorf("before: %+v", a)
		}
		w.acknowledge("xb.officer", m)
		w.acknowledge("xb", m) // another of the same organisation: the same answer
		if n := w.journalled(access.WarningAcknowledge); n != 1 {
			t.Errorf("%d entries", n)
		}
		for _, who := range []string{"xa.officer", "wco.coordinator"} {
			a := w.account(who, m)
			if !a.Full || len(a.Done) != 1 || a.Done[0].Name != "Person xb.officer" || called(a.Missing) != "xc" {
				t.Errorf("%s: %+v", who, a)
			}
		}
		if a := w.account("xb.officer", m); a.Mine == nil || a.MayAcknowledge || a.Done != nil || a.Missing != nil || a.Silent != nil {
			t.Errorf("after: %+v", a)
		}
		if a := w.account("xc.officer", m); a.Mine != nil || a.Done != nil {
			t.Errorf("another sees %+v", a)
		}
		// An answer says it too.
		w.Send("xc.officer", w.Feedback(m, "clean"))
		if a := w.account("xa.officer", m); len(a.Done) != 2 || a.Missing != nil {
			t.Errorf("answered: %+v", a)
		}
		if err := w.warnings.Acknowledge(t.Context(), w.Actor["wco.coordinator"], code, m.Seq); !fault.Is(err, fault.Invalid) {
			t.Errorf("who is not asked acknowledges: %v", err)
		}
		if err := w.warnings.Acknowledge(t.Context(), w.Actor["holder"], code, m.Seq); !fault.Is(err, fault.NotFound) {
			t.Errorf("who may not read acknowledges: %v", err)
		}
	})
}

// Every reader of an urgent message is asked, right holders too, and these learn
// nothing of each other.
func TestUrgent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.urgent("holder", "rival", "xb"))
		w.acknowledge("holder", m)
		if a := w.account("xa.officer", m); len(a.Done) != 1 || called(a.Missing) != "wco xb rival" {
			t.Errorf("the writer sees %v, missing %q", a.Done, called(a.Missing))
		}
		if a := w.account("rival", m); !a.Asks || a.Full || a.Done != nil || a.Missing != nil || a.MayRemind {
			t.Errorf("a right holder sees %+v", a)
		}
		own := w.Send("holder", w.urgent("coordination"))
		w.acknowledge("wco.coordinator", own)
		if a := w.account("holder", own); a.Full || a.Done != nil {
			t.Errorf("a right holder sees who read its message: %+v", a)
		}
		readable := func(who string) (n int) {
			w.Must(d.Read(t.Context(), func(tx *db.Tx) error {
				st, err := operation.Enter(tx, w.Source.Now(), w.Actor[who], code, access.MessageRead)
				w.Must(err)
				list, err := st.Readable(tx)
				w.Must(err)
				c, err := db.One(tx, countHeard, db.Int64, string(access.WarningAcknowledge), list)
				n = int(c)
				return err
			}))
			return n
		}
		// Live events carry entries: a right holder hears of its own act only.
		if a, b := readable("holder"), readable("rival"); a != 1 || b != 0 {
			t.Errorf("right holders hear of %d and %d acts", a, b)
		}
		_ = own
	})
}

var countHeard = db.Statement(`select count(*) from journal where operation <> 0 and verb = $1 and audience {in $2}`)

// The originator reminds whoever is silent, once an hour, each by an entry of its own.
func TestRemind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.Warning("enforcement"))
		remind := func(who string) error { return w.warnings.Remind(t.Context(), w.Actor[who], code, m.Seq) }
		if err := remind("xb.officer"); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else reminds: %v", err)
		}
		w.Send("xb.officer", w.Feedback(m, "clean"))
		w.Must(remind("xa.officer"))
		if n := w.journalled(access.WarningRemind); n != 1 {
			t.Errorf("%d reminded, want xc alone", n)
		}
		if err := remind("wco.coordinator"); !fault.Is(err, fault.TooMany) {
			t.Errorf("again at once: %v", err)
		}
		w.Source.Set(w.Source.Now().Add(warning.RemindEvery))
		w.Must(remind("wco.coordinator"))
		w.Source.Set(w.Source.Now().Add(warning.RemindEvery))
		w.Send("xc.officer", w.Feedback(m, "clean"))
		w.Must(remind("xa.officer"))
		if n := w.journalled(access.WarningRemind); n != 2 {
			t.Errorf("%d reminders in all, want 2", n)
		}
	})
}

// A post is the organisation's own matter and coordination's; the newest counts.
func TestAssign(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.Warning("xb", "xc"))
		assign := func(who, post, to string) error {
			w.Tick()
			return w.warnings.Assign(t.Context(), w.Actor[who], code, m.Seq, post, person.ID(w.Actor[to].Person))
		}
		w.Must(assign("xb.officer", "Port of Qasr", ""))
		w.Must(assign("xb", "Airport", "xb.officer"))
		w.Must(assign("xb", "Airport", "xb.officer"))
		if n := w.journalled(access.WarningAssign); n != 2 {
			t.Errorf("%d entries, want 2", n)
		}
		for who, want := range map[string]string{"xb.officer": "Airport", "xc.officer": "", "xa.officer": ""} {
			if a := w.account(who, m); (a.Own == nil) != (want == "") || a.Own != nil && (a.Own.Post != want || a.Own.Name != "Person xb.officer") || a.Posts != nil {
				t.Errorf("%s sees %+v %+v", who, a.Own, a.Posts)
			}
		}
		if a := w.account("wco.coordinator", m); len(a.Posts) != 1 || a.Posts[0].Post != "Airport" {
			t.Errorf("coordination sees %+v", a.Posts)
		}
		for _, wrong := range []error{assign("xb", " ", ""), assign("xb", "Airport", "xc.officer"), assign("xa.officer", "Airport", "")} {
			if !fault.Is(wrong, fault.Invalid) {
				t.Errorf("taken or otherwise refused: %v", wrong)
			}
		}
		if l := w.ledger("xb.officer", warning.Filter{}); l.Items[0].Post != "Airport" {
			t.Errorf("the ledger says %q", l.Items[0].Post)
		}
	})
}

func (w *world) movedOn(to message.Message, country string) message.Draft {
	d := w.Feedback(to, "moved-on")
	d.Profile.Destination = country
	return d
}

// A warning that only some read is offered to its originator and coordination,
// never sent on by who answers; then the next country reads it and owes an answer.
func TestMovedOnIsOffered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.Warning("xb"))
		w.Send("xb.officer", w.movedOn(m, "XC"))
		if n := w.journalled(access.WarningForward); n != 0 {
			t.Fatalf("who answers has widened the warning (%d)", n)
		}
		if _, err := w.warnings.Account(t.Context(), w.Actor["xc.officer"], code, m.Seq); !fault.Is(err, fault.NotFound) {
			t.Fatalf("the next country reads it: %v", err)
		}
		if a := w.account("xb.officer", m); a.Offers != nil {
			t.Errorf("who answers is offered it: %+v", a.Offers)
		}
		on := func(who, to string) error {
			w.Tick()
			return w.warnings.SendOn(t.Context(), w.Actor[who], code, m.Seq, w.Body[to].ID)
		}
		if err := on("xb.officer", "xc"); !fault.Is(err, fault.NotFound) {
			t.Errorf("who answers sends it on: %v", err)
		}
		for _, to := range []string{"holder", "outsider", "observer"} {
			if err := on("xa.officer", to); !fault.Is(err, fault.Invalid) {
				t.Errorf("sent on to %s: %v", to, err)
			}
		}
		for _, who := range []string{"xa.officer", "wco.coordinator"} {
			if a := w.account(who, m); len(a.Offers) != 1 || a.Offers[0].Organisation.Country != "XC" {
				t.Errorf("%s is offered %+v", who, a.Offers)
			}
		}
		w.Must(on("wco.coordinator", "xc"))
		w.Must(on("xa.officer", "xc"))
		if n := w.journalled(access.WarningForward); n != 1 {
			t.Errorf("sent on %d times", n)
		}
		if a := w.account("xc.officer", m); !a.Asks || !a.ToMe || !a.MayAssign {
			t.Errorf("the next country: %+v", a)
		}
		if l := w.ledger("xc.officer", warning.Filter{}); len(l.Items) != 1 || !l.Items[0].Waits || len(l.Items[0].Answers) != 0 {
			t.Errorf("its ledger: %+v", l.Items)
		}
		w.Send("xc.officer", w.Feedback(m, "hit"))
		if l := w.ledger("xa.officer", warning.Filter{}); l.Items[0].Outcome != "hit" || l.Items[0].Asked != 2 || l.Items[0].Heard != 2 {
			t.Errorf("the originator's ledger: %+v", l.Items[0])
		}
	})
}

// Where the next country reads the warning already, the system hands it over.
func TestMovedOnWhereTheAddressAllows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.Warning("enforcement"))
		w.Send("xb.officer", w.movedOn(m, "XC"))
		w.Send("xb.officer", w.movedOn(m, "XC"))
		w.Send("xb.officer", w.movedOn(m, "XQ")) // nobody takes part from there
		w.Send("xb.officer", w.movedOn(m, ""))
		if n := w.journalled(access.WarningForward); n != 1 {
			t.Errorf("handed over %d times", n)
		}
		if a := w.account("xc.officer", m); !a.ToMe {
			t.Errorf("the next country: %+v", a)
		}
		if a := w.account("xa.officer", m); called(a.SentOn) != "xc" || a.Offers != nil {
			t.Errorf("the originator: %q %+v", called(a.SentOn), a.Offers)
		}
	})
}

// Two of one organisation who answer at once are both kept, and the newer counts.
func TestAnswersAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.Warning("xb", "xc"))
		var all sync.WaitGroup
		errs := make(chan error, 20)
		for i := range 10 {
			d := w.Feedback(m, []string{"clean", "hit"}[i%2])
			who := w.Actor[[]string{"xb.officer", "xb"}[i%2]]
			all.Go(func() { _, err := w.Messages.Send(t.Context(), who, code, d); errs <- err })
			all.Go(func() { errs <- w.warnings.Acknowledge(t.Context(), who, code, m.Seq) })
		}
		all.Wait()
		close(errs)
		for err := range errs {
			w.Must(err)
		}
		e := w.ledger("xa.officer", warning.Filter{}).Items[0]
		if len(e.Answers) != 10 || e.Heard != 1 || e.Outcome != e.Answers[9].Outcome || e.Acknowledged != 1 {
			t.Errorf("%d answers, heard %d, outcome %s, acknowledged %d", len(e.Answers), e.Heard, e.Outcome, e.Acknowledged)
		}
		if n := w.journalled(access.WarningAcknowledge); n != 1 {
			t.Errorf("acknowledged %d times", n)
		}
	})
}

// An expired warning waits for nobody; the ledger says that it is open and expired.
func TestExpired(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		draft := w.Warning("xb")
		draft.Expires = w.Source.Now().Add(2 * time.Hour)
		w.Send("xa.officer", draft)
		waiting := func() (int, int64) {
			all, err := w.Messages.Waiting(t.Context(), w.Actor["xb.officer"], code)
			w.Must(err)
			p, err := w.Messages.List(t.Context(), w.Actor["xb.officer"], code, message.Filter{Open: true})
			w.Must(err)
			if int64(len(p.Items)) != p.Counts.Open {
				t.Errorf("%d open, counted %d", len(p.Items), p.Counts.Open)
			}
			return len(all), p.Counts.Open
		}
		if a, b := waiting(); a != 1 || b != 1 {
			t.Errorf("before: %d waiting, %d open", a, b)
		}
		in := func(state string) int {
			l := w.ledger("xb.officer", warning.Filter{State: state, OpenFirst: true})
			return len(l.Open) + len(l.Items)
		}
		for state, want := range map[string]int{"": 1, warning.AnyOpen: 1, warning.Overdue: 0, warning.Old: 0, warning.Unseen: 0} {
			if n := in(state); n != want {
				t.Errorf("%q: %d warnings", state, n)
			}
		}
		w.Source.Set(w.Source.Now().Add(2 * time.Hour))
		if n := in(warning.AnyOpen); n != 0 {
			t.Errorf("%d expired warnings are listed as open", n)
		}
		if a, b := waiting(); a != 0 || b != 0 {
			t.Errorf("after: %d waiting, %d open", a, b)
		}
		l := w.ledger("xb.officer", warning.Filter{OpenFirst: true})
		if len(l.Open) != 0 || len(l.Items) != 1 || l.Items[0].Outcome != warning.Open || !l.Items[0].Expired {
			t.Errorf("the ledger: %+v", l)
		}
	})
}

func TestReasons(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.Warning("xb"))
		refused := func(f func(*message.Draft)) {
			t.Helper()
			draft := w.Feedback(m, "not-checked")
			draft.Body = ""
			f(&draft)
			if _, err := w.Messages.Send(t.Context(), w.Actor["xb.officer"], code, draft); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", draft, err)
			}
		}
		refused(func(d *message.Draft) {})
		refused(func(d *message.Draft) { d.Reason = "other" })
		refused(func(d *message.Draft) { d.Reason = "weather" })
		refused(func(d *message.Draft) { d.Outcome, d.Reason = "clean", "no-staff" })
		refused(func(d *message.Draft) { d.Reason, d.Profile.Destination = "no-staff", "XC" })
		refused(func(d *message.Draft) { d.Outcome, d.Profile.Destination = "moved-on", "??" })
		draft := w.Feedback(m, "not-checked")
		draft.Body, draft.Reason = "", "no-staff"
		w.Send("xb.officer", draft)
		if e := w.ledger("xa.officer", warning.Filter{}).Items[0]; e.Answers[0].Reason != "no-staff" {
			t.Errorf("%+v", e.Answers)
		}
	})
}

// Under surveillance is told to who reads that feedback.
func TestSurveillance(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.Warning("enforcement"))
		secret := w.Feedback(m, "surveillance")
		secret.To = w.To("xa", "coordination")
		w.Send("xb.officer", secret)
		for who, want := range map[string]string{"xa.officer": "xb", "wco.coordinator": "xb", "xc.officer": ""} {
			if a := w.account(who, m); called(a.Watched) != want {
				t.Errorf("%s: %q", who, called(a.Watched))
			}
		}
		w.Send("xb.officer", w.Feedback(m, "hit"))
		if a := w.account("xa.officer", m); a.Watched != nil {
			t.Errorf("it is over: %q", called(a.Watched))
		}
	})
}
