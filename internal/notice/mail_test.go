package notice_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

var bundled = notice.Choice{Mode: notice.Bundled}

// tell sends something to xb by name, and has everybody told.
func (w *world) tell(urgent bool) {
	w.T.Helper()
	w.send("xa.officer", message.Draft{To: w.Apart("xb"), Urgent: urgent})
	w.follow()
	w.run()
}

// One mail at once, one for all that comes in the next quarter of an hour, and
// what is urgent in between.
func TestBundle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.reached("xb.officer", bundled)
		want := func(what string, fresh, urgent int) {
			t.Helper()
			if f, u := w.post.to("xb.officer", mail.New), w.post.to("xb.officer", mail.Urgent); f != fresh || u != urgent {
				t.Errorf("%s: %d mails, %d urgent; want %d and %d", what, f, u, fresh, urgent)
			}
		}
		w.tell(false)
		want("the first", 1, 0)
		w.Pass(time.Minute)
		w.tell(false)
		w.tell(false)
		want("too early", 1, 0)
		w.tell(true)
		want("urgent", 1, 1)
		w.Pass(14*time.Minute - time.Microsecond)
		w.run()
		want("still too early", 1, 1)
		w.Pass(time.Microsecond)
		w.run()
		want("a quarter of an hour", 2, 1)
		w.Pass(24 * time.Hour)
		w.run()
		want("nothing new", 2, 1)
		w.tell(false)
		w.Must(w.notices.Choose(t.Context(), w.Actor["xb.officer"], notice.Choice{Mode: notice.Never}))
		w.tell(true)
		want("none wanted", 3, 1)
	})
}

// A digest comes at its hour where its reader works, once, and not for nothing.
func TestDigest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		o := w.Body["xb"]
		o, err := w.Bodies.Amend(t.Context(), w.Root, organisation.Draft{ID: o.ID, Kind: o.Kind, Country: o.Country, Name: o.Name,
			TimeZone: "Asia/Kolkata", Language: "en", ReleaseBy: o.ReleaseBy, Version: o.Version})
		w.Must(err)
		w.reached("xb.officer", notice.Choice{Mode: notice.Digest, Hour: 7})
		for range 3 {
			w.tell(false) // 08:00 UTC
			w.Pass(time.Hour)
		}
		if n := len(w.post.came); n != 0 {
			t.Errorf("%d mails before the hour", n)
		}
		at := time.Date(2017, 2, 11, 1, 30, 0, 0, time.UTC) // 07:00 in India
		w.Source.Set(at.Add(-time.Second))
		w.run()
		w.Source.Set(at)
		w.run()
		if n := w.post.to("xb.officer", mail.New); n != 1 || !w.post.came[0].at.Equal(at) {
			t.Errorf("%d mails, %v", n, w.post.came)
		}
		w.Source.Set(at.Add(48 * time.Hour))
		w.run()
		if n := len(w.post.came); n != 1 {
			t.Errorf("%d mails without anything new", n)
		}
	})
}

// However things come and people look: never two bundles within a quarter of an
// hour, and in the end every notice was seen or covered by a mail that came after it.
func TestBundlesProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, dbtest.SQLite(t))
		mode := rapid.SampledFrom([]string{notice.Bundled, notice.Digest}).Draw(rt, "mode")
		w.reached("xb.officer", notice.Choice{Mode: mode, Hour: rapid.Int64Range(0, 23).Draw(rt, "hour")})
		failing := false
		w.post.do = func(mail.Letter) error {
			if failing {
				return errors.New("the relay is away")
			}
			return nil
		}
		var open []time.Time // notices that were neither seen nor covered
		var urgent []bool
		for range rapid.IntRange(1, 14).Draw(rt, "steps") {
			before := len(w.post.came)
			switch rapid.IntRange(0, 5).Draw(rt, "step") {
			case 0, 1, 2:
				is := rapid.IntRange(0, 4).Draw(rt, "urgent") == 0
				open, urgent = append(open, w.Source.Now()), append(urgent, is)
				w.tell(is)
			case 3:
				w.Pass(time.Duration(rapid.IntRange(1, 40).Draw(rt, "minutes")) * time.Minute)
				w.run()
			case 4:
				w.Must(w.notices.See(context.Background(), w.Actor["xb.officer"], w.Source.Now()))
				open, urgent = nil, nil
			case 5:
				failing = !failing
			}
			open, urgent = uncovered(open, urgent, w.post.came[before:])
		}
		failing = false
		for range 60 { // a day and a half, every half hour
			before := len(w.post.came)
			w.Pass(31 * time.Minute)
			w.run()
			open, urgent = uncovered(open, urgent, w.post.came[before:])
		}
		if len(open) > 0 {
			rt.Fatalf("no mail covered what came at %v; mails %v", open, w.post.came)
		}
		var last time.Time
		for _, l := range w.post.came {
			if l.Kind != mail.New {
				continue
			}
			if !last.IsZero() && l.at.Sub(last) < notice.Apart {
				rt.Fatalf("two within %v", l.at.Sub(last))
			}
			last = l.at
		}
	})
}

