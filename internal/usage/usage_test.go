package usage_test

import (
	"cmp"
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/product/producttest"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/usage"
)

type world struct {
	*producttest.World
	store *usage.Store
	cases *seizure.Store
	facts []fact
}

// fact is a case as the slow reference knows it.
type fact struct {
	who, day string
	lines    []goods.Line
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: producttest.New(t, d)}
	w.store, w.cases = usage.NewStore(d, w.Journal, w.Source), seizure.NewStore(d, w.Journal, w.Source)
	return w
}

func (w *world) consent(who string, openings, figures bool) {
	w.T.Helper()
	_, err := w.store.Consent(w.T.Context(), w.Actor[who], usage.Consenting{Openings: openings, Figures: figures})
	w.Must(err)
}

func (w *world) view(who string) usage.View {
	w.T.Helper()
	v, err := w.store.View(w.T.Context(), w.Actor[who])
	w.Must(err)
	return v
}

func (w *world) report(who, day string, lines ...goods.Line) {
	w.T.Helper()
	_, err := w.cases.Report(w.T.Context(), w.Actor[who], operationtest.Code, seizure.Draft{ID: seizure.ID(w.ID()), Country: map[string]string{"xa.officer": "XA", "xb.officer": "XB"}[who],
		Day: day, Language: "en", Conveyance: goods.Coded{Code: "mail"}, Origin: goods.Coded{Code: "XQ"}, Destination: goods.Coded{Code: "XA"}, Goods: lines})
	w.Must(err)
	w.facts = append(w.facts, fact{who, day, lines})
}

func shoes(brand string, pieces int64) goods.Line {
	return goods.Line{Category: "FTW", Brand: brand, Quantities: []goods.Quantity{{Micro: pieces * 1_000_000, Unit: "H87"}}}
}

func (w *world) on(day string) {
	w.T.Helper()
	at, err := time.Parse(time.DateOnly, day)
	w.Must(err)
	w.Source.Set(at.Add(12 * time.Hour))
}

// TestNeverOfFewAndNeverSoon: five cases of two administrations, a closed month, consent before.
func TestNeverOfFewAndNeverSoon(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.consent("xa", false, true)
		w.consent("xb", false, true)
		for range 4 {
			w.report("xa.officer", "2017-02-08", shoes("ORVA", 10))
		}
		w.on("2017-03-31")
		if got := w.view("holder").Figures; len(got) != 0 {
			t.Errorf("four of one administration: %+v", got)
		}
		w.on("2017-02-10")
		w.report("xb.officer", "2017-02-08", shoes("Orva sport", 7), goods.Line{Category: "FTW", Brand: "Orva", Quantities: []goods.Quantity{{Micro: 3e6, Unit: "KGM"}}})
		w.on("2017-03-30")
		if got := w.view("holder").Figures; len(got) != 0 {
			t.Errorf("before the month is closed: %+v", got)
		}
		w.on("2017-03-31")
		want := []usage.Figure{{Brand: "Orva", Month: "2017-02", Cases: 5, Quantities: map[string]int64{"H87": 47e6}}}
		if got := w.view("holder").Figures; !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
		if got := w.view("rival").Figures; len(got) != 0 {
			t.Errorf("the rival sees %+v", got)
		}
		w.report("xb.officer", "2017-02-08", shoes("Orva", 1000))
		if got := w.view("holder").Figures; !reflect.DeepEqual(got, want) {
			t.Errorf("a case that came late changes a closed month: %+v", got)
		}
		w.consent("xb", false, false)
		if got := w.view("holder").Figures; len(got) != 0 {
			t.Errorf("after consent was taken back: %+v", got)
		}
		w.consent("xb", false, true)
		if got := w.view("holder").Figures; len(got) != 0 {
			t.Errorf("consent holds backwards: %+v", got)
		}
	})
}

