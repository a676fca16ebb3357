package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/server"
)

func serveCommand(s *shared) *cobra.Command {
	var addr, cert, key string
	var proxy bool
	var factor float64
	c := &cobra.Command{Use: "serve", Args: takes(0), Short: "Serve an instance",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if factor <= 0 {
				return usage{fmt.Errorf("--rate-factor: a number above 0, not %v", factor)}
			}
			l, err := listen(addr, cert, key, proxy)
			if err != nil {
				return err
			}
			defer l.Close()
			app, err := s.openAs(cmd.Context(), func(c *server.Config) { c.Proxied, c.RateFactor = proxy, factor })
			if err != nil {
				return err
			}
			defer app.Close()
			if host, local, err := isLoopback(addr); app.Demo != nil && !local {
				return errors.Join(err, notLoopback(host))
			}
			scheme := "http"
			if cert != "" {
				scheme = "https"
			}
			fmt.Fprintf(s.out, "ready %s://%s\n", scheme, l.Addr())
			return app.Serve(cmd.Context(), l, nil)
		}}
	s.dataFlags(c)
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8017", "address to serve on")
	c.Flags().StringVar(&cert, "tls-cert", "", "certificate file (PEM)")
	c.Flags().StringVar(&key, "tls-key", "", "key file (PEM)")
	c.Flags().BoolVar(&proxy, "behind-proxy", false, "a proxy in front ends TLS")
	c.Flags().Float64Var(&factor, "rate-factor", 1, "multiply every limit of rate, for tests of load")
	return c
}

// listen refuses to send passwords in the clear over a network.
func listen(addr, cert, key string, proxy bool) (net.Listener, error) {
	if cert != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return nil, usage{fmt.Errorf("--tls-cert and --tls-key: %w", err)}
		}
		return tls.Listen("tcp", addr, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS13, NextProtos: []string{"h2", "http/1.1"}})
	}
	_, local, err := isLoopback(addr)
	if err != nil {
		return nil, err
	}
	if !proxy && !local {
		return nil, usage{fmt.Errorf("%s is not loopback: give --tls-cert and --tls-key, or say --behind-proxy", addr)}
	}
	return net.Listen("tcp", addr)
}
