package story

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPublishedFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkFigures(t, Scaled(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 2).Draw(t, "factor")))
	})
}

func checkFigures(t *rapid.T, w *World) {
	f := int64(w.Factor)
	cases := 0
	byCategory, held := map[string]Totals{}, map[string]int{}
	byDay, byCountry := map[string]int{}, map[string]int{}
	for _, c := range w.Cases {
		if c.NotCounted != "" {
			continue
		}
		cases++
		byDay[c.EventDate]++
		byCountry[c.Country]++
		for _, category := range c.Categories() {
			held[category]++
		}
		for _, l := range c.Lines {
			if l.Quantity.Micro <= 0 {
				t.Fatalf("case %s: %d of %s", c.ID, l.Quantity.Micro, l.Quantity.Unit)
			}
			if l.Quantity.Unit == Pieces && l.Quantity.Micro%Micro != 0 {
				t.Fatalf("case %s: part of a piece", c.ID)
			}
			if byCategory[l.Category] == nil {
				byCategory[l.Category] = Totals{}
			}
			byCategory[l.Category][l.Quantity.Unit] += l.Quantity.Micro
		}
	}
	if cases != PublishedCases*w.Factor {
		t.Fatalf("%d cases counted", cases)
	}
	for unit, want := range PublishedTotals() {
		if got := w.Totals()[unit]; got != want*f {
			t.Fatalf("%s: %d, want %d", unit, got, want*f)
		}
	}
	for _, c := range Categories {
		got := byCategory[c.Category]
		want := []int64{int64(c.Cases), c.Pieces * Micro, c.Kilos * Micro, c.Litres * Micro}
		have := []int64{int64(held[c.Category]) / f, got[Pieces] / f, got[Kilograms] / f, got[Litres] / f}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", c.Category, diff)
		}
	}
	if len(byDay) != len(casesOfDay) || len(byCountry) != len(administrationRows) {
		t.Fatalf("%d days, %d countries report", len(byDay), len(byCountry))
	}
	for d := range byDay {
		if d < FirstDay || d > LastDay {
			t.Fatalf("a case of %s is counted", d)
		}
	}
}

// The release names five figures and two limits; this holds the table to them.
func TestCategoryLimits(t *testing.T) {
	named := map[string][4]int64{"FOO": {40, 415_358, 42_718, 68}, "PHA": {38, 181_415, 28, 0}}
	for _, c := range Categories {
		switch want, ok := named[c.Category]; {
		case ok:
			if got := [4]int64{int64(c.Cases), c.Pieces, c.Kilos, c.Litres}; got != want {
				t.Errorf("%s: %v, want %v", c.Category, got, want)
			}
			continue
		case c.Category == "SPA":
			if c.Cases != 22 {
				t.Errorf("SPA: %d cases", c.Cases)
			}
		case c.Cases >= 22:
			t.Errorf("%s: %d cases", c.Category, c.Cases)
		}
		if c.Category == "MOB" {
			if c.Pieces != 319_857 {
				t.Errorf("MOB: %d pieces", c.Pieces)
			}
		} else if c.Pieces > 181_415 {
			t.Errorf("%s: %d pieces", c.Category, c.Pieces)
		}
		if c.Kilos > 42_718 {
			t.Errorf("%s: %d kg", c.Category, c.Kilos)
		}
	}
}

func TestNamedGoodsAreThere(t *testing.T) {
	for seed := range uint64(25) {
		seen := map[string]bool{}
		for _, c := range ActionIPR2(seed).Cases {
			for _, l := range c.Lines {
				for _, p := range productsOf(l.Category, l.Quantity.Unit) {
					if c.NotCounted == "" && p.name.in(l.Language) == l.Description {
						seen[p.name.in("en")] = true
					}
				}
			}
		}
		for _, want := range []string{"face packs", "contact lenses", "perfume in boxed bottles", "toilet soaps", "thermos bottles"} {
			if !seen[want] {
				t.Errorf("seed %d: no case holds %s", seed, want)
			}
		}
	}
}

