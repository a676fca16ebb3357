package textindex_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// records is how many a benchmark looks through; TIDEWAITER_BENCH_RECORDS for more.
func records() int {
	if n, err := strconv.Atoi(os.Getenv("TIDEWAITER_BENCH_RECORDS")); err == nil {
		return n
	}
	return 10_000
}

// BenchmarkMatch asks for a common word, one of a hundred records and a rare one,
// as somebody who reads all of 40 audiences, 24, one, or none.
func BenchmarkMatch(b *testing.B) {
	for name, d := range map[string]*db.DB{"sqlite": dbtest.SQLite(b), "postgres": dbtest.Postgres(b)} {
		b.Run(name, func(b *testing.B) {
			fill(b, d, records())
			for _, word := range []string{"w0", "w60", "w9000"} {
				for _, reads := range []int64{40, 24, 1, 0} {
					b.Run(fmt.Sprintf("%s reads %d", word, reads), func(b *testing.B) {
						q := parse(b, `"`+word+`"`)
						scope := textindex.Scope{Operation: 1, Kinds: both}
						for a := range reads {
							scope.Audiences = append(scope.Audiences, a)
						}
						for b.Loop() {
							_ = d.Read(b.Context(), func(tx *db.Tx) error {
								_, err := textindex.Match(tx, scope, q, 21)
								return err
							})
						}
					})
				}
			}
		})
	}
}

// fill writes records of 25 words, the common ones as often as in a language.
func fill(b *testing.B, d *db.DB, n int) {
	r := rand.New(rand.NewPCG(1, 2))
	for from := 0; from < n; from += 500 {
		err := d.Keep(context.Background(), func(tx *db.Tx) error {
			for i := from; i < min(n, from+500); i++ {
				textindex.Put(tx, textindex.Place{Operation: 1, Seq: int64(i), Kind: textindex.Message, Audience: r.Int64N(40)}, text(r))
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPut writes the words of 64 records in one batch, each under so many keys.
func BenchmarkPut(b *testing.B) {
	for name, d := range map[string]*db.DB{"sqlite": dbtest.SQLite(b), "postgres": dbtest.Postgres(b)} {
		seq := int64(0)
		for _, keys := range []string{"sce", "sce o7", "sc o7 o8"} {
			b.Run(fmt.Sprintf("%s %d keys", name, len(strings.Fields(keys))), func(b *testing.B) {
				r := rand.New(rand.NewPCG(1, 2))
				for b.Loop() {
					err := d.Keep(b.Context(), func(tx *db.Tx) error {
						for range 64 {
							seq++
							textindex.Put(tx, textindex.Place{Operation: 1, Seq: seq, Kind: textindex.Message, Keys: keys}, text(r))
						}
						return nil
					})
					if err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// text is 25 words, the common ones as often as in a language.
func text(r *rand.Rand) string {
	var out strings.Builder
	for range 25 {
		fmt.Fprintf(&out, "w%d ", int(math.Exp(r.Float64()*math.Log(20_000)))-1)
	}
	return out.String()
}
