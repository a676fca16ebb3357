package person_test

import (
	"context"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

func TestSettle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		p, err := w.store.Settle(ctx, w.officer2, person.Preferences{Language: "ar", Theme: "dark", Density: "compact"})
		if err != nil || p != w.one(w.officer2) || p.Language != "ar" || p.Theme != "dark" || p.Density != "compact" {
			t.Errorf("%+v, %v", p, err)
		}
		for _, f := range []person.Preferences{{"xx", "dark", "auto"}, {"en", "pink", "auto"}, {"en", "dark", "tight"}} {
			if _, err := w.store.Settle(ctx, w.officer2, f); !fault.Is(err, fault.Invalid) {
				t.Errorf("%v: %v", f, err)
			}
		}
	})
}

func TestBootstrapOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		again := person.Draft{Login: "second", Name: "Second", Language: "en"}
		_, err := w.store.Bootstrap(ctx, body("XZ"), again)
		w.want(err, "person.initialised")
		again.Login = "administrator"
		_, err = w.store.Bootstrap(ctx, body("XZ"), again)
		w.want(err, "person.initialised")
	})
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		src := source.Story(began, 1)
		s := person.NewStore(d, journal.New(src), src)
		dr := person.Draft{Login: "administrator", Name: "Ottilie Brannoch", Language: "en"}
		var tokens []string
		for range 2 { // a link that was lost before its use is replaced
			token, err := s.Bootstrap(context.Background(), body("XA"), dr)
			if err != nil {
				t.Fatal(err)
			}
			tokens = append(tokens, token)
		}
		if _, err := s.Offered(t.Context(), tokens[0]); key(err) != "fault.expired" {
			t.Errorf("the first link still works: %v", err)
		}
		p, err := s.Redeem(t.Context(), tokens[1], good)
		if err != nil || !p.Administrator || p.State != person.Active {
			t.Errorf("%+v, %v", p, err)
		}
		_, err = s.Bootstrap(t.Context(), body("XA"), dr)
		if key(err) != "person.initialised" {
			t.Errorf("after the first sign-in: %v", err)
		}
	})
}
