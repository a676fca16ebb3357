package main

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func tokenCommand(s *shared) *cobra.Command {
	var persona string
	c := &cobra.Command{Use: "token", Args: takes(0), Short: "Print a bearer token for a persona of a demonstration",
		RunE: func(cmd *cobra.Command, _ []string) error {
			app, err := s.open(cmd.Context())
			if err != nil {
				return err
			}
			defer app.Close()
			if app.Demo == nil {
				return usage{errors.New("only a demonstration has personas")}
			}
			token, err := app.Sessions.Token(cmd.Context(), persona)
			if err != nil {
				return err
			}
			fmt.Fprintln(s.out, token)
			return nil
		}}
	s.dataFlags(c)
	c.Flags().StringVar(&persona, "persona", "officer", "who: director, coordinator, analyst, contact-point, officer, observer, right-holder, rival-right-holder, trainer, auditor, administrator, stranger")
	return c
}

func versionCommand(s *shared) *cobra.Command {
	return &cobra.Command{Use: "version", Args: takes(0), Short: "Print the version",
		RunE: func(*cobra.Command, []string) error {
			v := version
			if info, ok := debug.ReadBuildInfo(); ok && v == "dev" && info.Main.Version != "" {
				v = info.Main.Version
			}
			fmt.Fprintf(s.out, "tidewaiter %s %s %s/%s\n", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		}}
}
