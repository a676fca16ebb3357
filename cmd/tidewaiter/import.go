package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/guess"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
)

type importFlags struct {
	operation, mapping, out, errors string
	who                             asker
	guess, json                     bool
}

func importCommand(s *shared) *cobra.Command {
	var f importFlags
	c := &cobra.Command{Use: "import FILE", Args: takes(1), Short: "Bring a spreadsheet of seizures into an operation",
		Long: "Bring a spreadsheet of seizures into an operation through a mapping of its columns.\n\n" +
			"  tidewaiter import --guess FILE.csv > mapping.toml\n" +
			"  tidewaiter import --data DIR --operation CODE --mapping mapping.toml FILE.csv\n\n" +
			"FILE is CSV in any encoding or XLSX. A filled-in template and an export need no mapping.\n" +
			"Each row becomes a case or is refused with its reason. The same file again changes nothing; an import that was stopped goes on.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.guess {
				return s.guess(f.out, args[0])
			}
			return s.importFile(cmd.Context(), f, args[0])
		}}
	s.dataFlags(c)
	c.Flags().StringVar(&f.operation, "operation", "", "code of the operation")
	f.who.flags(c, "officer")
	c.Flags().StringVar(&f.mapping, "mapping", "", "mapping file (TOML)")
	c.Flags().BoolVar(&f.guess, "guess", false, "write a first mapping for the file instead")
	c.Flags().StringVar(&f.out, "out", "", "with --guess: write the mapping to this file")
	c.Flags().StringVar(&f.errors, "errors", "", "write a copy of the file to this one, with what was refused and why")
	c.Flags().BoolVar(&f.json, "json", false, "print the outcome as JSON")
	c.AddCommand(importOperationCommand(s))
	return c
}

func (s *shared) guess(out, path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	if out != "" {
		if err := errors.Join(another(out, "--out", in), writable(out, "--out")); err != nil {
			return err
		}
	}
	mapping, err := guess.Guess(in, time.Now())
	if err != nil {
		return err
	}
	if out != "" {
		return replaceTo(out, func(w io.Writer) error { _, err := w.Write(mapping); return err })
	}
	_, err = s.out.Write(mapping)
	return err
}

// mappingOf reads the mapping of a file, or makes that of the product's own sheet.
func mappingOf(f importFlags, sheet io.ReadSeeker) (*spreadsheet.Mapping, error) {
	if f.mapping != "" {
		text, err := os.ReadFile(f.mapping)
		if err != nil {
			return nil, err
		}
		return spreadsheet.ParseMapping(text)
	}
	g, err := guess.Make(sheet, time.Now(), guess.Choices{})
	if err != nil {
		return nil, err
	}
	if !g.Own {
		return nil, usage{errors.New("--mapping FILE is needed; tidewaiter import --guess FILE.csv writes a first mapping")}
	}
	return spreadsheet.ParseMapping(g.Mapping)
}

func (s *shared) importFile(ctx context.Context, f importFlags, path string) error {
	if f.operation == "" {
		return usage{errors.New("--operation CODE is needed, and --mapping FILE; tidewaiter import --guess FILE.csv writes a first mapping")}
	}
	sheet, err := os.Open(path)
	if err != nil {
		return err
	}
	defer sheet.Close()
	if f.errors != "" { // before the first row is taken
		if err := errors.Join(another(f.errors, "--errors", sheet), writable(f.errors, "--errors")); err != nil {
			return err
		}
	}
	mapping, err := mappingOf(f, sheet)
	if err != nil {
		return err
	}
	app, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer app.Close()
	who, err := s.actor(ctx, app, f.who)
	if err != nil {
		return err
	}
	st, err := app.Operations.Read(ctx, who, operation.Code(f.operation))
	if err != nil {
		return err
	}
	bar := newBar(s.errs, "import")
	job := spreadsheet.Job{Operation: string(st.Operation.ID), Mapping: mapping, Progress: bar.show,
		Report: spreadsheet.Into(app.Seizures, who, st.Operation.Code)}
	result, err := job.Import(ctx, sheet)
	bar.end()
	if result != nil {
		if e := s.printImport(result, f.json); err == nil {
			err = e
		}
	}
	if err == nil && f.errors != "" {
		err = s.copyErrors(f.errors, sheet, mapping, result)
	}
	return err
}

// copyErrors writes the file again with what was refused.
func (s *shared) copyErrors(path string, sheet io.ReadSeeker, mapping *spreadsheet.Mapping, result *outcome.Result) error {
	return replaceTo(path, func(out io.Writer) error {
		return result.Copy(out, sheet, mapping.Written(), terminalPrinter(s.env).T, i18n.NewPrinter(i18n.English).T)
	})
}

func (s *shared) printImport(result *outcome.Result, asJSON bool) error {
	printed := result.Print(terminalPrinter(s.env).T)
	if asJSON {
		return json.NewEncoder(s.out).Encode(printed)
	}
	fmt.Fprintf(s.out, "%d rows: %d accepted, %d unchanged, %d refused\n", printed.Rows, printed.Accepted, printed.Unchanged, printed.Refused)
	if printed.Cases > 0 {
		fmt.Fprintf(s.out, "  in %d cases\n", printed.Cases)
	}
	for _, r := range printed.Refusals {
		fmt.Fprintf(s.out, "  row %d, %s: %s (%q)\n", r.Row, r.Column, r.Reason, r.Value)
	}
	for _, n := range printed.Notes {
		fmt.Fprintf(s.out, "  %s %q, %d rows: %s\n", n.Column, n.Value, n.Rows, n.Note)
	}
	return nil
}
