package powercut

import (
	"io"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// What the operations of the disk take at most, in invented time.
const (
	writes  = 20 * time.Microsecond
	flushes = 2 * time.Millisecond
)

// Mount makes a disk known to SQLite under a name and gives the way to take it
// away again. Its shared memory lives in the real folder, one that no earlier
// boot has used: memory does not survive a cut.
func Mount(name string, d *Disk) (unmount func()) {
	vfs.Register(name, &system{disk: d, locks: map[string]*locks{}})
	return func() { vfs.Unregister(name) }
}

type system struct {
	disk *Disk
	mu   sync.Mutex
	// locks are those of the operating system: they end with the boot.
	locks map[string]*locks
}

func (s *system) FullPathname(name string) (string, error) { return name, nil }

func (s *system) Access(name string, _ vfs.AccessFlag) (bool, error) {
	if err := s.disk.look(); err != nil {
		return false, err
	}
	s.disk.mu.Lock()
	defer s.disk.mu.Unlock()
	return s.disk.now[filepath.Base(name)] != nil, nil
}

func (s *system) Delete(name string, folder bool) error {
	d, base := s.disk, filepath.Base(name)
	d.mu.Lock()
	missing := d.now[base] == nil
	d.mu.Unlock()
	if missing {
		return sqlite3.IOERR_DELETE_NOENT
	}
	return d.step('d', base, 0, flushes, func() {
		delete(d.now, base)
		if folder && !d.Faults.Lies && !d.dead {
			delete(d.kept, base)
		}
	})
}

func (s *system) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	d, base := s.disk, filepath.Base(name)
	if err := d.look(); err != nil {
		return nil, 0, err
	}
	d.mu.Lock()
	c := d.now[base]
	d.mu.Unlock()
	f := &file{disk: d, name: base, content: c}
	// Whoever opens a log that may be new flushes its folder too, the first time, even
	// if somebody else has made it: SQLite does on Unix (UNIXFILE_DIRSYNC).
	f.folder = flags&vfs.OPEN_CREATE != 0 && flags&(vfs.OPEN_WAL|vfs.OPEN_MAIN_JOURNAL|vfs.OPEN_SUPER_JOURNAL) != 0
	if c == nil {
		if flags&vfs.OPEN_CREATE == 0 {
			return nil, 0, sqlite3.CANTOPEN
		}
		f.content = &content{}
		err := d.step('c', base, 0, writes, func() {
			if already := d.now[base]; already != nil { // somebody was faster
				f.content = already
				return
			}
			d.now[base] = f.content
		})
		if err != nil {
			return nil, 0, err
		}
	}
	d.mu.Lock()
	f.told = f.content.failed
	d.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locks[base] == nil {
		s.locks[base] = &locks{}
	}
	f.locks = s.locks[base]
	if flags&vfs.OPEN_MAIN_DB != 0 {
		f.shared = vfs.NewSharedMemory(name+"-shm", flags)
	}
	return f, flags, nil
}

// file is an open file.
type file struct {
	disk    *Disk
	name    string
	content *content
	folder  bool // the next flush saves its name as well
	shared  vfs.SharedMemory
	locks   *locks
	lock    vfs.LockLevel
	told    int // failed flushes of this file that this handle knows of
}

func (f *file) SharedMemory() vfs.SharedMemory { return f.shared }

func (f *file) Close() error {
	_ = f.Unlock(vfs.LOCK_NONE)
	if f.shared != nil {
		return f.shared.Close()
	}
	return nil
}

func (f *file) ReadAt(b []byte, off int64) (int, error) {
	if err := f.disk.look(); err != nil {
		return 0, err
	}
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if off >= int64(len(f.content.now)) {
		return 0, io.EOF
	}
	n := copy(b, f.content.now[off:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *file) change(kind byte, w write) error {
	return f.disk.step(kind, f.name, w.off, writes, func() {
		f.content.now = w.apply(f.content.now)
		f.content.pending = append(f.content.pending, w)
	})
}

func (f *file) WriteAt(b []byte, off int64) (int, error) {
	if err := f.change('w', write{off, slices.Clone(b)}); err != nil {
		return 0, err
	}
	return len(b), nil
}

func (f *file) Truncate(size int64) error { return f.change('t', write{off: size}) }

// Sync flushes. A flush that failed is told to every handle once, as Linux does:
// whoever wrote beside the one that failed must not believe that it was saved.
func (f *file) Sync(vfs.SyncFlag) error {
	lost := false
	err := f.disk.step('f', f.name, 0, flushes, func() {
		f.disk.flush(f.content, f.folder)
		f.folder = false
		lost, f.told = f.told < f.content.failed, f.content.failed
	})
	if err == nil && lost {
		return sqlite3.IOERR_FSYNC
	}
	if err != nil {
		f.disk.mu.Lock()
		f.told = f.content.failed
		f.disk.mu.Unlock()
	}
	return err
}

func (f *file) Size() (int64, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return int64(len(f.content.now)), nil
}

// SectorSize and DeviceCharacteristics are what SQLite assumes on Unix: a write
// does not harm the bytes beside it.
func (f *file) SectorSize() int { return 4096 }
func (f *file) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return vfs.IOCAP_POWERSAFE_OVERWRITE | vfs.IOCAP_SUBPAGE_READ
}

// locks of a file, for all who have it open.
type locks struct {
	mu                sync.Mutex
	shared            int
	reserved, pending bool
}

func (f *file) Lock(level vfs.LockLevel) error {
	if f.lock >= level {
		return nil
	}
	l := f.locks
	l.mu.Lock()
	defer l.mu.Unlock()
	switch level {
	case vfs.LOCK_SHARED:
		if l.pending {
			return sqlite3.BUSY
		}
		l.shared++
	case vfs.LOCK_RESERVED:
		if l.reserved {
			return sqlite3.BUSY
		}
		l.reserved = true
	case vfs.LOCK_EXCLUSIVE:
		if l.pending && f.lock < vfs.LOCK_PENDING || l.reserved && f.lock < vfs.LOCK_RESERVED {
			return sqlite3.BUSY
		}
		l.pending, l.reserved = true, true
		if f.lock = vfs.LOCK_PENDING; l.shared > 1 {
			return sqlite3.BUSY
		}
	}
	f.lock = level
	return nil
}

func (f *file) Unlock(level vfs.LockLevel) error {
	if f.lock <= level {
		return nil
	}
	l := f.locks
	l.mu.Lock()
	defer l.mu.Unlock()
	if f.lock >= vfs.LOCK_RESERVED {
		l.reserved = false
	}
	if f.lock >= vfs.LOCK_PENDING {
		l.pending = false
	}
	if level < vfs.LOCK_SHARED {
		l.shared--
	}
	f.lock = level
	return nil
}

func (f *file) CheckReservedLock() (bool, error) {
	f.locks.mu.Lock()
	defer f.locks.mu.Unlock()
	return f.locks.reserved, nil
}

func (f *file) LockState() vfs.LockLevel { return f.lock }
