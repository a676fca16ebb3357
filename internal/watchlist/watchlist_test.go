package watchlist_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/verify"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

const (
	code = operationtest.Code
	box  = "CSQU3054383"
)

// world is operationtest's with cases, messages and lists. What xb's officer reports
// waits for its contact point.
type world struct {
	*operationtest.World
	cases    *seizure.Store
	messages *message.Store
	store    *watchlist.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d)}
	w.cases, w.messages = seizure.NewStore(d, w.Journal, w.Source), message.NewStore(d, w.Journal, w.Source)
	w.store = watchlist.NewStore(d, w.Journal, w.Source, connection.NewIndex())
	b := w.Body["xb"]
	_, err := organisation.NewStore(d, w.Journal, w.Source).Amend(t.Context(), w.Root, organisation.Draft{ID: b.ID, Version: b.Version, Kind: b.Kind, Country: b.Country,
		Name: b.Name, TimeZone: b.TimeZone, Language: b.Language, ReleaseBy: organisation.ReleaseByContactPoint})
	w.Must(err)
	return w
}

var ids int

func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bccf-%012x", ids)
}

func (w *world) report(who string, change func(*seizure.Draft)) seizure.Case {
	w.T.Helper()
	d := seizure.Draft{ID: seizure.ID(id()), Country: "XA", Day: "2017-02-08", Status: "seized", Language: "en",
		Goods: []goods.Line{{Category: "FTW", Verdict: "suspected", Quantities: []goods.Quantity{{Micro: 1e6, Unit: "H87"}}}}}
	change(&d)
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, d)
	w.Must(err)
	return c
}

func carries(mark string) func(*seizure.Draft) {
	return func(d *seizure.Draft) { d.Marks = append(d.Marks, consignment.Parse(mark)) }
}

func (w *world) set(who, kind, value, to string, good bool) watchlist.Entry {
	w.T.Helper()
	e, fresh, err := w.store.Set(w.T.Context(), w.Actor[who], code, watchlist.Draft{ID: watchlist.ID(id()), Kind: kind, Value: value, Note: "Look into it.", Until: "2017-03-01", To: to, Good: good})
	w.Must(err)
	if !fresh {
		w.T.Fatal("not fresh")
	}
	return e
}

// shown is a list in short: "value cases messages".
func (w *world) shown(who string) []string {
	w.T.Helper()
	p, err := w.store.List(w.T.Context(), w.Actor[who], code)
	w.Must(err)
	out := []string{}
	for _, i := range p.Current {
		out = append(out, fmt.Sprint(i.Value, " ", i.Cases, " ", i.Messages))
	}
	for _, i := range p.Good {
		out = append(out, "good "+i.Value)
	}
	for _, i := range p.Ended {
		out = append(out, "ended "+i.Value)
	}
	return out
}

func (w *world) fine() {
	w.T.Helper()
	r, err := verify.Database(w.T.Context(), w.DB, verify.Options{})
	w.Must(err)
	if !r.Fine() {
		w.T.Fatalf("verify: %v", r.Findings)
	}
}

// Who reads an entry sees what carries its value among what it may read at that
// moment; what is recalled is gone again.
func TestWhatCarriesAValue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		own := w.set("xa", "container", "csqu 305438-3", watchlist.Own, false)
		w.set("wco.coordinator", "brand", "tide", watchlist.Controls, false)
		w.set("wco", "route", "cn>th", watchlist.Coordinated, false)
		hidden := w.report("xb.officer", carries(box))
		w.report("xa.officer", func(d *seizure.Draft) { d.Goods[0].Brand, d.Origin.Code, d.Destination.Code = "TIDE", "CN", "TH" })
		w.report("xa.officer", func(d *seizure.Draft) { d.Goods[0].Brand = "Tidemark" })
		_, err := w.messages.Send(t.Context(), w.Actor["xa.officer"], code, message.Draft{ID: message.ID(id()), Template: message.General, Subject: "A box", Body: "Seen " + box + ".",
			Language: "en", TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Enforcement}}})
		w.Must(err)
		want := map[string][]string{"xa.officer": {"tide 1 0", "csqu 305438-3 0 1"}, "xb.officer": {"tide 1 0"}, "wco.coordinator": {"CN>TH 1 0", "tide 1 0"}}
		for who, want := range want {
			if got := w.shown(who); !cmp.Equal(got, want) {
				t.Errorf("%s: %q, want %q", who, got, want)
			}
		}
		released, err := w.cases.Release(t.Context(), w.Actor["xb"], code, hidden.Seq, hidden.Version)
		w.Must(err)
		o, err := w.store.Read(t.Context(), w.Actor["xa.officer"], code, watchlist.Name{ID: own.ID})
		w.Must(err)
		if len(o.Found) != 1 || o.Found[0].Seq != hidden.Seq || len(o.Heard) != 1 || o.Cases != 1 || o.By != "Person xa" || o.MayDrop {
			t.Errorf("after the release: %+v", o)
		}
		_, err = w.cases.Recall(t.Context(), w.Actor["xb"], code, hidden.Seq, released.Version, "too early")
		w.Must(err)
		if o, err = w.store.Read(t.Context(), w.Actor["xa.officer"], code, watchlist.Name{ID: own.ID}); err != nil || len(o.Found) != 0 || o.Cases != 0 {
			t.Errorf("after the recall: %v %v", o.Found, err)
		}
		if _, err := w.store.Read(t.Context(), w.Actor["wco"], code, watchlist.Name{ID: own.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("coordination reads what xa kept to itself: %v", err)
		}
		w.fine()
	})
}

