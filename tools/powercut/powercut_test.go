package powercut

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"testing/synctest"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
)

var (
	cuts = flag.Int("cuts", number("TIDEWAITER_POWERCUTS", 100), "power cuts of the main trial (or TIDEWAITER_POWERCUTS)")
	from = flag.Uint64("seed", uint64(number("TIDEWAITER_POWERCUT_SEED", 1)), "first seed (or TIDEWAITER_POWERCUT_SEED)")
)

func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// chain is how many cuts a disk lives through before a new one is taken: a
// recovery that went wrong shows at the next cut at the latest.
const chain = 8

// figures of a trial.
type figures struct{ cuts, acked, lost, losing, corrupt int }

func (f *figures) add(v verdict) {
	f.acked += v.acked
	f.lost += v.lost
	if v.lost > 0 {
		f.losing++
	}
	if len(v.corrupt) > 0 {
		f.corrupt++
	}
}

func (f figures) String() string {
	return fmt.Sprintf("power cuts %d, acknowledged and looked for %d, lost %d (after %d cuts), corrupt after %d", f.cuts, f.acked, f.lost, f.losing, f.corrupt)
}

// trial is one disk through a chain of cuts.
type trial struct {
	world  world
	seed   uint64
	flush  string
	faults Faults
	within int // operations of the disk until the cut, at most
	boots  int
	dir    string
}

// run calls found after each cut and gives the trace of the disk.
func (tr *trial) run(t *testing.T, found func(verdict)) uint64 {
	t.Helper()
	var trace uint64
	synctest.Test(t, func(t *testing.T) {
		d := NewDisk(tr.seed, fileName, tr.world.image)
		d.Faults = tr.faults
		h, rng := &history{}, rand.New(rand.NewPCG(tr.seed, 7))
		for range chain {
			d.CutAt(1 + rng.IntN(tr.within))
			path, vfs := tr.next()
			unmount := Mount(vfs, d)
			if p, err := boot(path, vfs, tr.flush, rng.Uint64()); err == nil {
				tr.world.clients(p, d, h, rng.Uint64())
				if !d.Dead() {
					t.Fatalf("seed %d: the power never went: is nothing written?", tr.seed)
				}
				_ = p.d.Close()
			} else if !d.Dead() && tr.faults == (Faults{}) {
				t.Errorf("seed %d: does not open: %v", tr.seed, err)
			}
			unmount()
			d = d.Reboot()
			path, vfs = tr.next()
			v := tr.world.inspect(path, vfs, d, h)
			found(v)
			if v.lost > 0 || len(v.corrupt) > 0 {
				break // what comes after would count the same again
			}
		}
		trace = d.Trace()
	})
	return trace
}

// next gives a name and a folder that no earlier boot has used.
func (tr *trial) next() (path, vfs string) {
	tr.boots++
	folder := filepath.Join(tr.dir, strconv.Itoa(tr.boots))
	_ = os.MkdirAll(folder, 0o700) // for the shared memory
	return filepath.Join(folder, fileName), fmt.Sprintf("cut-%d-%d-%s%v", tr.seed, tr.boots, tr.flush, tr.faults.Lies)
}

// many runs trials until there were n cuts, with failures told.
func many(t *testing.T, n int, honest bool, make func(seed uint64) trial) figures {
	t.Helper()
	var f figures
	for seed := *from; f.cuts < n; seed++ {
		tr := make(seed)
		tr.world, tr.seed, tr.dir = getWorld(t), seed, t.TempDir()
		tr.run(t, func(v verdict) {
			f.cuts++
			f.add(v)
			if honest && (v.lost > 0 || len(v.corrupt) > 0) {
				t.Errorf("seed %d, cut %d (again: go test -run '%s' -args -cuts 1 -seed %d): lost %d of %d; %q",
					seed, tr.boots/2, t.Name(), seed, v.lost, v.acked, v.corrupt)
			}
		})
	}
	t.Log(f)
	return f
}

// TestPowerCuts: as shipped, nothing acknowledged is lost, whatever the disk
// made of what it had not flushed.
func TestPowerCuts(t *testing.T) {
	f := many(t, *cuts, true, func(uint64) trial { return trial{within: 2500} })
	if f.acked < f.cuts {
		t.Errorf("%v: too little was acknowledged to prove anything", f)
	}
}

