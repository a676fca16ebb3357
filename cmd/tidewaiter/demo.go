package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/server"
)

func demoCommand(s *shared) *cobra.Command {
	var o server.Options
	var addr, data string
	c := &cobra.Command{Use: "demo", Args: takes(0),
		Short: "Serve a living operation with invented people: Action IPR A/P 2 of February 2017",
		RunE: func(cmd *cobra.Command, _ []string) error {
			// Its own SQLite, whatever the environment names: the story is never told into an instance.
			s.data, s.database, s.key, s.contentKey = data, "", "", ""
			return s.demo(cmd.Context(), addr, o)
		}}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8017", "loopback address to serve on; port 0 takes a free one")
	c.Flags().StringVar(&data, "data", "", "data directory; empty: a new one, removed at the end")
	c.Flags().BoolVar(&o.Live, "live", false, "start on day 12 and go on towards the end")
	c.Flags().Uint64Var(&o.Seed, "seed", 1, "of the invented details; published figures stay")
	c.Flags().IntVar(&o.Scale, "scale", 1, "tell the operation so many times over")
	return c
}

func (s *shared) demo(ctx context.Context, addr string, o server.Options) error {
	l, err := loopback(addr)
	if err != nil {
		return err
	}
	defer l.Close()
	if s.data == "" {
		if s.data, err = os.MkdirTemp("", "tidewaiter-demo-"); err != nil {
			return err
		}
		defer os.RemoveAll(s.data)
	}
	s.logLevel = slog.LevelWarn // the terminal is for the story's reader
	c, err := s.config()
	if err != nil {
		return err
	}
	c.RateFactor = demoRates
	bar := newBar(s.errs, "story")
	app, teller, err := server.NewDemo(ctx, c, o, bar.show)
	bar.end()
	if err != nil {
		return err
	}
	defer app.Close()
	fmt.Fprintf(s.out, "ready http://%s\n", l.Addr())
	return app.Serve(ctx, l, teller)
}

// demoRates: in a demonstration one persona is many people, all of this machine.
const demoRates = 20

// loopback listens on this machine only: a demonstration has no passwords.
func loopback(addr string) (net.Listener, error) {
	host, local, err := isLoopback(addr)
	if err != nil {
		return nil, err
	}
	if !local {
		return nil, notLoopback(host)
	}
	return net.Listen("tcp", addr)
}

func notLoopback(host string) error {
	return usage{fmt.Errorf("a demonstration is served on loopback only (127.0.0.1, ::1), not on %q: anyone may sign in", host)}
}

// isLoopback tells whether an address can be reached from this machine only.
func isLoopback(addr string) (host string, local bool, err error) {
	host, _, err = net.SplitHostPort(addr)
	if err != nil {
		return "", false, usage{fmt.Errorf("--addr HOST:PORT: %w", err)}
	}
	ip := net.ParseIP(host)
	return host, host == "localhost" || ip != nil && ip.IsLoopback(), nil
}
