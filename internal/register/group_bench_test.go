package register

import (
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// millionLines are the columns of half a million cases of a million lines, on 1,600
// routes, of six brands and twenty-three categories.
func millionLines() *columns {
	c, seed := newColumns(), uint64(1)
	draw := func(n uint64) uint64 {
		seed = seed*6364136223846793005 + 1442695040888963407
		return seed >> 33 % n
	}
	for seq := range int64(500_000) {
		o := seizure.Outline{Seq: seq + 1, Organisation: int64(draw(40)), Author: "a", Audience: int64(1 + draw(3)), State: "released", Class: "counted",
			Country: fmt.Sprint("C", draw(40)), Day: fmt.Sprintf("2017-02-%02d", 1+draw(20)), Conveyance: fmt.Sprint("V", draw(8)), Status: "seized",
			Direction: "import", Detection: "risk-profile", Origin: fmt.Sprint("C", draw(40)), Destination: fmt.Sprint("C", draw(40))}
		for range 1 + draw(3) {
			o.Lines = append(o.Lines, seizure.OutlineLine{Category: fmt.Sprint("G", draw(23)), Brand: fmt.Sprint("Brand ", draw(6)),
				Quantities: []goods.Quantity{{Micro: int64(1 + draw(5000)), Unit: "H87"}}})
		}
		c.grow(o.Seq)
		c.put(len(c.seqs)-1, o, false)
	}
	return c
}

// loop measures, and reports the best time, too: what others do on the machine is no
// part of it.
func loop(b *testing.B, do func()) {
	least := time.Duration(1 << 62)
	for b.Loop() {
		began := time.Now()
		do()
		least = min(least, time.Since(began))
	}
	b.ReportMetric(least.Seconds()*1000, "ms-at-best")
}

// BenchmarkGroups answers questions of a million lines, beside a bare sum over as
// many items in columns.
func BenchmarkGroups(b *testing.B) {
	c := millionLines()
	readable := db.List{1, 2, 3}
	b.Run("limit 10000", func(b *testing.B) {
		groups, amounts := make([]uint16, 1_000_000), make([]int64, 1_000_000)
		for i := range groups {
			groups[i], amounts[i] = uint16(uint64(i)*2654435761>>16%10_000), int64(i)
		}
		loop(b, func() {
			count, sum := make([]int64, 10_000), make([]int64, 10_000)
			for i, g := range groups {
				count[g]++
				sum[g] += amounts[i]
			}
		})
	})
	for _, q := range []struct {
		by, split string
		codes     map[string]string
	}{{ByRoute, Brand, map[string]string{Class: "counted"}}, {ByRoute, Category, map[string]string{Class: "counted"}}, {Brand, "", map[string]string{Class: "counted"}},
		{Country, "", map[string]string{Class: "counted"}}, {ByRoute, Brand, map[string]string{Class: "counted", Category: "G1"}}, {ByDay, Country, nil}} {
		f := Filter{Codes: q.codes}
		n := 0
		b.Run(fmt.Sprintf("%s x %s %d", q.by, q.split, len(q.codes)), func(b *testing.B) {
			loop(b, func() { n = len(c.group(c.asked(f, readable, 1, "a"), f, q.by, q.split).All) })
			b.ReportMetric(float64(n), "groups")
		})
	}
}
