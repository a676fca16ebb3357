package story

import "math/rand/v2"

// Units, by UN/CEFACT Recommendation 20.
const (
	Pieces    = "H87"
	Kilograms = "KGM"
	Litres    = "LTR"
)

// Micro is one of a unit, in the millionths in which quantities are held.
const Micro int64 = 1_000_000

// HSEdition is the edition of the Harmonized System of all headings here.
const HSEdition = "2017"

// Quantity is a number of millionths of a unit.
type Quantity struct {
	Micro int64
	Unit  string
}

// Totals is a sum by unit, in millionths; units are never added together.
type Totals map[string]int64

func (t Totals) add(lines []GoodsLine) {
	for _, l := range lines {
		t[l.Quantity.Unit] += l.Quantity.Micro
	}
}

// GoodsLine is one kind of goods in a case.
type GoodsLine struct {
	Category    string
	HS          string
	Description string
	Language    string
	Brand       string
	RightHolder string   // code of an organisation, "" if the holder takes no part
	Right       string   // right infringed
	Violations  []string // beside the right: safety, food, fiscal, medicine-...
	Quantity    Quantity
	Measured    string // counted, weighed, estimated
}

// Published is what the WCO published of a category; where it said nothing but
// "fewer than 22 cases", the figures are invented within that and the totals.
type Published struct {
	Category              string
	Cases                 int
	Pieces, Kilos, Litres int64
	inPieces, inKilos     int // cases that report in that unit
	inLitres              int
	bulkPieces, bulkKilos int // of these, consignments that hold most of it
}

// PublishedCases and PublishedTotals are the official figures of A/P 2
// (WCO newsroom, August 2017).
const PublishedCases = 245

// PublishedTotals gives the official totals in millionths.
func PublishedTotals() Totals {
	return Totals{Pieces: 1_453_429 * Micro, Kilograms: 153_099 * Micro, Litres: 75 * Micro}
}

// Categories are the shares of the whole. FOO, PHA, the cases of SPA and the
// pieces of MOB are published; the rest adds up to the published totals, with
// every other category below 22 cases, 181,415 pieces and 42,718 kg.
var Categories = []Published{
	{"FOO", 40, 415_358, 42_718, 68, 24, 14, 3, 7, 5},
	{"PHA", 38, 181_415, 28, 0, 37, 2, 0, 6, 1},
	{"SPA", 22, 44_187, 38_640, 0, 15, 8, 0, 4, 4},
	{"CLO", 19, 88_412, 11_480, 0, 17, 3, 0, 5, 2},
	{"COS", 18, 96_774, 12_615, 5, 15, 2, 2, 5, 1},
	{"ACC", 17, 61_340, 0, 0, 17, 0, 0, 4, 0},
	{"MOB", 16, 319_857, 0, 0, 16, 0, 0, 5, 0},
	{"FTW", 15, 34_672, 6_900, 0, 14, 2, 0, 3, 1},
	{"ELE", 13, 47_905, 2_240, 0, 12, 1, 0, 3, 1},
	{"TOY", 9, 52_380, 0, 0, 9, 0, 0, 3, 0},
	{"WAT", 8, 3_218, 0, 0, 8, 0, 0, 2, 0},
	{"MED", 7, 31_600, 0, 0, 7, 0, 0, 2, 0},
	{"HOU", 6, 21_950, 9_870, 0, 5, 2, 0, 2, 1},
	{"COM", 5, 2_146, 0, 0, 5, 0, 0, 1, 0},
	{"TEX", 4, 5_120, 21_300, 0, 2, 3, 0, 1, 2},
	{"SPO", 4, 2_964, 0, 0, 4, 0, 0, 1, 0},
	{"TOB", 4, 27_400, 3_260, 0, 3, 1, 0, 2, 1},
	{"PKG", 3, 15_200, 2_830, 0, 2, 1, 0, 1, 1},
	{"DRK", 2, 480, 0, 0, 2, 0, 0, 1, 0},
	{"ALC", 2, 0, 0, 2, 0, 0, 2, 0, 0},
	{"PHO", 2, 845, 0, 0, 2, 0, 0, 1, 0},
	{"OTH", 2, 206, 1_218, 0, 1, 1, 0, 0, 1},
}

// together are cases that hold two categories: counted once in the total and
// once in each. A true bulk joins two consignments, else two small ones.
var together = []struct {
	a, b string
	bulk bool
}{
	{"CLO", "FTW", true}, {"MOB", "ELE", true}, {"HOU", "TOY", true},
	{"ACC", "WAT", false}, {"CLO", "ACC", false}, {"COS", "PKG", false}, {"ELE", "COM", false},
	{"CLO", "FTW", false}, {"MOB", "ACC", false}, {"CLO", "SPO", false}, {"COS", "MED", false},
}

// share is what one case holds, before anybody has reported it.
type share struct {
	parts []part
	bulk  bool
}

type part struct {
	category string
	Quantity
}

func (s share) holds(category string) bool {
	for _, p := range s.parts {
		if p.category == category {
			return true
		}
	}
	return false
}

