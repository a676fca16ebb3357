package session_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/session"
)

// A person makes a token for another system under the hat that is worn, with the
// password once more; it lives its ninety days and ends like any session.
func TestIssue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, session.Options{})
		ctx := t.Context()
		first, at, err := w.store.SignIn(ctx, "analyst", good, "browser")
		w.must(err)
		at, err = w.store.Switch(ctx, at, 2)
		w.must(err)
		for _, wrong := range []struct{ name, password string }{{"system", "not it"}, {"", good}, {"a\u202eb", good}} {
			if _, _, err := w.store.Issue(ctx, at, wrong.name, wrong.password); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q with %q: %v", wrong.name, wrong.password, err)
			}
		}
		token, made, err := w.store.Issue(ctx, at, "case system", good)
		w.must(err)
		if made.Organisation.Number != 2 || made.Kind != session.Token || made.Agent != "case system" {
			t.Errorf("made %+v", made)
		}
		if _, _, err := w.store.Issue(ctx, made, "another", good); !fault.Is(err, fault.Conflict) {
			t.Errorf("a token made a token: %v", err)
		}
		if err := w.store.Still(ctx, token, made.Actor); err != nil {
			t.Errorf("still: %v", err)
		}
		if err := w.store.Still(ctx, token, access.Actor{Person: made.Actor.Person, Organisation: 1}); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("still under another hat: %v", err)
		}
		w.source.Set(began.Add(session.TokenLife - time.Hour))
		if _, err := w.store.Resolve(ctx, token); err != nil {
			t.Errorf("before its end: %v", err)
		}
		if err := w.store.Still(ctx, first, at.Actor); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("a session that ended long ago: %v", err)
		}
		w.source.Set(began.Add(session.TokenLife + time.Hour))
		if _, err := w.store.Resolve(ctx, token); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("after its end: %v", err)
		}
	})
}

func TestTokensAreFew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, session.Options{})
		_, at, err := w.store.SignIn(t.Context(), "officer", good, "browser")
		w.must(err)
		for range session.MaxTokens {
			_, _, err := w.store.Issue(t.Context(), at, "system", good)
			w.must(err)
		}
		if _, _, err := w.store.Issue(t.Context(), at, "system", good); !fault.Is(err, fault.Conflict) {
			t.Errorf("one too many: %v", err)
		}
	})
}