// uncovered takes out of what is open what the mails told of.
func uncovered(open []time.Time, urgent []bool, mails []letter) (left []time.Time, leftUrgent []bool) {
	for i, at := range open {
		covered := false
		for _, l := range mails {
			covered = covered || !l.at.Before(at) && (l.Kind == mail.Urgent) == urgent[i]
		}
		if !covered {
			left, leftUrgent = append(left, at), append(leftUrgent, urgent[i])
		}
	}
	return left, leftUrgent
}

// Who was removed, lost the role or the hat, or is suspended between the event and
// the mail gets none, also when it all comes back.
func TestGoneBeforeTheMail(t *testing.T) {
	for what, leave := range map[string]func(w *world){
		"the organisation left": func(w *world) { w.Must(w.Operations.End(w.T.Context(), w.Actor["wco"], code, w.Body["xb"].ID)) },
		"the role is lost":      func(w *world) { w.Give("xb", "xb.officer") },
		"the hat has ended": func(w *world) {
			w.Must(w.People.EndHat(w.T.Context(), w.Root, person.ID(w.Actor["xb.officer"].Person), w.Body["xb"].Number))
		},
		"suspended": func(w *world) {
			w.Must(w.People.Suspend(w.T.Context(), w.Root, person.ID(w.Actor["xb.officer"].Person)))
		},
	} {
		t.Run(what, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				w := newWorld(t, d)
				w.reached("xb.officer", bundled)
				w.send("xa.officer", message.Draft{To: w.Apart("xb")})
				w.send("xa.officer", message.Draft{To: w.Apart("xb"), Urgent: true})
				w.follow()
				leave(w)
				w.run()
				if len(w.post.came) != 0 {
					t.Errorf("it got %v", w.post.came)
				}
				if what == "the role is lost" {
					w.Give("xb", "xb.officer", access.Officer)
					w.Pass(time.Hour)
					w.Must(w.notices.Choose(t.Context(), w.Actor["xb.officer"], bundled))
					w.run()
					if got := w.reasons("xb.officer"); len(w.post.came) != 0 || got != nil {
						t.Errorf("later it got %v, %v", w.post.came, got)
					}
				}
			})
		})
	}
}

// Two nodes follow and send: one notice, one mail.
func TestTwoNodes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.reached("xb.officer", bundled)
		second := notice.NewStore(d, w.Source)
		second.Secret = w.notices.Secret
		other := &box{source: w.Source}
		second.Post = other
		queue := w.node(second)
		for range 5 {
			w.send("xa.officer", message.Draft{To: w.Apart("xb")})
			w.send("xa.officer", message.Draft{To: w.Apart("xb"), Urgent: true})
			done := make(chan error, 4)
			go func() { _, err := second.Follow(context.Background()); done <- err }()
			go func() { _, err := w.notices.Follow(context.Background()); done <- err }()
			w.Must(<-done)
			w.Must(<-done)
			go func() { _, err := queue.RunDue(context.Background()); done <- err }()
			go func() { _, err := w.jobs.RunDue(context.Background()); done <- err }()
			w.Must(<-done)
			w.Must(<-done)
			w.Pass(time.Hour)
			w.run()
		}
		got := append(w.post.came, other.came...)
		fresh, urgent := 0, 0
		for _, l := range got {
			if l.Kind == mail.New {
				fresh++
			} else {
				urgent++
			}
		}
		if fresh != 5 || urgent != 5 || len(w.reasons("xb.officer")) != 10 {
			t.Errorf("%d mails and %d urgent of two nodes, %d notices", fresh, urgent, len(w.reasons("xb.officer")))
		}
	})
}

