package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/doctor"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

func doctorCommand(s *shared) *cobra.Command {
	var p doctor.Patient
	var relay relayFlags
	var asJSON bool
	c := &cobra.Command{Use: "doctor", Args: takes(0), Short: "Look at an instance and say what is not well",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if s.data == "" {
				return usage{errors.New("--data DIR is needed (or TIDEWAITER_DATA)")}
			}
			p.Data, p.Database, p.Key = s.data, doctor.DatabaseOf(s.data, s.database), s.key
			p.ContentKey = s.contentKey
			p.Known, p.Source = migrate.Newest(), source.Real()
			post, err := relay.relay()
			if err != nil {
				return err
			}
			if post.Host != "" {
				p.Relay, p.Hand = post.String(), mail.NewSender(post, p.Source).Check
			}
			all := doctor.Look(cmd.Context(), p)
			if err := s.report(all, asJSON); err != nil {
				return err
			}
			if doctor.Worst(all) == doctor.Failure {
				return errors.New("something is not well: see the lines that begin with fail")
			}
			return nil
		}}
	s.dataFlags(c)
	s.relayFlags(c, &relay)
	f := c.Flags()
	f.BoolVar(&p.Deep, "deep", false, "read the whole SQLite file and check that it is well formed")
	f.StringVar(&p.Backups, "backups", "", "directory of the backups: how old is the newest?")
	f.StringVar(&p.Certificate, "tls-cert", "", "certificate file (PEM) of the server; empty: the self-made one, if there is one")
	f.BoolVar(&asJSON, "json", false, "print the findings as JSON")
	return c
}

// report prints one line a matter, with its cure below.
func (s *shared) report(all []doctor.Finding, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(s.out)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{"level": doctor.Worst(all), "findings": all})
	}
	for _, f := range all {
		fmt.Fprintf(s.out, "%-4s  %s: %s\n", f.Level, f.Matter, f.Said)
		if f.Cure != "" {
			fmt.Fprintf(s.out, "      what to do: %s\n", f.Cure)
		}
	}
	return nil
}
