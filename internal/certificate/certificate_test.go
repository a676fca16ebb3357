package certificate_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/certificate"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var start = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// A self-made certificate is good for its names and for a year, is readable by
// its owner only, is the same after a restart, and is made anew for other names
// and a month before its end, while it is in use too.
func TestSelfMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	clock, log := source.Story(start, 1), slog.New(slog.DiscardHandler)
	hosts := []string{"tide.example", "192.0.2.5", "::1"}
	first, err := certificate.SelfMade(dir, hosts, clock, log)
	if err != nil {
		t.Fatal(err)
	}
	leaf := first.Leaf()
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	for _, h := range hosts {
		if _, err := leaf.Verify(x509.VerifyOptions{DNSName: h, Roots: pool, CurrentTime: start}); err != nil {
			t.Errorf("%s: %v", h, err)
		}
	}
	if got := leaf.NotAfter.Sub(start); got != certificate.Lifetime {
		t.Errorf("good for %v", got)
	}
	if leaf.SerialNumber.Sign() <= 0 || leaf.IsCA {
		t.Errorf("serial %v, authority %v", leaf.SerialNumber, leaf.IsCA)
	}
	for name, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, "tls.pem"): 0o600} {
		if f, err := os.Stat(name); err != nil || f.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, f.Mode(), err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	is := certificate.Fingerprint(leaf)
	if !regexp.MustCompile(`^([0-9A-F]{2}:){31}[0-9A-F]{2}$`).MatchString(is) {
		t.Errorf("fingerprint %q", is)
	}
	again := func(hosts ...string) string {
		k, err := certificate.SelfMade(dir, hosts, clock, log)
		if err != nil {
			t.Fatal(err)
		}
		return certificate.Fingerprint(k.Leaf())
	}
	if got := again("::1", "tide.example", "192.0.2.5", "tide.example"); got != is {
		t.Error("made anew for the same names")
	}
	clock.Set(leaf.NotAfter.Add(-certificate.RenewBefore - time.Second))
	if got, _ := first.Get(nil); certificate.Fingerprint(got.Leaf) != is {
		t.Error("renewed too early")
	}
	clock.Set(leaf.NotAfter.Add(-certificate.RenewBefore + 2*time.Minute))
	got, _ := first.Get(nil)
	if certificate.Fingerprint(got.Leaf) == is {
		t.Error("not renewed in use")
	}
	if renewed := again(hosts...); renewed != certificate.Fingerprint(got.Leaf) {
		t.Error("what is shown is not what is kept")
	}
	if again("other.example") == certificate.Fingerprint(got.Leaf) {
		t.Error("the same for another name")
	}
	for _, h := range []string{"", "two words", "https://x"} {
		if _, err := certificate.SelfMade(t.TempDir(), []string{h}, clock, log); err == nil {
			t.Errorf("made for %q", h)
		}
	}
}

// New files are taken within a minute, without a restart; files that are broken
// or gone leave the old certificate in use, and the log says so.
func TestFilesAreReadAgain(t *testing.T) {
	clock, name := source.Story(start, 1), filepath.Join(t.TempDir(), "files.pem")
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, nil))
	put := func(text []byte, at time.Time) {
		if err := errors.Join(os.WriteFile(name, text, 0o600), os.Chtimes(name, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	made := func(host string) []byte {
		dir := t.TempDir()
		if _, err := certificate.SelfMade(dir, []string{host}, clock, log); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, "tls.pem"))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	put(made("one.example"), start)
	k, err := certificate.Open(name, name, clock, log)
	if err != nil {
		t.Fatal(err)
	}
	shows := func(after time.Duration, want string) {
		t.Helper()
		clock.Set(start.Add(after))
		if c, err := k.Get(nil); err != nil || c.Leaf.DNSNames[0] != want {
			t.Errorf("after %v: %v, %v, want %s", after, c.Leaf.DNSNames, err, want)
		}
	}
	put(made("two.example"), start.Add(time.Second))
	shows(59*time.Second, "one.example")
	shows(60*time.Second, "two.example")
	put([]byte("broken"), start.Add(2*time.Second))
	shows(2*time.Minute, "two.example")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	shows(3*time.Minute, "two.example")
	if n := strings.Count(logged.String(), "the old one stays in use"); n != 2 {
		t.Errorf("the log says so %d times:\n%s", n, &logged)
	}
	put(made("three.example"), start.Add(3*time.Second))
	shows(4*time.Minute, "three.example")
	if _, err := certificate.Read(name); err != nil {
		t.Error(err)
	}
	if _, err := certificate.Open(name, filepath.Join(t.TempDir(), "none"), clock, log); err == nil {
		t.Error("opened without a key")
	}
}

// Only TLS 1.3 is spoken, and HTTP/2 is offered first.
func TestConfig(t *testing.T) {
	k, err := certificate.SelfMade(t.TempDir(), []string{"127.0.0.1"}, source.Real(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(k.Leaf())
	try := func(c *tls.Config) (tls.ConnectionState, error) {
		here, there := net.Pipe()
		defer here.Close()
		defer there.Close()
		go func() { _ = tls.Server(there, k.Config()).Handshake() }()
		c.RootCAs, c.ServerName = roots, "127.0.0.1"
		conn := tls.Client(here, c)
		err := conn.Handshake()
		return conn.ConnectionState(), err
	}
	if _, err := try(&tls.Config{MaxVersion: tls.VersionTLS12}); err == nil {
		t.Error("speaks TLS 1.2")
	}
	s, err := try(&tls.Config{NextProtos: []string{"http/1.1", "h2"}})
	if err != nil || s.Version != tls.VersionTLS13 || s.NegotiatedProtocol != "h2" {
		t.Errorf("%v: version %x, %q", err, s.Version, s.NegotiatedProtocol)
	}
}
