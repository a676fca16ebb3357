package product_test

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// numberOf is the n-th trade number of the range for examples, with its check digit.
func numberOf(n int) string {
	digits := fmt.Sprintf("952%09d", n)
	for d := range 10 {
		if c := codelist.CheckGTIN(digits + strconv.Itoa(d)); c.OK {
			return c.Canonical
		}
	}
	panic("no check digit fits " + digits)
}

// fill publishes sheets of ten codes each, of two right holders in turn.
func (w *world) fill(sheets int) {
	var all sync.WaitGroup
	for part := range 16 {
		all.Go(func() {
			for n := part; n < sheets; n += 16 {
				c := content(fmt.Sprintf("Product %d of line%d", n, n%200))
				for i := range 10 {
					c.Codes = append(c.Codes, product.Code{Kind: product.GTIN, Value: numberOf(n*10 + i)})
				}
				w.published([]string{"orva", "rival"}[n%2], c, customs)
			}
		})
	}
	all.Wait()
}

var bareCode = db.Statement(`select product from product_code where operation = $1 and code = $2`)

// BenchmarkLookUp is a look-up by code and by words among sheets of ten codes each:
// TIDEWAITER_SHEETS of them, or 1,000. "bare" is the one index that a code needs, so
// that the price of sign-in's rights, of the sheet and of its brand shows.
func BenchmarkLookUp(b *testing.B) {
	sheets := 1000
	if n, err := strconv.Atoi(os.Getenv("TIDEWAITER_SHEETS")); err == nil {
		sheets = n
	}
	for engine, open := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(engine, func(b *testing.B) { lookUp(b, open(b), sheets) })
	}
}

func lookUp(b *testing.B, d *db.DB, sheets int) {
	w := newWorld(b, d)
	w.fill(sheets)
	officer, holder := w.Actor["xa.officer"], w.Actor["orva"]
	n := 0
	for name, q := range map[string]product.Query{"code": {}, "word": {Text: "line7"}, "common word": {Text: "product"}, "list": {}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if name == "code" {
					q.Code = numberOf(n * 7919 % (sheets * 10))
					n++
				}
				f, err := w.store.Find(b.Context(), officer, q)
				if err != nil || len(f.Items) == 0 {
					b.Fatal(err, len(f.Items))
				}
			}
		})
	}
	b.Run("own word, as right holder", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.store.Find(b.Context(), holder, product.Query{Text: "line8"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			err := d.Read(b.Context(), func(tx *db.Tx) error {
				n++
				_, err := db.All(tx, bareCode, db.Int64, int64(1), product.Compared(numberOf(n*7919%(sheets*10))))
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
