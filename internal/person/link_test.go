package person_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

func (w *world) invite(by, whom access.Actor) string {
	w.t.Helper()
	token, err := w.store.Invite(w.t.Context(), by, id(whom))
	if err != nil {
		w.t.Fatal(err)
	}
	return token
}

func TestLinks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		lost := w.invite(w.ncp2, w.officer2)
		token := w.invite(w.ncp2, w.officer2)
		if len(token) != 43 || token == lost {
			t.Fatalf("%q, %q", token, lost)
		}
		for _, bad := range []string{"", lost, token[1:], token + "x", strings.ToUpper(token), person.HashSecret(token)} {
			_, err := w.store.Redeem(ctx, bad, good)
			w.want(err, "fault.expired")
		}
		o, err := w.store.Offered(ctx, token)
		if err != nil || o.Purpose != person.First || o.Person.Login != "xb.mail" || !o.Ends.Equal(began.Add(person.LinkLife)) {
			t.Errorf("%+v, %v", o, err)
		}
		_, err = w.store.Redeem(ctx, token, "short")
		w.want(err, "password:fault.too-short")
		p, err := w.store.Redeem(ctx, token, good)
		if err != nil || p.State != person.Active || p.Epoch != 2 {
			t.Fatalf("%+v, %v", p, err)
		}
		_, err = w.store.Redeem(ctx, token, good)
		w.want(err, "fault.expired")
		w.read(func(tx *db.Tx) error {
			all, err := journal.List(tx, journal.Instance, journal.Filter{Verb: "person.redeem", Limit: 9})
			if err != nil || len(all) != 1 || all[0].Actor != w.officer2.Person || all[0].Organisation != 2 {
				t.Errorf("%+v, %v", all, err)
			}
			return err
		})
		// The next link resets; it ends to the microsecond.
		token = w.invite(w.ncp2, w.officer2)
		w.source.Set(began.Add(person.LinkLife - 1000))
		if o, err := w.store.Offered(ctx, token); err != nil || o.Purpose != person.Reset {
			t.Errorf("%+v, %v", o, err)
		}
		w.source.Set(began.Add(person.LinkLife))
		_, err = w.store.Redeem(ctx, token, good)
		w.want(err, "fault.expired")
		if err := w.store.Cleanup(ctx); err != nil {
			t.Error(err)
		}
	})
}

func TestSuspend(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		if _, err := w.store.Redeem(ctx, w.invite(w.ncp2, w.officer2), good); err != nil {
			t.Fatal(err)
		}
		// A suspension takes the link away, and no new one is made.
		token := w.invite(w.ncp2, w.officer2)
		w.want(w.store.Suspend(ctx, w.ncp2, id(w.officer2)), "")
		_, err := w.store.Redeem(ctx, token, good)
		w.want(err, "fault.expired")
		_, err = w.store.Invite(ctx, w.ncp2, id(w.officer2))
		w.want(err, "person.suspended")
		w.want(w.store.Resume(ctx, w.ncp2, id(w.officer2)), "")
		if p := w.one(w.officer2); p.State != person.Active || p.Epoch != 3 {
			t.Errorf("%+v", p)
		}
		w.want(w.store.Suspend(ctx, w.ncp3, id(w.officer3)), "")
		w.want(w.store.Resume(ctx, w.ncp3, id(w.officer3)), "")
		if p := w.one(w.officer3); p.State != person.Invited {
			t.Errorf("active without a password: %+v", p)
		}
	})
}

// However many hold the link at the same time, one sets the password.
func TestConcurrentRedeem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		token := w.invite(w.ncp2, w.officer2)
		var won atomic.Int64
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				_, err := w.store.Redeem(ctx, token, good)
				if err == nil {
					won.Add(1)
				} else if key(err) != "fault.expired" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 || w.one(w.officer2).Epoch != 2 {
			t.Errorf("%d won, %+v", won.Load(), w.one(w.officer2))
		}
	})
}

func TestChangePassword(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		if _, err := w.store.Redeem(ctx, w.invite(w.ncp2, w.officer2), good); err != nil {
			t.Fatal(err)
		}
		const next = "harbour wind 12 quiet"
		w.want(w.store.ChangePassword(ctx, w.officer2, good, "short"), "password:fault.too-short")
		w.want(w.store.ChangePassword(ctx, w.officer2, "wrong", next), "old:person.password-old")
		w.want(w.store.ChangePassword(ctx, w.officer2, good, next), "")
		if p := w.one(w.officer2); p.Epoch != 3 {
			t.Errorf("the sessions go on: %+v", p)
		}
		for range person.MaxFailures {
			w.want(w.store.ChangePassword(ctx, w.officer2, good, next), "old:person.password-old")
		}
		if err := w.store.ChangePassword(ctx, w.officer2, next, good); !fault.Is(err, fault.TooMany) {
			t.Errorf("the right password after too many wrong ones: %v", err)
		}
		w.source.Set(began.Add(person.FailureWindow))
		w.want(w.store.ChangePassword(ctx, w.officer2, next, good), "")
	})
}

// Neither a password nor a link stands anywhere in the database.
func TestSecretsAreNotStored(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		open := w.invite(w.ncp3, w.officer3)
		used := w.invite(w.ncp2, w.officer2)
		if _, err := w.store.Redeem(ctx, used, good); err != nil {
			t.Fatal(err)
		}
		var phc string
		w.read(func(tx *db.Tx) (err error) { phc, err = person.PasswordOf(tx, id(w.officer2)); return err })
		text := dbtestText(t, d)
		if !strings.Contains(text, "Name of xb.mail") || !strings.Contains(text, person.HashSecret(open)) {
			t.Fatal("the scan does not see what is stored")
		}
		for name, secret := range map[string]string{"password": good, "open link": open, "used link": used, "first link": w.link} {
			if strings.Contains(text, secret) {
				t.Errorf("the %s is stored in plain", name)
			}
		}
		if n := strings.Count(text, phc); n != 1 {
			t.Errorf("the hash of a password stands %d times, want once: in person, never in a journal", n)
		}
	})
}

// dbtestText gives every value of every table, as text.
func dbtestText(t *testing.T, d *db.DB) string {
	t.Helper()
	names := `select m.name || ' ' || c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'`
	if d.Engine() == "postgres" {
		names = `select table_name || ' ' || column_name from information_schema.columns where table_schema = 'public'`
	}
	var b strings.Builder
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		all, err := db.All(tx, db.Statement(names), db.Text)
		if err != nil {
			return err
		}
		for _, n := range all {
			table, column, _ := strings.Cut(n, " ")
			values, err := db.All(tx, db.Statement(`select coalesce(cast(`+column+` as text), '') from `+table), db.Text)
			if err != nil {
				return err
			}
			b.WriteString(strings.Join(values, "\n"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
