package edition

import (
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
	"github.com/tidewaiter/tidewaiter/internal/usage"
)

// The tables of a right holder's own figures.
const (
	ownBrands     = "own1" // each of its brands
	ownConveyance = "own2" // all of them, by conveyance
)

// ownRule is that of figures which right holders are shown of their brands (package
// usage): at least five cases of two administrations.
func ownRule() suppress.Rule {
	return suppress.Rule{Cases: usage.LeastCases, Administrations: usage.LeastAdministrations}
}

// tally is what some goods lines come to.
type tally struct {
	cases  int64
	totals results.Totals
	by     map[int64]bool
}

func (t *tally) add(c seizure.Case, amounts map[string]int64) {
	if t.by == nil {
		t.by, t.totals = map[int64]bool{}, results.Totals{}
	}
	t.cases++
	t.by[c.Organisation] = true
	for u, n := range amounts {
		t.totals[u] += n
	}
}

// own counts a right holder's brands in the cases that count: once in each brand, and
// once in all. A line is of a brand as package usage says; one found to be genuine is not
// counted.
func (m Material) own(shown suppress.Published) suppress.Published {
	all, brands, conveyances := &tally{}, map[int]*tally{}, map[string]*tally{}
	for i := range m.Own.Brands {
		brands[i] = &tally{}
	}
	for _, c := range m.Cases {
		if c.Class != seizure.Counted {
			continue
		}
		of, sum := map[int]map[string]int64{}, map[string]int64{}
		for _, l := range c.Goods {
			at := m.Own.Names.Of(l.Brand, l.GTIN)
			if at < 0 || l.Verdict == "genuine" {
				continue
			}
			if of[at] == nil {
				of[at] = map[string]int64{}
			}
			for _, q := range l.Quantities {
				of[at][q.Unit] += q.Micro
				sum[q.Unit] += q.Micro
			}
		}
		if len(of) == 0 {
			continue
		}
		for at, amounts := range of {
			brands[at].add(c, amounts)
		}
		all.add(c, sum)
		if conveyances[c.Conveyance.Code] == nil {
			conveyances[c.Conveyance.Code] = &tally{}
		}
		conveyances[c.Conveyance.Code].add(c, sum)
	}
	return m.tables(all, brands, conveyances, shown)
}

func (m Material) tables(all *tally, brands map[int]*tally, conveyances map[string]*tally, shown suppress.Published) suppress.Published {
	p := suppress.Published{Version: m.Version.Number}
	put := func(key string, t *tally, tables ...string) {
		if t.totals == nil {
			t.totals = results.Totals{}
		}
		p.Cells = append(p.Cells, suppress.Cell{Key: key, Cases: t.cases, Values: t.totals, Administrations: int64(len(t.by)), Tables: tables})
	}
	whole := ownKey(m, "")
	put(whole, all, ownBrands, ownConveyance)
	byBrand := suppress.Sum{Whole: whole, By: analysis.ByBrand, Overlap: suppress.OverlapCases, Tables: []string{ownBrands}}
	cases := int64(0)
	for i := range m.Own.Brands {
		key := ownKey(m, fmt.Sprint("/brand/", i))
		put(key, brands[i], ownBrands)
		byBrand.Parts = append(byBrand.Parts, key)
		cases += brands[i].cases
		p.Sums = append(p.Sums, m.spelt(i, key, shown)...)
	}
	if cases == all.cases {
		byBrand.Overlap = ""
	}
	byConveyance := suppress.Sum{Whole: whole, By: analysis.ByConveyance, Tables: []string{ownConveyance}}
	var codes []string
	for code := range conveyances {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		key := ownKey(m, "/conveyance/"+code)
		put(key, conveyances[code], ownConveyance)
		byConveyance.Parts = append(byConveyance.Parts, key)
	}
	if len(byBrand.Parts) > 0 {
		p.Sums = append(p.Sums, byBrand)
	}
	if len(codes) > 0 {
		p.Sums = append(p.Sums, byConveyance)
	}
	return p
}

// spelt ties a brand to the lines that everybody's table of brands has for its names.
func (m Material) spelt(i int, key string, shown suppress.Published) []suppress.Sum {
	s := suppress.Sum{Whole: key, By: "name", Overlap: suppress.OverlapCases, Tables: []string{ownBrands}}
	for name, at := range m.Own.Names.Brand {
		public := keyOf(map[string]string{analysis.ByBrand: name})
		if _, ok := shown.Find(public); ok && at == i {
			s.Parts = append(s.Parts, public)
		}
	}
	if len(s.Parts) == 0 {
		return nil
	}
	slices.Sort(s.Parts)
	return []suppress.Sum{s}
}