// TestSickDisk: a disk that now and then refuses a write (full) or a flush
// (whose pages are then never saved), until the power goes: what was
// acknowledged in spite of it is there.
func TestSickDisk(t *testing.T) {
	f := many(t, max(24, *cuts/4), true, func(seed uint64) trial {
		return trial{within: 2500, faults: Faults{Sick: []float64{0.001, 0.01}[seed%2]}}
	})
	if f.acked < f.cuts {
		t.Errorf("%v: too little was acknowledged to prove anything", f)
	}
}

// TestLyingDiskLoses is the control: on a disk that ignores flushes the same
// trial must find losses, or it proves nothing.
func TestLyingDiskLoses(t *testing.T) {
	f := many(t, 8, false, func(uint64) trial { return trial{within: 2500, faults: Faults{Lies: true}} })
	if f.lost == 0 || f.losing+f.corrupt < f.cuts/2 {
		t.Errorf("%v: a disk that ignores flushes must lose", f)
	}
}

// TestWeakerSettingsLose is the second control: with SQLite's usual setting,
// and with that of a scratch database, acknowledged writes must be lost; so it is
// the setting that keeps them, not the disk.
func TestWeakerSettingsLose(t *testing.T) {
	for _, flush := range []string{"normal", "off"} {
		f := many(t, 8, false, func(uint64) trial { return trial{within: 2500, flush: flush} })
		if f.lost == 0 {
			t.Errorf("synchronous=%s: %v: must lose", flush, f)
		}
	}
}

// TestSeedReplays: the same seed is the same order of operations on the disk, so
// that a failure can be looked at.
func TestSeedReplays(t *testing.T) {
	run := func() (uint64, string) {
		var f figures
		tr := trial{world: getWorld(t), seed: 99, dir: t.TempDir(), within: 800}
		return tr.run(t, func(v verdict) { f.add(v) }), f.String()
	}
	a, said := run()
	b, again := run()
	if a != b || said != again {
		t.Errorf("the second run was another one: %s; %s", said, again)
	}
	t.Logf("trace %x", a)
}

// TestCutsDuringTheFirstStart: a disk on which nothing was ever flushed. The
// next start must succeed, wherever the first one was cut.
func TestCutsDuringTheFirstStart(t *testing.T) {
	cutShort := 0
	for seed := *from; seed < *from+12; seed++ {
		synctest.Test(t, func(t *testing.T) {
			ctx := context.Background()
			d := NewDisk(seed, "", nil)
			tr := &trial{seed: seed, flush: "birth", dir: t.TempDir()}
			d.CutAt(1 + rand.New(rand.NewPCG(seed, 3)).IntN(120))
			path, vfs := tr.next()
			unmount := Mount(vfs, d)
			if p, err := boot(path, vfs, "", seed); err == nil {
				_ = p.d.Close()
			} else {
				cutShort++
			}
			unmount()
			d = d.Reboot()
			path, vfs = tr.next()
			defer Mount(vfs, d)()
			second, err := db.OpenDriver(ctx, path, db.Driver{Name: DriverName, VFS: vfs})
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if err := migrate.Up(ctx, second); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
			if err := second.Close(); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
			var v verdict
			if sound(&v, path, vfs); len(v.corrupt) > 0 {
				t.Errorf("seed %d: %q", seed, v.corrupt)
			}
		})
	}
	if cutShort < 6 {
		t.Errorf("only %d first starts were cut", cutShort)
	}
}

// TestNumbersOfArguments: our statements may name $2 before $1.
func TestNumbersOfArguments(t *testing.T) {
	raw, err := sql.Open(DriverName, "file:"+filepath.Join(t.TempDir(), "x.db")+"?_pragma=busy_timeout(1000)")
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var a, b, c int
	if err := raw.QueryRow("select $2, $1, $2", 1, 2).Scan(&a, &b, &c); err != nil || a != 2 || b != 1 || c != 2 {
		t.Errorf("got %d %d %d, %v", a, b, c, err)
	}
}
