package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// pressEdition and holderEdition are what --edition says beside the kinds of editions.
const (
	pressEdition  = "press"
	holderEdition = "holder:"
)

type reportFlags struct {
	operation, edition, lang, format, out string
	version                               int64
	who                                   asker
}

func reportCommand(s *shared) *cobra.Command {
	var f reportFlags
	c := &cobra.Command{Use: "report", Args: takes(0), Short: "Write an edition of the final report, or the press release, into a file",
		Long: "Write an edition of the final report, or the press release, into a file, as whoever asks may see it.\n\n" +
			"  tidewaiter report --data DIR --operation CODE --edition public --lang fr --format docx --out report.docx\n\n" +
			"An edition that was given out is written as it was given out; before that, coordination gets what would be. In the public's and in right\n" +
			"holders' editions small cells are suppressed.",
		RunE: func(cmd *cobra.Command, _ []string) error { return s.writeEdition(cmd, f) }}
	s.dataFlags(c)
	c.Flags().StringVar(&f.operation, "operation", "", "code of the operation")
	f.who.flags(c, "coordinator")
	c.Flags().StringVar(&f.edition, "edition", publication.Enforcement, "enforcement, public, press, or holder:NAME with the name of a right holder")
	c.Flags().StringVar(&f.lang, "lang", "", "language; that of the terminal when empty")
	c.Flags().StringVar(&f.format, "format", rendition.HTML, strings.Join(rendition.Formats(), ", "))
	c.Flags().StringVar(&f.out, "out", "", "file to write; standard output when empty, but not of docx and xlsx")
	c.Flags().Int64Var(&f.version, "version", 0, "version of the report; the newest when 0")
	return c
}

func (f reportFlags) check() error {
	switch {
	case f.operation == "":
		return usage{errors.New("--operation CODE is needed")}
	case !slices.Contains([]string{publication.Enforcement, publication.Public, pressEdition}, f.edition) && (!strings.HasPrefix(f.edition, holderEdition) || f.edition == holderEdition):
		return usage{fmt.Errorf("--edition %s is unknown: enforcement, public, press, or holder:NAME", f.edition)}
	case !slices.Contains(rendition.Formats(), f.format):
		return usage{fmt.Errorf("--format %s is unknown: %s", f.format, strings.Join(rendition.Formats(), ", "))}
	case f.lang != "" && !slices.Contains(i18n.Languages(), i18n.Lang(f.lang)):
		return usage{fmt.Errorf("--lang %s is not spoken here", f.lang)}
	case f.version < 0:
		return usage{fmt.Errorf("--version %d is none", f.version)}
	case f.version != 0 && f.edition == pressEdition:
		return usage{errors.New("--version: the press release says itself of which version it is")}
	case f.out == "" && (f.format == rendition.DOCX || f.format == rendition.XLSX):
		return usage{fmt.Errorf("--out FILE is needed for %s", f.format)}
	case f.out != "":
		return writable(f.out, "--out")
	}
	return nil
}

func (s *shared) writeEdition(cmd *cobra.Command, f reportFlags) error {
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
	if f.lang == "" {
		f.lang = string(terminalPrinter(s.env).Lang())
	}
	d, err := f.document(cmd, app, who)
	if err != nil {
		return err
	}
	write := func(out io.Writer) error { return d.Write(out, f.format) }
	if f.out == "" {
		return write(s.out)
	}
	return wholeTo(f.out, write)
}

// document asks for what is to be written.
func (f reportFlags) document(cmd *cobra.Command, app *server.App, who access.Actor) (rendition.Document, error) {
	code := operation.Code(f.operation)
	if f.edition == pressEdition {
		v, err := app.Editions.Press(cmd.Context(), who, code, f.lang)
		return v.Document, err
	}
	w := edition.Wanted{Number: f.version, Kind: f.edition}
	if name, ok := strings.CutPrefix(f.edition, holderEdition); ok {
		number, err := holderNamed(cmd, app, who, code, name)
		if err != nil {
			return rendition.Document{}, err
		}
		w.Kind, w.Holder = publication.Holder, number
	}
	r, err := app.Editions.Read(cmd.Context(), who, code, w, f.lang)
	return r.Document, err
}

// holderNamed finds a right holder that takes part by any of its names, its abbreviation, or a
// part of one that no other has; whatever their case.
func holderNamed(cmd *cobra.Command, app *server.App, who access.Actor, code operation.Code, name string) (int64, error) {
	shelf, err := app.Editions.List(cmd.Context(), who, code)
	if err != nil {
		return 0, err
	}
	known := shelf.Holders
	for _, h := range shelf.Editions {
		if h.Kind == publication.Holder {
			known = append(known, h.Holder)
		}
	}
	var names []string
	part := map[int64]bool{}
	for _, o := range known {
		typed := i18n.Fold(name)
		for _, called := range append(slices.Collect(maps.Values(o.Names)), o.Name, o.Abbreviation) {
			if i18n.Fold(called) == typed {
				return o.Number, nil
			}
			part[o.Number] = part[o.Number] || strings.Contains(i18n.Fold(called), typed)
		}
		if !slices.Contains(names, o.Name) {
			names = append(names, o.Name)
		}
	}
	maps.DeleteFunc(part, func(_ int64, holds bool) bool { return !holds })
	for number := range part {
		if len(part) == 1 {
			return number, nil
		}
	}
	return 0, usage{fmt.Errorf("--edition holder:%s: no right holder of that name takes part: %s", name, strings.Join(names, ", "))}
}
