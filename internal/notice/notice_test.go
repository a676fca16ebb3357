package notice_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/message/messagetest"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

var everyone = []string{"wco", "wco.analyst", "xa", "xa.officer", "xb", "xb.officer", "holder"}

// enforcement is a message to everybody who fights on that side.
func enforcement() audience.Address {
	return audience.Address{Sides: []access.Side{access.Enforcement, access.Coordination}}
}

// What matters to whom: each kind of message, looked at as everybody.
func TestReasons(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Give("holder", "holder", access.RightHolder)
		w.Must(w.notices.Subscribe(t.Context(), w.Actor["xb.officer"], code, notice.Subscription{Brand: "Tide & Co"}))
		w.follow()
		for _, c := range []struct {
			what string
			who  string
			send message.Draft
			want map[string]string
		}{
			{"to a whole side", "wco", message.Draft{To: enforcement()}, nil},
			{"to one by name", "xb.officer", message.Draft{To: w.Apart("xa")}, map[string]string{"xa": notice.Addressed, "xa.officer": notice.Addressed}},
			{"a warning to a side", "wco.analyst", message.Draft{Template: message.Warning, To: enforcement()},
				map[string]string{"xa": notice.Waits, "xa.officer": notice.Waits, "xb": notice.Waits, "xb.officer": notice.Waits}},
			{"urgent", "xa.officer", message.Draft{Urgent: true, To: enforcement()},
				map[string]string{"wco": notice.Urgent, "wco.analyst": notice.Urgent, "xa": notice.Urgent, "xb": notice.Urgent, "xb.officer": notice.Urgent}},
			{"urgent, to right holders too", "wco", message.Draft{Urgent: true, To: messagetest.Everybody()},
				map[string]string{"holder": notice.Urgent, "xa": notice.Urgent, "xb": notice.Urgent, "wco.analyst": notice.Urgent, "xa.officer": notice.Urgent, "xb.officer": notice.Urgent}},
			{"of a subscription", "wco", message.Draft{Subject: "Seen: TIDE, & co!", To: enforcement()}, map[string]string{"xb.officer": notice.Match}},
			{"nearly of one", "wco", message.Draft{Subject: "Tides & cow", To: enforcement()}, nil},
			{"of one, and not open to it", "wco", message.Draft{Subject: "Tide Co", To: w.Apart("xa")}, map[string]string{"xa": notice.Addressed, "xa.officer": notice.Addressed}},
		} {
			w.Pass(time.Minute)
			m := w.send(c.who, c.send)
			w.follow()
			for _, who := range everyone {
				want := ""
				if r := c.want[who]; r != "" {
					want = fmt.Sprint(r, " ", m.Seq)
				}
				got := w.reasons(who)
				if has := slices.Contains(got, want); want != "" && !has || want == "" && slices.ContainsFunc(got, func(s string) bool { return s[len(s)-len(fmt.Sprint(m.Seq)):] == fmt.Sprint(m.Seq) }) {
					t.Errorf("%s: %s has %v, want %q", c.what, who, got, want)
				}
			}
		}
	})
}

// An answer goes to who wrote what it answers, and to who began; not to who answers.
func TestAnswers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		root := w.send("xa.officer", message.Draft{To: enforcement()})
		answer := w.send("xb.officer", message.Draft{Answers: root.Seq})
		again := w.send("wco", message.Draft{Answers: answer.Seq})
		own := w.send("xa.officer", message.Draft{Answers: again.Seq})
		w.follow()
		for who, want := range map[string][]string{
			"xa.officer":  {fmt.Sprint(notice.Answer, " ", again.Seq), fmt.Sprint(notice.Answer, " ", answer.Seq)},
			"xb.officer":  {fmt.Sprint(notice.Answer, " ", again.Seq)},
			"wco":         {fmt.Sprint(notice.Answer, " ", own.Seq)},
			"wco.analyst": nil,
		} {
			if got := w.reasons(who); !slices.Equal(got, want) {
				t.Errorf("%s has %v, want %v", who, got, want)
			}
		}
	})
}

// A case is told to who subscribed and may read cases, when it may be read.
func TestCases(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, who := range []string{"xb.officer", "wco.analyst", "xa.officer"} {
			w.Must(w.notices.Subscribe(t.Context(), w.Actor[who], code, notice.Subscription{Category: "FOO", Provenance: "XB"}))
		}
		w.Must(w.notices.Subscribe(t.Context(), w.Actor["wco"], code, notice.Subscription{Brand: "ZÉPHYR"}))
		w.Give("wco", "wco.analyst", access.Trainer) // reads messages, and no cases
		c := w.report("xa.officer", seizure.Draft{Origin: goods.Coded{Code: "XB"}, Goods: []goods.Line{{Category: "FOO", Brand: "zéphyr sport"}}})
		w.report("xa.officer", seizure.Draft{Origin: goods.Coded{Code: "XC"}})
		w.follow()
		for who, want := range map[string][]string{
			"xb.officer": {fmt.Sprint(notice.Case, " ", c.Seq)}, "wco": {fmt.Sprint(notice.Case, " ", c.Seq)}, "wco.analyst": nil, "xa.officer": nil,
		} {
			if got := w.reasons(who); !slices.Equal(got, want) {
				t.Errorf("%s has %v, want %v", who, got, want)
			}
		}
	})
}

