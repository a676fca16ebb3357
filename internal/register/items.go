package register

import (
	"encoding/binary"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// span is where the items of a case stand.
type span struct{ first, n uint32 }

// items are the lines of goods of all cases, value by value: a line that is measured
// in several units stands once for each, one without a quantity once without a unit,
// and a case without lines has one that says nothing.
// What a case had before it was changed stays until there is too much of it.
type items struct {
	row      []uint32 // place of the case, plus one; 0: it has this no more
	category []uint16 // place in the dictionary of categories
	unit     []uint16 // place in units
	brand    []uint32 // place in brands
	offends  []uint32 // place in sets
	amount   []int64  // millionths
	dead     int

	units  []string   // dictionaries; place 0 is the empty value
	brands []string   // as they are spelt
	folds  []uint32   // by place in brands: what spellings have in common
	folded []string   // by fold; 0 is no brand
	sets   [][]uint32 // of violations, each in order

	unitAt  map[string]uint16
	brandAt map[string]uint32
	foldAt  map[string]uint32
	setAt   map[string]uint32
}

func newItems() items {
	return items{units: []string{""}, brands: []string{""}, folds: []uint32{0}, folded: []string{""}, sets: [][]uint32{nil},
		unitAt: map[string]uint16{"": 0}, brandAt: map[string]uint32{"": 0}, foldAt: map[string]uint32{"": 0}, setAt: map[string]uint32{"": 0}}
}

func (t *items) length() int { return len(t.amount) }

func (t *items) drop(s span) {
	clear(t.row[s.first : s.first+s.n])
	t.dead += int(s.n)
}

// wasteful tells whether more than a third is what cases had before they changed.
func (t *items) wasteful() bool { return t.dead > 1000 && t.dead > t.length()/3 }

// packed gives the items without what no case has any more, and moves the spans.
func (t *items) packed(spans []span) items {
	out, live := *t, t.length()-t.dead
	out.row = make([]uint32, 0, live)
	out.category, out.unit = make([]uint16, 0, live), make([]uint16, 0, live)
	out.brand, out.offends, out.amount, out.dead = make([]uint32, 0, live), make([]uint32, 0, live), make([]int64, 0, live), 0
	for i, s := range spans {
		from, to := s.first, s.first+s.n
		spans[i].first = uint32(len(out.amount))
		out.row = append(out.row, t.row[from:to]...)
		out.category, out.unit = append(out.category, t.category[from:to]...), append(out.unit, t.unit[from:to]...)
		out.brand, out.offends = append(out.brand, t.brand[from:to]...), append(out.offends, t.offends[from:to]...)
		out.amount = append(out.amount, t.amount[from:to]...)
	}
	return out
}

// add puts a line of the case at a place at the end.
func (t *items) add(row int, category uint16, offends []uint32, l seizure.OutlineLine) {
	brand, set := t.brandOf(l.Brand), t.setOf(offends)
	one := func(unit string, micro int64) {
		at, known := t.unitAt[unit]
		if !known {
			at = uint16(len(t.units))
			t.unitAt[unit] = at
			t.units = append(t.units, unit)
		}
		t.row = append(t.row, uint32(row+1))
		t.category, t.unit = append(t.category, category), append(t.unit, at)
		t.brand, t.offends, t.amount = append(t.brand, brand), append(t.offends, set), append(t.amount, micro)
	}
	for _, q := range l.Quantities {
		one(q.Unit, q.Micro)
	}
	if len(l.Quantities) == 0 {
		one("", 0)
	}
}

func (t *items) brandOf(spelt string) uint32 {
	at, known := t.brandAt[spelt]
	if known {
		return at
	}
	name := i18n.Fold(spelt)
	fold, known := t.foldAt[name]
	if !known {
		fold = uint32(len(t.folded))
		t.foldAt[name] = fold
		t.folded = append(t.folded, name)
	}
	at = uint32(len(t.brands))
	t.brandAt[spelt] = at
	t.brands, t.folds = append(t.brands, spelt), append(t.folds, fold)
	return at
}

func (t *items) setOf(offends []uint32) uint32 {
	slices.Sort(offends)
	offends = slices.Compact(offends)
	key := make([]byte, 0, 4*len(offends))
	for _, v := range offends {
		key = binary.BigEndian.AppendUint32(key, v)
	}
	at, known := t.setAt[string(key)]
	if !known {
		at = uint32(len(t.sets))
		t.setAt[string(key)] = at
		t.sets = append(t.sets, offends)
	}
	return at
}
