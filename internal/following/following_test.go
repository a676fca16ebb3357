package following_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/following"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// version is what is read of a case here.
type version struct{ seq, number int64 }

func scanVersion(row db.Scanner) (version, error) {
	var v version
	return v, row.Scan(&v.seq, &v.number)
}

var (
	selectVersions   = db.Statement(`select seq, version from seizure where operation = $1 and seq >= $2 order by seq limit $3`)
	selectVersionsOf = db.Statement(`select seq, version from seizure where operation = $1 and seq {in $2} order by seq`)
	selectOperations = db.Statement(`select number from operation where code = $1`)
)

// book keeps versions of cases by their numbers.
type book struct {
	operation int64
	versions  map[int64]int64
	next      int64
}

func (b *book) Next() int64 { return b.next }
func (b *book) Weight() int { return len(b.versions) }

func (b *book) Take(_ *db.Tx, operation int64, all []version) error {
	if b.operation != 0 && b.operation != operation {
		return fmt.Errorf("cases of %d among those of %d", operation, b.operation)
	}
	b.operation = operation
	for _, v := range all {
		b.versions[v.seq] = v.number
		b.next = max(b.next, v.seq+1)
	}
	return nil
}

func emptyBook() *book { return &book{versions: map[int64]int64{}} }

var records = following.Records[version]{
	From: func(tx *db.Tx, op, from, limit int64) ([]version, error) {
		return db.All(tx, selectVersions, scanVersion, op, from, limit)
	},
	These: func(tx *db.Tx, op int64, seqs db.List) ([]version, error) {
		return db.All(tx, selectVersionsOf, scanVersion, op, seqs)
	},
	Touched: seizure.Touched,
}

type follower = following.Follower[*book, version]

// world is operationtest's with cases in a second operation, too.
type world struct {
	*operationtest.World
	cases *seizure.Store
	codes []operation.Code
	ids   int
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d), codes: []operation.Code{operationtest.Code, "ebb", "flow"}}
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	for _, code := range w.codes[1:] {
		_, err := w.Operations.Open(t.Context(), w.Root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: string(code), Language: "en",
			Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.Body["wco"].ID, Director: person.ID(w.Actor["wco"].Person),
			Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
		w.Must(err)
		w.Must(w.Operations.Invite(t.Context(), w.Actor["wco"], code, w.Body["xa"].ID, access.Enforcement))
		w.Must(w.Operations.Accept(t.Context(), w.Actor["xa"], code, 1))
		w.Must(w.Operations.Assign(t.Context(), w.Actor["xa"], code, person.ID(w.Actor["xa.officer"].Person), []access.Role{access.Officer}))
	}
	return w
}

func (w *world) draft() seizure.Draft {
	w.ids++
	return seizure.Draft{ID: seizure.ID(fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", w.ids)), Country: "XA", Day: "2017-02-08", Status: "seized", Language: "en",
		Goods: []goods.Line{{Category: "FOO", Verdict: "suspected", Quantities: []goods.Quantity{{Micro: 1e6, Unit: "H87"}}}}}
}

func (w *world) report(code operation.Code) seizure.Case {
	w.T.Helper()
	c, err := w.cases.Report(w.T.Context(), w.Actor["xa.officer"], code, w.draft())
	w.Must(err)
	return c
}

func (w *world) amend(code operation.Code, c seizure.Case) seizure.Case {
	w.T.Helper()
	next := c.Draft
	next.Remarks += "again "
	c, err := w.cases.Amend(w.T.Context(), w.Actor["xa"], code, c.Seq, c.Version, next, "Wrong")
	w.Must(err)
	return c
}

// look compares what a follower gives in one snapshot with what stands there.
func look(tx *db.Tx, f *follower, code operation.Code, exactly bool) error {
	op, err := db.One(tx, selectOperations, db.Int64, string(code))
	if err != nil {
		return err
	}
	kept, size, done, err := f.Current(tx, op)
	if err != nil {
		return err
	}
	defer done()
	there, err := db.All(tx, selectVersions, scanVersion, op, int64(0), int64(1<<30))
	if err != nil {
		return err
	}
	for _, v := range there {
		if kept.versions[v.seq] < v.number {
			return fmt.Errorf("%s: case %d of version %d is kept as %d, of a journal of %d", code, v.seq, v.number, kept.versions[v.seq], size)
		}
		if exactly && kept.versions[v.seq] != v.number {
			return fmt.Errorf("%s: case %d of version %d is kept as %d", code, v.seq, v.number, kept.versions[v.seq])
		}
	}
	if exactly && len(there) != len(kept.versions) {
		return fmt.Errorf("%s: %d cases are kept as %d", code, len(there), len(kept.versions))
	}
	return nil
}

var errGaveUp = errors.New("gave up")

// Whatever is written while several read, some of whom give up half way, and however
// little is kept, nobody gets anything older than what stands in its own snapshot; once
// it is quiet, exactly that.
func TestNobodyGetsAnythingOlder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		made := map[operation.Code][]seizure.Case{}
		var looks, gaveUp atomic.Int64
		rapid.Check(t, func(rt *rapid.T) {
			tired := rapid.IntRange(2, 20).Draw(rt, "tired") // every how many questions somebody gives up
			var asked atomic.Int64
			tiring := records
			tiring.From = func(tx *db.Tx, op, from, limit int64) ([]version, error) {
				if asked.Add(1)%int64(tired) == 0 {
					return nil, errGaveUp
				}
				return records.From(tx, op, from, limit)
			}
			f := following.New(tiring, emptyBook, rapid.IntRange(0, 40).Draw(rt, "most"))
			f.Pages(rapid.SampledFrom([]int{3, 20, 2000}).Draw(rt, "page"))
			var readers sync.WaitGroup
			stop := make(chan struct{})
			for i := range 3 {
				readers.Go(func() {
					seed := rand.New(rand.NewPCG(uint64(i), uint64(tired)))
					for range 60 {
						code := w.codes[seed.IntN(len(w.codes))]
						err := w.DB.Read(t.Context(), func(tx *db.Tx) error { return look(tx, f, code, false) })
						if errors.Is(err, errGaveUp) {
							gaveUp.Add(1)
						} else if err != nil {
							t.Error(err)
						}
						looks.Add(1)
						select {
						case <-stop:
							return
						default:
						}
					}
				})
			}
			for range rapid.IntRange(1, 6).Draw(rt, "acts") {
				code := rapid.SampledFrom(w.codes).Draw(rt, "code")
				if all := made[code]; len(all) > 0 && rapid.Bool().Draw(rt, "change") {
					at := rapid.IntRange(0, len(all)-1).Draw(rt, "at")
					all[at] = w.amend(code, all[at])
				} else {
					made[code] = append(all, w.report(code))
				}
			}
			close(stop)
			readers.Wait()
			for _, code := range w.codes {
				err := errGaveUp
				for errors.Is(err, errGaveUp) {
					err = w.DB.Read(t.Context(), func(tx *db.Tx) error { return look(tx, f, code, true) })
				}
				if err != nil {
					rt.Fatal(err)
				}
			}
		})
		if looks.Load() < 100 || gaveUp.Load() == 0 {
			t.Errorf("%d looks, %d given up", looks.Load(), gaveUp.Load())
		}
	})
}

