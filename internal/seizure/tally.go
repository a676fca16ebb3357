package seizure

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Cell names one figure of the tallies. Unit is empty for a number of cases,
// otherwise a sum in millionths of that unit.
type Cell struct {
	Dimension string // total, category, country, conveyance, day
	Audience  int64
	Class     string
	Value     string
	Unit      string
}

// The dimensions of the tallies.
const (
	ByTotal      = "total"
	ByCategory   = "category"
	ByCountry    = "country"
	ByConveyance = "conveyance"
	ByDay        = "day"
)

// figures is what one case adds to the tallies: once to the total, and once to
// each category it holds.
func (c Case) figures() map[Cell]int64 {
	out := map[Cell]int64{}
	add := func(dimension, value, unit string, amount int64) {
		out[Cell{dimension, c.Audience, c.Class, value, unit}] += amount
	}
	each := [][2]string{{ByTotal, ""}, {ByCountry, c.Country}, {ByConveyance, c.Conveyance.Code}, {ByDay, c.Day}}
	for _, d := range each {
		add(d[0], d[1], "", 1)
	}
	held := map[string]bool{}
	for _, l := range c.Goods {
		if !held[l.Category] {
			held[l.Category] = true
			add(ByCategory, l.Category, "", 1)
		}
		for _, q := range l.Quantities {
			for _, d := range each {
				add(d[0], d[1], q.Unit, q.Micro)
			}
			add(ByCategory, l.Category, q.Unit, q.Micro)
		}
	}
	return out
}

// tallied hands the difference between two states of a case to the batch; before
// is nil for a new case.
func tallied(tx *db.Tx, operation int64, before *Case, after Case) error {
	size, err := journal.Lock(tx, operation) // which this batch has taken already
	if err != nil {
		return err
	}
	delta := after.figures()
	if before != nil {
		for cell, n := range before.figures() {
			delta[cell] -= n
		}
	}
	db.Batched(tx, "tally/"+strconv.FormatInt(operation, 10), delta, func(tx *db.Tx, all []map[Cell]int64) error {
		return mergeTallies(tx, operation, size, all)
	})
	return nil
}

// mergeTallies adds up what a batch changed and writes each cell once, in the
// order of the key. size is the journal's before the batch.
func mergeTallies(tx *db.Tx, operation, size int64, all []map[Cell]int64) error {
	sum := map[Cell]int64{}
	for _, delta := range all {
		for cell, n := range delta {
			sum[cell] += n
		}
	}
	for _, cell := range slices.SortedFunc(maps.Keys(sum), compareCells) {
		if sum[cell] == 0 {
			continue
		}
		_, err := tx.Exec(addTally, operation, cell.Dimension, cell.Audience, cell.Class, cell.Value, cell.Unit, sum[cell], size)
		if err != nil {
			return err
		}
	}
	return nil
}

func compareCells(a, b Cell) int {
	return cmp.Or(cmp.Compare(a.Dimension, b.Dimension), cmp.Compare(a.Audience, b.Audience), cmp.Compare(a.Class, b.Class),
		cmp.Compare(a.Value, b.Value), cmp.Compare(a.Unit, b.Unit))
}

// Tally is one figure that a reader may see: the sum over its audiences.
type Tally struct {
	Dimension, Class, Value, Unit string
	Amount                        int64
}

func compareTallies(a, b Tally) int {
	return cmp.Or(cmp.Compare(a.Dimension, b.Dimension), cmp.Compare(a.Class, b.Class), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Unit, b.Unit))
}

// Tallies sums the figures over some audiences; zero figures are left out.
func Tallies(tx *db.Tx, operation int64, readable db.List) ([]Tally, error) {
	return db.All(tx, selectTallies, func(row db.Scanner) (Tally, error) {
		var t Tally
		err := row.Scan(&t.Dimension, &t.Class, &t.Value, &t.Unit, &t.Amount)
		return t, err
	}, operation, readable)
}

// Cells gives every stored figure that is not zero, for verification.
func Cells(tx *db.Tx, operation int64) (map[Cell]int64, error) {
	out := map[Cell]int64{}
	_, err := db.All(tx, selectCells, func(row db.Scanner) (Cell, error) {
		var c Cell
		var n int64
		err := row.Scan(&c.Dimension, &c.Audience, &c.Class, &c.Value, &c.Unit, &n)
		out[c] = n
		return c, err
	}, operation)
	return out, err
}

// Recount computes every figure anew from the cases themselves; it must equal
// Cells.
func Recount(tx *db.Tx, operation int64) (map[Cell]int64, error) {
	cases, err := db.All(tx, selectEvery, scanCase, operation)
	if err != nil {
		return nil, err
	}
	out := map[Cell]int64{}
	for _, c := range cases {
		for cell, n := range c.figures() {
			out[cell] += n
		}
	}
	maps.DeleteFunc(out, func(_ Cell, n int64) bool { return n == 0 })
	return out, nil
}