// shares deals the published figures to as many shares as there are cases; its
// sums are exact for every seed.
func shares(rng *rand.Rand) []share {
	of := map[string][]share{}
	for _, c := range Categories {
		of[c.Category] = c.shares(rng)
	}
	var out []share
	for _, t := range together {
		a, b := of[t.a], of[t.b]
		i, j := pick(a, t.bulk), pick(b, t.bulk)
		out = append(out, share{parts: append(a[i].parts, b[j].parts...), bulk: a[i].bulk || b[j].bulk})
		of[t.a] = append(a[:i:i], a[i+1:]...)
		of[t.b] = append(b[:j:j], b[j+1:]...)
	}
	for _, c := range Categories {
		out = append(out, of[c.Category]...)
	}
	return out
}

// pick finds the last share that is bulk, or is not.
func pick(of []share, bulk bool) int {
	for i := len(of) - 1; i >= 0; i-- {
		if of[i].bulk == bulk {
			return i
		}
	}
	return len(of) - 1
}

func (c Published) shares(rng *rand.Rand) []share {
	out := make([]share, c.Cases)
	at := 0
	deal := func(unit string, total int64, n, bulk int, small func(*rand.Rand) int64) {
		if n == 0 {
			return
		}
		for i, m := range split(rng, total*Micro, n, bulk, small) {
			s := &out[at%c.Cases]
			s.parts = append(s.parts, part{c.Category, Quantity{m, unit}})
			s.bulk = s.bulk || i < bulk
			at++
		}
	}
	pieces := smallPieces
	if c.Category == "PHA" {
		pieces = func(rng *rand.Rand) int64 { return 10 * smallPieces(rng) } // tablets, by the strip
	}
	deal(Pieces, c.Pieces, c.inPieces, c.bulkPieces, pieces)
	deal(Kilograms, c.Kilos, c.inKilos, c.bulkKilos, smallKilos)
	deal(Litres, c.Litres, c.inLitres, 0, nil)
	return out
}

// split cuts total into n amounts, the first bulk of which are heavy-tailed
// and take what the small ones leave. Without a bulk all share alike.
func split(rng *rand.Rand, total int64, n, bulk int, small func(*rand.Rand) int64) []int64 {
	out := make([]int64, n)
	left := total
	if bulk == 0 {
		for i := range n - 1 {
			half := left / Micro * Micro / 2
			out[i] = max(half+rng.Int64N(half/4+1)/100_000*100_000, 1)
			left -= out[i]
		}
		out[n-1] = left
		return out
	}
	for i := bulk; i < n; i++ {
		most := total / int64(4*n) / Micro * Micro
		out[i] = min(small(rng), max(most, Micro/2))
		left -= out[i]
	}
	weights := make([]float64, bulk)
	sum := 0.0
	for i := range weights {
		weights[i] = 0.6 + min(rng.ExpFloat64(), 2.5)
		sum += weights[i]
	}
	rest := left
	for i := bulk - 1; i > 0; i-- {
		out[i] = int64(float64(left/Micro)*weights[i]/sum) * Micro
		rest -= out[i]
	}
	out[0] = rest
	return out
}

// smallPieces is what the mail, couriers and passengers bring: mostly a few.
func smallPieces(rng *rand.Rand) int64 {
	switch r := rng.IntN(100); {
	case r < 62:
		return (1 + min(int64(rng.ExpFloat64()*7), 29)) * Micro
	case r < 90:
		return (12 + rng.Int64N(180)) * Micro
	default:
		return (200 + 10*rng.Int64N(90)) * Micro
	}
}

// smallKilos is a few kilograms, weighed to a tenth.
func smallKilos(rng *rand.Rand) int64 {
	return (3 + rng.Int64N(240)) * Micro / 10
}

// lines turns a share into goods lines in the words of an officer. A large
// amount becomes two or three lines of different goods of the category. turn
// counts by category and unit, so that every kind of goods has its turn.
func (s share) lines(rng *rand.Rand, turn map[string]int, language string) []GoodsLine {
	var out []GoodsLine
	for _, p := range s.parts {
		choice := productsOf(p.category, p.Unit)
		n := 1
		if p.Micro >= 1_000*Micro {
			n = min(1+rng.IntN(3), len(choice))
		}
		left := p.Micro
		for i := range n {
			m := left
			if i < n-1 {
				m = left / Micro * int64(35+rng.IntN(40)) / 100 * Micro
			}
			left -= m
			kind := choice[turn[p.category+p.Unit]%len(choice)]
			turn[p.category+p.Unit]++
			out = append(out, kind.line(rng, Quantity{m, p.Unit}, language))
		}
	}
	return out
}

func (p *product) line(rng *rand.Rand, q Quantity, language string) GoodsLine {
	l := GoodsLine{Category: p.category, HS: p.hs, Description: p.name.in(language), Language: language, Right: p.right,
		Violations: p.violations, Quantity: q, Brand: p.brands[rng.IntN(len(p.brands))], Measured: "counted"}
	if q.Micro < Micro && q.Unit == Pieces {
		panic("story: less than a piece")
	}
	if rng.IntN(10) == 0 && len(p.hs) == 6 {
		l.HS = p.hs[:4] // some officers give the heading only
	}
	if q.Unit != Pieces {
		l.Measured = "weighed"
	}
	if q.Unit == Litres {
		l.Measured = "estimated"
	}
	l.RightHolder = holderOf(l.Brand)
	return l
}

func holderOf(brand string) string {
	switch brand {
	case "ORVANELLE", "ORVANELLE SOIE", "ZYLOTHRENE":
		return OrgHolder
	case "QUENTHALE", "BROVENTYL", "LENSORVE":
		return OrgRival
	}
	return ""
}
