package mail_test

import (
	"context"
	"fmt"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/mail/mailtest"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

func clock() *source.Source {
	return source.Story(time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC), 1)
}

// A letter of each kind, in each language, over each way: one recipient, plain
// text, words of the catalogue, the instance's address, and nothing else.
func TestLetters(t *testing.T) {
	host, _ := os.Hostname()
	for _, security := range []string{mail.Implicit, mail.StartTLS, mail.None} {
		relay := mailtest.New(t, security)
		s := mail.NewSender(relay.At, clock())
		for _, lang := range i18n.Languages() {
			for _, kind := range []string{mail.New, mail.Urgent, mail.Prove} {
				err := s.Send(t.Context(), mail.Letter{To: "an.officer@customs.example", Language: lang, Kind: kind, Code: "04711042"})
				if err != nil {
					t.Fatalf("%s %s %s: %v", security, lang, kind, err)
				}
				all := relay.Letters()
				l, p := all[len(all)-1], i18n.NewPrinter(lang)
				if len(l.To) != 1 || l.To[0] != "an.officer@customs.example" || l.From != "tidewaiter@instance.example" {
					t.Errorf("from %s to %v", l.From, l.To)
				}
				want := p.T("mail."+kind+".text") + "\n\nhttps://tide.example/\n\n" + p.T("mail.foot") + "\n"
				if kind == mail.Prove {
					want = p.T("mail.prove.text") + "\n\n04711042\n\n" + p.T("mail.prove.ends") + "\n\n" + p.T("mail.foot") + "\n"
				}
				if got := l.Body(); got != want {
					t.Errorf("%s %s %s:\n%q\nwant\n%q", security, lang, kind, got, want)
				}
				if got := l.Header("Content-Type"); !strings.HasPrefix(got, "text/plain") {
					t.Errorf("it is %s", got)
				}
				if id := l.Header("Message-Id"); !strings.HasSuffix(id, "@instance.example>") {
					t.Errorf("its number is %s", id)
				}
				for _, name := range []string{"X-Mailer", "User-Agent"} {
					if got := l.Header(name); got != "" {
						t.Errorf("%s: %s", name, got)
					}
				}
			}
		}
		if strings.Contains(relay.Wire(), host) && host != "" {
			t.Errorf("over %s the relay learns this machine's name", security)
		}
		if sent, failed := s.Counts(); sent != int64(3*len(i18n.Languages())) || failed != 0 {
			t.Errorf("%d sent, %d failed", sent, failed)
		}
		if err := s.Check(t.Context()); err != nil {
			t.Errorf("check over %s: %v", security, err)
		}
	}
}

// What goes wrong is said without an address, whatever the relay says.
func TestErrorsAreQuiet(t *testing.T) {
	const to = "an.officer@customs.example"
	try := func(what string, r mail.Relay, want string) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		err := mail.NewSender(r, clock()).Send(ctx, mail.Letter{To: to, Kind: mail.New})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "officer") || strings.Contains(err.Error(), "customs") {
			t.Errorf("%s: %v, want %q", what, err, want)
		}
	}
	relay := mailtest.New(t, mail.StartTLS)
	relay.Refuse("550 5.1.1 <an.officer@customs.example>: nobody of that name")
	try("refused", relay.At, "the recipient, code 550")
	relay.Refuse("")
	strange := relay.At
	strange.Roots = nil
	try("a certificate of nobody", strange, "not trusted")
	plain := mailtest.New(t, mail.None)
	downgraded := plain.At
	downgraded.Security = mail.StartTLS
	try("a relay without STARTTLS", downgraded, "STARTTLS")
	if strings.Contains(plain.Wire(), "MAIL FROM") {
		t.Error("a letter went without TLS")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := relay.At
	nobody.Port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	try("nobody there", nobody, "cannot be reached")
	if len(relay.Letters())+len(plain.Letters()) != 0 {
		t.Error("a letter was taken")
	}
}

