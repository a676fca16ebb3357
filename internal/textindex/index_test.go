package textindex_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// shelf is an index and what it should hold.
type shelf struct {
	t     testing.TB
	db    *db.DB
	texts map[textindex.Place][]string
}

// change puts and drops in one unit of work: a place with texts, or without.
func (s *shelf) change(all ...func(tx *db.Tx)) {
	s.t.Helper()
	err := s.db.Keep(context.Background(), func(tx *db.Tx) error {
		for _, c := range all {
			c(tx)
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) put(p textindex.Place, texts ...string) func(tx *db.Tx) {
	s.forget(p)
	s.texts[p] = texts
	return func(tx *db.Tx) { textindex.Put(tx, p, texts...) }
}

func (s *shelf) drop(p textindex.Place) func(tx *db.Tx) {
	s.forget(p)
	return func(tx *db.Tx) { textindex.Drop(tx, p) }
}

func (s *shelf) forget(p textindex.Place) {
	for o := range s.texts {
		if o.Operation == p.Operation && o.Seq == p.Seq {
			delete(s.texts, o)
		}
	}
}

func (s *shelf) match(scope textindex.Scope, query string, limit int) []int64 {
	s.t.Helper()
	var out []int64
	err := s.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		out, err = textindex.Match(tx, scope, parse(s.t, query), limit)
		return err
	})
	if err != nil {
		s.t.Fatalf("%q: %v", query, err)
	}
	return out
}

// scan is what match must give: everything that stands, looked at one by one.
func (s *shelf) scan(scope textindex.Scope, query string, limit int) []int64 {
	var out []int64
	for p, texts := range s.texts {
		if p.Operation == scope.Operation && slices.Contains(scope.Kinds, p.Kind) && slices.Contains(scope.Audiences, p.Audience) &&
			(scope.Before == 0 || p.Seq < scope.Before) && parse(s.t, query).In(texts...) {
			out = append(out, p.Seq)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out[:min(limit, len(out))]
}

var both = []textindex.Kind{textindex.Message, textindex.Case}

// Every query of the table finds its text through the index of either engine; what
// one looks for in vain there may be a candidate, but never for who may not read.
func TestEveryScript(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t, d, map[textindex.Place][]string{}}
		for i, c := range found {
			s.change(s.put(textindex.Place{Operation: 3, Seq: int64(i), Kind: textindex.Message, Audience: 7}, "subject", c.text))
		}
		for i, c := range found {
			for _, q := range strings.Split(c.found, "|") {
				if q == "" {
					continue
				}
				if got := s.match(textindex.Scope{Operation: 3, Kinds: both, Audiences: db.List{7}}, q, 100); !slices.Contains(got, int64(i)) {
					t.Errorf("%s: %q finds %v, not %d", c.name, q, got, i)
				}
				for _, hidden := range []textindex.Scope{{Operation: 3, Kinds: both, Audiences: db.List{8}}, {Operation: 2, Kinds: both, Audiences: db.List{7}},
					{Operation: 3, Kinds: []textindex.Kind{textindex.Case}, Audiences: db.List{7}}, {Operation: 3, Kinds: both}, {Operation: 3, Audiences: db.List{7}}} {
					if got := s.match(hidden, q, 100); len(got) > 0 {
						t.Errorf("%s: %q gives %v for %+v", c.name, q, got, hidden)
					}
				}
			}
		}
	})
}

// What an engine would read as its own syntax is words.
func TestHostileQueries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t, d, map[textindex.Place][]string{}}
		s.change(s.put(textindex.Place{Operation: 1, Seq: 1, Kind: textindex.Case, Audience: 1}, "near or not and the words"))
		for _, q := range []string{`" OR 1=1 --`, `a NEAR(b, 3)`, `words:a`, `{scope} : x`, `* ^ - + ()`, `'a' & !b | (c`, `a:*`, `\' \\ '':*`, "\x00\x01", `"""`, "1k2a1",
			`@1k2a1`, strings.Repeat("a b ", 64), strings.Repeat("鞋", 256), strings.Repeat("x", 256), "\xff\xfe", strings.Repeat("\u0301", 256), "%_", "nOt OR and NEAR"} {
			s.match(textindex.Scope{Operation: 1, Kinds: both, Audiences: db.List{1}}, q, 10)
		}
		for _, q := range []string{"1k2a1", "@1k2a1"} {
			if got := s.match(textindex.Scope{Operation: 1, Kinds: both, Audiences: db.List{1}}, q, 10); len(got) > 0 {
				t.Errorf("%q finds the word of a reader: %v", q, got)
			}
		}
		if got := s.match(textindex.Scope{Operation: 1, Kinds: both, Audiences: db.List{1}}, "nOt OR and NEAR", 10); len(got) != 1 {
			t.Errorf("the words of a syntax: %v", got)
		}
	})
}

