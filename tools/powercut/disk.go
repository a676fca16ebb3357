package powercut

import (
	"hash"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// page is what an operating system keeps in memory and flushes whole.
const page = 4096

// Faults say how a disk behaves besides losing its power.
type Faults struct {
	Lies bool    // flushes are answered and not done: the control that must lose
	Sick float64 // chance that a write or a flush fails, as a bad or full disk lets it
}

// Disk is a folder of files on a disk whose power can go. Safe for concurrent use.
type Disk struct {
	Faults Faults

	mu      sync.Mutex
	rng     *rand.Rand
	now     map[string]*content // the folder as programs see it
	kept    map[string]*content // the folder as last flushed
	ops     int
	cutAt   int // the operation at which the power goes; 0: never
	dead    bool
	failing int         // so many flushes fail, those that come next
	trace   hash.Hash64 // of every operation, to tell whether a seed was replayed
}

// content is a file.
type content struct {
	kept    []byte  // what was flushed
	now     []byte  // what programs see
	pending []write // what happened since, in order
	limbo   []write // what a failed flush left: programs see it, no later flush saves it
	failed  int     // flushes that failed; everybody who had the file open is told once
}

// write is one write, or one truncation if data is nil.
type write struct {
	off  int64
	data []byte
}

// NewDisk makes a disk that holds a file.
func NewDisk(seed uint64, name string, bytes []byte) *Disk {
	d := &Disk{rng: rand.New(rand.NewPCG(seed, 0x7465)), now: map[string]*content{}, trace: fnv.New64a()}
	if bytes != nil {
		d.now[name] = &content{kept: slices.Clone(bytes), now: slices.Clone(bytes)}
	}
	d.kept = maps.Clone(d.now)
	return d
}

// CutAt lets the power go at the n-th operation from now that changes the disk.
func (d *Disk) CutAt(n int) { d.ops, d.cutAt = 0, n }

// FailFlushes lets the next n flushes fail.
func (d *Disk) FailFlushes(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failing = n
}

// Size is how many bytes a file has; 0 when there is none.
func (d *Disk) Size(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c := d.now[name]; c != nil {
		return len(c.now)
	}
	return 0
}

// Dead tells whether the power has gone.
func (d *Disk) Dead() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dead
}

// Trace sums up every operation so far.
func (d *Disk) Trace() uint64 { return d.trace.Sum64() }

// step is one operation that changes the disk: it takes a while, then do happens,
// unless the power went. At the cut, do happens and nobody hears of it.
func (d *Disk) step(kind byte, name string, off int64, slow time.Duration, do func()) error {
	d.mu.Lock()
	pause := 1 + time.Duration(d.rng.Int64N(int64(slow)))
	d.mu.Unlock()
	time.Sleep(pause)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return sqlite3.IOERR
	}
	d.ops++
	_, _ = d.trace.Write([]byte{kind, byte(off), byte(off >> 8), byte(off >> 16), name[len(name)-1]})
	if d.ops == d.cutAt {
		d.dead = true
		if kind != 'f' {
			do()
		}
		return sqlite3.IOERR
	}
	if kind == 'f' && d.failing > 0 {
		d.failing--
		return d.fail(kind, name)
	}
	if d.Faults.Sick > 0 && d.rng.Float64() < d.Faults.Sick {
		return d.fail(kind, name)
	}
	do()
	return nil
}

// fail refuses an operation. A flush that failed is never made good: what it
// should have saved stays visible, and no later flush saves it either.
func (d *Disk) fail(kind byte, name string) error {
	switch kind {
	case 'f':
		if c := d.now[name]; c != nil {
			c.forsake()
			c.failed++
		}
		return sqlite3.IOERR_FSYNC
	case 'w':
		return sqlite3.FULL
	}
	return sqlite3.IOERR
}

// look is an operation that changes nothing; now and then it takes a while.
func (d *Disk) look() error {
	d.mu.Lock()
	pause := time.Duration(0)
	if d.rng.IntN(8) == 0 {
		pause = 1 + time.Duration(d.rng.Int64N(int64(20*time.Microsecond)))
	}
	dead := d.dead
	d.mu.Unlock()
	time.Sleep(pause)
	if dead {
		return sqlite3.IOERR
	}
	return nil
}