// Seen is seen up to what was shown; opening a record is seeing its notice.
func TestSeen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		count := func(want int64) {
			t.Helper()
			if n, err := w.notices.Count(t.Context(), w.Actor["xb.officer"]); err != nil || n != want {
				t.Errorf("%d are new (%v), want %d", n, err, want)
			}
		}
		one := w.send("xa.officer", message.Draft{To: w.Apart("xb")})
		two := w.send("xa.officer", message.Draft{To: w.Apart("xb")})
		w.follow()
		count(2)
		shown := w.Source.Now()
		w.Pass(time.Second)
		w.send("xa.officer", message.Draft{To: w.Apart("xb")})
		w.follow()
		w.Must(w.notices.Opened(t.Context(), w.Actor["xb.officer"], code, one.Seq))
		w.Must(w.notices.Opened(t.Context(), w.Actor["xa.officer"], code, two.Seq)) // another's
		count(2)
		w.Must(w.notices.See(t.Context(), w.Actor["xb.officer"], shown))
		count(1)
		if n := len(w.reasons("xb.officer")); n != 3 {
			t.Errorf("%d are listed, want all three", n)
		}
		w.Pass(notice.Kept + time.Hour)
		w.Must(w.notices.Cleanup(t.Context()))
		if got := w.reasons("xb.officer"); got != nil {
			t.Errorf("too old, and there: %v", got)
		}
	})
}

// Who may not read a record any more has no notice of it, and no number says so.
func TestTakenAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.send("wco", message.Draft{To: w.Apart("xa", "xb")})
		w.send("wco", message.Draft{To: w.Apart("xa", "xb"), Urgent: true})
		w.follow()
		w.Must(w.Operations.End(t.Context(), w.Actor["wco"], code, w.Body["xb"].ID))
		w.Give("xa", "xa.officer") // no roles any more
		for _, who := range []string{"xb.officer", "xa.officer"} {
			n, err := w.notices.Count(t.Context(), w.Actor[who])
			if got := w.reasons(who); err != nil || n != 0 || got != nil {
				t.Errorf("%s: %d, %v (%v)", who, n, got, err)
			}
		}
		if all, err := w.notices.Subscriptions(t.Context(), w.Actor["xb.officer"]); err != nil || len(all) != 0 {
			t.Errorf("%v, %v", all, err)
		}
	})
}

// A stranger's and another's.
func TestOwnOnly(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	for what, who := range map[string]access.Actor{"nobody": {}, "the system": {System: "clock", Organisation: 1}} {
		if _, err := w.notices.List(t.Context(), who); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s lists: %v", what, err)
		}
		if err := w.notices.Subscribe(t.Context(), who, code, notice.Subscription{Category: "FOO"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s subscribes: %v", what, err)
		}
	}
	w.Person("xa", "xa.other", "")
	err := w.notices.Subscribe(t.Context(), w.Actor["xa.other"], code, notice.Subscription{Category: "FOO"})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("without a role: %v", err)
	}
	w.Must(w.notices.Subscribe(t.Context(), w.Actor["xa.officer"], code, notice.Subscription{Category: "FOO"}))
	w.Must(w.notices.Subscribe(t.Context(), w.Actor["xa.officer"], code, notice.Subscription{Category: "FOO"}))
	all, err := w.notices.Subscriptions(t.Context(), w.Actor["xa.officer"])
	if err != nil || len(all) != 1 {
		t.Fatalf("%v, %v", all, err)
	}
	w.Must(w.notices.Unsubscribe(t.Context(), w.Actor["xb.officer"], all[0].ID))
	if all, _ = w.notices.Subscriptions(t.Context(), w.Actor["xa.officer"]); len(all) != 1 {
		t.Error("another took it back")
	}
	w.Must(w.notices.Unsubscribe(t.Context(), w.Actor["xa.officer"], all[0].ID))
	if all, _ = w.notices.Subscriptions(t.Context(), w.Actor["xa.officer"]); len(all) != 0 {
		t.Error("it stays")
	}
	for _, wrong := range []notice.Subscription{{}, {Category: "none"}, {Provenance: "ZZZ"}, {Brand: "\x00"}, {Brand: " - ! "}, {Conveyance: "x"}} {
		if err := w.notices.Subscribe(t.Context(), w.Actor["xa.officer"], code, wrong); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	for n := range notice.MaxSubscriptions {
		w.Must(w.notices.Subscribe(t.Context(), w.Actor["xa.officer"], code, notice.Subscription{Brand: fmt.Sprint("brand ", n)}))
	}
	if err := w.notices.Subscribe(t.Context(), w.Actor["xa.officer"], code, notice.Subscription{Brand: "one more"}); !fault.Is(err, fault.TooMany) {
		t.Errorf("one more: %v", err)
	}
}

// Old things are no news: after a long stand-still, or in a restored backup.
func TestOldThings(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.send("xa.officer", message.Draft{To: w.Apart("xb")})
	w.Pass(notice.News + time.Hour)
	w.follow()
	if got := w.reasons("xb.officer"); got != nil {
		t.Errorf("%v", got)
	}
	if n, err := w.notices.Follow(t.Context()); n != 0 || err != nil {
		t.Errorf("looked at again: %d, %v", n, err)
	}
}

// A hat that ended, or another that is worn, shows nothing of the first.
func TestHats(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.send("wco", message.Draft{To: w.Apart("xb")})
	w.follow()
	other := w.Actor["xb.officer"]
	_, err := w.People.AddHat(t.Context(), w.Root, person.ID(other.Person), w.Body["xa"].Number, "post", "")
	w.Must(err)
	other.Organisation = w.Body["xa"].Number
	if all, err := w.notices.List(t.Context(), other); err != nil || len(all) != 0 {
		t.Errorf("under another hat: %v, %v", all, err)
	}
	w.Must(w.People.EndHat(t.Context(), w.Root, person.ID(other.Person), w.Body["xb"].Number))
	if got := w.reasons("xb.officer"); got != nil {
		t.Errorf("the hat has ended: %v", got)
	}
}
