package protection_test

import (
	"errors"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/protection"
)

func (w *world) bodyOf(number int64) organisation.ID {
	for _, o := range w.Body {
		if o.Number == number {
			return o.ID
		}
	}
	return ""
}

// at gives the problem at a field; empty: there is none.
func at(err error, path string) string {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		for _, field := range f.Fields {
			if field.Path == path {
				return field.Key
			}
		}
	}
	return ""
}

func TestMeasures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		if l := w.line("xa", "mark", "XA"); l.Import != protection.Unknown || !l.Protected() {
			t.Errorf("before a measure: %+v", l)
		}
		law, _ := legal.Named("eu-608-2013")
		draft := protection.FromProfile(law)
		if draft.Compared {
			t.Error("a profile of the program counts as compared with the law")
		}
		draft.ID = protection.MeasureID(id())
		made, err := w.store.SetMeasure(t.Context(), w.Actor["xa"], draft)
		w.Must(err)
		again, err := w.store.SetMeasure(t.Context(), w.Actor["xa"], draft)
		if w.Must(err); again.Seq != made.Seq || made.Version != 1 || made.Country != "XA" {
			t.Errorf("%+v, again %+v", made, again)
		}
		changed := draft
		changed.How = "Ask the office."
		if _, err := w.store.SetMeasure(t.Context(), w.Actor["xa"], changed); !fault.Is(err, fault.Conflict) {
			t.Errorf("the id with other content: %v", err)
		}
		changed.ID = protection.MeasureID(id())
		if _, err := w.store.SetMeasure(t.Context(), w.Actor["xa"], changed); !fault.Is(err, fault.Conflict) {
			t.Errorf("what another has set meanwhile: %v", err)
		}
		for _, who := range []string{"xa.officer", "wco", "holder", "stranger"} {
			w.Source.Set(w.Source.Now().Add(1))
			if _, err := w.store.SetMeasure(t.Context(), w.Actor[who], draft); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s sets a measure: %v", who, err)
			}
		}
		for who, want := range map[string]string{"xa": protection.Yes, "xb.officer": protection.Yes, "wco": protection.Yes, "holder": protection.Unknown, "rival": protection.Unknown} {
			if l := w.line(who, "mark", "XA"); l.Import != want || l.Country != "XA" {
				t.Errorf("%s is told %+v", who, l)
			}
		}
		all, err := w.store.ReadMeasures(t.Context(), w.Actor["xb"])
		if w.Must(err); len(all.All) != 1 || all.All[0].Of.Country != "XA" || len(all.Own) != 0 || !all.MaySet {
			t.Errorf("%+v", all)
		}
		for _, who := range append([]string{"holder", "rival"}, operationtest.OutsideLibrary...) {
			w.Missing(who, func(a access.Actor) error { _, err := w.store.ReadMeasures(t.Context(), a); return err })
		}
	})
}

func TestWhoReadsApplications(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		own := w.file("holder", w.draft("holder", "mark"))
		if got := w.reads(own); got != "wco xa holder agent" {
			t.Errorf("filed by the holder for XA: %s", got)
		}
		other := w.file("holder", w.draft("holder", "seal"))
		if got := w.reads(other); got != "wco xa holder" {
			t.Errorf("of a brand beside the mandate: %s", got)
		}
		union := w.draft("holder", "mark")
		union.Countries = []string{"XB", "XC"}
		if got := w.reads(w.file("holder", union)); got != "wco xa xb holder agent" {
			t.Errorf("for several countries: %s", got)
		}
		wide := w.draft("holder", "seal")
		wide.Everybody = true
		if got := w.reads(w.file("holder", wide)); got != "wco xa xb holder" {
			t.Errorf("for all customs: %s", got)
		}
		theirs := w.draft("rival", "buoy")
		theirs.ID = own.ID // an id is its holder's own
		if got := w.reads(w.file("rival", theirs)); got != "wco xa rival" {
			t.Errorf("the rival's: %s", got)
		}
		entered := w.draft("xb", "mark")
		entered.State, entered.Number = protection.Accepted, "AFA-7"
		if got := w.reads(w.file("xb", entered)); got != "wco xb holder agent" {
			t.Errorf("entered by customs: %s", got)
		}
		if l := w.line("xb", "mark", "XB"); l.Standing != protection.Valid || l.Until != "2017-12-31" {
			t.Errorf("%+v", l)
		}
		page, err := w.store.Applications(t.Context(), w.Actor["rival"], protection.Filter{})
		if w.Must(err); len(page.Items) != 1 || len(page.Countries) != 1 || len(page.Holders) != 1 {
			t.Errorf("a right holder learns of another: %+v", page)
		}
	})
}

