package holder_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

func TestWhoIsVettedMay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, err := w.may("orva", "", "")
		w.refused("before it shows who it is", err, fault.Invalid)
		asked := w.apply("orva")
		_, err = w.may("orva", "", "")
		w.refused("while it waits", err, fault.Invalid)
		_, err = w.store.Vet(t.Context(), w.actor["wco"], w.body["orva"].ID, asked.ID, "2026-06-30")
		w.must(err)
		a, err := w.may("orva.expert", "", "")
		w.must(err)
		if !a.Own || !a.Vetted || a.Holder.ID != w.body["orva"].ID {
			t.Errorf("%+v", a)
		}
		_, err = w.may("rival", "", "")
		w.refused("the rival, by it", err, fault.Invalid)
		_, err = w.may("rival", "orva", "")
		w.refused("the rival, for it", err, fault.NotFound)

		w.day("2026-06-30")
		_, err = w.may("orva", "", "")
		w.must(err)
		renewed := w.apply("orva") // while the next one waits, the first goes on to hold
		_, err = w.may("orva", "", "")
		w.must(err)
		w.day("2026-07-01")
		_, err = w.may("orva", "", "")
		w.refused("after its day", err, fault.Invalid)
		_, err = w.store.Vet(t.Context(), w.actor["wco"], w.body["orva"].ID, renewed.ID, "2027-06-30")
		w.must(err)
		_, err = w.may("orva", "", "")
		w.must(err)
		w.must(w.store.Revoke(t.Context(), w.actor["wco.second"], w.body["orva"].ID, renewed.ID, "The company was wound up."))
		w.must(w.store.Revoke(t.Context(), w.actor["wco"], w.body["orva"].ID, renewed.ID, "Another reason."))
		_, err = w.may("orva", "", "")
		w.refused("once it was revoked", err, fault.Invalid)
		got, err := w.store.Read(t.Context(), w.actor["orva"], "")
		w.must(err)
		if got.Card.State != holder.Revoked || got.Vettings[0].Reason != "The company was wound up." {
			t.Errorf("%+v", got.Card)
		}
		for _, v := range got.Vettings { // what lay behind it does not come back
			if v.State == holder.Checked {
				t.Errorf("still %+v", v)
			}
		}
	})
}

func TestNobodyChecksForOnesOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		v, of := w.apply("orva"), w.body["orva"].ID
		for _, who := range []string{"orva", "orva.expert", "rival", "xa", "xa.officer", "outsider"} {
			_, err := w.store.Vet(ctx, w.actor[who], of, v.ID, "2026-12-31")
			w.refused(who+" vets", err, fault.NotFound)
			w.refused(who+" revokes", w.store.Revoke(ctx, w.actor[who], of, v.ID, "No."), fault.NotFound)
		}
		// Somebody of the right holder who coordinates under another hat.
		two := access.Actor{Person: w.actor["orva.expert"].Person, Organisation: w.body["wco"].Number}
		_, err := w.people.AddHat(ctx, w.root, person.ID(two.Person), two.Organisation, "post", "")
		w.must(err)
		w.must(w.operations.Assign(ctx, w.actor["wco"], operation.Library, person.ID(two.Person), []access.Role{access.Coordinator}))
		_, err = w.store.Vet(ctx, two, of, v.ID, "2026-12-31")
		w.refused("under two hats", err, fault.Conflict)
		w.refused("under two hats", w.store.Revoke(ctx, two, of, v.ID, "No."), fault.Conflict)
		m, err := w.store.Grant(ctx, w.actor["rival"], w.granting("rival", "orva"))
		w.must(err)
		_, err = w.store.Check(ctx, two, w.body["rival"].ID, m.ID)
		w.refused("of the representative", err, fault.Conflict)

		for _, until := range []string{"", "soon", "2026-03-02", "2040-01-01"} {
			_, err = w.store.Vet(ctx, w.actor["wco"], of, v.ID, until)
			w.refused("until "+until, err, fault.Invalid)
		}
		newer := w.apply("orva")
		_, err = w.store.Vet(ctx, w.actor["wco"], of, v.ID, "2026-12-31")
		w.refused("an older application", err, fault.Conflict)
		first, err := w.store.Vet(ctx, w.actor["wco"], of, newer.ID, "2026-12-31")
		w.must(err)
		again, err := w.store.Vet(ctx, w.actor["wco"], of, newer.ID, "2026-12-31")
		w.must(err)
		if diff := cmp.Diff(first, again); diff != "" || first.Version != 2 {
			t.Errorf("again (version %d):\n%s", first.Version, diff)
		}
		w.refused("without a reason", w.store.Revoke(ctx, w.actor["wco"], of, newer.ID, " "), fault.Invalid)
	})
}

