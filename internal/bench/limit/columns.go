package limit

import (
	"slices"
	"time"
)

// Columns are items held column by column: what a sum over all of them costs at
// least. Groups holds the number of the group of each item.
type Columns struct {
	Groups   []uint16
	Quantity []int64
	Of       int // how many groups
}

// NewColumns makes n items in so many groups.
func NewColumns(n, groups int) *Columns {
	c := &Columns{Groups: make([]uint16, n), Quantity: make([]int64, n), Of: groups}
	seed := uint64(1)
	for i := range n {
		seed = seed*6364136223846793005 + 1442695040888963407
		c.Groups[i] = uint16((seed >> 33) % uint64(groups))
		c.Quantity[i] = int64(seed>>40) + 1
	}
	return c
}

// GroupBy counts and adds up by group, times over, and gives the median time.
func (c *Columns) GroupBy(times int) (took time.Duration, total int64) {
	var all []time.Duration
	for range times {
		began := time.Now()
		count, sum := make([]int64, c.Of), make([]int64, c.Of)
		for i, g := range c.Groups {
			count[g]++
			sum[g] += c.Quantity[i]
		}
		all = append(all, time.Since(began))
		total = 0
		for g := range count {
			total += count[g]
		}
	}
	slices.Sort(all)
	return all[len(all)/2], total
}