// TestFileRefuses: nobody files in the name of whom it does not act for, and an
// answer never tells a rival's brand from none.
func TestFileRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		change := func(d protection.Draft, f func(*protection.Draft)) protection.Draft { f(&d); return d }
		refusals := map[string]string{}
		for name, c := range map[string]struct {
			by   string
			d    protection.Draft
			path string
		}{
			"a rival's brand":           {"rival", change(w.draft("rival", "buoy"), func(d *protection.Draft) { d.Brands = []holder.BrandID{w.brand["mark"].ID} }), "brands"},
			"no brand at all":           {"rival", change(w.draft("rival", "buoy"), func(d *protection.Draft) { d.Brands = []holder.BrandID{holder.BrandID(id())} }), "brands"},
			"in a rival's name":         {"rival", w.draft("rival", "mark"), "brands"},
			"in nobody's name":          {"rival", change(w.draft("rival", "mark"), func(d *protection.Draft) { d.Holder = organisation.ID(id()) }), "brands"},
			"beside the mandate":        {"agent", w.draft("agent", "seal"), "brands"},
			"where it does not reach":   {"agent", change(w.draft("agent", "mark"), func(d *protection.Draft) { d.Countries = []string{"XB"} }), "countries"},
			"not vetted":                {"agent", change(w.draft("agent", "mark"), func(d *protection.Draft) { d.Holder = "" }), "holder"},
			"accepted by its own":       {"holder", change(w.draft("holder", "mark"), func(d *protection.Draft) { d.State = protection.Accepted }), "state"},
			"without brands":            {"holder", w.draft("holder"), "brands"},
			"without a contact":         {"holder", change(w.draft("holder", "mark"), func(d *protection.Draft) { d.Contact = " " }), "contact"},
			"ends before it begins":     {"holder", change(w.draft("holder", "mark"), func(d *protection.Draft) { d.Since = "2018-01-01" }), "until"},
			"refused without a reason":  {"xa", change(w.draft("xa", "mark"), func(d *protection.Draft) { d.State = protection.Refused }), "reason"},
			"customs for another brand": {"xa", change(w.draft("xa", "mark"), func(d *protection.Draft) { d.Brands = []holder.BrandID{w.brand["buoy"].ID} }), "brands"},
		} {
			_, _, err := w.store.File(t.Context(), w.Actor[c.by], c.d)
			if got := at(err, c.path); got == "" {
				t.Errorf("%s: %v", name, err)
			} else {
				refusals[name] = err.Error() + got
			}
		}
		if refusals["a rival's brand"] != refusals["no brand at all"] || refusals["in a rival's name"] != refusals["in nobody's name"] {
			t.Errorf("a rival is told apart from nobody: %v", refusals)
		}
		for _, who := range []string{"wco", "xa.officer", "observer", "stranger", "gone"} {
			if _, _, err := w.store.File(t.Context(), w.Actor[who], w.draft(who, "mark")); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s files: %v", who, err)
			}
		}
	})
}

