package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// journalFlags are what the subcommands of journal share.
type journalFlags struct {
	operation, out string
	who            asker
}

func journalCommand(s *shared) *cobra.Command {
	c := &cobra.Command{Use: "journal", Args: takes(0), Short: "Take a journal, or what signs it, out of the house",
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	c.AddCommand(journalExport(s), journalCheckpoint(s), journalReceipt(s), journalKey(s))
	return c
}

func journalExport(s *shared) *cobra.Command {
	var f journalFlags
	c := &cobra.Command{Use: "export", Args: takes(0), Short: "Write an operation's journal, without content, to a file that tidewaiter verify checks",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.operation == "" || f.out == "" {
				return usage{errors.New("--operation CODE and --out FILE are needed")}
			}
			return s.asked(cmd.Context(), f, func(app *server.App, who access.Actor) error {
				return exportTo(cmd.Context(), app, who, operation.Code(f.operation), f.out)
			})
		}}
	f.flags(s, c)
	c.Flags().StringVar(&f.out, "out", "", "file to write; one that is there is not written over")
	return c
}

func journalCheckpoint(s *shared) *cobra.Command {
	var f journalFlags
	c := &cobra.Command{Use: "checkpoint", Args: takes(0), Short: "Print what an operation's journal is now, signed: to be kept elsewhere",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.operation == "" {
				return usage{errors.New("--operation CODE is needed")}
			}
			return s.asked(cmd.Context(), f, func(app *server.App, who access.Actor) error {
				signed, err := app.Operations.Checkpoint(cmd.Context(), who, operation.Code(f.operation))
				if err == nil {
					_, err = fmt.Fprint(s.out, signed)
				}
				return err
			})
		}}
	f.flags(s, c)
	return c
}

func journalReceipt(s *shared) *cobra.Command {
	var f journalFlags
	entry := int64(-1)
	c := &cobra.Command{Use: "receipt", Args: takes(0), Short: "Print the signed receipt of an entry that one's own organisation made: to be kept elsewhere",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.operation == "" || entry < 0 {
				return usage{errors.New("--operation CODE and --entry NUMBER are needed")}
			}
			return s.asked(cmd.Context(), f, func(app *server.App, who access.Actor) error {
				signed, err := app.Operations.Receipt(cmd.Context(), who, operation.Code(f.operation), entry)
				if err == nil {
					_, err = fmt.Fprint(s.out, signed)
				}
				return err
			})
		}}
	f.flags(s, c)
	c.Flags().Int64Var(&entry, "entry", -1, "index of the entry")
	return c
}

func journalKey(s *shared) *cobra.Command {
	c := &cobra.Command{Use: "key", Args: takes(0), Short: "Print the key with which others check what the instance signed",
		RunE: func(cmd *cobra.Command, _ []string) error {
			app, err := s.open(cmd.Context())
			if err != nil {
				return err
			}
			defer app.Close()
			_, err = fmt.Fprintln(s.out, app.Signer.Verifier())
			return err
		}}
	s.dataFlags(c)
	return c
}

func (f *journalFlags) flags(s *shared, c *cobra.Command) {
	s.dataFlags(c)
	c.Flags().StringVar(&f.operation, "operation", "", "code of the operation")
	f.who.flags(c, "auditor")
}

// asked opens the instance and acts as whoever asks.
func (s *shared) asked(ctx context.Context, f journalFlags, do func(*server.App, access.Actor) error) error {
	app, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer app.Close()
	who, err := s.actor(ctx, app, f.who)
	if err != nil {
		return err
	}
	return do(app, who)
}

// exportTo writes a whole export or none, and over nothing.
func exportTo(ctx context.Context, app *server.App, who access.Actor, code operation.Code, path string) error {
	return wholeTo(path, func(out io.Writer) error { return app.Operations.Export(ctx, who, code, out) })
}
