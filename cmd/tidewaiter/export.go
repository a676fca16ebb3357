package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/export"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

type exportFlags struct {
	operation, format, out, language string
	who                              asker
	filter                           caselist.Filter
	country, category                string
	plain                            bool
}

func exportCommand(s *shared) *cobra.Command {
	var f exportFlags
	c := &cobra.Command{Use: "export", Args: takes(0), Short: "Write the cases of an operation into a file, as whoever asks may see them",
		Long: "Write the cases of an operation into a file, as whoever asks may see them.\n\n" +
			"  tidewaiter export --data DIR --operation CODE --format xlsx --out cases.xlsx\n\n" +
			"A row is a goods line. The file can be imported again without a mapping. What is handed out is noted in the log of readings.",
		RunE: func(cmd *cobra.Command, _ []string) error { return s.export(cmd, f) }}
	s.dataFlags(c)
	c.Flags().StringVar(&f.operation, "operation", "", "code of the operation")
	f.who.flags(c, "coordinator")
	c.Flags().StringVar(&f.format, "format", export.XLSX, strings.Join(export.Formats(), ", "))
	c.Flags().StringVar(&f.out, "out", "", "file to write; standard output when empty, but not of a workbook")
	c.Flags().StringVar(&f.language, "language", "", "language of headings and of what codes mean; that of the terminal when empty")
	c.Flags().StringVar(&f.filter.From, "from", "", "first day of the event, YYYY-MM-DD")
	c.Flags().StringVar(&f.filter.To, "to", "", "last day of the event, YYYY-MM-DD")
	c.Flags().StringVar(&f.country, "country", "", "country of interception, two letters")
	c.Flags().StringVar(&f.category, "category", "", "code of the category of goods")
	c.Flags().BoolVar(&f.plain, "plain", false, "CSV without a byte order mark")
	c.AddCommand(exportOperationCommand(s))
	return c
}

func (s *shared) export(cmd *cobra.Command, f exportFlags) (err error) {
	switch {
	case f.operation == "":
		return usage{errors.New("--operation CODE is needed")}
	case !slices.Contains(export.Formats(), f.format):
		return usage{fmt.Errorf("--format %s is unknown: %s", f.format, strings.Join(export.Formats(), ", "))}
	case f.out == "" && f.format == export.XLSX:
		return usage{errors.New("--out FILE is needed for a workbook")}
	}
	if err := f.check(); err != nil {
		return err
	}
	app, err := s.open(cmd.Context())
	if err != nil {
		return err
	}
	defer app.Close()
	who, err := s.actor(cmd.Context(), app, f.who)
	if err != nil {
		return err
	}
	st, err := app.Operations.Read(cmd.Context(), who, operation.Code(f.operation))
	if err != nil {
		return err
	}
	lang := terminalPrinter(s.env).Lang()
	if f.language != "" {
		lang = i18n.Match("", f.language)
	}
	q := export.Request{Format: f.format, Filter: f.narrowed(), Plain: f.plain,
		Printer: i18n.NewPrinter(lang, i18n.WithNames(app.Names), i18n.WithNames(named(st.Operation)))}
	var n int
	write := func(out io.Writer) (err error) {
		n, err = app.Exports.Cases(cmd.Context(), who, st.Operation.Code, q, out, nil)
		return err
	}
	if f.out == "" {
		return write(s.out)
	}
	if err := replaceTo(f.out, write); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%d cases\n", n)
	return err
}

// narrowed is the filter of the list of cases.
func (f exportFlags) narrowed() caselist.Filter {
	out := f.filter
	out.Codes = map[string]string{}
	for name, code := range map[string]string{caselist.Country: f.country, caselist.Category: f.category} {
		if code != "" {
			out.Codes[name] = code
		}
	}
	return out
}

// check refuses what would give an empty file that looks like an answer.
func (f exportFlags) check() error {
	day := func(flag, v string) error {
		if _, err := time.Parse(time.DateOnly, v); v != "" && err != nil {
			return usage{fmt.Errorf("%s %s is no day, such as 2017-02-06", flag, v)}
		}
		return nil
	}
	if err := errors.Join(day("--from", f.filter.From), day("--to", f.filter.To)); err != nil {
		return err
	}
	switch {
	case f.filter.From != "" && f.filter.To != "" && f.filter.From > f.filter.To:
		return usage{fmt.Errorf("--from %s is after --to %s", f.filter.From, f.filter.To)}
	case f.category != "" && !codelist.Category.Has(f.category):
		return usage{fmt.Errorf("--category %s is none: %s", f.category, strings.Join(codelist.Category.Codes(), ", "))}
	case f.country != "" && !codelist.Country.Has(f.country):
		return usage{fmt.Errorf("--country %s is no code of a country or area: two capital letters, such as TH", f.country)}
	case f.language != "" && !slices.Contains(i18n.Languages(), i18n.Lang(f.language)):
		return usage{fmt.Errorf("--language %s is not spoken here", f.language)}
	case f.out != "":
		return writable(f.out, "--out")
	}
	return nil
}

// named is how an operation calls countries and areas.
func named(o operation.Operation) map[string]map[i18n.Lang]string {
	out := map[string]map[i18n.Lang]string{}
	for code, by := range o.Names {
		out[code] = map[i18n.Lang]string{}
		for lang, name := range by {
			out[code][i18n.Lang(lang)] = name
		}
	}
	return out
}
