package job_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var start = time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC)

// yard is a database with a clock and any number of processes that do its jobs.
type yard struct {
	t      *testing.T
	db     *db.DB
	source *source.Source
}

func newYard(t *testing.T, d *db.DB) *yard { return &yard{t, d, source.Story(start, 1)} }

func (y *yard) queue(do job.Doer) *job.Queue {
	q := job.New(y.db, y.source, slog.New(slog.DiscardHandler))
	q.Handle("mail", do)
	return q
}

func (y *yard) keep(fn func(tx *db.Tx) error) error { return y.db.Keep(context.Background(), fn) }

func (y *yard) put(subject string, in time.Duration) {
	y.t.Helper()
	at := y.source.Now().Add(in)
	if err := y.keep(func(tx *db.Tx) error { return job.Put(tx, "mail", subject, at) }); err != nil {
		y.t.Error(err)
	}
}

func (y *yard) due(subject string) (in time.Duration, stands bool) {
	y.t.Helper()
	err := y.db.Read(y.t.Context(), func(tx *db.Tx) error {
		at, s, err := job.Due(tx, "mail", subject)
		in, stands = at.Sub(y.source.Now()), s
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
	return in, stands
}

func (y *yard) pass(d time.Duration) { y.source.Set(y.source.Now().Add(d)) }

func (y *yard) run(q *job.Queue, want int) {
	y.t.Helper()
	n, err := q.RunDue(y.t.Context())
	if err != nil || n != want {
		y.t.Errorf("%d attempts, want %d (%v)", n, want, err)
	}
}

func TestOnceAtTheEarlierMoment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d)
		done := 0
		q := y.queue(func(context.Context, job.Job) error { done++; return nil })
		y.put("a", time.Hour)
		y.put("a", 10*time.Minute)
		y.put("a", 30*time.Minute)
		y.pass(10*time.Minute - time.Second)
		y.run(q, 0)
		y.pass(time.Second)
		y.run(q, 1)
		y.pass(2 * time.Hour)
		y.run(q, 0)
		if _, stands := y.due("a"); done != 1 || stands {
			t.Errorf("done %d times, stands: %v", done, stands)
		}
	})
}

// What is rolled back leaves no job; what is dropped is not done.
func TestStoredWithItsReason(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d)
		_ = y.keep(func(tx *db.Tx) error {
			if err := job.Put(tx, "mail", "a", start); err != nil {
				return err
			}
			return errors.New("the reason was refused")
		})
		if _, stands := y.due("a"); stands {
			t.Error("a job without its reason")
		}
		y.put("b", 0)
		if err := y.keep(func(tx *db.Tx) error { return job.Drop(tx, "mail", "b") }); err != nil {
			t.Fatal(err)
		}
		y.run(y.queue(func(context.Context, job.Job) error { return nil }), 0)
		if err := y.keep(func(tx *db.Tx) error { return job.Put(tx, "", "b", start) }); err == nil {
			t.Error("a job without a kind was taken")
		}
	})
}

// A failing job rests longer and longer, whoever asks for it again; then it is
// like new.
func TestPauses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d)
		fails := 9
		q := y.queue(func(_ context.Context, j job.Job) error {
			if j.Attempts <= int64(fails) {
				return errors.New("the relay is away")
			}
			return nil
		})
		y.put("a", 0)
		want := job.FirstPause
		for range fails {
			y.run(q, 1)
			y.put("a", 0)
			if in, _ := y.due("a"); in != want {
				t.Fatalf("it rests %v, want %v", in, want)
			}
			y.pass(want - time.Microsecond)
			y.run(q, 0)
			y.pass(time.Microsecond)
			want = min(2*want, job.LongestPause)
		}
		y.run(q, 1)
		if done, failed := q.Counts(); done != 1 || failed != int64(fails) {
			t.Errorf("%d went well, %d failed", done, failed)
		}
	})
}

func TestPanicIsAFailure(t *testing.T) {
	y := newYard(t, dbtest.SQLite(t))
	q := y.queue(func(context.Context, job.Job) error { panic("no") })
	y.put("a", 0)
	y.run(q, 1)
	if in, stands := y.due("a"); !stands || in != job.FirstPause {
		t.Errorf("due in %v, stands %v", in, stands)
	}
}

