package mail

import (
	"context"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The kinds of letter.
const (
	New    = "new"    // there is something new
	Urgent = "urgent" // there is something urgent
	Prove  = "prove"  // the code that proves an address
)

// Letter is what is sent to one person.
type Letter struct {
	To       string // as CleanAddress gives it
	Language i18n.Lang
	Kind     string
	Code     string // of Prove: digits
}

// timeout bounds one conversation with the relay.
const timeout = 45 * time.Second

// Sender hands letters to a relay.
type Sender struct {
	relay  Relay
	source *source.Source

	sent, failed atomic.Int64
}

// NewSender makes a sender; it connects only when there is something to send.
func NewSender(r Relay, s *source.Source) *Sender { return &Sender{relay: r, source: s} }

// Counts tells how many letters the relay took and how many it did not, since
// the process began.
func (s *Sender) Counts() (sent, failed int64) { return s.sent.Load(), s.failed.Load() }

// Words are the subject and the body of a letter.
func (s *Sender) words(l Letter) (subject, body string) {
	p := i18n.NewPrinter(l.Language)
	lines := []string{p.T("mail." + l.Kind + ".text"), ""}
	// What is to be copied stands on lines of its own, without marks of direction.
	if l.Kind == Prove {
		lines = append(lines, l.Code, "", p.T("mail.prove.ends"))
	} else {
		lines = append(lines, s.relay.Link)
	}
	lines = append(lines, "", p.T("mail.foot"), "")
	return p.T("mail." + l.Kind + ".subject"), strings.Join(lines, "\n")
}

// Send hands one letter over. The error holds no address.
func (s *Sender) Send(ctx context.Context, l Letter) error {
	err := s.send(ctx, l)
	if err != nil {
		s.failed.Add(1)
		return err
	}
	s.sent.Add(1)
	return nil
}

func (s *Sender) send(ctx context.Context, l Letter) error {
	m, err := s.message(l)
	if err != nil {
		return err
	}
	return s.converse(ctx, func(ctx context.Context, c *gomail.Client) error { return c.DialAndSendWithContext(ctx, m) })
}

func (s *Sender) message(l Letter) (*gomail.Msg, error) {
	to, ok := CleanAddress(l.To)
	if !ok {
		return nil, errors.New("mail: no address")
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := m.From(s.relay.From); err != nil {
		return nil, errors.New("mail: the sender is no address")
	}
	if err := m.To(to); err != nil {
		return nil, errors.New("mail: no address")
	}
	subject, body := s.words(l)
	m.Subject(subject)
	m.SetBodyString(gomail.TypeTextPlain, body)
	m.SetDateWithValue(s.source.Now())
	// The library would put the name of this machine into both.
	m.SetMessageIDWithValue(hex.EncodeToString(s.source.Bytes(16)) + "@" + s.domain())
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no answers from machines
	return m, nil
}

func (s *Sender) domain() string {
	_, domain, _ := strings.Cut(s.relay.From, "@")
	return domain
}

// converse has one conversation with the relay, bounded in time, after which the
// connection is closed: the library leaves it open where the relay offers no TLS.
func (s *Sender) converse(ctx context.Context, talk func(ctx context.Context, c *gomail.Client) error) error {
	var opened []net.Conn
	defer func() {
		for _, c := range opened {
			c.Close()
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	c, err := s.client(func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		opened = append(opened, conn)
		if s.relay.Security == Implicit {
			return tls.Client(conn, s.config()), nil
		}
		return conn, nil
	})
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	return quiet(talk(ctx, c))
}

func (s *Sender) config() *tls.Config {
	return &tls.Config{ServerName: s.relay.Host, MinVersion: tls.VersionTLS12, RootCAs: s.relay.Roots}
}

func (s *Sender) client(dial gomail.DialContextFunc) (*gomail.Client, error) {
	r := s.relay
	options := []gomail.Option{gomail.WithPort(r.Port), gomail.WithHELO(s.domain()), gomail.WithTimeout(timeout),
		gomail.WithTLSConfig(s.config()), gomail.WithDialContextFunc(dial)}
	switch r.Security {
	case Implicit:
		options = append(options, gomail.WithSSL(), gomail.WithTLSPolicy(gomail.TLSMandatory))
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if r.User != "" {
		options = append(options, gomail.WithUsername(r.User), gomail.WithPassword(r.Password), gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover))
	}
	return gomail.NewClient(r.Host, options...)
}

// Check connects to the relay, signs in and says goodbye; nothing is sent.
func (s *Sender) Check(ctx context.Context) error {
	return s.converse(ctx, func(ctx context.Context, c *gomail.Client) error {
		if err := c.DialWithContext(ctx); err != nil {
			return err
		}
		return c.Close()
	})
}

// quiet says why without saying to whom: relays repeat addresses in what they
// answer, so nothing of that is taken over.
func quiet(err error) error {
	if err == nil {
		return nil
	}
	var refused *gomail.SendError
	var network *net.OpError
	var wrong *tls.CertificateVerificationError
	switch {
	case errors.As(err, &refused):
		return fmt.Errorf("mail: the relay did not take it: %s, code %d", reasons[refused.Reason], refused.ErrorCode())
	case errors.As(err, &wrong):
		return errors.New("mail: the relay's certificate is not trusted")
	case errors.As(err, &network):
		return fmt.Errorf("mail: the relay cannot be reached: %s", network.Op)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return errors.New("mail: the relay took too long")
	case strings.Contains(err.Error(), "STARTTLS"):
		return errors.New("mail: the relay offers no STARTTLS")
	case strings.Contains(strings.ToLower(err.Error()), "auth"):
		return errors.New("mail: the relay does not take the user name and password")
	}
	return errors.New("mail: the conversation with the relay failed")
}

var reasons = map[gomail.SendErrReason]string{
	gomail.ErrSMTPMailFrom: "the sender", gomail.ErrSMTPRcptTo: "the recipient", gomail.ErrSMTPData: "the text",
	gomail.ErrSMTPDataClose: "the text", gomail.ErrConnCheck: "the connection", gomail.ErrSMTPReset: "the connection",
}
