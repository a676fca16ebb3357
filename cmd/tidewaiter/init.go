package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

func initCommand(s *shared) *cobra.Command {
	var o organisation.Draft
	var p person.Draft
	var base string
	c := &cobra.Command{Use: "init", Args: takes(0), Short: "Make an instance with its first administrator, who gets a one-time link",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Name == "" || p.Login == "" || p.Name == "" {
				return usage{errors.New("--organisation NAME, --login LOGIN and --name NAME are needed")}
			}
			c, err := s.config()
			if err != nil {
				return err
			}
			app, err := server.Open(cmd.Context(), c)
			if err != nil {
				return err
			}
			defer app.Close()
			o.ReleaseBy, o.Language = organisation.ReleaseByOfficer, p.Language
			token, err := app.People.Bootstrap(cmd.Context(), o, p)
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "%s/invitation/%s\n", base, token)
			return nil
		}}
	s.dataFlags(c)
	f := c.Flags()
	f.StringVar(&o.Name, "organisation", "", "name of the body that runs the instance")
	f.StringVar(&o.Kind, "kind", "secretariat", "its kind: customs, secretariat, rilo, partner")
	f.StringVar(&o.Country, "country", "", "its country or area, ISO 3166-1 alpha-2; not for international bodies")
	f.StringVar(&o.TimeZone, "time-zone", "UTC", "its IANA time zone")
	f.Int64Var(&o.Number, "number", 0, "its number: for an instance that takes in operations, above that of every organisation in their files; 0: the first")
	f.StringVar(&p.Login, "login", "", "login of the administrator")
	f.StringVar(&p.Name, "name", "", "name of the administrator")
	f.StringVar(&p.Language, "language", "en", "language of the administrator, BCP 47")
	f.StringVar(&base, "url", "http://127.0.0.1:8017", "address at which the instance will be served, for the link")
	return c
}
