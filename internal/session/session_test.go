package session_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var (
	began     = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	countRows = db.Statement(`select count(*) from session`)
	countTry  = db.Statement(`select count(*) from signin_failure`)
)

const good = "tide 7 lantern gravel"

// world has organisations 1 (the administrator's) and 2; "officer" wears a hat of
// 2, "analyst" one of 1 and, as contact point, one of 2; both have the password.
type world struct {
	t       *testing.T
	d       *db.DB
	journal *journal.Journal
	source  *source.Source
	people  *person.Store
	store   *session.Store
	admin   access.Actor
	officer person.ID
	analyst person.ID
}

func newWorld(t *testing.T, d *db.DB, o session.Options) *world {
	t.Helper()
	src := source.Story(began, 1)
	j := journal.New(src)
	w := &world{t: t, d: d, journal: j, source: src, people: person.NewStore(d, j, src)}
	w.store = session.NewStore(d, j, src, w.people.Hasher(), o)
	link, err := w.people.Bootstrap(t.Context(), body("XA"), person.Draft{Login: "administrator", Name: "Ottilie Brannoch", Language: "en"})
	w.must(err)
	offer, err := w.people.Offered(t.Context(), link)
	w.must(err)
	w.admin = access.Actor{Person: string(offer.Person.ID), Organisation: 1, Administrator: true}
	_, err = organisation.NewStore(d, j, src).Register(t.Context(), w.admin, body("XB"))
	w.must(err)
	w.officer = w.register(person.Draft{Login: "officer", Organisation: 2})
	w.analyst = w.register(person.Draft{Login: "analyst", Organisation: 1})
	_, err = w.people.AddHat(t.Context(), w.admin, w.analyst, 2, "Contact", person.ContactPoint)
	w.must(err)
	for _, id := range []person.ID{w.officer, w.analyst} {
		link, err := w.people.Invite(t.Context(), w.admin, id)
		w.must(err)
		w.redeem(link)
	}
	return w
}

func body(country string) organisation.Draft {
	return organisation.Draft{Kind: "customs", Country: country, Name: "Customs of " + country, TimeZone: "Asia/Tokyo", Language: "en",
		ReleaseBy: organisation.ReleaseByOfficer}
}

func (w *world) register(d person.Draft) person.ID {
	w.t.Helper()
	d.Name, d.Language = "Name of "+d.Login, "en"
	p, err := w.people.Register(w.t.Context(), w.admin, d)
	w.must(err)
	return p.ID
}

func (w *world) redeem(link string) person.Person {
	w.t.Helper()
	p, err := w.people.Redeem(w.t.Context(), link, good)
	w.must(err)
	return p
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) signIn(login string) (string, session.Session) {
	w.t.Helper()
	token, s, err := w.store.SignIn(w.t.Context(), login, good, "Browser")
	w.must(err)
	return token, s
}

func (w *world) count(s db.SQL) (n int64) {
	w.t.Helper()
	w.must(w.d.Read(w.t.Context(), func(tx *db.Tx) (err error) { n, err = db.One(tx, s, db.Int64); return err }))
	return n
}

func (w *world) verbs() (out []string) {
	w.t.Helper()
	w.must(w.d.Read(w.t.Context(), func(tx *db.Tx) error {
		all, err := journal.List(tx, journal.Instance, journal.Filter{Limit: 1000})
		for _, e := range all {
			if strings.HasPrefix(e.Verb, "session.") {
				out = append([]string{e.Verb}, out...)
			}
		}
		return err
	}))
	return out
}

// open tells whether a token opens something, and that it answers as it must if not.
func (w *world) open(token string) bool {
	w.t.Helper()
	_, err := w.store.Resolve(w.t.Context(), token)
	if err != nil && !fault.Is(err, fault.Unauthenticated) {
		w.t.Errorf("resolve: %v", err)
	}
	return err == nil
}

func (w *world) later(d time.Duration) { w.source.Set(w.source.Now().Add(d)) }

func key(err error) string {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return f.Key
	}
	return ""
}

func TestSignInAndOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, session.Options{}), t.Context()
		token, made := w.signIn(" OFFICER ")
		got, err := w.store.Resolve(ctx, token)
		w.must(err)
		if len(token) != 43 || got.ID != made.ID || got.Person.Login != "officer" || got.Organisation.Number != 2 || got.Hat.Organisation != 2 ||
			!got.Ends.Equal(began.Add(12*time.Hour)) || got.Agent != "Browser" || got.Kind != session.Password {
			t.Errorf("%+v", got)
		}
		if want := (access.Actor{Person: string(w.officer), Organisation: 2}); got.Actor != want {
			t.Errorf("%+v, want %+v", got.Actor, want)
		}
		second, _ := w.signIn("officer")
		if second == token {
			t.Error("the token repeats")
		}
		w.must(w.store.SignOut(ctx, token))
		w.must(w.store.SignOut(ctx, token))
		w.must(w.store.SignOut(ctx, "\x00"))
		if w.open(token) || !w.open(second) {
			t.Error("signing out ended the wrong session, or none")
		}
		if got, want := w.verbs(), []string{"session.sign-in", "session.sign-in", "session.end"}; !slices.Equal(got, want) {
			t.Errorf("journal: %v, want %v", got, want)
		}
		for _, bad := range []string{"", "x", token[1:], token + "x", strings.Repeat("\x00", 43), person.HashSecret(token)[:43]} {
			if w.open(bad) {
				t.Errorf("%q opens something", bad)
			}
		}
	})
}

// A login that nobody has, one without a password, a suspended one and a wrong
// password: the same answer, the same rows, the same limit.
func TestSameAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, session.Options{}), t.Context()
		w.register(person.Draft{Login: "invited", Organisation: 2})
		w.must(w.people.Suspend(ctx, w.admin, w.analyst))
		var answers []string
		for _, login := range []string{"officer", "nobody", "invited", "analyst", "", "a\x00b", "a\xffb", "оfficer", strings.Repeat("x", 5000)} {
			password := "wrong password here"
			if login == "analyst" {
				password = good
			}
			tries := person.MaxFailures
			if login != "officer" && login != "nobody" {
				tries = 1
			}
			for range tries {
				before, work := w.count(countTry), w.people.Hasher().Work()
				_, _, err := w.store.SignIn(ctx, login, password, "")
				if w.people.Hasher().Work() != work+1 {
					t.Fatalf("%.20q: %d hashes, want 1", login, w.people.Hasher().Work()-work)
				}
				if !fault.Is(err, fault.Invalid) || key(err) != "fault.password-wrong" || w.count(countTry) != before+1 {
					t.Fatalf("%.20q: %v, %d tries after %d", login, err, w.count(countTry), before)
				}
				answers = append(answers, err.Error())
			}
			if tries == 1 {
				continue
			}
			before := w.count(countTry)
			_, _, err := w.store.SignIn(ctx, login, good, "")
			if !fault.Is(err, fault.TooMany) || w.count(countTry) != before {
				t.Errorf("%.20q after too many tries: %v", login, err)
			}
		}
		if slices.Sort(answers); len(slices.Compact(answers)) != 1 {
			t.Errorf("answers differ: %v", slices.Compact(answers))
		}
		if n := w.count(countRows); n != 0 {
			t.Errorf("%d sessions", n)
		}
		w.later(person.FailureWindow)
		w.signIn("officer")
		w.must(w.store.Cleanup(ctx))
		if n := w.count(countTry); n != 0 {
			t.Errorf("%d tries are kept", n)
		}
	})
}

// Tries at the same time cannot slip past the limit, and a right password forgives.
func TestLimitOfTries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, session.Options{}), t.Context()
		for range person.MaxFailures - 1 {
			_, _, _ = w.store.SignIn(ctx, "officer", "wrong", "")
		}
		w.signIn("officer")
		answers := make(chan error, 3*person.MaxFailures)
		for range cap(answers) {
			go func() {
				_, _, err := w.store.SignIn(ctx, "Officer", "wrong", "")
				answers <- err
			}()
		}
		compared := 0
		for range cap(answers) {
			if err := <-answers; fault.Is(err, fault.Invalid) {
				compared++
			} else if !fault.Is(err, fault.TooMany) {
				t.Error(err)
			}
		}
		if compared != person.MaxFailures {
			t.Errorf("%d passwords were compared, want %d", compared, person.MaxFailures)
		}
	})
}

func TestTimeLimits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, session.Options{})
		token, made := w.signIn("officer")
		w.later(59 * time.Second)
		if s, err := w.store.Resolve(t.Context(), token); err != nil || !s.Seen.Equal(made.Seen) {
			t.Errorf("seen was written within a minute: %v, %v", s.Seen, err)
		}
		w.later(session.Idle - 59*time.Second - time.Microsecond) // idle is counted from what is written
		if !w.open(token) {
			t.Error("ended before it was idle long enough")
		}
		w.later(session.Idle - time.Microsecond)
		if !w.open(token) {
			t.Error("ended though it was used")
		}
		w.later(session.Idle)
		if w.open(token) {
			t.Error("open though idle")
		}
		token, made = w.signIn("officer")
		for w.source.Now().Before(made.Ends.Add(-20 * time.Minute)) {
			w.later(20 * time.Minute)
			if !w.open(token) {
				t.Fatalf("ended at %v, %v before its time", w.source.Now(), made.Ends.Sub(w.source.Now()))
			}
		}
		w.later(20 * time.Minute)
		if w.open(token) {
			t.Error("open after its absolute end")
		}
		w.must(w.store.Cleanup(t.Context()))
		if n := w.count(countRows); n != 0 {
			t.Errorf("%d dead sessions are kept", n)
		}
	})
}

