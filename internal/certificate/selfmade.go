package certificate

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// How long a self-made certificate is good, and how long before its end a new one
// is made.
const (
	Lifetime    = 365 * 24 * time.Hour
	RenewBefore = 30 * 24 * time.Hour
)

// selfMadeFile holds the certificate and its key together, so that the two are
// replaced in one step.
const selfMadeFile = "tls.pem"

// SelfMade gives the certificate that this instance made for itself in dir, for
// these names and addresses of the host. A new one, with a new key, is made where
// there is none, where the names are others, and RenewBefore its end, also while
// the server runs. dir is made for its owner only if it is missing.
func SelfMade(dir string, hosts []string, s *source.Source, log *slog.Logger) (*Kept, error) {
	if len(hosts) == 0 {
		return nil, errors.New("certificate: for no host")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	name := filepath.Join(dir, selfMadeFile)
	renew := func(held *x509.Certificate) error {
		if held != nil && namesOnly(held, hosts) && s.Now().Before(held.NotAfter.Add(-RenewBefore)) {
			return nil
		}
		return makeFile(name, hosts, s)
	}
	held, err := Read(name)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if err := renew(held); err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	k, err := Open(name, name, s, log)
	if err != nil {
		return nil, err
	}
	k.renew = renew
	return k, nil
}

// namesOnly tells whether a certificate is for these hosts and no others.
func namesOnly(c *x509.Certificate, hosts []string) bool {
	var held []string
	held = append(held, c.DNSNames...)
	for _, ip := range c.IPAddresses {
		held = append(held, ip.String())
	}
	var want []string
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			h = ip.String()
		}
		want = append(want, h)
	}
	slices.Sort(held)
	slices.Sort(want)
	return slices.Equal(held, slices.Compact(want))
}

// makeFile makes a certificate with a new key and puts it in the file's place.
func makeFile(name string, hosts []string, s *source.Source) error {
	text, err := makePEM(hosts, s)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), "new-*") // readable by its owner only
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it was renamed
	_, err = f.Write(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

func makePEM(hosts []string, s *source.Source) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), random{s})
	if err != nil {
		return nil, err
	}
	now := s.Now()
	c := &x509.Certificate{
		Subject:   pkix.Name{CommonName: "Tidewaiter, self-made"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(Lifetime), // an hour for readers whose clocks are slow
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, h := range slices.Compact(slices.Sorted(slices.Values(hosts))) {
		if ip := net.ParseIP(h); ip != nil {
			c.IPAddresses = append(c.IPAddresses, ip)
		} else if h != "" && !strings.ContainsAny(h, " /:") {
			c.DNSNames = append(c.DNSNames, h)
		} else {
			return nil, fmt.Errorf("%q is neither the name nor the address of a host", h)
		}
	}
	der, err := x509.CreateCertificate(random{s}, c, c, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = errors.Join(pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.Encode(&b, &pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
	return b.Bytes(), err
}

// random reads from a source.
type random struct{ *source.Source }

func (r random) Read(p []byte) (int, error) { return copy(p, r.Bytes(len(p))), nil }
