package session_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/session"
)

// Whatever ends a person's access ends it at the next request.
func TestEndsAtOnce(t *testing.T) {
	const next = "harbour wind 12 quiet"
	for name, c := range map[string]struct {
		do   func(w *world) error
		kept bool // the analyst's session, worn for organisation 1, goes on
	}{
		"hat of 2": {func(w *world) error { return w.people.EndHat(w.t.Context(), w.admin, w.analyst, 2) }, true},
		"hat of 1": {func(w *world) error { return w.people.EndHat(w.t.Context(), w.admin, w.analyst, 1) }, false},
		"suspended, then resumed": {func(w *world) error {
			if err := w.people.Suspend(w.t.Context(), w.admin, w.analyst); err != nil {
				return err
			}
			return w.people.Resume(w.t.Context(), w.admin, w.analyst)
		}, false},
		"suspended": {func(w *world) error { return w.people.Suspend(w.t.Context(), w.admin, w.analyst) }, false},
		"new link":  {func(w *world) error { _, err := w.people.Invite(w.t.Context(), w.admin, w.analyst); return err }, true},
		"password reset": {func(w *world) error {
			link, err := w.people.Invite(w.t.Context(), w.admin, w.analyst)
			if err != nil {
				return err
			}
			_, err = w.people.Redeem(w.t.Context(), link, next)
			return err
		}, false},
		"password changed": {func(w *world) error {
			return w.people.ChangePassword(w.t.Context(), access.Actor{Person: string(w.analyst), Organisation: 1}, good, next)
		}, false},
		"ended by the administrator": {func(w *world) error { return w.store.EndAll(w.t.Context(), w.admin, w.analyst) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				w := newWorld(t, d, session.Options{})
				one, _ := w.signIn("analyst")
				two, s := w.signIn("analyst")
				_, err := w.store.Switch(t.Context(), s, 2)
				w.must(err)
				officer, _ := w.signIn("officer")
				if !w.open(one) || !w.open(two) || !w.open(officer) {
					t.Fatal("not open before")
				}
				w.must(c.do(w))
				if w.open(one) != c.kept {
					t.Errorf("for organisation 1: %v, want %v", w.open(one), c.kept)
				}
				ends2 := name != "hat of 1" && name != "new link"
				if w.open(two) == ends2 {
					t.Errorf("for organisation 2: %v", w.open(two))
				}
				if !w.open(officer) {
					t.Error("somebody else's session ended")
				}
				w.must(w.store.Cleanup(t.Context()))
				if w.open(one) != c.kept || !w.open(officer) {
					t.Error("housekeeping ended a session")
				}
			})
		})
	}
}

func TestListAndEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, session.Options{}), t.Context()
		old, oldSession := w.signIn("officer")
		w.later(time.Minute)
		current, s := w.signIn("officer")
		foreign, analyst := w.signIn("analyst")
		all, err := w.store.List(ctx, s)
		if err != nil || len(all) != 2 || !all[0].Current || all[1].Current || all[1].ID != oldSession.ID || all[1].Organisation.Number != 2 {
			t.Errorf("%+v, %v", all, err)
		}
		for _, id := range []session.ID{analyst.ID, "", "x", "\x00", session.ID(w.source.ID())} {
			if err := w.store.End(ctx, s, id); !fault.Is(err, fault.NotFound) {
				t.Errorf("ended %q: %v", id, err)
			}
		}
		w.must(w.store.End(ctx, s, oldSession.ID))
		if w.open(old) || !w.open(current) || !w.open(foreign) {
			t.Error("ended the wrong session, or none")
		}
		var nobody session.Session
		if _, err := w.store.List(ctx, nobody); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody's list: %v", err)
		}
		if err := w.store.End(ctx, nobody, s.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody ends: %v", err)
		}
		ncp := access.Actor{Person: string(w.analyst), Organisation: 2, ContactPoint: true}
		for name, who := range map[string]access.Actor{"nobody": {}, "officer": s.Actor, "contact point": ncp} {
			if err := w.store.EndAll(ctx, who, person.ID(w.admin.Person)); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s ended the administrator's sessions: %v", name, err)
			}
		}
		w.must(w.store.EndAll(ctx, ncp, w.officer))
		w.must(w.store.EndAll(ctx, analyst.Actor, w.analyst))
		if w.open(current) || w.open(foreign) {
			t.Error("still open")
		}
		w.must(w.store.EndAll(ctx, ncp, w.officer))
	})
}

func TestTokenIsNotStored(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, session.Options{})
		token, _ := w.signIn("officer")
		_, _, _ = w.store.SignIn(t.Context(), "typed-a-secret-here", "a wrong password", "")
		text := allText(t, d)
		for name, c := range map[string]struct {
			what string
			want bool
		}{"token": {token, false}, "its hash": {person.HashSecret(token), true}, "failed login": {"typed-a-secret-here", false},
			"wrong password": {"a wrong password", false}, "password": {good, false}, "name": {"Name of officer", true}} {
			if contains(text, c.what) != c.want {
				t.Errorf("%s stored: %v, want %v", name, !c.want, c.want)
			}
		}
	})
}