func TestSwitchNeverMerges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, session.Options{}), t.Context()
		token, s := w.signIn("analyst")
		first := access.Actor{Person: string(w.analyst), Organisation: 1}
		if s.Actor != first || len(s.Hats) != 2 {
			t.Fatalf("%+v", s)
		}
		other, err := w.store.Switch(ctx, s, 2)
		w.must(err)
		second := access.Actor{Person: string(w.analyst), Organisation: 2, ContactPoint: true}
		now, err := w.store.Resolve(ctx, token)
		w.must(err)
		if other.Actor != second || now.Actor != second || now.Organisation.Number != 2 {
			t.Errorf("%+v, then %+v", other.Actor, now.Actor)
		}
		// Another session of the same person keeps its own hat.
		_, s2 := w.signIn("analyst")
		if s2.Actor != first {
			t.Errorf("%+v", s2.Actor)
		}
		size := len(w.verbs())
		_, err = w.store.Switch(ctx, now, 2)
		w.must(err)
		back, err := w.store.Switch(ctx, now, 1)
		w.must(err)
		if back.Actor != first || len(w.verbs()) != size+1 {
			t.Errorf("%+v, %v", back.Actor, w.verbs())
		}
		_, officer := w.signIn("officer")
		for _, org := range []int64{1, 0, 9} {
			if _, err := w.store.Switch(ctx, officer, org); !fault.Is(err, fault.NotFound) {
				t.Errorf("to %d: %v", org, err)
			}
		}
		if _, err := w.store.Switch(ctx, session.Session{}, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody: %v", err)
		}
		forged := officer
		forged.ID = back.ID
		if _, err := w.store.Switch(ctx, forged, 2); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("somebody else's session: %v", err)
		}
	})
}

var demo = session.Options{Demo: true}

func TestPersonas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, demo), t.Context()
		w.register(person.Draft{Login: "p.officer", Persona: "officer", Organisation: 2})
		w.register(person.Draft{Login: "p.stranger", Persona: "stranger", Organisation: 1})
		all, err := w.store.Personas(ctx)
		if err != nil || len(all) != 1 || all[0].Person.Persona != "officer" || all[0].Organisation.Number != 2 {
			t.Errorf("%+v, %v", all, err)
		}
		token, s, err := w.store.SignInAs(ctx, "officer", "")
		if err != nil || s.Person.Login != "p.officer" || s.Kind != session.Demo {
			t.Fatalf("%+v, %v", s, err)
		}
		w.later(2 * session.Idle)
		if !w.open(token) {
			t.Error("a demonstration is idle as soon as real work")
		}
		bearer, err := w.store.Token(ctx, "stranger")
		w.must(err)
		if s, err := w.store.Resolve(ctx, bearer); err != nil || s.Kind != session.Token || s.Person.Persona != "stranger" {
			t.Errorf("%+v, %v", s, err)
		}
		for _, persona := range []string{"", "stranger", "nobody", "a\x00", "p.officer"} {
			if _, _, err := w.store.SignInAs(ctx, persona, ""); !fault.Is(err, fault.NotFound) {
				t.Errorf("as %q: %v", persona, err)
			}
		}
		plain := session.NewStore(d, w.journal, w.source, w.people.Hasher(), session.Options{})
		_, _, err = plain.SignInAs(ctx, "officer", "")
		_, err2 := plain.Token(ctx, "officer")
		none, err3 := plain.Personas(ctx)
		if !fault.Is(err, fault.NotFound) || !fault.Is(err2, fault.NotFound) || len(none) != 0 || err3 != nil {
			t.Errorf("outside a demonstration: %v, %v, %v, %v", err, err2, none, err3)
		}
		// Nobody signs in as a persona with an empty password.
		if _, _, err := w.store.SignIn(ctx, "p.officer", "", ""); key(err) != "fault.password-wrong" {
			t.Errorf("empty password: %v", err)
		}
	})
}

func TestNoHat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, session.Options{}), context.Background()
		w.must(w.people.EndHat(ctx, w.admin, w.officer, 2))
		if _, _, err := w.store.SignIn(ctx, "officer", good, ""); key(err) != "session.no-hat" {
			t.Error(err)
		}
		if _, _, err := w.store.SignIn(ctx, "officer", "wrong", ""); key(err) != "fault.password-wrong" {
			t.Error(err)
		}
	})
}
