package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/live"
	"github.com/tidewaiter/tidewaiter/internal/story/tell"
)

// Serve answers requests on the listener until ctx ends, then lets running
// requests finish. teller may be nil.
func (a *App) Serve(ctx context.Context, l net.Listener, teller *tell.Teller) error {
	srv := &http.Server{
		Handler:           a.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	go a.keepHouse(ctx, teller)
	go a.Live.Run(ctx)
	if a.Config.Database != "" {
		go live.NewRelay(a.Config.Database, a.Live, a.Config.Log).Run(ctx)
	}
	select {
	case err := <-failed:
		return fmt.Errorf("server: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("server: stop: %w", err)
	}
	return nil
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
		if n%10 == 0 {
			if _, err := a.Seizures.ReleaseDue(ctx); err != nil && ctx.Err() == nil {
				a.Config.Log.Error("seizure.release", "error", err)
			}
		}
		if n%600 == 0 {
			if err := errors.Join(a.Sessions.Cleanup(ctx), a.People.Cleanup(ctx)); err != nil && ctx.Err() == nil {
				a.Config.Log.Error("cleanup", "error", err)
			}
		}
	}
}