// A hidden case or a stranger's list changes no byte of what a reader is told.
func TestHiddenChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		e := w.set("xa", "container", box, watchlist.Own, false)
		w.report("xa.officer", carries(box))
		told := func() string {
			p, err := w.store.List(t.Context(), w.Actor["xa.officer"], code)
			w.Must(err)
			o, err := w.store.Read(t.Context(), w.Actor["xa.officer"], code, watchlist.Name{ID: e.ID})
			w.Must(err)
			c, err := w.store.Conditions(t.Context(), w.Actor["xa.officer"], code)
			w.Must(err)
			p.Standing.AsOf, o.Standing.AsOf = 0, 0
			b, err := json.Marshal([]any{p, o, c})
			w.Must(err)
			return string(b)
		}
		before := told()
		w.report("xb.officer", carries(box))
		w.set("xb", "container", box, watchlist.Coordinated, false)
		w.set("wco", "vehicle", "AB 123", watchlist.Coordinated, true)
		_, err := w.store.Say(t.Context(), w.Actor["xb.officer"], code, watchlist.SightingDraft{Kind: "container", Value: box, State: watchlist.SeenHere})
		w.Must(err)
		if after := told(); after != before {
			t.Error(cmp.Diff(before, after))
		}
	})
}

func TestSetAndDrop(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, xa := t.Context(), w.Actor["xa"]
		draft := watchlist.Draft{ID: watchlist.ID(id()), Kind: "consignor", Value: "XX-99 881", Note: "=cmd", Until: "2017-03-01", To: watchlist.Coordinated}
		made, _, err := w.store.Set(ctx, xa, code, draft)
		w.Must(err)
		if again, fresh, err := w.store.Set(ctx, xa, code, draft); err != nil || fresh || again.Seq != made.Seq {
			t.Errorf("the same again: %v %v %v", again, fresh, err)
		}
		other := draft
		other.Note = "another"
		if _, _, err := w.store.Set(ctx, xa, code, other); !fault.Is(err, fault.Conflict) {
			t.Errorf("its id with other words: %v", err)
		}
		wrong := func(change func(*watchlist.Draft)) string {
			d := watchlist.Draft{ID: watchlist.ID(id()), Kind: "seal", Value: "SEAL-1", Until: "2017-03-01", To: watchlist.Own}
			change(&d)
			_, _, err := w.store.Set(ctx, xa, code, d)
			if err == nil {
				return ""
			}
			return strings.TrimPrefix(err.Error(), "watchlist.set: fault.invalid; ")
		}
		for want, change := range map[string]func(*watchlist.Draft){
			"kind: fault.required": func(d *watchlist.Draft) { d.Kind = "" }, "kind: fault.unknown-code": func(d *watchlist.Draft) { d.Kind = "picture" },
			"value: fault.required": func(d *watchlist.Draft) { d.Value = " " }, "value: watchlist.value.short": func(d *watchlist.Draft) { d.Value = "1-" },
			"value: watchlist.value.gtin":  func(d *watchlist.Draft) { d.Kind, d.Value = "gtin", "59A" },
			"value: watchlist.value.route": func(d *watchlist.Draft) { d.Kind, d.Value = "route", "CN-TH" },
			"value: watchlist.already":     func(d *watchlist.Draft) { d.Kind, d.Value, d.Good = "other", "xx99881", true },
			"until: watchlist.until-past":  func(d *watchlist.Draft) { d.Until = "2017-02-08" }, "until: watchlist.until-late": func(d *watchlist.Draft) { d.Until = "2019-02-08" },
			"to: fault.required": func(d *watchlist.Draft) { d.To = "" },
		} {
			if got := wrong(change); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
		if err := w.store.Drop(ctx, w.Actor["wco"], code, watchlist.Name{ID: made.ID, From: w.Body["xa"].ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("coordination drops an entry of xa's: %v", err)
		}
		w.Must(w.store.Drop(ctx, xa, code, watchlist.Name{ID: made.ID}))
		w.Must(w.store.Drop(ctx, xa, code, watchlist.Name{ID: made.ID}))
		if got := w.shown("xa"); len(got) != 0 {
			t.Errorf("dropped: %q", got)
		}
		w.set("xa", "consignor", "XX 99881", watchlist.Own, true) // may stand again
		w.Source.Set(w.Source.Now().Add(60 * 24 * time.Hour))
		if got := w.shown("xa"); !cmp.Equal(got, []string{"ended XX 99881"}) {
			t.Errorf("after its last day: %q", got)
		}
		w.Leave("gone")
		for _, out := range append(slices.Clone(operationtest.Outside), "xa.officer") {
			if _, _, err := w.store.Set(ctx, w.Actor[out], code, draft); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s sets: %v", out, err)
			}
		}
		w.fine()
	})
}

