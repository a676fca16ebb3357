package bench

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	lim "github.com/tidewaiter/tidewaiter/internal/bench/limit"
)

// live is W2: a post and the last of many readers who listen.
func (r *run) live(ctx context.Context) error {
	for _, n := range r.plan.readers {
		took, err := lim.Sockets(n, r.plan.sockets)
		if err != nil {
			return err
		}
		r.report.add(Key{"W2", lastSocket, limit, readers(n)}, "ms", milliseconds(took))
		for _, s := range r.subjects() {
			do := func() error { return r.listen(ctx, s, n) }
			if s.name == ours {
				err = r.profiled("W2-"+readers(n), do)
			} else {
				err = do()
			}
			if err != nil {
				return fmt.Errorf("%s, %d readers: %w", s.name, n, err)
			}
		}
	}
	return nil
}

// audience is who listens.
type audience struct {
	all     []*listener
	left    atomic.Int64  // who has not heard of the last post
	arrived chan struct{} // everybody has
}

// listener reads one stream.
type listener struct {
	client *client
	last   atomic.Int64 // id of the newest event
}

func (r *run) listen(ctx context.Context, s subject, n int) error {
	writer, err := dial(ctx, s.child.address)
	if err != nil {
		return err
	}
	defer writer.close()
	k := 0
	post := func() (time.Duration, error) {
		k++
		q := s.post(k, r.source.ID(), k)
		began := time.Now()
		_, err := writer.do(q, http.StatusCreated)
		return time.Since(began), err
	}
	var alone []time.Duration
	for range r.plan.posts {
		took, err := post()
		if err != nil {
			return err
		}
		alone = append(alone, took)
	}
	before, err := s.child.memory()
	if err != nil {
		return err
	}
	a, err := gather(ctx, s, n)
	if err != nil {
		return err
	}
	defer a.close()
	if _, err := post(); err != nil { // who has just come may still be told what was before
		return err
	}
	if err := a.settle(); err != nil {
		return err
	}
	after, err := s.child.memory()
	if err != nil {
		return err
	}
	r.report.add(Key{"W2", answerAlone, s.name, readers(n)}, "ms", percentile(alone, 50))
	r.report.add(Key{"W2", perReader, s.name, readers(n)}, "KiB", (after-before)/1024/float64(n))
	return r.heard(s, a, post)
}

// heard posts and waits each time until the last reader has it.
func (r *run) heard(s subject, a *audience, post func() (time.Duration, error)) error {
	var answers, lasts []time.Duration
	n := len(a.all)
	cpu, known := cpuOf(s.child.cmd.Process.Pid)
	for range r.plan.posts {
		a.left.Store(int64(n))
		began := time.Now()
		answered, err := post()
		if err != nil {
			return err
		}
		select {
		case <-a.arrived:
		case <-time.After(patience):
			return fmt.Errorf("%d of %d readers did not hear of a post", a.left.Load(), n)
		}
		lasts, answers = append(lasts, time.Since(began)), append(answers, answered)
	}
	r.report.add(Key{"W2", lastReader, s.name, readers(n)}, "ms", percentile(lasts, 50))
	r.report.add(Key{"W2", answerWith, s.name, readers(n)}, "ms", percentile(answers, 50))
	if later, ok := cpuOf(s.child.cmd.Process.Pid); known && ok {
		r.report.add(Key{"W2", perDelivery, s.name, readers(n)}, "µs", (later-cpu)*1e6/float64(n*r.plan.posts))
	}
	return nil
}

// gather opens n streams and waits until each is answered.
func gather(ctx context.Context, s subject, n int) (*audience, error) {
	a := &audience{arrived: make(chan struct{}, 1)}
	for i := range n {
		c, err := dial(ctx, s.child.address)
		if err != nil {
			a.close()
			return nil, err
		}
		c.in = bufio.NewReaderSize(c.conn, 1024)
		a.all = append(a.all, &listener{client: c})
		if _, err := c.conn.Write(s.events(i)); err != nil {
			a.close()
			return nil, err
		}
		_ = c.conn.SetReadDeadline(time.Now().Add(patience))
		status, err := c.in.ReadString('\n')
		if err != nil || !bytes.Contains([]byte(status), []byte(" 200 ")) {
			a.close()
			return nil, fmt.Errorf("stream %d was answered %q, %v", i, status, err)
		}
		_ = c.conn.SetReadDeadline(time.Time{})
	}
	for _, l := range a.all {
		go l.hear(a)
	}
	return a, nil
}

// hear reads a stream to its end. Pieces of the transfer's coding stand on lines
// of their own and are none of its business.
func (l *listener) hear(a *audience) {
	for {
		line, err := l.client.in.ReadSlice('\n')
		if err != nil {
			return
		}
		rest, ok := bytes.CutPrefix(line, []byte("id:"))
		if !ok {
			continue
		}
		id, err := strconv.ParseInt(string(bytes.TrimSpace(rest)), 10, 64)
		if err != nil || id <= l.last.Load() {
			continue
		}
		l.last.Store(id)
		if a.left.Add(-1) == 0 {
			select {
			case a.arrived <- struct{}{}:
			default:
			}
		}
	}
}

// settle waits until all have heard the same newest event.
func (a *audience) settle() error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		newest, behind := int64(0), 0
		for _, l := range a.all {
			newest = max(newest, l.last.Load())
		}
		for _, l := range a.all {
			if l.last.Load() < newest {
				behind++
			}
		}
		if newest > 0 && behind == 0 {
			select { // of the post that everybody has now heard of
			case <-a.arrived:
			default:
			}
			return nil
		}
	}
	return fmt.Errorf("the readers did not all hear of a post")
}

func (a *audience) close() {
	for _, l := range a.all {
		l.client.close()
	}
}
