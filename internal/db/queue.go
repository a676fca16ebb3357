package db

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
)

// The life of a unit: queued, then claimed by the writer or abandoned by its
// caller, never both.
const (
	queued int32 = iota
	claimed
	abandoned
)

// unit is one caller's change.
type unit struct {
	fn           func(*Tx) error
	housekeeping bool
	state        atomic.Int32
	start        chan *Tx   // the writer lends its Tx; the function runs on the caller's goroutine
	result       chan error // what the function said
	done         chan error // the true answer, after the flush
	added        []string   // batched work it contributed
	remembered   []string   // memos it made
	answer       error
}

// errOutside: the transaction did not begin, or its commit was not answered and
// may be durable. Running the units again would help nobody.
var errOutside = errors.New("db: the transaction did not begin or end")

// errGone: the function panicked or ended its goroutine.
var errGone = errors.New("db: the unit of work did not return")

type queue struct {
	pending []*unit
	running bool
}

func (d *DB) submit(ctx context.Context, name string, u *unit) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	u.start, u.result, u.done = make(chan *Tx), make(chan error), make(chan error, 1)
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return ErrClosed
	}
	q := d.queues[name]
	if q == nil {
		q = &queue{}
		d.queues[name] = q
	}
	q.pending = append(q.pending, u)
	if !q.running {
		q.running = true
		d.idle.Add(1)
		go d.drain(name, q)
	}
	d.mu.Unlock()
	return u.await(ctx)
}

// await runs the unit's function each time the writer lends a Tx, and returns
// the true answer. Once claimed it waits, whatever happens to ctx.
func (u *unit) await(ctx context.Context) error {
	ended := ctx.Done()
	for {
		select {
		case tx := <-u.start:
			u.run(tx)
		case err := <-u.done:
			if errors.Is(err, Unchanged) {
				return nil
			}
			return err
		case <-ended:
			if u.state.CompareAndSwap(queued, abandoned) {
				return ctx.Err()
			}
			ended = nil
		}
	}
}

func (u *unit) run(tx *Tx) {
	err := errGone
	defer func() { u.result <- err }() // also when fn panics or calls Goexit
	err = u.fn(tx)
}

// drain is the writer of one queue: it takes what is there and runs it as one
// batch, until nothing is left.
func (d *DB) drain(name string, q *queue) {
	defer d.idle.Done()
	for {
		d.mu.Lock()
		n := min(len(q.pending), batchLimit)
		if n == 0 {
			q.running = false
			delete(d.queues, name)
			d.mu.Unlock()
			return
		}
		units := q.pending[:n:n]
		q.pending = q.pending[n:]
		d.mu.Unlock()
		d.commit(units)
	}
}

// commit runs the units in one transaction and answers them after the flush. If
// what belongs to the whole batch fails, the units cannot be told apart: each
// runs alone once.
func (d *DB) commit(units []*unit) {
	live := units[:0]
	for _, u := range units {
		if u.state.CompareAndSwap(queued, claimed) {
			live = append(live, u)
		}
	}
	if len(live) == 0 {
		return
	}
	err := d.transaction(live)
	d.count(live, err)
	if err != nil && len(live) > 1 && !errors.Is(err, errOutside) {
		for _, u := range live {
			if errors.Is(u.answer, errGone) {
				continue // its goroutine is gone: nobody would take the Tx
			}
			u.answer = nil
			err := d.transaction([]*unit{u})
			d.count([]*unit{u}, err)
			u.settle(err)
			u.done <- d.answered(u.answer)
		}
		return
	}
	for _, u := range live {
		switch {
		case len(live) == 1:
			u.settle(err)
		case err != nil:
			u.answer = err // a refusal may have seen what was not stored
		}
		u.done <- d.answered(u.answer)
	}
}

// settle is the answer of a unit that ran alone: why it failed counts for more
// than that its transaction, already ended by a full disk, could not be ended again.
func (u *unit) settle(err error) {
	switch {
	case err == nil:
	case u.answer == nil || errors.Is(u.answer, Unchanged):
		u.answer = err
	default:
		u.answer = errors.Join(u.answer, err)
	}
}

// transaction leaves each unit's own answer in the unit; the error is one that
// hit all of them, and then nothing was stored.
func (d *DB) transaction(units []*unit) error {
	ctx := context.Background()
	if err := d.settle(ctx); err != nil {
		return fmt.Errorf("%w: %w", errOutside, err)
	}
	c, err := begin(ctx, d.write, d.engine.beginWrite())
	if err != nil {
		return fmt.Errorf("%w: begin: %w", errOutside, err)
	}
	b := &batch{engine: d.engine, conn: c, work: map[string]*work{}, memo: map[string]any{}, alone: len(units) == 1}
	stored, err := b.units(units)
	if err == nil && stored {
		err = b.finish()
	}
	end := "commit"
	if err != nil || !stored {
		end = "rollback"
	}
	if e := c.exec(ctx, end); e != nil {
		d.write.drop(c)
		if end == "commit" {
			return fmt.Errorf("%w: %w: %w", errOutside, errCommit, e)
		}
		return errors.Join(err, fmt.Errorf("db: rollback: %w", e))
	}
	d.write.put(c)
	d.dirty.Store(true)
	if end == "commit" {
		d.tell("", nil)
		for _, told := range b.after {
			told()
		}
	}
	return err
}
