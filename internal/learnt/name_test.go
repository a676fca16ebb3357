package learnt_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Two bodies that chose one id have a lesson each: each is read, settled, amended and
// carried on as itself, and nobody learns of another's by it.
func TestOneIDOfTwoBodies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.follow()
		mine := w.record("xa", "Of xa", func(d *learnt.Draft) { d.For = learnt.ForCoordination })
		yours := w.record("xb", "Of xb", func(d *learnt.Draft) { d.ID = mine.ID })
		if mine.ID != yours.ID || mine.Seq == yours.Seq {
			t.Fatalf("%+v %+v", mine, yours)
		}
		name := func(of string) learnt.Name { return learnt.Name{ID: mine.ID, Of: w.Body[of].ID} }
		for _, c := range []struct {
			who  string
			of   learnt.Name
			want string
		}{
			{"xa", named(mine), "Of xa"}, {"xb", named(mine), "Of xb"}, {"xb.officer", named(mine), "Of xb"}, {"xb", name("xa"), ""}, {"xa", name("xb"), "Of xb"},
			{"wco", name("xa"), "Of xa"}, {"wco", name("xb"), "Of xb"}, {"wco", named(mine), ""}, {"wco", name("wco"), ""},
			{"wco", learnt.Name{ID: mine.ID, Of: "nobody"}, ""},
		} {
			o, err := w.store.Read(ctx, w.Actor[c.who], code, c.of)
			if o.Title != c.want || (err == nil) == (c.want == "") || err != nil && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reads %+v: %q %v", c.who, c.of, o.Title, err)
			}
		}
		got, err := w.store.Settle(ctx, w.Actor["wco"], code, name("xb"), 1, learnt.Accepted, "")
		w.Must(err)
		change := w.draft("Of xb, in other words")
		amended, err := w.store.Amend(ctx, w.Actor["wco"], code, name("xb"), change, got.Version)
		w.Must(err)
		if got.Seq != yours.Seq || amended.Seq != yours.Seq || amended.ID != mine.ID {
			t.Errorf("settled %+v, amended %+v", got, amended)
		}
		n, err := w.store.Carry(ctx, w.Actor["wco"], code, []learnt.Name{name("xa"), name("xb")}, after)
		if err != nil || n != 2 {
			t.Fatal(n, err)
		}
		if got := fmt.Sprint(w.titles("wco", after, learnt.Filter{})); got != "[Of xb, in other words Of xa]" && got != "[Of xa Of xb, in other words]" {
			t.Error("carried:", got)
		}
	})
}

// A lesson says from which workshop it comes only to who may open that one; in the next
// operation it does not say, and whoever amends it there or here takes nothing away.
func TestAWorkshopThatMayNotBeOpenedIsNotNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.follow()
		held := workshop.NewStore(d, w.Journal, w.Source)
		plan := workshop.Draft{ID: "01890a5d-ac96-774b-bccf-0000000000a1", Kind: workshop.National, Title: "Behind closed doors", Language: "en", Place: "Port house", Country: "XB",
			Zone: "UTC", Starts: "2017-02-09", Ends: "2017-02-09"}
		w.Give("xb", "trainer", access.Trainer)
		_, err := held.Plan(ctx, w.Actor["xb.trainer"], code, plan)
		w.Must(err)
		l := w.record("xb", "Say it twice", func(d *learnt.Draft) { d.Workshop = plan.ID })
		for who, want := range map[string]string{"xb": plan.Title, "xa": ""} {
			p, err := w.store.List(ctx, w.Actor[who], code, learnt.Filter{})
			w.Must(err)
			o, err := w.store.Read(ctx, w.Actor[who], code, named(l))
			w.Must(err)
			if len(p.Items) != 1 || p.Items[0].Source.Title != want || o.Source.Title != want || o.MayOpen != (want != "") || (o.Source.Workshop != "") != (want != "") {
				t.Errorf("%s: %+v, opened %+v %v", who, p.Items, o.Source, o.MayOpen)
			}
		}
		seen, err := w.store.Read(ctx, w.Actor["wco"], code, named(l))
		w.Must(err)
		change := learnt.Draft{For: l.For, Topic: l.Topic, Title: "Say it three times", Happened: l.Happened, Language: "en", Workshop: seen.Source.Workshop}
		made, err := w.store.Amend(ctx, w.Actor["wco"], code, named(l), change, 1)
		w.Must(err)
		if made.Source.Title != plan.Title {
			t.Errorf("amended, its source is %+v", made.Source)
		}
		_, err = w.store.Carry(ctx, w.Actor["wco"], code, []learnt.Name{named(l)}, after)
		w.Must(err)
		for _, who := range []string{"wco", "xa"} {
			p, err := w.store.List(ctx, w.Actor[who], after, learnt.Filter{})
			w.Must(err)
			if got := fmt.Sprintf("%+v", p.Items); len(p.Items) != 1 || strings.Contains(got, plan.Title) || strings.Contains(got, string(plan.ID)) {
				t.Errorf("%s reads in the next operation: %s", who, got)
			}
		}
		w.Must(d.Read(ctx, func(tx *db.Tx) error {
			n, err := db.One(tx, db.Statement(`select count(*) from learnt where body like $1`), db.Int64, "%"+plan.Title+"%")
			if n != 1 {
				t.Errorf("%d rows hold the workshop's title", n)
			}
			return err
		}))
	})
}