func TestAmend(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		draft := w.draft("holder", "mark")
		a := w.file("holder", draft)
		again, fresh, err := w.store.File(ctx, w.Actor["holder"], draft)
		if w.Must(err); fresh || again.Seq != a.Seq {
			t.Errorf("the same again: %+v", again)
		}
		draft.Contact = "other@example.org"
		if _, _, err := w.store.File(ctx, w.Actor["holder"], draft); !fault.Is(err, fault.Conflict) {
			t.Errorf("its id with other content: %v", err)
		}
		name := protection.Name{ID: a.ID}
		a, err = w.store.Amend(ctx, w.Actor["agent"], name, draft, 1) // whoever acts for the holder may, while it waits
		w.Must(err)
		if _, err := w.store.Amend(ctx, w.Actor["holder"], name, draft, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("what another changed meanwhile: %v", err)
		}
		accept := a.Draft()
		accept.State, accept.Number = protection.Accepted, "AFA-1"
		if _, err := w.store.Amend(ctx, w.Actor["holder"], name, accept, 2); at(err, "state") == "" {
			t.Errorf("the holder accepts its own: %v", err)
		}
		for _, who := range []string{"xb", "wco", "rival", "xa.officer", "stranger"} {
			if _, err := w.store.Amend(ctx, w.Actor[who], name, accept, 2); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s accepts: %v", who, err)
			}
		}
		a, err = w.store.Amend(ctx, w.Actor["xa"], name, accept, 2)
		w.Must(err)
		if a, err = w.store.Amend(ctx, w.Actor["xa"], name, accept, 2); err != nil || a.Version != 3 {
			t.Errorf("the same again: %+v, %v", a, err)
		}
		if l := w.line("xa", "mark", "XA"); l.Standing != protection.Valid || l.ID != a.ID || l.Holder != a.Organisation {
			t.Errorf("%+v", l)
		}
		longer := a.Draft()
		longer.Until = "2019-01-01"
		if _, err := w.store.Amend(ctx, w.Actor["holder"], name, longer, 3); !fault.Is(err, fault.Conflict) {
			t.Errorf("the holder makes what was accepted longer: %v", err)
		}
		longer.State, longer.Reason = protection.Revoked, "We withdraw it."
		if _, err := w.store.Amend(ctx, w.Actor["holder"], name, longer, 3); !fault.Is(err, fault.Conflict) {
			t.Errorf("the holder changes it while it revokes: %v", err)
		}
		revoke := a.Draft()
		revoke.State, revoke.Reason = protection.Revoked, "We withdraw it."
		a, err = w.store.Amend(ctx, w.Actor["holder"], name, revoke, 3)
		w.Must(err)
		if l := w.line("xa", "mark", "XA"); l.Standing != protection.None {
			t.Errorf("revoked: %+v", l)
		}
	})
}

func TestForGoods(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		draft := w.draft("xa", "mark")
		draft.State = protection.Accepted
		w.file("xa", draft)
		w.file("xb", func() protection.Draft { d := w.draft("xb", "buoy"); d.State = protection.Accepted; return d }())
		for _, c := range []struct {
			who, country string
			goods        protection.Goods
			want         int
		}{
			{"xa", "XA", protection.Goods{Brand: "  tidemark "}, 1},
			{"xa", "XA", protection.Goods{Brand: "TIDE  MARK"}, 1},
			{"xa", "XA", protection.Goods{Right: "m-MARK"}, 1},
			{"xa.officer", "XA", protection.Goods{Brand: "TideMark"}, 1},
			{"xa", "XA", protection.Goods{}, 0},
			{"xa", "XA", protection.Goods{Brand: "TIDEBUOY"}, 0},
			{"xa", "XB", protection.Goods{Brand: "TIDEMARK"}, 0},
			{"xb", "XB", protection.Goods{Brand: "TIDEBUOY"}, 1},
			{"holder", "XA", protection.Goods{Brand: "TIDEMARK"}, 0},
			{"stranger", "XA", protection.Goods{Brand: "TIDEMARK"}, 0},
		} {
			got, err := w.store.ForGoods(t.Context(), w.Actor[c.who], c.country, []protection.Goods{{Brand: "other"}, c.goods})
			if w.Must(err); len(got) != c.want {
				t.Errorf("%s in %s for %+v: %+v", c.who, c.country, c.goods, got)
			}
		}
	})
}
