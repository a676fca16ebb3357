package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/bench"
	"github.com/tidewaiter/tidewaiter/internal/bench/world"
)

type benchFlags struct {
	engine, size, profile, role string
	full, json                  bool
	rounds, messages            int
	only                        []string
}

func benchCommand(s *shared) *cobra.Command {
	var f benchFlags
	c := &cobra.Command{Use: "bench", Args: takes(0), Short: "Measure this program beside a bare server and the machine's own limits",
		Long: "Measure this program beside a bare server and the machine's own limits, in turn, on a world of its own.\n\n" +
			"  tidewaiter bench --json\n" +
			"  tidewaiter bench --engine postgres --database postgres://... --data DIR\n\n" +
			"Figures do not carry over from one machine to another; ratios do. Nothing is measured on an instance that people use.",
		RunE: func(cmd *cobra.Command, _ []string) error { return s.bench(cmd, f) }}
	s.dataFlags(c)
	c.Flags().Lookup("data").Usage = "directory that keeps the world between runs; empty: a new one, removed at the end"
	c.Flags().Lookup("database").Usage = "postgres:// address of an empty database for the world (or TIDEWAITER_DATABASE)"
	c.Flags().StringVar(&f.engine, "engine", "sqlite", "sqlite or postgres")
	c.Flags().StringVar(&f.size, "size", "default", "of the world: tiny, default, full")
	c.Flags().IntVar(&f.messages, "messages", 0, "messages that are searched, up to a million and more; 0: as the size says")
	c.Flags().BoolVar(&f.full, "full", false, "the same as --size full: a million cases")
	c.Flags().IntVar(&f.rounds, "rounds", 3, "how often the subjects take turns")
	c.Flags().StringSliceVar(&f.only, "only", nil, "workloads to run, such as W1,W3; empty: all")
	c.Flags().BoolVar(&f.json, "json", false, "print one JSON document instead of tables")
	c.Flags().StringVar(&f.profile, "cpuprofile", "", "directory for CPU profiles of the server in the last round")
	c.Flags().StringVar(&f.role, "role", "", "what this process is within a run")
	_ = c.Flags().MarkHidden("role")
	return c
}

func (s *shared) bench(cmd *cobra.Command, f benchFlags) error {
	ctx := cmd.Context()
	if f.full {
		f.size = world.Full.Name
	}
	size, err := world.SizeOf(f.size)
	if err != nil {
		return usage{err}
	}
	switch {
	case f.messages == 0:
	case f.messages < world.LeastSearched:
		return usage{fmt.Errorf("--messages %d: at least %d", f.messages, world.LeastSearched)}
	default:
		size.Searched = f.messages
	}
	if f.role != "" {
		return bench.Role{Name: f.role, Data: s.data, Database: s.database, Size: size, Profile: f.profile}.Play(ctx, os.Stdin, s.out)
	}
	switch {
	case f.engine != "sqlite" && f.engine != "postgres":
		return usage{fmt.Errorf("--engine %s is unknown: sqlite, postgres", f.engine)}
	case f.engine == "postgres" && s.database == "":
		return usage{fmt.Errorf("--engine postgres needs --database postgres://... of an empty database")}
	case f.engine == "sqlite":
		s.database = ""
	}
	if f.rounds < 1 {
		return usage{fmt.Errorf("--rounds %d: at least 1", f.rounds)}
	}
	if !cmd.Flags().Changed("data") { // never the directory of an instance that the environment names
		if s.data, err = os.MkdirTemp("", "tidewaiter-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(s.data)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	bar := newBar(s.errs, "bench")
	report, err := bench.Run(ctx, bench.Options{Database: s.database, Data: s.data, Size: size, Rounds: f.rounds, Only: f.only,
		Profile: f.profile, Self: self, Version: version, Progress: func(what string, done, total int) {
			bar.what = what
			bar.show(done, total)
		}})
	bar.end()
	if err != nil {
		return err
	}
	if f.json {
		return json.NewEncoder(s.out).Encode(report)
	}
	return report.Print(s.out)
}