// Who finishes what somebody with a newer view of the database gave up half way puts
// older rows beside the newer ones: the next look takes in what has changed.
func TestOlderViewFinishesLoading(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		code := w.codes[0]
		w.report(code)
		c := w.report(code)
		questions := 0
		tiring := records
		tiring.From = func(tx *db.Tx, op, from, limit int64) ([]version, error) {
			if questions++; questions == 2 {
				return nil, errGaveUp
			}
			return records.From(tx, op, from, limit)
		}
		f := following.New(tiring, emptyBook, 100)
		f.Pages(1)
		w.Must(d.Read(t.Context(), func(older *db.Tx) error {
			if _, err := db.One(older, selectOperations, db.Int64, string(code)); err != nil { // its view is fixed
				return err
			}
			w.amend(code, c)
			if err := d.Read(t.Context(), func(newer *db.Tx) error { return look(newer, f, code, false) }); !errors.Is(err, errGaveUp) {
				t.Errorf("the newer view: %v", err)
			}
			return look(older, f, code, true)
		}))
		w.Must(d.Read(t.Context(), func(tx *db.Tx) error { return look(tx, f, code, true) }))
	})
}

// What nobody asked for longest goes first, never what was asked for last; an operation
// that fits alone stays.
func TestWhatIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var read []int64
		noting := records
		noting.From = func(tx *db.Tx, op, from, limit int64) ([]version, error) {
			read = append(read, op)
			return records.From(tx, op, from, limit)
		}
		f := following.New(noting, emptyBook, 3)
		for _, code := range w.codes {
			w.report(code)
		}
		first := w.report(w.codes[0])
		ask := func(i int) int {
			w.T.Helper()
			read = nil
			w.Must(d.Read(t.Context(), func(tx *db.Tx) error { return look(tx, f, w.codes[i], true) }))
			return len(read)
		}
		var got []int
		for _, i := range []int{0, 1, 0, 2, 0, 1, 2, 0} { // two of the first and one of the second fit, or one of each other
			got = append(got, ask(i))
		}
		if want := []int{1, 1, 0, 1, 0, 1, 1, 1}; !slices.Equal(got, want) {
			t.Errorf("read %v, want %v", got, want)
		}
		w.amend(w.codes[0], first)
		for range 3 {
			w.report(w.codes[0])
		}
		if n := ask(0); n != 0 || f.Held() != 1 {
			t.Errorf("what grew beyond the bound was read %d times; %d are held", n, f.Held())
		}
	})
}

// What is being written is kept for nobody.
func TestNotInsideAWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		f := following.New(records, emptyBook, 100)
		err := d.Write(t.Context(), string(w.codes[0]), func(tx *db.Tx) error { return look(tx, f, w.codes[0], false) })
		if !errors.Is(err, following.ErrWriting) || f.Held() != 0 {
			t.Errorf("inside a write: %v", err)
		}
	})
}
