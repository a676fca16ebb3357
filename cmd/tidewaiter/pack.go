package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/pack"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

func packCommand(s *shared) *cobra.Command {
	c := &cobra.Command{Use: "pack", Short: "Load, list and take out lists of codes: the Harmonized System, UN/LOCODE, units",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage{fmt.Errorf("unknown command pack %q", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	c.AddCommand(packAddCommand(s), packListCommand(s), packRemoveCommand(s))
	return c
}

func packAddCommand(s *shared) *cobra.Command {
	var who asker
	var said pack.Pack
	c := &cobra.Command{Use: "add FILE", Args: takes(1), Short: "Load a list of codes from a file into the instance",
		Long: "Load a list of codes from a file into the instance. The administrator does.\n\n" +
			"The file is in the house's own form, which says what it is, or one of the public shapes of the Harmonized System and of UN/LOCODE,\n" +
			"of which --edition, --source and --licence must be said. The same list again changes nothing.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.packAdd(cmd.Context(), who, said, args[0])
		}}
	s.dataFlags(c)
	who.flags(c, "administrator")
	f := c.Flags()
	f.StringVar(&said.Edition, "edition", "", "edition of the list, such as 2022 or 2024-2")
	f.StringVar(&said.Language, "language", "", "language of its words, BCP 47")
	f.StringVar(&said.Name, "name", "", "what the list is called in this instance: small letters, digits, dots and hyphens")
	f.StringVar(&said.Source, "source", "", "whence it came")
	f.StringVar(&said.Licence, "licence", "", "under which licence")
	return c
}

func (s *shared) packAdd(ctx context.Context, who asker, said pack.Pack, path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	f, err := pack.Read(in, said)
	if err != nil {
		return err
	}
	return s.acts(ctx, who, func(app *server.App, who access.Actor) error {
		made, err := app.Packs.Add(ctx, who, f)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s %s: %d codes, %d rows left out\n", made.Name, made.Edition, made.Rows, f.Skipped)
		return nil
	})
}

func packListCommand(s *shared) *cobra.Command {
	var who asker
	var asJSON bool
	c := &cobra.Command{Use: "list", Args: takes(0), Short: "List the lists of codes of the instance",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.acts(cmd.Context(), who, func(app *server.App, who access.Actor) error {
				all, err := app.Packs.List(cmd.Context(), who)
				if err != nil {
					return err
				}
				return s.printPacks(all, asJSON)
			})
		}}
	s.dataFlags(c)
	who.flags(c, "administrator")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// printedPack is a list of codes as JSON.
type printedPack struct {
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Edition  string `json:"edition"`
	Language string `json:"language,omitempty"`
	Codes    int64  `json:"codes"`
	Source   string `json:"source"`
	Licence  string `json:"licence"`
	File     string `json:"sha256,omitempty"`
}

func (s *shared) printPacks(all []pack.Pack, asJSON bool) error {
	printed := make([]printedPack, 0, len(all))
	for _, p := range all {
		one := printedPack{Kind: p.Kind, Name: p.Name, Edition: p.Edition, Language: p.Language, Codes: p.Rows, Source: p.Source, Licence: p.Licence}
		if p.Number > 0 {
			one.File = p.File
		}
		printed = append(printed, one)
	}
	if asJSON {
		return json.NewEncoder(s.out).Encode(printed)
	}
	for _, p := range printed {
		fmt.Fprintf(s.out, "%s %s: %s %s, %d codes\n  from: %s\n  licence: %s\n", p.Name, p.Edition, p.Kind, p.Language, p.Codes, p.Source, p.Licence)
	}
	return nil
}

func packRemoveCommand(s *shared) *cobra.Command {
	var who asker
	c := &cobra.Command{Use: "remove NAME EDITION", Args: takes(2), Short: "Take a list of codes out of the instance; records keep their codes",
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.acts(cmd.Context(), who, func(app *server.App, who access.Actor) error {
				return app.Packs.Remove(cmd.Context(), who, args[0], args[1])
			})
		}}
	s.dataFlags(c)
	who.flags(c, "administrator")
	return c
}

// acts opens the instance and acts as whoever asks.
func (s *shared) acts(ctx context.Context, a asker, do func(*server.App, access.Actor) error) error {
	app, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer app.Close()
	who, err := s.actor(ctx, app, a)
	if err != nil {
		return err
	}
	return do(app, who)
}
