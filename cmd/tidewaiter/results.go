package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/operation"
)

func resultsCommand(s *shared) *cobra.Command {
	var code, format string
	var who asker
	c := &cobra.Command{Use: "results", Args: takes(0), Short: "Print an operation's figures as whoever asks may see them",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "json" {
				return usage{fmt.Errorf("--format %s is unknown: json", format)}
			}
			if code == "" {
				return usage{errors.New("--operation CODE is needed")}
			}
			app, err := s.open(cmd.Context())
			if err != nil {
				return err
			}
			defer app.Close()
			actor, err := s.actor(cmd.Context(), app, who)
			if err != nil {
				return err
			}
			_, figures, err := app.Results.Read(cmd.Context(), actor, operation.Code(code))
			if err != nil {
				return err
			}
			return json.NewEncoder(s.out).Encode(figures)
		}}
	s.dataFlags(c)
	c.Flags().StringVar(&code, "operation", "", "code of the operation")
	who.flags(c, "coordinator")
	c.Flags().StringVar(&format, "format", "json", "json")
	return c
}