func TestTheSameAgainIsTheSame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		a := w.application("orva")
		first, err := w.store.Apply(ctx, w.actor["orva"], a)
		w.must(err)
		again, err := w.store.Apply(ctx, w.actor["orva"], a)
		w.must(err)
		if diff := cmp.Diff(first, again); diff != "" {
			t.Error(diff)
		}
		a.Extract = "HRB 4712"
		_, err = w.store.Apply(ctx, w.actor["orva"], a)
		w.refused("other content", err, fault.Conflict)
		a.Files = []attachment.ID{w.upload("rival")}
		_, err = w.store.Apply(ctx, w.actor["rival"], a) // an id is its writer's own
		w.must(err)

		g := w.granting("orva", "agent")
		m, err := w.store.Grant(ctx, w.actor["orva"], g)
		w.must(err)
		same, err := w.store.Grant(ctx, w.actor["orva"], g)
		w.must(err)
		if diff := cmp.Diff(m, same); diff != "" {
			t.Error(diff)
		}
		g.Until = "2026-10-31"
		_, err = w.store.Grant(ctx, w.actor["orva"], g)
		w.refused("other days", err, fault.Conflict)

		b := w.brand("Orva")
		made, err := w.store.RegisterBrand(ctx, w.actor["orva"], "", b)
		w.must(err)
		twice, err := w.store.RegisterBrand(ctx, w.actor["orva.expert"], w.body["orva"].ID, b)
		w.must(err)
		if diff := cmp.Diff(made, twice); diff != "" {
			t.Error(diff)
		}
		b.Name = "Orva+"
		_, err = w.store.RegisterBrand(ctx, w.actor["orva"], "", b)
		w.refused("another name", err, fault.Conflict)
		now, err := w.store.AmendBrand(ctx, w.actor["orva"], "", made.ID, 1, b)
		w.must(err)
		if now.Version != 2 || now.Name != "Orva+" || now.Seq != made.Seq {
			t.Errorf("%+v", now)
		}
		if _, err = w.store.AmendBrand(ctx, w.actor["orva"], "", made.ID, 1, b); err != nil {
			t.Errorf("the same amendment again: %v", err)
		}
		b.Name = "Orva++"
		_, err = w.store.AmendBrand(ctx, w.actor["orva.expert"], "", made.ID, 1, b)
		w.refused("the second of two who amend", err, fault.Conflict)
	})
}

func TestRepresentatives(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.vetted("orva", "2026-12-31")
		w.vetted("rival", "2026-12-31")
		m := w.mandated("orva", "agent", nil)
		w.mandated("orva", "both", nil)
		w.mandated("rival", "both", nil)
		for who, want := range map[string][]string{"orva": {"orva"}, "rival": {"rival"}, "agent": {"agent", "orva"}, "both": {"both", "orva", "rival"}, "xa": nil, "wco": nil} {
			if got := w.actsFor(who); !slices.Equal(got, want) {
				t.Errorf("%s acts for %v", who, got)
			}
		}
		_, err := w.may("agent", "orva", "")
		w.must(err)
		_, err = w.may("agent", "rival", "")
		w.refused("for the rival", err, fault.NotFound)
		_, err = w.may("agent", "", "")
		w.refused("for itself, which is no right holder that was vetted", err, fault.Invalid)
		made := w.register("both", "rival", "Rivale")
		if made.Organisation != w.body["rival"].Number {
			t.Errorf("%+v", made)
		}
		_, err = w.store.RegisterBrand(ctx, w.actor["agent"], w.body["rival"].ID, w.brand("Theirs"))
		w.refused("for the rival", err, fault.NotFound)
		_, err = w.store.AmendBrand(ctx, w.actor["agent"], w.body["rival"].ID, made.ID, 1, w.brand("Theirs"))
		w.refused("for the rival", err, fault.NotFound)

		w.refused("by the rival", w.store.RevokeMandate(ctx, w.actor["rival"], w.body["orva"].ID, m.ID, "No."), fault.NotFound)
		w.refused("by another representative", w.store.RevokeMandate(ctx, w.actor["both"], w.body["orva"].ID, m.ID, "No."), fault.NotFound)
		w.must(w.store.RevokeMandate(ctx, w.actor["agent"], w.body["orva"].ID, m.ID, "We lay it down."))
		w.must(w.store.RevokeMandate(ctx, w.actor["orva"], w.body["orva"].ID, m.ID, "The same."))
		_, err = w.may("agent", "orva", "")
		w.refused("after it was laid down", err, fault.NotFound)
		_, err = w.store.Check(ctx, w.actor["wco"], w.body["orva"].ID, m.ID)
		w.refused("checked after that", err, fault.Conflict)

		// A holder that leaves the library takes its mandates along; nothing of the other
		// one's changes.
		w.must(w.operations.End(ctx, w.actor["wco.director"], operation.Library, w.body["orva"].ID))
		if got := w.actsFor("both"); !slices.Equal(got, []string{"both", "rival"}) {
			t.Errorf("acts for %v", got)
		}
		w.in("both", func(tx *db.Tx, st operation.Standing) {
			handling, err := holder.Handling(tx, st, "FTW")
			w.must(err)
			if !slices.Equal(handling, []int64{w.body["rival"].Number}) {
				t.Errorf("handling %v", handling)
			}
		})
	})
}

