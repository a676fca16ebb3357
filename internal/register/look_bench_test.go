package register_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

var (
	copyCases = db.Statement(`insert into seizure (operation, seq, id, reference, organisation, author, audience, state, class, country, day, conveyance,
		status, duplicate_of, warning, fields, version, reported, changed, release_due)
		select operation, seq + $2, id || '.' || $3, reference || '.' || $3, organisation, author, audience, state, class, country, day, conveyance,
		status, duplicate_of, warning, fields, version, reported, changed, release_due from seizure where operation = $1 and seq < $4`)
	bareRows = db.Statement(`select seq, organisation, author, audience, state, class, country, day, conveyance, status, fields
		from seizure where operation = $1 and seq >= $2 order by seq limit $3`)
)

// scanBare takes a row as it comes.
func scanBare(row db.Scanner) (int64, error) {
	var seq, organisation, audience int64
	var author, state, class, country, day, conveyance, status, fields string
	return seq, row.Scan(&seq, &organisation, &author, &audience, &state, &class, &country, &day, &conveyance, &status, &fields)
}

// BenchmarkFirstLook is what the first question of a process waits for, beside reading
// the same rows bare, and reading them with what is decoded; of 10,000 cases, or
// TIDEWAITER_BENCH_RECORDS.
func BenchmarkFirstLook(b *testing.B) {
	records, err := strconv.ParseInt(os.Getenv("TIDEWAITER_BENCH_RECORDS"), 10, 64)
	if err != nil {
		records = 10_000
	}
	for name, d := range map[string]*db.DB{"sqlite": dbtest.SQLite(b), "postgres": dbtest.Postgres(b)} {
		b.Run(name, func(b *testing.B) {
			w := &world{World: operationtest.New(b, d)}
			w.cases = seizure.NewStore(d, w.Journal, w.Source)
			for range 100 {
				w.report("xa.officer", "2017-02-08", goods.Line{Category: "FOO", Brand: "Aa"}, goods.Line{Category: "PHA"})
			}
			var st operation.Standing
			var readable db.List
			in := func(do func(tx *db.Tx) error) { w.Must(d.Read(b.Context(), do)) }
			in(func(tx *db.Tx) (err error) {
				if st, err = operation.Enter(tx, w.Source.Now(), w.Actor["xa.officer"], code, access.SeizureRead); err == nil {
					readable, err = st.Readable(tx)
				}
				return err
			})
			op := st.Operation.Number
			for n := int64(1); n < records/100; n++ {
				w.Must(d.Keep(b.Context(), func(tx *db.Tx) error {
					_, err := tx.Exec(copyCases, op, n<<20, strconv.FormatInt(n, 10), int64(1<<20))
					return err
				}))
			}
			pages := func(read func(from int64) (next int64, n int)) {
				for from, n := int64(0), 2000; n == 2000; {
					from, n = read(from)
				}
			}
			b.Run("bare", func(b *testing.B) {
				for b.Loop() {
					in(func(tx *db.Tx) (err error) {
						pages(func(from int64) (int64, int) {
							all, failed := db.All(tx, bareRows, scanBare, op, from, int64(2000))
							if err = failed; len(all) == 0 {
								return from, 0
							}
							return all[len(all)-1] + 1, len(all)
						})
						return err
					})
				}
			})
			b.Run("decoded", func(b *testing.B) {
				for b.Loop() {
					in(func(tx *db.Tx) (err error) {
						pages(func(from int64) (int64, int) {
							all, failed := seizure.Outlines(tx, op, from, 2000)
							if err = failed; len(all) == 0 {
								return from, 0
							}
							return all[len(all)-1].Seq + 1, len(all)
						})
						return err
					})
				}
			})
			b.Run("look", func(b *testing.B) {
				for b.Loop() {
					in(func(tx *db.Tx) error {
						_, done, err := register.New().Look(tx, st, readable)
						if err == nil {
							done()
						}
						return err
					})
				}
			})
		})
	}
}