func TestNotCounted(t *testing.T) {
	w := ActionIPR2(7)
	want := map[string]int{NotGenuine: 3, NotDuplicate: 2, NotInPhase: 2, NotWithdrawn: 2, NotReleased: 3}
	got, byID := map[string]int{}, map[string]*Case{}
	for _, c := range w.Cases {
		byID[c.ID] = c
	}
	for _, c := range w.Cases {
		if c.NotCounted != "" {
			got[c.NotCounted]++
		}
		// the data bears out the label, and nothing unlabelled is a trap
		if (c.NotCounted == NotInPhase) != (c.EventDate < FirstDay || c.EventDate > LastDay) {
			t.Errorf("%s: %q on %s", c.ID, c.NotCounted, c.EventDate)
		}
		if (c.NotCounted == NotReleased) != c.ReleasedAt.IsZero() {
			t.Errorf("%s: %q released %s", c.ID, c.NotCounted, c.ReleasedAt)
		}
		if (c.NotCounted == NotWithdrawn) != !c.WithdrawnAt.IsZero() || (c.NotCounted == NotWithdrawn) != (c.Reason != "") {
			t.Errorf("%s: %q withdrawn %s", c.ID, c.NotCounted, c.WithdrawnAt)
		}
		if (c.NotCounted == NotGenuine) != (c.Status == StatusReleased) {
			t.Errorf("%s: %q is %s", c.ID, c.NotCounted, c.Status)
		}
		if (c.NotCounted == NotDuplicate) != (c.DuplicateOf != "") {
			t.Errorf("%s: %q duplicate of %q", c.ID, c.NotCounted, c.DuplicateOf)
		}
		if of := byID[c.DuplicateOf]; c.DuplicateOf != "" {
			if of == nil || of.NotCounted != "" || of.Organisation == c.Organisation {
				t.Fatalf("%s: doubles %v", c.ID, of)
			}
			if diff := cmp.Diff(of.Totals(), c.Totals()); diff != "" {
				t.Errorf("%s: not the same goods: %s", c.ID, diff)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("not counted (-want +got):\n%s", diff)
	}
}

func TestAmendedCases(t *testing.T) {
	w := ActionIPR2(3)
	n := 0
	for _, c := range w.Cases {
		same := cmp.Equal(c.First, c.Lines)
		if same != (len(c.Amendments) == 0) {
			t.Errorf("%s: %d amendments, first as last: %v", c.ID, len(c.Amendments), same)
		}
		for _, a := range c.Amendments {
			n++
			if !cmp.Equal(a.Lines, c.Lines) || a.Reason == "" {
				t.Errorf("%s: amendment does not lead to the end", c.ID)
			}
			for i, l := range c.First {
				if l.Quantity.Micro <= 0 || l.Category != c.Lines[i].Category {
					t.Errorf("%s: first figure %+v", c.ID, l)
				}
			}
		}
	}
	if n != 12 {
		t.Errorf("%d amended", n)
	}
}

func TestSameSeedSameWorld(t *testing.T) {
	drawn := cmp.Comparer(func(a, b func(bool) []byte) bool { return (a == nil) == (b == nil) }) // programs are not compared
	if diff := cmp.Diff(ActionIPR2(5), ActionIPR2(5), cmp.AllowUnexported(time.Location{}), drawn); diff != "" {
		t.Error(diff)
	}
	if ActionIPR2(5).Cases[0].ID == ActionIPR2(6).Cases[0].ID {
		t.Error("two seeds, one id")
	}
	one, three := ActionIPR2(5), ActionIPR2(5).Scale(3)
	if !cmp.Equal(one.Cases, three.Cases[:len(one.Cases)]) {
		t.Error("the first chapter depends on the factor")
	}
}

func TestIdentifiersAreUnique(t *testing.T) {
	w := Scaled(9, 4)
	seen := map[string]bool{}
	take := func(id string) {
		t.Helper()
		if len(id) != 36 || id[14] != '7' || seen[id] {
			t.Fatalf("id %q", id)
		}
		seen[id] = true
	}
	for _, p := range w.Persons {
		take(p.ID)
	}
	for _, o := range w.Operations {
		take(o.ID)
	}
	for _, m := range w.Messages {
		take(m.ID)
	}
	for _, c := range w.Cases {
		take(c.ID)
	}
	logins := map[string]bool{}
	for _, p := range w.Persons {
		if logins[p.Login] {
			t.Errorf("two people sign in as %s", p.Login)
		}
		logins[p.Login] = true
	}
	names := map[string]bool{}
	for _, p := range w.Persons {
		if names[p.Name] {
			t.Errorf("two people are called %s", p.Name)
		}
		names[p.Name] = true
	}
}

// Small consignments are the many, bulk holds the most: as in life.
func TestQuantitiesAreHeavyTailed(t *testing.T) {
	for seed := range uint64(25) {
		few, mail, total, most := 0, 0, 0.0, []int64{}
		for _, c := range ActionIPR2(seed).Cases {
			if c.NotCounted != "" {
				continue
			}
			n := c.Totals()[Pieces] / Micro
			most = append(most, n)
			total += float64(n)
			if c.Conveyance == ConveyanceMail {
				mail++
				if n <= 30 || n <= 300 && c.Lines[0].Category == "PHA" {
					few++
				}
			}
		}
		if mail < 65 || mail > 150 || few*10 < mail*8 {
			t.Errorf("seed %d: %d by mail, %d of them small", seed, mail, few)
		}
		slices.Sort(most)
		top := 0.0
		for _, n := range most[len(most)-25:] {
			top += float64(n)
		}
		if last := most[len(most)-1]; last > 200_000 || top < total/2 || most[len(most)/2] > 100 {
			t.Errorf("seed %d: the largest holds %d, the largest 25 %.0f of %.0f, the median %d", seed, last, top, total, most[len(most)/2])
		}
	}
}

func BenchmarkScaled(b *testing.B) {
	for b.Loop() {
		Scaled(1, 100)
	}
}

// Every quantity that anybody ever reported is above zero, however often the
// operation is told.
func TestQuantitiesAreAboveZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := Scaled(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 8).Draw(t, "factor"))
		for _, c := range w.Cases {
			for _, l := range slices.Concat(c.First, c.Lines) {
				if l.Quantity.Micro <= 0 {
					t.Fatalf("a line of %d millionths %s in %+v", l.Quantity.Micro, l.Quantity.Unit, c.Lines)
				}
			}
		}
	})
}
