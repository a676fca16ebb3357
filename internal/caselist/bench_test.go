package caselist_test

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/register"
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
		status, duplicate_of, warning, fields, version, reported, changed, release_due from seizure where operation = $1 and seq < $4`)
	copyLines = db.Statement(`insert into goods_line (operation, seizure, line, category, hs, brand, description, verdict)
		select operation, seizure + $2, line, category, hs, brand, description, verdict from goods_line where operation = $1 and seizure < $3`)
)

// varied is a case like many others, but for its number.
func varied(i int) seizure.Draft {
	of := func(l codelist.List, by int) string { return l.Codes()[i/by%l.Len()] }
	d := draft([]string{"XA", "XB", "XC", "XD", "XE"}[i%5], fmt.Sprintf("2017-02-0%d", 6+i%4),
		goods.Line{Category: of(codelist.Category, 1), Brand: fmt.Sprint("Brand ", i%50), Violations: []string{of(codelist.Violation, 3)}},
		goods.Line{Category: of(codelist.Category, 7)})
	d.Conveyance.Code, d.Direction.Code, d.Detection.Code = of(codelist.Conveyance, 2), of(codelist.Direction, 5), of(codelist.Detection, 11)
	d.Origin.Code, d.Destination.Code, d.Place = of(codelist.Country, 1), of(codelist.Country, 9), fmt.Sprint("Place ", i%20)
	return d
}

// fill makes an operation of many cases: a thousand reported, and copies of them.
func fill(b *testing.B, w *world) {
	b.Helper()
	for i := range 1000 {
		w.report([]string{"xa.officer", "xb.officer"}[i%2], varied(i))
	}
	for n := int64(1); n < records()/1000; n++ {
		w.Must(w.DB.Keep(b.Context(), func(tx *db.Tx) error {
			op := int64(1)
			st, err := db.One(tx, oneOperation, db.Int64)
			if err == nil {
				op = st
			}
			if _, err := tx.Exec(copyCases, op, n*step, strconv.FormatInt(n, 10), step); err != nil {
				return err
			}
			_, err = tx.Exec(copyLines, op, n*step, step)
			return err
		}))
	}
}

var oneOperation = db.Statement(`select operation from seizure limit 1`)

// BenchmarkList asks for a page of fifty with the counts of every choice, beside
// the list that counts in SQL what matches and nothing else.
func BenchmarkList(b *testing.B) {
	for name, d := range map[string]*db.DB{"sqlite": dbtest.SQLite(b), "postgres": dbtest.Postgres(b)} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b, d)
			fill(b, w)
			who := w.Actor["wco.coordinator"]
			b.Run("cold", func(b *testing.B) {
				for b.Loop() {
					w.lists = caselist.NewStore(d, w.Source, register.New())
					w.list("wco.coordinator", caselist.Filter{})
				}
			})
			for _, f := range []map[string]string{{}, {"country": "XB"}, {"category": "PHA", "conveyance": "mail"}, {"class": "counted", "country": "XC", "status": "seized"}} {
				b.Run(fmt.Sprint("counts ", len(f)), func(b *testing.B) {
					for b.Loop() {
						w.list("wco.coordinator", caselist.Filter{Codes: f})
					}
				})
				b.Run(fmt.Sprint("page ", len(f)), func(b *testing.B) {
					for b.Loop() {
						_, err := w.lists.Feed(b.Context(), who, code, caselist.Filter{Codes: f})
						w.Must(err)
					}
				})
				b.Run(fmt.Sprint("sql ", len(f)), func(b *testing.B) {
					for b.Loop() {
						_, err := w.cases.List(b.Context(), who, code, seizure.Filter{Country: f["country"], Category: f["category"],
							Conveyance: f["conveyance"], Class: f["class"], Status: f["status"]})
						w.Must(err)
					}
				})
			}
		})
	}
}

// BenchmarkReport is what the two indexes of lists cost a writer: 16 at once.
func BenchmarkReport(b *testing.B) {
	for _, round := range []int{1, 2} {
		for _, without := range []bool{false, true} {
			b.Run(fmt.Sprintf("sqlite round %d without %v", round, without), func(b *testing.B) {
				d := dbtest.SQLite(b)
				w := newWorld(b, d)
				if without {
					w.Must(d.Keep(b.Context(), func(tx *db.Tx) error {
						for _, s := range []db.SQL{dropVersions, dropEvents} {
							if _, err := tx.Exec(s); err != nil {
								return err
							}
						}
						return nil
					}))
				}
				var n atomic.Int64
				var group sync.WaitGroup
				b.ResetTimer()
				for range 16 {
					group.Go(func() {
						for i := n.Add(1); i <= int64(b.N); i = n.Add(1) {
							d := varied(int(i))
							d.ID = seizure.ID(fmt.Sprintf("01890a5d-ac96-774b-bccf-%012x", i))
							if _, err := w.cases.Report(b.Context(), w.Actor["xa.officer"], code, d); err != nil {
								b.Error(err)
							}
						}
					})
				}
				group.Wait()
			})
		}
	}
}

var (
	dropVersions = db.Statement(`drop index seizure_version_seq`)
	dropEvents   = db.Statement(`drop index seizure_event`)
)
