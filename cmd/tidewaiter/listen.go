package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/certificate"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// tlsFlags say how the server proves who it is.
type tlsFlags struct {
	cert, key string
	selfMade  bool
	hosts     []string
}

func (f tlsFlags) any() bool { return f.cert != "" || f.key != "" || f.selfMade }

func (f tlsFlags) scheme() string {
	if f.any() {
		return "https"
	}
	return "http"
}

// listen refuses to send passwords in the clear over a network.
func (s *shared) listen(o serving) (net.Listener, error) {
	host, local, err := isLoopback(o.addr)
	if err != nil {
		return nil, err
	}
	switch {
	case o.proxy && o.tls.any():
		return nil, usage{errors.New("--behind-proxy: the proxy ends TLS, so no certificate is used here")}
	case o.tls.any():
		kept, err := s.certificate(o.tls, host)
		if err != nil {
			return nil, err
		}
		if o.tls.selfMade { // no authority vouches for it: people compare this by telephone
			fmt.Fprintf(s.out, "certificate SHA-256 %s until %s\n", certificate.Fingerprint(kept.Leaf()), kept.Leaf().NotAfter.Format(time.DateOnly))
		}
		return tls.Listen("tcp", o.addr, kept.Config())
	case len(o.tls.hosts) > 0:
		return nil, usage{errors.New("--tls-host: for --tls-self-made only")}
	case !o.proxy && !local:
		return nil, usage{fmt.Errorf("%s is not loopback: give --tls-cert and --tls-key, or --tls-self-made, or say --behind-proxy", o.addr)}
	}
	return net.Listen("tcp", o.addr)
}

// certificate reads the one that is named, or makes the instance's own.
func (s *shared) certificate(f tlsFlags, host string) (*certificate.Kept, error) {
	c, err := s.config()
	if err != nil {
		return nil, err
	}
	if !f.selfMade {
		if len(f.hosts) > 0 {
			return nil, usage{errors.New("--tls-host: for --tls-self-made only")}
		}
		kept, err := certificate.Open(f.cert, f.key, source.Real(), c.Log)
		if err != nil {
			return nil, usage{fmt.Errorf("--tls-cert and --tls-key: %w", err)}
		}
		return kept, nil
	}
	if f.cert != "" || f.key != "" {
		return nil, usage{errors.New("--tls-self-made takes no --tls-cert and no --tls-key")}
	}
	hosts := f.hosts
	if ip := net.ParseIP(host); len(hosts) == 0 && host != "" && (ip == nil || !ip.IsUnspecified()) {
		hosts = []string{host}
	}
	if len(hosts) == 0 {
		return nil, usage{errors.New("--tls-host NAME is needed: by what name or address do people reach this host?")}
	}
	if _, err := os.Stat(c.Data); err != nil {
		return nil, noInstance(c.Data)
	}
	kept, err := certificate.SelfMade(keysIn(c.Data), hosts, source.Real(), c.Log)
	if err != nil {
		return nil, usage{fmt.Errorf("--tls-self-made: %w", err)}
	}
	return kept, nil
}