func TestMandateHoldsWithinItsLimits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.vetted("orva", "2026-12-31")
		one, two := w.register("orva", "orva", "One"), w.register("orva", "orva", "Two")
		g := w.granting("orva", "agent")
		g.Brands, g.Since, g.Until = []holder.BrandID{one.ID}, "2026-04-01", "2026-04-30"
		m, err := w.store.Grant(ctx, w.actor["orva"], g)
		w.must(err)
		w.day("2026-04-01")
		_, err = w.may("agent", "orva", one.ID)
		w.refused("before it was checked", err, fault.NotFound)
		_, err = w.store.Check(ctx, w.actor["wco"], w.body["orva"].ID, m.ID)
		w.must(err)
		for day, holds := range map[string]bool{"2026-03-31": false, "2026-04-01": true, "2026-04-30": true, "2026-05-01": false} {
			w.day(day)
			_, err := w.may("agent", "orva", one.ID)
			if (err == nil) != holds {
				t.Errorf("on %s: %v", day, err)
			}
			_, err = w.may("agent", "orva", two.ID)
			w.refused("for another brand", err, fault.NotFound)
			_, err = w.may("agent", "orva", "")
			w.refused("for no brand in particular", err, fault.NotFound)
		}
		w.day("2026-04-02")
		_, err = w.store.RegisterBrand(ctx, w.actor["agent"], w.body["orva"].ID, w.brand("Three"))
		w.refused("a brand beside its own", err, fault.NotFound)
		got, err := w.store.Read(ctx, w.actor["agent"], w.body["orva"].ID)
		w.must(err)
		if len(got.Brands) != 1 || got.Brands[0].ID != one.ID || got.MayRegister || len(got.Given) != 1 || got.Given[0].Called[0] != "One" {
			t.Errorf("%+v", got)
		}

		// For some countries: rights there, no others.
		w.mandated("orva", "both", func(g *holder.Granting) { g.Countries = []string{"FR"} })
		draft := w.brand("Two")
		draft.Rights = append(draft.Rights, holder.Right{Kind: "design", Number: "D 1", Countries: []string{"FR"}})
		two, err = w.store.AmendBrand(ctx, w.actor["both"], w.body["orva"].ID, two.ID, 1, draft)
		w.must(err)
		draft.Rights = draft.Rights[1:]
		_, err = w.store.AmendBrand(ctx, w.actor["both"], w.body["orva"].ID, two.ID, 2, draft)
		w.refused("a right in a country beside them", err, fault.Invalid)
		if a, err := w.may("both", "orva", two.ID); err != nil || !a.In("FR") || a.In("DE") {
			t.Errorf("%+v %v", a, err)
		}
	})
}

func TestGrantingBetraysNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.register("rival", "rival", "Rivale")
		theirs := w.register("rival", "rival", "Other")
		refusal := func(to organisation.ID) string {
			g := w.granting("orva", "agent")
			g.Representative = to
			_, err := w.store.Grant(t.Context(), w.actor["orva"], g)
			w.refused("granted", err, fault.Invalid)
			if err == nil {
				return ""
			}
			return err.Error()
		}
		want := refusal(organisation.ID(id()))
		for _, other := range []string{"wco", "xa", "outsider", "orva"} {
			if got := refusal(w.body[other].ID); got != want {
				t.Errorf("%s: %q, and of nobody %q", other, got, want)
			}
		}
		g := w.granting("orva", "agent")
		g.Brands = []holder.BrandID{theirs.ID}
		_, err := w.store.Grant(t.Context(), w.actor["orva"], g)
		w.refused("the rival's brand", err, fault.Invalid)
		if _, err := w.store.RegisterBrand(t.Context(), w.actor["orva"], "", w.brand("Rivale")); err != nil {
			t.Errorf("a name that another one has: %v", err)
		}
		_, err = w.store.RegisterBrand(t.Context(), w.actor["orva"], "", w.brand("RIVALE"))
		w.refused("a name that it has itself", err, fault.Invalid)
	})
}
