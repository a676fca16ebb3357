package results_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

// TestProgress: today begins at midnight, what was before it is not added, and what
// waits too long is told to who coordinates.
func TestProgress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		progress := func(who string) results.Progress {
			t.Helper()
			p, err := w.results.Progress(ctx, w.actor[who], code)
			w.must(err)
			return p
		}
		ask := func() message.Message {
			return w.send("wco.coordinator", message.Draft{Template: message.Warning, To: audience.Address{Organisations: []int64{w.body["xa"].Number}}, ReplyDue: w.source.Now().Add(72 * time.Hour)})
		}
		w.report("xa.officer", draft("XA", "2017-02-10", "mail", line("FOO", 12, 0)))
		seen := ask()
		ask()
		if p := progress("wco.coordinator"); p.Added.Cases != 1 || p.Added.Totals["H87"] != 12e6 || p.Added.Messages != 2 || p.Added.Warnings != 2 || p.Unseen != 2 || p.Old != 0 {
			t.Errorf("on the day: %+v", p.Added)
		}
		w.tick()
		w.must(warning.NewStore(d, journal.New(w.source), w.source).Acknowledge(ctx, w.actor["xa.officer"], code, seen.Seq))
		w.source.Set(time.Date(2017, 2, 11, 0, 0, 0, 0, time.UTC).Add(-time.Microsecond))
		if p := progress("wco.coordinator"); p.Added.Cases != 1 || p.Unseen != 1 {
			t.Errorf("just before midnight: %+v", p)
		}
		w.source.Set(time.Date(2017, 2, 11, 9, 0, 0, 0, time.UTC))
		late := w.report("xb.officer", draft("XA", "2017-02-08", "mail", line("FOO", 5, 2)))
		if _, err := w.cases.Report(ctx, w.actor["xa.officer"], code, draft("XA", "2016-02-08", "mail", line("FOO", 7, 0))); err != nil {
			t.Fatal(err)
		}
		p := progress("wco.coordinator")
		if p.Old != 2 || p.Unseen != 1 || p.Added.Messages != 0 || p.Day != "2017-02-11" || p.Members != 2 || p.Reported != 0 {
			t.Errorf("the next day: %+v", p)
		}
		if p.Added.Cases != 1 || p.Added.Totals["H87"] != 5e6 { // the other is outside the phase
			t.Errorf("added to coordination: %+v", p.Added)
		}
		if p := progress("xb.officer"); p.Added.Cases != 1 || p.Added.Totals["KGM"] != 2e6 || p.Unseen != 0 || p.Members != 1 {
			t.Errorf("added to xb: %+v of %s", p, late.Reference)
		}
		if p := progress("holder"); p.Added.Cases != 0 || p.Coverage != nil || p.Unseen != 0 {
			t.Errorf("a right holder: %+v", p)
		}
		if _, err := w.results.Progress(ctx, access.Actor{}, code); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody: %v", err)
		}
	})
}