// TestFiguresAsASlowReferenceCountsThem over random cases of two administrations.
func TestFiguresAsASlowReferenceCountsThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := producttest.Content("Shoe")
		c.Codes = []product.Code{{Kind: product.GTIN, Value: "4006381333931"}}
		w.Publish("holder", c, product.To{All: true})
		w.consent("xa", false, true)
		w.consent("xb", false, true)
		dice := rand.New(rand.NewPCG(7, 11))
		brands := []string{"Orva", "orva", "Orva Sport", "Zento", "Zento Sport", "", "Other"}
		units := []string{"H87", "KGM", "LTR"}
		for range 70 {
			var lines []goods.Line
			for range 1 + dice.IntN(2) {
				l := goods.Line{Category: "FTW", Brand: brands[dice.IntN(len(brands))], Quantities: []goods.Quantity{{Micro: int64(1+dice.IntN(9)) * 1e6, Unit: units[dice.IntN(3)]}}}
				if dice.IntN(4) == 0 {
					l.GTIN = "4006381333931"
				}
				lines = append(lines, l)
			}
			w.report([]string{"xa.officer", "xb.officer"}[dice.IntN(2)], []string{"2017-02-07", "2017-02-08", "2017-01-20"}[dice.IntN(3)], lines...)
		}
		w.on("2017-04-15")
		for who, names := range map[string][]string{"holder": {"Orva", "orva", "Orva Sport"}, "rival": {"Zento", "Zento Sport"}} {
			got, want := w.view(who).Figures, reference(w.facts, who == "holder", names)
			slices.SortFunc(want, func(a, b usage.Figure) int { return cmp.Compare(b.Month, a.Month) })
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v, want %+v", who, got, want)
			}
		}
	})
}

// reference counts one brand, case by case, for each month and unit anew.
func reference(facts []fact, code bool, names []string) (out []usage.Figure) {
	counts := func(f fact, month, unit string) (is bool, amount int64) {
		for _, l := range f.lines {
			mine := slices.Contains(names, l.Brand) || code && l.GTIN != "" && (l.Brand == "" || l.Brand == "Other")
			if f.day[:7] != month || !mine {
				continue
			}
			is = is || unit == ""
			for _, q := range l.Quantities {
				if q.Unit == unit {
					is, amount = true, amount+q.Micro
				}
			}
		}
		return is, amount
	}
	enough := func(month, unit string) (cases, amount int64, ok bool) {
		by := map[string]bool{}
		for _, f := range facts {
			if is, n := counts(f, month, unit); is {
				cases, amount, by[f.who] = cases+1, amount+n, true
			}
		}
		return cases, amount, cases >= 5 && len(by) >= 2
	}
	for _, month := range []string{"2017-01", "2017-02"} {
		cases, _, ok := enough(month, "")
		if !ok {
			continue
		}
		f := usage.Figure{Brand: map[bool]string{true: "Orva", false: "Zento"}[code], Month: month, Cases: cases, Quantities: map[string]int64{}}
		for _, unit := range []string{"H87", "KGM", "LTR"} {
			if _, amount, ok := enough(month, unit); ok {
				f.Quantities[unit] = amount
			}
		}
		out = append(out, f)
	}
	return out
}