// Not now is no failure; who asks for an earlier moment meanwhile gets it.
func TestAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d)
		q := y.queue(func(_ context.Context, j job.Job) error {
			if j.Attempts != 1 {
				t.Errorf("attempt %d", j.Attempts)
			}
			if j.Subject == "b" {
				y.put("b", time.Minute)
			}
			return job.At(y.source.Now().Add(15 * time.Minute))
		})
		y.put("a", 0)
		y.put("b", 0)
		y.run(q, 2)
		if in, _ := y.due("a"); in != 15*time.Minute {
			t.Errorf("again in %v", in)
		}
		if in, _ := y.due("b"); in != time.Minute {
			t.Errorf("again in %v", in)
		}
		y.pass(15 * time.Minute)
		y.run(q, 2)
	})
}

// Who asks while somebody is at it may have a reason that this attempt does not
// know: it is done once more.
func TestAskedForMeanwhile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d)
		done := 0
		q := y.queue(func(context.Context, job.Job) error {
			if done++; done == 1 {
				y.put("a", 5*time.Minute)
			}
			return nil
		})
		y.put("a", 0)
		y.run(q, 1)
		y.pass(5 * time.Minute)
		y.run(q, 1)
		if _, stands := y.due("a"); stands || done != 2 {
			t.Errorf("done %d times, stands: %v", done, stands)
		}
	})
}

// A process that dies leaves its job to another, when its lease has ended; if it
// was only slow, it may not write any more.
func TestLeaseEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d)
		held := func(j job.Job) error { return y.keep(func(tx *db.Tx) error { return job.Held(tx, j) }) }
		other := y.queue(func(_ context.Context, j job.Job) error {
			if j.Attempts != 2 {
				t.Errorf("attempt %d", j.Attempts)
			}
			return held(j)
		})
		slow := y.queue(func(_ context.Context, j job.Job) error {
			if err := held(j); err != nil {
				t.Error(err)
			}
			y.put("a", 0) // asked for again, which does not open it to others
			y.pass(job.Lease - time.Microsecond)
			y.run(other, 0)
			y.pass(time.Microsecond)
			y.run(other, 1)
			err := held(j)
			if !errors.Is(err, job.ErrLost) {
				t.Errorf("it may still write: %v", err)
			}
			y.put("a", time.Hour) // a new job of the same name
			return err
		})
		y.put("a", 0)
		y.run(slow, 1)
		if in, stands := y.due("a"); !stands || in != time.Hour {
			t.Errorf("the slow one took the new job away: due in %v, %v", in, stands)
		}
	})
}

// Several processes on one database: each job is done once, and never by two at once.
func TestManyProcesses(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		const jobs, processes = 40, 4
		var began [jobs]atomic.Int64
		var all sync.WaitGroup
		first, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer first.Close()
		if err := migrate.Up(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		y := newYard(t, first)
		for n := range jobs {
			y.put(fmt.Sprint(n), 0)
		}
		for p := range processes {
			d, err := db.Open(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			q := job.New(d, source.Story(start, uint64(p)), slog.New(slog.DiscardHandler))
			q.Handle("mail", func(_ context.Context, j job.Job) error {
				var n int
				fmt.Sscan(j.Subject, &n)
				began[n].Add(1)
				return nil
			})
			all.Go(func() {
				if _, err := q.RunDue(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for n := range began {
			if got := began[n].Load(); got != 1 {
				t.Errorf("job %d was begun %d times", n, got)
			}
		}
	})
}

// Run begins what is due, beside other things, and ends with its context.
func TestRun(t *testing.T) {
	y := newYard(t, dbtest.SQLite(t))
	ctx, stop := context.WithCancel(t.Context())
	began := make(chan string, 8)
	q := y.queue(func(ctx context.Context, j job.Job) error {
		began <- j.Subject
		if j.Subject == "slow" {
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	})
	y.put("slow", 0)
	ended := make(chan struct{})
	go func() { q.Run(ctx); close(ended) }()
	if got := <-began; got != "slow" {
		t.Errorf("began %q", got)
	}
	y.put("quick", 0)
	if got := <-began; got != "quick" {
		t.Errorf("began %q", got)
	}
	stop()
	<-ended
	// Whoever comes next need not wait for the lease of who stopped in order.
	y.run(y.queue(func(context.Context, job.Job) error { return nil }), 1)
}