func TestCleanAddress(t *testing.T) {
	for in, want := range map[string]bool{
		"a@b.example": true, " a.b+c@d-e.example\n": true, "o'hara@customs.gov.xa": true,
		"": false, "a": false, "a@b": false, "@b.example": false, "a@": false, "a@b..example": false, "a@-b.example": false,
		"a b@c.example": false, "a@b.example,c@d.example": false, "a@b.example\r\nBcc: c@d.example": false, "a@b.example\nc": false,
		"<a@b.example>": false, `"a"@b.example`: false, "A <a@b.example>": false, "a@b.example>": false, "ä@b.example": false,
		"a@[127.0.0.1]": false, ".a@b.example": false, "a..b@c.example": false, "a\x00@b.example": false,
		strings.Repeat("a", 65) + "@b.example": false, "a@" + strings.Repeat("b.", 130) + "example": false,
	} {
		if got, ok := mail.CleanAddress(in); ok != want || ok && got != strings.TrimSpace(in) {
			t.Errorf("%q: %q, %v", in, got, ok)
		}
	}
}

// Whatever is taken as an address is one recipient and adds no header.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"a@b.example", "a@b.example\r\nBcc: x@y.example", "a@b.example, x@y.example", "\"a\\\"@x\"@b.example", "a@b.example\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean, ok := mail.CleanAddress(s)
		if !ok {
			return
		}
		parsed, err := netmail.ParseAddressList(clean)
		if err != nil || len(parsed) != 1 || parsed[0].Address != clean || parsed[0].Name != "" {
			t.Errorf("%q is %v (%v)", clean, parsed, err)
		}
		if strings.ContainsAny(clean, "\r\n\t ,;<>\"") {
			t.Errorf("%q", clean)
		}
	})
}

func TestParseRelay(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("hunter2\nmore\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ address, file, from, link, want string }{
		{"smtps://u@mail.example", secret, "t@i.example", "https://i.example/", "u@mail.example:465 (tls)"},
		{"smtp://mail.example", "", "t@i.example", "https://i.example/", "mail.example:587 (starttls)"},
		{"smtp://u@mail.example:2525", secret, "t@localhost", "https://i.example/", "u@mail.example:2525 (starttls)"},
		{"smtp+plain://127.0.0.1", "", "t@i.example", "http://127.0.0.1:8017/", "127.0.0.1:25 (none)"},
		{"smtp+plain://[::1]:1025", "", "t@i.example", "http://127.0.0.1:8017/", "[::1]:1025 (none)"},
		{"smtp+plain://mail.example", "", "t@i.example", "https://i.example/", ""},
		{"smtp+plain://10.0.0.1", "", "t@i.example", "https://i.example/", ""},
		{"smtps://u:hunter2@mail.example", "", "t@i.example", "https://i.example/", ""},
		{"smtps://mail.example", secret, "t@i.example", "https://i.example/", ""},
		{"smtps://mail.example/path", "", "t@i.example", "https://i.example/", ""},
		{"smtps://mail.example:99999", "", "t@i.example", "https://i.example/", ""},
		{"https://mail.example", "", "t@i.example", "https://i.example/", ""},
		{"smtps://", "", "t@i.example", "https://i.example/", ""},
		{"smtps://mail.example", "", "t@i.example\r\nBcc: x@y.example", "https://i.example/", ""},
		{"smtps://mail.example", "", "t@i.example", "javascript:x", ""},
		{"smtps://mail.example", "", "t@i.example", "", ""},
		{"smtps://u@mail.example", secret + "-none", "t@i.example", "https://i.example/", ""},
	} {
		r, err := mail.ParseRelay(c.address, c.file, c.from, c.link)
		if (err == nil) != (c.want != "") || err == nil && r.String() != c.want {
			t.Errorf("%q: %v, %v", c.address, r, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: the error tells the password", c.address)
		}
		for _, form := range []string{"%v", "%+v", "%#v", "%s"} {
			if got := fmt.Sprintf(form, r); strings.Contains(got, "hunter2") {
				t.Errorf("%s prints the password: %s", form, got)
			}
		}
		if c.file == secret && err == nil && r.Password != "hunter2" {
			t.Errorf("%q: another password", c.address)
		}
	}
}