// Sightings are read with what they are about: a case by who reads it, an entry by who
// reads that, a bare value by coordination.
func TestSightings(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		c := w.report("xa.officer", carries(box))
		waits := w.report("xb.officer", carries(box))
		e := w.set("wco", "container", box, watchlist.Controls, false)
		say := func(who string, d watchlist.SightingDraft) {
			t.Helper()
			d.ID = watchlist.ID(id())
			made, err := w.store.Say(ctx, w.Actor[who], code, d)
			w.Must(err)
			if again, err := w.store.Say(ctx, w.Actor[who], code, d); err != nil || again.Seq != made.Seq {
				t.Errorf("the same again: %v %v", again, err)
			}
		}
		say("xb.officer", watchlist.SightingDraft{Case: c.Reference, State: watchlist.SeenHere, Words: "of the case"})
		say("xb.officer", watchlist.SightingDraft{Case: waits.Reference, State: watchlist.SeenHere, Words: "of a case that waits"})
		say("xb.officer", watchlist.SightingDraft{Entry: watchlist.Name{ID: e.ID, From: w.Body["wco"].ID}, State: watchlist.NotConfirmed, Words: "of the entry"})
		say("xb.officer", watchlist.SightingDraft{Kind: "container", Value: box, State: watchlist.SeenHere, Words: "of the value"})
		of := func(who, ref string) (out []string) {
			all, err := w.store.Sightings(ctx, w.Actor[who], code, ref)
			if !fault.Is(err, fault.NotFound) {
				w.Must(err)
			}
			for _, s := range all {
				out = append(out, s.Words)
			}
			return out
		}
		for who, want := range map[string][]string{"xa.officer": {"of the entry", "of the case"}, "xb.officer": {"of the value", "of the entry", "of the case"},
			"wco.coordinator": {"of the value", "of the entry", "of the case"}} {
			if got := of(who, c.Reference); !cmp.Equal(got, want) {
				t.Errorf("%s: %q", who, got)
			}
		}
		if got := of("xa.officer", waits.Reference); got != nil {
			t.Errorf("of a case that xa may not read: %q", got)
		}
		p, err := w.store.List(ctx, w.Actor["xa.officer"], code)
		w.Must(err)
		if len(p.Current) != 1 || len(p.Current[0].Sighted) != 1 || p.Current[0].Sighted[0].State != watchlist.NotConfirmed || p.Current[0].Sighted[0].Of.Number != w.Body["xb"].Number {
			t.Errorf("beside the entry: %+v", p.Current)
		}
		for _, d := range []watchlist.SightingDraft{{Case: waits.Reference, State: watchlist.SeenHere}, {Entry: watchlist.Name{ID: "x"}, State: watchlist.SeenHere}} {
			if _, err := w.store.Say(ctx, w.Actor["xa.officer"], code, d); !fault.Is(err, fault.NotFound) {
				t.Errorf("of what xa may not read: %v", err)
			}
		}
		for _, d := range []watchlist.SightingDraft{{Case: c.Reference}, {Case: c.Reference, State: "maybe"}, {State: watchlist.SeenHere}, {Kind: "gtin", Value: "x", State: watchlist.SeenHere}} {
			if _, err := w.store.Say(ctx, w.Actor["xa.officer"], code, d); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", d, err)
			}
		}
		w.fine()
	})
}

func TestConditions(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.set("xa", "container", box, watchlist.Own, false)
	w.set("xb", "lot", "L-100", watchlist.Coordinated, true)
	e := w.set("wco", "gtin", "5901234123457", watchlist.Controls, false)
	for who, want := range map[string]int{"xa.officer": 2, "xb": 2, "wco": 2} {
		if got, err := w.store.Conditions(t.Context(), w.Actor[who], code); err != nil || len(got.Conditions) != want {
			t.Errorf("%s: %v %v", who, got, err)
		}
	}
	w.Must(w.store.Drop(t.Context(), w.Actor["wco"], code, watchlist.Name{ID: e.ID}))
	got, err := w.store.Conditions(t.Context(), w.Actor["xa.officer"], code)
	w.Must(err)
	want := [][]string{{"kind", "value", "note", "until", "list", "organisation", "id"}, {"container", box, "Look into it.", "2017-03-01", "watch", string(w.Body["xa"].ID), string(got.Conditions[0].ID)}}
	if d := cmp.Diff(want, got.Rows()); d != "" {
		t.Error("dropped:", d)
	}
	got.Conditions[0].Note = "=1+1"
	if note := got.Rows()[1][2]; note != "'=1+1" {
		t.Errorf("a note that a program would compute: %q", note)
	}
}