// flush makes a file's writes durable. Beside what a failed flush left, it saves
// whole pages that were written since, as an operating system does.
func (d *Disk) flush(c *content, folder bool) {
	if d.Faults.Lies {
		return
	}
	for _, w := range c.pending {
		c.kept = w.apply(c.kept)
		for p := w.off / page; len(c.limbo) > 0 && w.data != nil && p <= (w.off+int64(len(w.data))-1)/page; p++ {
			if from, to := p*page, min((p+1)*page, int64(len(c.now))); from < to {
				c.kept = write{from, c.now[from:to]}.apply(c.kept)
			}
			c.limbo = slices.DeleteFunc(c.limbo, func(l write) bool { return l.data != nil && l.off/page == p })
		}
	}
	c.pending = nil
	if folder {
		d.kept = maps.Clone(d.now)
	}
}

// forsake puts writes where no later flush saves them, page by page.
func (c *content) forsake() {
	for _, w := range c.pending {
		for at := int64(0); at < int64(len(w.data)) || at == 0; {
			n := min(page-(w.off+at)%page, int64(len(w.data))-at)
			if w.data == nil {
				c.limbo = append(c.limbo, w)
				break
			}
			c.limbo = append(c.limbo, write{w.off + at, w.data[at : at+n]})
			at += n
		}
	}
	c.pending = nil
}

// apply gives the bytes after a write.
func (w write) apply(b []byte) []byte {
	if w.data == nil {
		if int64(len(b)) > w.off {
			return b[:w.off]
		}
		return append(b, make([]byte, w.off-int64(len(b)))...)
	}
	if end := w.off + int64(len(w.data)); int64(len(b)) < end {
		b = append(b, make([]byte, end-int64(len(b)))...)
	}
	copy(b[w.off:], w.data)
	return b
}

// Reboot gives the disk that is found when the power is back: of everything that
// was not flushed, each piece was kept, dropped or torn.
func (d *Disk) Reboot() *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	next := &Disk{Faults: d.Faults, rng: d.rng, now: map[string]*content{}, trace: d.trace}
	names := slices.Sorted(maps.Keys(d.now))
	for name := range d.kept {
		if d.now[name] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		c := d.now[name]
		if d.kept[name] != c && d.rng.IntN(2) == 0 {
			c = d.kept[name]
		}
		if c != nil {
			b := d.survive(c)
			next.now[name] = &content{kept: b, now: slices.Clone(b)}
		}
	}
	next.kept = maps.Clone(next.now)
	return next
}

// survive decides about the writes of a file that were not flushed. Dropping an
// early one and keeping a late one is what a disk that reorders does.
func (d *Disk) survive(c *content) []byte {
	b := slices.Clone(c.kept)
	mood := d.rng.IntN(4) // of the whole file: all, none, or each its own
	for _, w := range append(slices.Clone(c.limbo), c.pending...) {
		fate := d.rng.IntN(3)
		if mood < 2 {
			fate = mood
		}
		switch {
		case fate == 0:
			b = w.apply(b)
		case fate == 2 && w.data != nil:
			b = d.tear(b, w)
		}
	}
	return b
}

// tear writes some of the sectors.
func (d *Disk) tear(b []byte, w write) []byte {
	for at := 0; at < len(w.data); {
		n := min(sector-int(w.off+int64(at))%sector, len(w.data)-at)
		if d.rng.IntN(2) == 0 {
			b = write{w.off + int64(at), w.data[at : at+n]}.apply(b)
		}
		at += n
	}
	return b
}

// Copy gives an equal disk without faults, to look at without touching this one.
func (d *Disk) Copy() *Disk {
	next := NewDisk(1, "", nil)
	for name, c := range d.now {
		next.now[name] = &content{kept: slices.Clone(c.now), now: slices.Clone(c.now)}
	}
	next.kept = maps.Clone(next.now)
	return next
}
