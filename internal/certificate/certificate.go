package certificate

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// lookEvery is how long a change of the files may go unnoticed.
const lookEvery = time.Minute

// Kept is a certificate in use. Safe for concurrent use.
type Kept struct {
	source *source.Source
	log    *slog.Logger
	files  [2]string                          // certificate and key; the same file may hold both
	renew  func(held *x509.Certificate) error // nil: whoever put the files down renews them

	mu     sync.Mutex
	held   *tls.Certificate
	state  [2]stamp // of the files that were read
	looked time.Time
}

// stamp tells one state of a file from another.
type stamp struct {
	changed time.Time
	size    int64
}

// Open reads a certificate and its key, both PEM. They must belong together.
func Open(cert, key string, s *source.Source, log *slog.Logger) (*Kept, error) {
	k := &Kept{source: s, log: log, files: [2]string{cert, key}, looked: s.Now()}
	return k, k.read()
}

// read takes what the files hold now.
func (k *Kept) read() error {
	state, err := k.stamps()
	if err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(k.files[0], k.files[1])
	if err != nil {
		return err
	}
	k.held, k.state = &pair, state
	return nil
}

func (k *Kept) stamps() (all [2]stamp, err error) {
	for i, name := range k.files {
		f, err := os.Stat(name)
		if err != nil {
			return all, err
		}
		all[i] = stamp{f.ModTime(), f.Size()}
	}
	return all, nil
}

// Get is the certificate to show now: for tls.Config.GetCertificate.
func (k *Kept) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now := k.source.Now(); now.Sub(k.looked).Abs() >= lookEvery { // a clock that was set back counts as time gone by
		k.looked = now
		k.look()
	}
	return k.held, nil
}

// look renews what is due and takes files that have changed; what fails is logged
// and the old certificate stays.
func (k *Kept) look() {
	if k.renew != nil {
		if err := k.renew(k.held.Leaf); err != nil {
			k.log.Error("certificate not renewed", "error", err)
		}
	}
	state, err := k.stamps()
	if err == nil && state == k.state {
		return
	}
	if err == nil {
		err = k.read()
	}
	if err != nil {
		k.log.Error("certificate not read again, the old one stays in use", "error", err)
		return
	}
	k.log.Info("certificate read again", "sha256", Fingerprint(k.held.Leaf), "ends", k.held.Leaf.NotAfter)
}

// Leaf is the certificate itself.
func (k *Kept) Leaf() *x509.Certificate {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.held.Leaf
}

// Config is how the server speaks TLS: version 1.3 only, HTTP/2 first.
func (k *Kept) Config() *tls.Config {
	return &tls.Config{GetCertificate: k.Get, MinVersion: tls.VersionTLS13, NextProtos: []string{"h2", "http/1.1"}}
}

// Fingerprint is the SHA-256 of a certificate as browsers show it: bytes in
// capital hexadecimal, with colons.
func Fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}

// Read gives the first certificate of a PEM file, for who only wants to look.
func Read(name string) (*x509.Certificate, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			return x509.ParseCertificate(block.Bytes)
		}
	}
	return nil, errors.New(name + ": no certificate (PEM) in it")
}
