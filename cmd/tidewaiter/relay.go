package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/mail"
)

// relayFlags name the relay that takes e-mail, and what its letters say of the
// instance.
type relayFlags struct{ address, passwordFile, from, link string }

func (s *shared) relayFlags(c *cobra.Command, r *relayFlags) {
	f := c.Flags()
	f.StringVar(&r.address, "smtp", s.env("TIDEWAITER_SMTP"), "relay for e-mail: smtps://USER@HOST, smtp://USER@HOST (STARTTLS), or smtp+plain://127.0.0.1 (or TIDEWAITER_SMTP); empty: no e-mail")
	f.StringVar(&r.passwordFile, "smtp-password-file", "", "file whose first line is the relay's password")
	f.StringVar(&r.from, "smtp-from", "", "sender of e-mail, such as tidewaiter@customs.example")
	f.StringVar(&r.link, "public-url", "", "address at which people reach this instance, given in e-mail: https://HOST/")
	f.Lookup("smtp").DefValue = ""
}

// relay is the relay that the flags name; the zero one when they name none.
func (r relayFlags) relay() (mail.Relay, error) {
	if r.address == "" {
		return mail.Relay{}, nil
	}
	relay, err := mail.ParseRelay(r.address, r.passwordFile, r.from, r.link)
	if err != nil {
		return relay, usage{fmt.Errorf("--smtp, --smtp-password-file, --smtp-from, --public-url: %w", err)}
	}
	return relay, nil
}
