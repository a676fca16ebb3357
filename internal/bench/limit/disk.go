package limit

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// frame is a page of SQLite's log with its header: what the smallest commit appends.
const frame = 4096 + 24

// Flush appends frames to a file each for so many writers, each append followed
// by an fsync. It gives appends a second over all writers.
func Flush(dir string, writers int, d time.Duration) (float64, error) {
	dir, err := os.MkdirTemp(dir, "flush-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	var done atomic.Int64
	errs := make(chan error, writers)
	var all sync.WaitGroup
	began := time.Now()
	for i := range writers {
		all.Go(func() { errs <- appendUntil(filepath.Join(dir, fmt.Sprint(i)), began.Add(d), &done) })
	}
	all.Wait()
	took := time.Since(began)
	close(errs)
	for err := range errs {
		if err != nil {
			return 0, err
		}
	}
	return float64(done.Load()) / took.Seconds(), nil
}

func appendUntil(name string, end time.Time, done *atomic.Int64) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	b := make([]byte, frame)
	for time.Now().Before(end) {
		if _, err := f.Write(b); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return err
		}
		done.Add(1)
	}
	return nil
}
