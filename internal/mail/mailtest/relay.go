package mailtest

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/mail"
)

// Letter is one letter that a relay took.
type Letter struct {
	From string
	To   []string
	Raw  string // as it came, headers and body
}

// Header gives a header of the letter.
func (l Letter) Header(name string) string {
	m, err := netmail.ReadMessage(strings.NewReader(l.Raw))
	if err != nil {
		return "unreadable: " + err.Error()
	}
	return m.Header.Get(name)
}

// Body gives the text of the letter.
func (l Letter) Body() string {
	m, err := netmail.ReadMessage(strings.NewReader(l.Raw))
	if err != nil {
		return "unreadable: " + err.Error()
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		return "unreadable: " + err.Error()
	}
	return strings.ReplaceAll(string(body), "\r\n", "\n")
}

// Relay is an SMTP server of one test.
type Relay struct {
	// At is how a sender reaches it.
	At mail.Relay

	security string
	config   *tls.Config
	running  sync.WaitGroup

	mu      sync.Mutex
	letters []Letter
	wire    strings.Builder
	refusal string       // answer to RCPT TO instead of a yes
	taken   func(Letter) // called when a letter has come, before the relay says so
	mute    bool         // never says that it took a letter
}

// New starts a relay that ends with the test.
func New(t testing.TB, security string) *Relay {
	t.Helper()
	// httptest keeps a certificate for 127.0.0.1 and example.com.
	keeper := httptest.NewUnstartedServer(nil)
	keeper.StartTLS()
	roots := x509.NewCertPool()
	roots.AddCert(keeper.Certificate())
	config := &tls.Config{Certificates: keeper.TLS.Certificates}
	keeper.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &Relay{security: security, config: config, At: mail.Relay{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port,
		Security: security, From: "tidewaiter@instance.example", Link: "https://tide.example/", Roots: roots}}
	r.running.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			r.running.Go(func() { r.talk(c) })
		}
	})
	t.Cleanup(func() { l.Close(); r.running.Wait() })
	return r
}

// Refuse has every recipient refused with that line; "" takes them again.
func (r *Relay) Refuse(line string) { r.mu.Lock(); r.refusal = line; r.mu.Unlock() }

// Taken has fn called for each letter, before the sender hears that it was taken.
// Mute: the sender never hears it.
func (r *Relay) Taken(fn func(Letter), mute bool) {
	r.mu.Lock()
	r.taken, r.mute = fn, mute
	r.mu.Unlock()
}

// Letters are those that came so far.
func (r *Relay) Letters() []Letter {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Letter(nil), r.letters...)
}

// Wire is everything that senders said, whatever became of it.
func (r *Relay) Wire() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wire.String()
}

// heard keeps what is read.
type heard struct {
	io.Reader
	relay *Relay
}

func (h heard) Read(p []byte) (int, error) {
	n, err := h.Reader.Read(p)
	h.relay.mu.Lock()
	h.relay.wire.Write(p[:n])
	h.relay.mu.Unlock()
	return n, err
}

func (r *Relay) talk(c net.Conn) {
	defer func() { c.Close() }()
	if r.security == mail.Implicit {
		c = tls.Server(c, r.config)
	}
	in := bufio.NewReader(heard{c, r})
	say := func(line string) { fmt.Fprintf(c, "%s\r\n", line) }
	say("220 relay.example ready")
	var l Letter
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		word := strings.ToUpper(strings.TrimSpace(line))
		switch {
		case strings.HasPrefix(word, "EHLO"):
			say("250-relay.example")
			if _, over := c.(*tls.Conn); r.security == mail.StartTLS && !over {
				say("250-STARTTLS")
			}
			say("250 8BITMIME")
		case word == "STARTTLS":
			say("220 go ahead")
			c = tls.Server(c, r.config)
			in = bufio.NewReader(heard{c, r})
		case strings.HasPrefix(word, "MAIL FROM:"):
			l = Letter{From: between(line)}
			say("250 ok")
		case strings.HasPrefix(word, "RCPT TO:"):
			r.mu.Lock()
			refusal := r.refusal
			r.mu.Unlock()
			if refusal != "" {
				say(refusal)
				continue
			}
			l.To = append(l.To, between(line))
			say("250 ok")
		case word == "DATA":
			say("354 end with a dot")
			if l.Raw, err = text(in); err != nil {
				return
			}
			if !r.keep(l) {
				return
			}
			say("250 taken")
		case word == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// keep takes a letter; false: the relay hangs up without a word.
func (r *Relay) keep(l Letter) bool {
	r.mu.Lock()
	r.letters = append(r.letters, l)
	taken, mute := r.taken, r.mute
	r.mu.Unlock()
	if taken != nil {
		taken(l)
	}
	return !mute
}

func between(line string) string {
	_, rest, _ := strings.Cut(line, "<")
	address, _, _ := strings.Cut(rest, ">")
	return address
}

func text(in *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return "", err
		}
		if line == ".\r\n" {
			return b.String(), nil
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
}
