package connection_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// records is how many cases a benchmark goes through; TIDEWAITER_BENCH_RECORDS for more.
func records() int64 {
	if n, err := strconv.ParseInt(os.Getenv("TIDEWAITER_BENCH_RECORDS"), 10, 64); err == nil {
		return n
	}
	return 10_000
}

const step = 1 << 20 // between the numbers of a case and of its copy

var (
	copyCases = db.Statement(`insert into seizure (operation, seq, id, reference, organisation, author, audience, state, class, country, day, conveyance,
		status, duplicate_of, warning, fields, version, reported, changed, release_due)
		select operation, seq + $2, id || '.' || $3, reference || '.' || $3, organisation, author, audience, state, class, country, day, conveyance,
		status, duplicate_of, warning, replace(fields, 'AB-', 'C' || $3 || '-'), version, reported, changed, release_due from seizure where operation = $1 and seq < $4`)
	oneOperation = db.Statement(`select operation from seizure limit 1`)
)

// BenchmarkChart asks what connects one case of many: each shares a vehicle with a
// few, and brands, routes and concealments with very many.
func BenchmarkChart(b *testing.B) {
	for name, d := range map[string]*db.DB{"sqlite": dbtest.SQLite(b), "postgres": dbtest.Postgres(b)} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b, d)
			var one seizure.Case
			for i := range 1000 {
				d := draft(fmt.Sprintf("2017-02-0%d", 6+i%4), fmt.Sprint("Brand ", i%300), fmt.Sprint("vehicle: AB-", i%330))
				d.Conveyance.Code, d.Concealment.Code = codelist.Conveyance.Codes()[i%5], codelist.Concealment.Codes()[i%9]
				d.Origin.Code, d.Destination.Code = codelist.Country.Codes()[i%40], codelist.Country.Codes()[i%7]
				d.Goods[0].Batch = fmt.Sprint("LOT-", i%25)
				one = w.report([]string{"xa.officer", "xb.officer"}[i%2], d)
			}
			for n := int64(1); n < records()/1000; n++ {
				w.Must(w.DB.Keep(b.Context(), func(tx *db.Tx) error {
					op, err := db.One(tx, oneOperation, db.Int64)
					if err == nil {
						_, err = tx.Exec(copyCases, op, n*step, strconv.FormatInt(n, 10), step)
					}
					return err
				}))
			}
			b.Run("cold", func(b *testing.B) {
				for b.Loop() {
					w.store = connection.NewStore(d, w.Journal, w.Source, connection.NewIndex())
					w.chart("wco.coordinator", one, 1)
				}
			})
			for depth := 1; depth <= 3; depth++ {
				b.Run(fmt.Sprint("steps ", depth), func(b *testing.B) {
					for b.Loop() {
						w.chart("wco.coordinator", one, depth)
					}
				})
			}
		})
	}
}