// The longest texts that rules take, of words that do not come twice, fit.
func TestLargest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t, d, map[textindex.Place][]string{}}
		var han, latin strings.Builder
		for i := range rune(200_000) {
			han.WriteRune('\u4e00' + i*7919%20000)
		}
		for i := range 100_000 {
			fmt.Fprintf(&latin, "%x ", i*i)
		}
		s.change(s.put(textindex.Place{Operation: 1, Seq: 1, Kind: textindex.Case, Audience: 1}, "first", han.String(), latin.String(), strings.Repeat("x", 1<<20)))
		if got := s.match(textindex.Scope{Operation: 1, Kinds: both, Audiences: db.List{1}}, "first", 10); len(got) != 1 {
			t.Errorf("found %v", got)
		}
	})
}

// More audiences than one statement takes, and pages through them.
func TestManyAudiences(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t, d, map[textindex.Place][]string{}}
		var puts []func(*db.Tx)
		var list db.List
		for i := range int64(250) {
			list = append(list, i)
			puts = append(puts, s.put(textindex.Place{Operation: 1, Seq: i, Kind: textindex.Message, Audience: i}, "common"))
		}
		s.change(puts...)
		scope := textindex.Scope{Operation: 1, Kinds: both, Audiences: list}
		n := 0
		for {
			got := s.match(scope, "common", 70)
			if n += len(got); len(got) < 70 {
				break
			}
			scope.Before = got[69]
		}
		if n != 250 {
			t.Errorf("%d of 250", n)
		}
	})
}

// Over random histories of puts, changes of audience and drops, in batches, the
// index gives what a look at every record gives.
func TestAgainstScan(t *testing.T) {
	vocabulary := strings.Fields("port shoes Café 运动鞋 鞋 假冒香烟 TCLU4265797 020-12345675 سجائر سجـائر บุหรี่ 담배를 S-26-0412-K counter-feit 42 ４２")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := rand.New(rand.NewPCG(14, 29))
		some := func(n int) string {
			var out []string
			for range n {
				out = append(out, vocabulary[r.IntN(len(vocabulary))])
			}
			return strings.Join(out, " ")
		}
		s := &shelf{t, d, map[textindex.Place][]string{}}
		compared := 0
		for range 120 {
			var changes []func(*db.Tx)
			for range 1 + r.IntN(12) {
				p := textindex.Place{Operation: 1 + r.Int64N(3), Seq: r.Int64N(80), Kind: both[r.IntN(2)], Audience: 1 + r.Int64N(4)}
				if r.IntN(5) == 0 {
					changes = append(changes, s.drop(p))
				} else {
					changes = append(changes, s.put(p, some(1), some(r.IntN(5))))
				}
			}
			s.change(changes...)
			scope := textindex.Scope{Operation: 1 + r.Int64N(3), Kinds: both[:1+r.IntN(2)], Before: r.Int64N(90)}
			for a := range int64(4) {
				if r.IntN(2) == 0 {
					scope.Audiences = append(scope.Audiences, a+1)
				}
			}
			query := some(1 + r.IntN(2)) // words only: phrases are for In
			got := s.match(scope, query, 200)
			got = slices.DeleteFunc(got, func(seq int64) bool {
				for p, texts := range s.texts {
					if p.Operation == scope.Operation && p.Seq == seq {
						return !parse(t, query).In(texts...)
					}
				}
				t.Errorf("%d was dropped and is found", seq)
				return true
			})
			want := s.scan(scope, query, 200)
			if !slices.Equal(got, want) {
				t.Fatalf("%q in %+v: %v, want %v", query, scope, got, want)
			}
			compared += len(want)
		}
		if compared < 100 {
			t.Errorf("only %d records were compared", compared)
		}
	})
}

func BenchmarkSegment(b *testing.B) {
	for _, c := range []int{0, 1, 2, 3} {
		b.Run(found[c].name, func(b *testing.B) {
			q := parse(b, "nothing")
			b.SetBytes(int64(len(found[c].text)))
			for b.Loop() {
				q.In(found[c].text)
			}
		})
	}
}
