package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// serving is what serve is told.
type serving struct {
	addr, metrics string
	proxy         bool
	factor        float64
	tls           tlsFlags
	relay         relayFlags
	file, quota   int64 // MiB
	scanner       string
}

func serveCommand(s *shared) *cobra.Command {
	var o serving
	c := &cobra.Command{Use: "serve", Args: takes(0), Short: "Serve an instance",
		RunE: func(cmd *cobra.Command, _ []string) error { return s.serve(cmd.Context(), o) }}
	s.dataFlags(c)
	f := c.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8017", "address to serve on")
	f.StringVar(&o.tls.cert, "tls-cert", "", "certificate file (PEM), read again when it changes")
	f.StringVar(&o.tls.key, "tls-key", "", "key file (PEM)")
	f.BoolVar(&o.tls.selfMade, "tls-self-made", false, "make the certificate, keep it in the data directory, print its fingerprint")
	f.StringSliceVar(&o.tls.hosts, "tls-host", nil, "with --tls-self-made: name or address of the host; may be given several times (default the host of --addr)")
	f.BoolVar(&o.proxy, "behind-proxy", false, "a proxy in front ends TLS and names the client in X-Forwarded-For")
	f.StringVar(&o.metrics, "metrics", "", "loopback address for Prometheus, such as 127.0.0.1:9117; empty: none")
	f.Int64Var(&o.file, "attachment-mb", attachment.Usual.File>>20, "largest attachment, in MiB")
	f.Int64Var(&o.quota, "attachment-quota-mb", attachment.Usual.Organisation>>20, "attachments of one organisation in one operation, in MiB")
	f.StringVar(&o.scanner, "scanner", "", "program that gets each upload on its standard input and ends with 0 (clean) or 1 (refused)")
	f.Float64Var(&o.factor, "rate-factor", 1, "multiply every limit of rate, for tests of load")
	s.relayFlags(c, &o.relay)
	f.TextVar(&s.logLevel, "log-level", s.logLevel, "least level of the log: DEBUG, INFO, WARN, ERROR")
	return c
}

func (s *shared) serve(ctx context.Context, o serving) error {
	if o.factor <= 0 {
		return usage{fmt.Errorf("--rate-factor: a number above 0, not %v", o.factor)}
	}
	relay, err := o.relay.relay()
	if err != nil {
		return err
	}
	if o.file < 1 || o.quota < o.file {
		return usage{fmt.Errorf("--attachment-mb: at least 1, and at most --attachment-quota-mb, not %d of %d", o.file, o.quota)}
	}
	l, err := s.listen(o)
	if err != nil {
		return err
	}
	defer l.Close()
	var metrics net.Listener
	if o.metrics != "" {
		if metrics, err = listenMetrics(o.metrics); err != nil {
			return err
		}
		defer metrics.Close()
	}
	app, err := s.openAs(ctx, func(c *server.Config) {
		c.Proxied, c.RateFactor, c.Scanner, c.Relay = o.proxy, o.factor, o.scanner, relay
		c.Attachments = attachment.Limits{File: o.file << 20, Organisation: o.quota << 20}
	})
	if err != nil {
		return err
	}
	defer app.Close()
	if host, local, err := isLoopback(o.addr); app.Demo != nil && !local {
		return errors.Join(err, notLoopback(host))
	}
	if metrics != nil {
		go func() {
			if err := app.ServeMetrics(ctx, metrics); err != nil {
				app.Config.Log.Error("metrics", "error", err)
			}
		}()
	}
	s.ready(ctx, o.tls.scheme(), l.Addr())
	if metrics != nil {
		fmt.Fprintf(s.out, "metrics http://%s/metrics\n", metrics.Addr())
	}
	return app.Serve(ctx, l, nil)
}

// ready tells whoever waits for it: people and scripts, and systemd.
func (s *shared) ready(ctx context.Context, scheme string, addr net.Addr) {
	fmt.Fprintf(s.out, "ready %s://%s\n", scheme, addr)
	notify(ctx, s.env("NOTIFY_SOCKET"))
}

// notify tells systemd that the service is ready (sd_notify); without its socket
// nobody waits.
func notify(ctx context.Context, socket string) {
	if socket == "" {
		return
	}
	var d net.Dialer
	if c, err := d.DialContext(ctx, "unixgram", socket); err == nil {
		_, _ = c.Write([]byte("READY=1"))
		c.Close()
	}
}

// listenMetrics keeps the figures on this machine: they betray how busy an
// operation is.
func listenMetrics(addr string) (net.Listener, error) {
	host, local, err := isLoopback(addr)
	if err != nil || !local {
		return nil, usage{fmt.Errorf("--metrics HOST:PORT is for loopback only (127.0.0.1, ::1), not %q", cmp.Or(host, addr))}
	}
	return net.Listen("tcp", addr)
}

// keysIn is the directory of the keys that an instance makes for itself.
func keysIn(data string) string { return filepath.Join(data, "keys") }