// A process that dies between the relay's yes and the mark: one repeat at most,
// even if it dies there every time.
func TestDiesBetweenSendAndMark(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.reached("xb.officer", bundled)
		w.send("xa.officer", message.Draft{To: w.Apart("xb")})
		w.follow()
		ctx, die := context.WithCancel(t.Context())
		w.post.do = func(l mail.Letter) error {
			w.post.came = append(w.post.came, letter{l, w.Source.Now()})
			die()
			return context.Canceled
		}
		for range 4 {
			_, _ = w.jobs.RunDue(ctx)
			ctx, die = context.WithCancel(t.Context())
			w.Pass(job.Lease + time.Second)
		}
		die()
		if n := len(w.post.came); n != 2 {
			t.Errorf("it was sent %d times", n)
		}
		w.post.do = nil
		w.Pass(time.Hour)
		w.tell(false)
		if n := len(w.post.came); n != 3 {
			t.Errorf("%d mails with the next one", n)
		}
	})
}

// A relay that refuses is tried again, less and less often, and the page says so.
func TestRefusing(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.reached("xb.officer", bundled)
	tries := 0
	w.post.do = func(mail.Letter) error { tries++; return errors.New("no") }
	w.tell(false)
	for range 24 * 60 {
		w.Pass(time.Minute)
		w.run()
	}
	if tries < 40 || tries > 55 {
		t.Errorf("%d tries in a day", tries)
	}
	if set, _, err := w.notices.Settings(t.Context(), w.Actor["xb.officer"]); err != nil || set.Failed.IsZero() {
		t.Errorf("%+v, %v", set, err)
	}
	w.post.do = nil
	w.Pass(time.Hour)
	w.tell(false)
	if set, _, _ := w.notices.Settings(t.Context(), w.Actor["xb.officer"]); !set.Failed.IsZero() || w.post.to("xb.officer", mail.New) != 1 {
		t.Errorf("%+v, %d mails", set, w.post.to("xb.officer", mail.New))
	}
}

// A code holds half an hour and five guesses, for its address only; five a day.
func TestCodes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		who, ctx := w.Actor["xb.officer"], t.Context()
		ask := func(address string) string {
			t.Helper()
			w.Must(w.notices.Ask(ctx, who, address))
			w.run()
			if l := w.post.last(); l.To != address || l.Kind != mail.Prove || len(l.Code) != 8 {
				t.Fatalf("%+v", l)
			}
			return w.post.last().Code
		}
		address := func() string {
			t.Helper()
			set, _, err := w.notices.Settings(ctx, who)
			w.Must(err)
			return set.Address
		}
		wrong := func(what, code string) {
			t.Helper()
			if err := w.notices.Prove(ctx, who, code); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", what, err)
			}
		}
		first := ask("first@customs.example")
		w.Pass(time.Second)
		second := ask("second@customs.example")
		wrong("the code of another address", first)
		w.Must(w.notices.Prove(ctx, who, second[:4]+" "+second[4:]))
		if address() != "second@customs.example" {
			t.Errorf("it is %q", address())
		}
		wrong("a second time", second)
		third := ask("third@customs.example")
		w.Pass(30 * time.Minute)
		wrong("too late", third)
		fourth := ask("fourth@customs.example")
		for n := range 5 {
			wrong("a guess", fmt.Sprintf("%08d", n))
		}
		wrong("right after five guesses", fourth)
		if address() != "second@customs.example" {
			t.Errorf("it is %q", address())
		}
		ask("fifth@customs.example")
		if err := w.notices.Ask(ctx, who, "sixth@customs.example"); !fault.Is(err, fault.TooMany) {
			t.Errorf("a sixth: %v", err)
		}
		w.Must(w.notices.Ask(ctx, who, ""))
		if address() != "" {
			t.Errorf("it is %q", address())
		}
		if err := w.notices.Ask(ctx, who, "sixth@customs.example"); !fault.Is(err, fault.TooMany) {
			t.Errorf("a sixth after it was taken away: %v", err)
		}
		w.Pass(24 * time.Hour)
		ask("sixth@customs.example")
		wrong("another's", "x")
	})
}