// TestOpeningsOfWhoConsents: from the moment of consent on, and of nobody else.
func TestOpeningsOfWhoConsents(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		log := reading.NewLog(d, journal.New(w.Source), w.Source)
		w.Products.Readings = log
		sheet := w.Publish("holder", producttest.Content("Shoe"), product.To{All: true})
		w.Hide("holder", sheet)
		read := func(who string) {
			_, err := w.Products.Read(t.Context(), w.Actor[who], product.Name{ID: sheet.ID}, 0)
			w.Must(err)
			w.Must(log.Flush(context.Background()))
		}
		inspections := inspection.NewStore(d, w.Journal, w.Source, w.Files)
		read("xa.officer")
		w.on("2017-02-14")
		w.consent("xa", true, false)
		for range 2 {
			read("xa.officer")
		}
		read("xa")
		read("xb.officer")
		for _, who := range []string{"xa.officer", "xb.officer"} {
			_, _, err := inspections.Open(t.Context(), w.Actor[who], inspection.Opening{Sheet: product.Name{ID: sheet.ID}, Kind: inspection.Goods, Number: "CSQU3054383", Place: "Shed"})
			w.Must(err)
		}
		v, xa := w.view("holder"), w.Body["xa"].Number
		if want := []usage.Opening{{Sheet: sheet.Seq, Week: "2017-02-13", Organisation: xa, Times: 2}}; !reflect.DeepEqual(v.Openings, want) {
			t.Errorf("%+v, want %+v", v.Openings, want)
		}
		if want := []usage.Covert{{Sheet: sheet.Seq, Day: "2017-02-14", Organisation: xa, Times: 1}, {Sheet: sheet.Seq, Day: "2017-02-14", Times: 1}}; !reflect.DeepEqual(v.Covert, want) {
			t.Errorf("%+v, want %+v", v.Covert, want)
		}
		if len(v.Organisations) != 1 {
			t.Errorf("names of others: %+v", v.Organisations)
		}
		if r := w.view("rival"); len(r.Openings)+len(r.Covert)+len(r.Sheets) != 0 {
			t.Errorf("the rival sees %+v", r)
		}
		w.consent("xa", false, false)
		if v := w.view("holder"); len(v.Openings) != 0 || len(v.Organisations) != 0 || len(v.Covert) != 1 || v.Covert[0].Times != 2 {
			t.Errorf("after consent was taken back: %+v %+v", v.Openings, v.Covert)
		}
	})
}

// TestWhatTwoClaimCountsForTheFirst: a rival cannot read a brand's figures by calling
// its own the same, nor take them away: the right holder would learn of it by that.
func TestWhatTwoClaimCountsForTheFirst(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.consent("xa", false, true)
	w.consent("xb", false, true)
	for n := range 6 {
		w.report([]string{"xa.officer", "xb.officer"}[n%2], "2017-02-08", shoes("Orva", 1))
	}
	b := w.Brand["rival"]
	draft := holder.BrandDraft{ID: b.ID, Name: b.Name, Also: []string{"ORVA"}, Categories: b.Categories}
	_, err := w.Holders.AmendBrand(t.Context(), w.Actor["rival"], "", b.ID, b.Version, draft)
	w.Must(err)
	w.on("2017-04-15")
	if got := w.view("holder").Figures; len(got) != 1 || got[0].Cases != 6 {
		t.Errorf("holder sees %+v", got)
	}
	if got := w.view("rival").Figures; len(got) != 0 {
		t.Errorf("rival sees %+v", got)
	}
}

// TestWhoDecides: the contact point of an administration, for its own.
func TestWhoDecides(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, who := range []string{"xa.officer", "wco", "holder", "observer", "gone", "stranger"} {
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Consent(t.Context(), a, usage.Consenting{Figures: true})
				return err
			})
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Decided(t.Context(), a)
				return err
			})
		}
		for _, who := range []string{"xa", "xa.officer", "wco", "observer", "stranger"} {
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.View(t.Context(), a)
				return err
			})
		}
		secretariat := w.Actor["wco"]
		secretariat.ContactPoint = true // coordination decides for no administration
		if _, err := w.store.Consent(t.Context(), secretariat, usage.Consenting{Figures: true}); !fault.Is(err, fault.NotFound) {
			t.Errorf("coordination consents: %v", err)
		}
		if _, err := w.store.Decided(t.Context(), secretariat); !fault.Is(err, fault.NotFound) {
			t.Errorf("coordination has decided: %v", err)
		}
		w.consent("xa", true, false)
		w.consent("xa", true, false)
		w.consent("xa", true, true)
		got, err := w.store.Decided(t.Context(), w.Actor["xa"])
		if err != nil || len(got.History) != 2 || !got.Now.Figures || got.Now.OpeningsSince.IsZero() || got.History[0].Name != "Person xa" {
			t.Errorf("%+v %v", got, err)
		}
		if other, err := w.store.Decided(t.Context(), w.Actor["xb"]); err != nil || len(other.History) != 0 {
			t.Errorf("%+v %v", other, err)
		}
	})
}
