package alert_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

func TestAcknowledgeRemindWithdraw(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		a := w.issue("holder", w.draft("all"))
		calm := w.draft("XA")
		calm.Level = "important"
		b := w.issue("wco", calm)
		count := func(who string) int64 {
			n, _, err := w.store.Count(ctx, w.Actor[who])
			w.Must(err)
			return n
		}
		if count("xa.officer") != 2 || count("xb") != 1 || count("holder") != 0 || count("wco") != 1 || count("stranger") != 0 {
			t.Errorf("waiting: %d %d %d %d %d", count("xa.officer"), count("xb"), count("holder"), count("wco"), count("stranger"))
		}
		w.Must(w.store.Acknowledge(ctx, w.Actor["xa.officer"], w.name(a)))
		size := w.size()
		w.Must(w.store.Acknowledge(ctx, w.Actor["xa"], w.name(a))) // the organisation has
		if w.size() != size || count("xa") != 1 {
			t.Errorf("acknowledged twice: %d entries more, %d wait", w.size()-size, count("xa"))
		}
		for _, who := range []string{"holder", "rival", "observer", "stranger"} {
			w.Missing(who, func(actor access.Actor) error { return w.store.Acknowledge(ctx, actor, w.name(a)) })
			w.Missing(who, func(actor access.Actor) error { return w.store.Remind(ctx, actor, w.name(a)) })
		}
		w.Missing("xb", func(actor access.Actor) error { return w.store.Acknowledge(ctx, actor, w.name(b)) })
		one, err := w.store.Read(ctx, w.Actor["wco"], w.name(a))
		if w.Must(err); one.Account == nil || one.Account.Told != 2 || len(one.Account.Done) != 1 || len(one.Account.Missing) != 1 ||
			one.Account.Missing[0].Number != w.Body["xb"].Number || one.Account.Done[0].By != "Person xa.officer" || !one.Account.Reminded.IsZero() {
			t.Errorf("%+v", one.Account)
		}
		for who, by := range map[string]string{"xa": "Person xa.officer", "xb": ""} {
			if one, err := w.store.Read(ctx, w.Actor[who], w.name(a)); err != nil || one.Account != nil || one.AckBy != by || one.By != "" || one.Acknowledged.IsZero() != (by == "") {
				t.Errorf("%s: %v %+v", who, err, one)
			}
		}
		page, err := w.store.List(ctx, w.Actor["xa"], alert.Filter{})
		if w.Must(err); len(page.Current) != 2 || page.Current[0].ID != b.ID {
			t.Errorf("what waits does not stand first: %+v", page.Current)
		}
		if feed, err := w.store.Feed(ctx, w.Actor["xa"], alert.Filter{Open: true, Limit: 1}); err != nil || len(feed.Items) != 1 || feed.Items[0].ID != b.ID || feed.Next != 0 {
			t.Errorf("open: %v %+v", err, feed)
		}

		w.reminders(a)
		w.Missing("rival", func(actor access.Actor) error { return w.store.Withdraw(ctx, actor, w.name(a), "No.") })
		if err := w.store.Withdraw(ctx, w.Actor["holder"], w.name(a), " "); at(err, "reason") == "" {
			t.Errorf("without a reason: %v", err)
		}
		w.Must(w.store.Withdraw(ctx, w.Actor["holder"], w.name(a), "They are ours."))
		size = w.size()
		w.Must(w.store.Withdraw(ctx, w.Actor["wco"], w.name(a), "Again."))
		if w.size() != size || count("xb") != 1 {
			t.Error("withdrawn twice, or it still waits")
		}
		if page, err = w.store.List(ctx, w.Actor["xb"], alert.Filter{}); err != nil || len(page.Current) != 1 || len(page.Earlier) != 1 || page.Earlier[0].Withdrawn.Reason != "They are ours." {
			t.Errorf("%v %+v", err, page)
		}
		if err := w.store.Remind(ctx, w.Actor["wco"], w.name(a)); !fault.Is(err, fault.Conflict) {
			t.Errorf("reminded of what is withdrawn: %v", err)
		}
		w.Source.Set(time.Date(2017, 2, 21, 1, 0, 0, 0, time.UTC))
		if count("xa") != 0 {
			t.Error("what is over waits")
		}
		w.audit()
	})
}

// reminders: coordination reminds at most once an hour, time once.
func (w *world) reminders(a alert.Alert) {
	w.T.Helper()
	ctx := w.T.Context()
	c := w.issue("holder", w.draft("XB"))
	w.Must(w.store.Remind(ctx, w.Actor["wco"], w.name(a)))
	size := w.size()
	w.Must(w.store.Remind(ctx, w.Actor["wco"], w.name(a)))
	if w.size() != size {
		w.T.Error("reminded twice within the hour")
	}
	if n, err := w.store.RemindDue(ctx); err != nil || n != 0 {
		w.T.Errorf("time reminds at once: %d, %v", n, err)
	}
	w.Source.Set(w.Source.Now().Add(alert.RemindAfter))
	for _, want := range []int{1, 0} {
		if n, err := w.store.RemindDue(ctx); err != nil || n != want {
			w.T.Errorf("time reminds of %d, want %d: %v", n, want, err)
		}
	}
	one, err := w.store.Read(ctx, w.Actor["wco"], w.name(c))
	if w.Must(err); one.Account.Reminded.IsZero() {
		w.T.Error("it was another alert")
	}
}

func (w *world) size() (n int64) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		o, err := operation.ByCode(tx, operation.Library)
		if err == nil {
			n, err = journal.Size(tx, o.Number)
		}
		return err
	}))
	return n
}

// audit holds the tables of this package against the journal; rows of holder are
// the test's own.
func (w *world) audit() {
	w.T.Helper()
	r, err := verify.Database(w.T.Context(), w.DB, verify.Options{})
	w.Must(err)
	for _, f := range r.Findings {
		if f.Table != "vetting" && f.Table != "brand" && f.Table != "mandate" {
			w.T.Errorf("%+v", f)
		}
	}
}
