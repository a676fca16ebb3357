package mail

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// Relay is where letters are handed over, and in whose name.
type Relay struct {
	Host     string
	Port     int
	Security string // Implicit, StartTLS or None
	User     string // empty: the relay asks for no name
	Password string // never printed
	From     string // address of the sender
	Link     string // address of the instance, which a letter gives
	// Roots are whom the relay's certificate is checked against; nil: the machine's own.
	Roots *x509.CertPool
}

// How a connection is kept from others.
const (
	Implicit = "tls"      // TLS from the first byte
	StartTLS = "starttls" // refused if the relay does not offer it
	None     = "none"     // loopback only
)

// String is the relay without its password.
func (r Relay) String() string {
	name := ""
	if r.User != "" {
		name = r.User + "@"
	}
	return fmt.Sprintf("%s%s (%s)", name, net.JoinHostPort(r.Host, strconv.Itoa(r.Port)), r.Security)
}

// GoString keeps the password out of every way of printing.
func (r Relay) GoString() string { return r.String() }

// maxAddress is the longest address that SMTP takes (RFC 5321, 4.5.3.1.3).
const maxAddress = 254

var addressForm = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$`)

// CleanAddress takes blanks off both ends and tells whether the rest is an
// address as people have them: ASCII, unquoted, with a dot in the domain. What
// could end a header or name a second recipient is none.
func CleanAddress(s string) (string, bool) {
	s = strings.TrimSpace(s)
	local, _, _ := strings.Cut(s, "@")
	dots := strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..")
	return s, len(s) <= maxAddress && addressForm.MatchString(s) && !dots
}

// ParseRelay reads smtps://[USER@]HOST[:465], smtp://[USER@]HOST[:587] (STARTTLS)
// or smtp+plain://127.0.0.1[:25]. A password in it is refused: it is in a file of
// its own, of which the first line counts. from and link are checked too.
func ParseRelay(address, passwordFile, from, link string) (Relay, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Relay{}, errors.New("the relay's address cannot be read")
	}
	r := Relay{Host: u.Hostname(), User: u.User.Username(), Link: link}
	switch u.Scheme {
	case "smtps":
		r.Security, r.Port = Implicit, 465
	case "smtp":
		r.Security, r.Port = StartTLS, 587
	case "smtp+plain":
		r.Security, r.Port = None, 25
	default:
		return Relay{}, errors.New("the relay's address begins with smtps://, smtp:// or smtp+plain://")
	}
	if _, has := u.User.Password(); has {
		return Relay{}, errors.New("the relay's address holds a password: put it into a file")
	}
	if port := u.Port(); port != "" {
		if r.Port, err = strconv.Atoi(port); err != nil || r.Port < 1 || r.Port > 65535 {
			return Relay{}, errors.New("the relay's port is no number from 1 to 65535")
		}
	}
	if r.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return Relay{}, errors.New("the relay's address is a host and perhaps a port")
	}
	if ip := net.ParseIP(r.Host); r.Security == None && (r.Host != "localhost" && ip == nil || ip != nil && !ip.IsLoopback()) {
		return Relay{}, errors.New("without TLS a relay must be on this machine")
	}
	if r.From, err = sender(from); err != nil {
		return Relay{}, err
	}
	if l, err := url.Parse(link); err != nil || l.Host == "" || l.Scheme != "https" && l.Scheme != "http" || strings.ContainsAny(link, " \r\n\t") {
		return Relay{}, errors.New("the instance's address begins with https:// (or http:// on this machine)")
	}
	if r.User == "" && passwordFile != "" {
		return Relay{}, errors.New("a password without a user name")
	}
	if passwordFile != "" {
		text, err := os.ReadFile(passwordFile)
		if err != nil {
			return Relay{}, fmt.Errorf("the relay's password: %w", err)
		}
		r.Password, _, _ = strings.Cut(string(text), "\n")
		r.Password = strings.TrimSuffix(r.Password, "\r")
	}
	return r, nil
}

// sender takes what From may be: as CleanAddress, or of this machine.
func sender(from string) (string, error) {
	if clean, ok := CleanAddress(from); ok {
		return clean, nil
	}
	if local, ok := strings.CutSuffix(from, "@localhost"); ok {
		if _, ok := CleanAddress(local + "@localhost.invalid"); ok {
			return from, nil
		}
	}
	return "", errors.New("the sender is no e-mail address")
}
