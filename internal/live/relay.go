package live

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// channel is the name of PostgreSQL's notifications.
const channel = "tidewaiter_live"

const (
	relayEvery = 50 * time.Millisecond
	// payloadMax keeps a notification below PostgreSQL's 8,000 bytes; who is left
	// out is told with the next one.
	payloadMax = 400
	retryAfter = 2 * time.Second
)

// Relay tells the other nodes of one PostgreSQL which journals grew here, and
// wakes the hub for those that grew there. A notification inside a transaction
// would take a lock of the whole server at commit, so this one stands outside and
// says only numbers of operations. What it loses the poll finds.
type Relay struct {
	url string
	hub *Hub
	log *slog.Logger

	mu    sync.Mutex
	grown map[int64]bool
}

// NewRelay makes the relay of a hub and has it told what grows.
func NewRelay(url string, h *Hub, log *slog.Logger) *Relay {
	r := &Relay{url: url, hub: h, log: log, grown: map[int64]bool{}}
	h.Outward = r.note
	return r
}

func (r *Relay) note(operation int64) {
	r.mu.Lock()
	r.grown[operation] = true
	r.mu.Unlock()
}

// take empties what grew since the last notification, up to what one may carry.
func (r *Relay) take() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var parts []string
	for n := range r.grown {
		if len(parts) == payloadMax {
			break
		}
		parts = append(parts, strconv.FormatInt(n, 10))
		delete(r.grown, n)
	}
	return strings.Join(parts, ",")
}

// Run relays until ctx ends. A lost connection is made again.
func (r *Relay) Run(ctx context.Context) {
	var both sync.WaitGroup
	both.Go(func() { r.keep(ctx, r.hear) })
	both.Go(func() { r.keep(ctx, r.tell) })
	both.Wait()
}

// keep runs one side on a connection of its own, again and again.
func (r *Relay) keep(ctx context.Context, side func(context.Context, *pgx.Conn) error) {
	for ctx.Err() == nil {
		c, err := pgx.Connect(ctx, r.url)
		if err == nil {
			err = side(ctx, c)
			_ = c.Close(context.WithoutCancel(ctx)) // it may be broken already
		}
		if err != nil && ctx.Err() == nil {
			r.log.Warn("live: relay between nodes is interrupted, the poll goes on", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(retryAfter):
		}
	}
}

func (r *Relay) hear(ctx context.Context, c *pgx.Conn) error {
	if _, err := c.Exec(ctx, "listen "+channel); err != nil {
		return err
	}
	for {
		n, err := c.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		for part := range strings.SplitSeq(n.Payload, ",") {
			if op, err := strconv.ParseInt(part, 10, 64); err == nil {
				r.hub.Wake(op)
			}
		}
	}
}

func (r *Relay) tell(ctx context.Context, c *pgx.Conn) error {
	tick := time.NewTicker(relayEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if payload := r.take(); payload != "" {
			if _, err := c.Exec(ctx, "select pg_notify($1, $2)", channel, payload); err != nil {
				return err
			}
		}
	}
}
