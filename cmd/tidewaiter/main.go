// Command tidewaiter runs a joint customs enforcement operation: see README.md.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/server"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program: 0 done, 1 failed, 2 called wrongly.
func run(ctx context.Context, args []string, env func(string) string, out, errs io.Writer) int {
	root := command(env, out, errs)
	root.SetArgs(args)
	called, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	fmt.Fprintln(errs, explain(err, env))
	code := exitCode(err)
	if code == 2 {
		fmt.Fprintf(errs, "See %s --help\n", called.CommandPath())
	}
	return code
}

// shared is what every subcommand is given.
type shared struct {
	env        func(string) string
	out, errs  io.Writer
	data       string
	database   string
	key        string
	contentKey string
	logLevel   slog.Level
}

func command(env func(string) string, out, errs io.Writer) *cobra.Command {
	s := &shared{env: env, out: out, errs: errs}
	root := &cobra.Command{Use: "tidewaiter", Short: "Joint customs enforcement operations, from the first workshop to the final report",
		SilenceUsage: true, SilenceErrors: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage{fmt.Errorf("unknown command %q", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	root.SetOut(out)
	root.SetErr(errs)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	root.AddCommand(demoCommand(s), initCommand(s), serveCommand(s), doctorCommand(s), tokenCommand(s), resultsCommand(s), reportCommand(s), importCommand(s), exportCommand(s),
		journalCommand(s), packCommand(s), bundleCommand(s), verifyCommand(s), backupCommand(s), benchCommand(s), versionCommand(s))
	return root
}

// takes checks how many arguments follow a subcommand.
func takes(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return usage{fmt.Errorf("arguments expected: %d, given: %q", n, args)}
		}
		return nil
	}
}

// dataFlags adds what names an instance.
func (s *shared) dataFlags(c *cobra.Command) {
	c.Flags().StringVar(&s.data, "data", s.env("TIDEWAITER_DATA"), "data directory of the instance (or TIDEWAITER_DATA)")
	c.Flags().StringVar(&s.database, "database", s.env("TIDEWAITER_DATABASE"), "postgres:// address (or TIDEWAITER_DATABASE); empty: SQLite in the data directory")
	c.Flags().StringVar(&s.key, "key", s.env("TIDEWAITER_KEY"), "file of the private key that signs checkpoints and receipts (or TIDEWAITER_KEY); empty: keys/journal.key in the data directory")
	c.Flags().StringVar(&s.contentKey, "content-key", s.env("TIDEWAITER_CONTENT_KEY"), "file of the key that wraps the keys of attachments (or TIDEWAITER_CONTENT_KEY); empty: keys/content.key in the data directory")
	for _, name := range []string{"data", "database", "key", "content-key"} {
		c.Flags().Lookup(name).DefValue = "" // an address holds a password: help must not print it
	}
}

func (s *shared) config() (server.Config, error) {
	if s.data == "" {
		return server.Config{}, usage{fmt.Errorf("--data DIR is needed (or TIDEWAITER_DATA)")}
	}
	log := slog.New(slog.NewJSONHandler(s.errs, &slog.HandlerOptions{Level: s.logLevel}))
	return server.Config{Data: s.data, Database: s.database, KeyFile: s.key, ContentKeyFile: s.contentKey, Version: version, Log: log}, nil
}

// open opens an instance that exists: a mistyped directory is not made.
func (s *shared) open(ctx context.Context) (*server.App, error) {
	return s.openAs(ctx, func(*server.Config) {})
}

// openAs is open for a server, which sets what only servers need.
func (s *shared) openAs(ctx context.Context, set func(*server.Config)) (*server.App, error) {
	c, err := s.config()
	if err != nil {
		return nil, err
	}
	set(&c)
	if _, err := os.Stat(c.Data); err != nil {
		return nil, noInstance(c.Data)
	}
	return server.Open(ctx, c)
}

func noInstance(data string) error {
	return usage{fmt.Errorf("no instance in %s: make one with tidewaiter init, or tidewaiter demo", data)}
}
