package server

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/live"
	"github.com/tidewaiter/tidewaiter/internal/story/tell"
)

// Serve answers requests on the listener until ctx ends, then lets running
// requests finish. teller may be nil.
func (a *App) Serve(ctx context.Context, l net.Listener, teller *tell.Teller) error {
	srv := a.httpServer(ctx)
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	defer a.beside(ctx, teller)()
	select {
	case err := <-failed:
		return fmt.Errorf("server: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	err := srv.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	if err != nil {
		return fmt.Errorf("server: stop: %w", err)
	}
	a.checkpoint(grace)
	return nil
}

// beside does what goes on beside requests; end stops it and waits, for the
// database is closed after it.
func (a *App) beside(ctx context.Context, teller *tell.Teller) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { a.keepHouse(ctx, teller) })
	running.Go(func() { a.Live.Run(ctx) })
	running.Go(func() { a.tellPeople(ctx) })
	running.Go(func() { a.Jobs.Run(ctx) })
	running.Go(func() { a.sweep(ctx) })
	running.Go(func() { a.keepIndex(ctx) })
	if a.Config.Database != "" {
		relay := live.NewRelay(a.Config.Database, a.Live, a.Config.Log)
		running.Go(func() { relay.Run(ctx) })
	}
	return func() { stop(); running.Wait() }
}

// httpServer bounds what a connection may cost. There is no WriteTimeout: it would
// cut streams. Each answer has a deadline of its own instead (door.Deadlines).
func (a *App) httpServer(ctx context.Context) *http.Server {
	var speaks http.Protocols // over TLS HTTP/2 as well; without TLS only HTTP/1.1
	speaks.SetHTTP1(true)
	speaks.SetHTTP2(true)
	ending, end := context.WithCancel(context.WithoutCancel(ctx))
	srv := &http.Server{
		Handler:           a.Observed(a.Handler()),
		Protocols:         &speaks,
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: 100, SendPingTimeout: time.Minute, PingTimeout: 15 * time.Second, WriteByteTimeout: time.Minute},
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    60 << 10, // net/http adds 4 KiB
		ErrorLog:          log.New(quiet{a.Config.Log}, "", 0),
		BaseContext:       func(net.Listener) context.Context { return door.Ending(context.WithoutCancel(ctx), ending) },
	}
	srv.RegisterOnShutdown(end)
	return srv
}

// keepHouse does what falls due: releases by time, a live story's next moments,
// and now and then what has ended.
func (a *App) keepHouse(ctx context.Context, teller *tell.Teller) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if teller != nil {
			if err := teller.TellDue(ctx, a.Clock.Now()); err != nil && ctx.Err() == nil {
				a.Config.Log.Error("the story stopped", "error", err)
				teller = nil
			}
		}
		if err := a.Readings.Flush(ctx); worthLogging(ctx, err) {
			a.Config.Log.Error("reading.note", "error", err)
		}
		a.ring(ctx, n)
		if n%60 == 0 {
			a.checkpoint(ctx)
		}
		if n%600 == 0 {
			if err := errors.Join(a.Sessions.Cleanup(ctx), a.People.Cleanup(ctx), a.Notices.Cleanup(ctx)); worthLogging(ctx, err) {
				a.Config.Log.Error("cleanup", "error", err)
			}
		}
	}
}

// worthLogging: what the database refuses is logged where it is watched.
func worthLogging(ctx context.Context, err error) bool {
	return err != nil && ctx.Err() == nil && !fault.Is(err, fault.Unavailable)
}

// ring calls what happens by time, each in its own second: mostly there is nothing to do.
func (a *App) ring(ctx context.Context, second int) {
	for _, c := range []struct {
		every, at int
		name      string
		do        func(context.Context) (int, error)
	}{
		{10, 0, "seizure.release", a.Seizures.ReleaseDue},
		{10, 5, "warning.remind", a.Warnings.RemindDue},
		{10, 8, "detention.warn", a.Detentions.WarnDue},
		{10, 4, "inquiry.remind", a.Inquiries.RemindDue},
		{10, 2, "alert.remind", a.Alerts.RemindDue},
		{10, 6, "situation.issue", a.Situations.IssueDue},
		{60, 30, "product.remind", a.Products.RemindDue},
		{10, 9, "evaluation.close", a.Evaluations.CloseDue},
	} {
		if second%c.every != c.at {
			continue
		}
		if _, err := c.do(ctx); worthLogging(ctx, err) {
			a.Config.Log.Error(c.name, "error", err)
		}
	}
}
