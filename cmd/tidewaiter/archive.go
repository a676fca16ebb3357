package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/archive"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

type exportOperationFlags struct {
	operation, out, purpose string
	who                     asker
}

func exportOperationCommand(s *shared) *cobra.Command {
	var f exportOperationFlags
	c := &cobra.Command{Use: "operation", Args: takes(0), Short: "Write a whole operation to one file in an open form, for another instance or for whoever checks its report",
		Long: "Write a whole operation to one file: every record, the journal with its contents, the files of attachments, and what vouches for them.\n\n" +
			"  tidewaiter export operation --data DIR --operation CODE --out FILE\n\n" +
			"The directing body's director does; it is an entry of the journal. The file holds everything, also drafts, and is not encrypted:\n" +
			"treat it as the instance itself. No passwords, sessions, links, keys or private settings are in it.",
		RunE: func(cmd *cobra.Command, _ []string) error { return s.exportOperation(cmd.Context(), f) }}
	s.dataFlags(c)
	c.Flags().StringVar(&f.operation, "operation", "", "code of the operation")
	c.Flags().StringVar(&f.out, "out", "", "file to write; one that is there is not written over")
	c.Flags().StringVar(&f.purpose, "purpose", "", "what it is for; stands in the file and in the journal")
	f.who.flags(c, "director")
	return c
}

func (s *shared) exportOperation(ctx context.Context, f exportOperationFlags) error {
	switch {
	case f.operation == "" || f.out == "":
		return usage{errors.New("--operation CODE and --out FILE are needed")}
	case f.out == "-":
		return usage{errors.New("--out - is not taken: a file is written whole or not at all, so name one")}
	}
	if _, err := os.Lstat(f.out); err == nil { // before anything is written down
		return usage{fmt.Errorf("%s is there already: choose another --out", f.out)}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writable(f.out, "--out"); err != nil {
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
	bar := newBar(s.errs, "export")
	var m archive.Manifest
	err = wholeTo(f.out, func(out io.Writer) (err error) {
		m, err = app.Archives.Export(ctx, who, operation.Code(f.operation), f.purpose, out, bar.show)
		return err
	})
	bar.end()
	if err != nil {
		return err
	}
	rows := int64(0)
	for _, t := range m.Tables {
		rows += t.Rows
	}
	_, err = fmt.Fprintf(s.out, "%s: %d rows of %d tables, %d entries, root %s\nas entry %d says\nkey: %s\nfingerprint of the key: %s\n"+
		"it is not encrypted, and holds everything: treat it as the instance itself\n",
		f.out, rows, len(m.Tables), m.Journals[0].Size, m.Journals[0].Root, m.Made.Entry, app.Signer.Verifier(), evidence.Fingerprint(app.Signer.Verifier()))
	return err
}

type importOperationFlags struct {
	trust []string
	json  bool
	who   asker
}

func importOperationCommand(s *shared) *cobra.Command {
	var f importOperationFlags
	c := &cobra.Command{Use: "operation FILE", Args: takes(1), Short: "Take in a whole operation that another instance exported",
		Long: "Take in a whole operation that tidewaiter export operation wrote, on either engine, whole or not at all.\n\n" +
			"  tidewaiter import operation --data DIR FILE\n\n" +
			"Every record keeps its number, so the numbers of the operation and of its organisations must be free here: make the instance with\n" +
			"tidewaiter init --number N, above the highest in the file. The file is checked, put together and verified before anything is written.\n" +
			"People come without passwords: invite them anew. The same file again changes nothing.",
		RunE: func(cmd *cobra.Command, args []string) error { return s.importOperation(cmd.Context(), f, args[0]) }}
	s.dataFlags(c)
	c.Flags().StringArrayVar(&f.trust, "trust", nil, "verifier key NAME+HASH+DATA that must have signed the file, or a file with one; may be given several times")
	c.Flags().BoolVar(&f.json, "json", false, "print the outcome as JSON")
	f.who.flags(c, "administrator")
	return c
}

func (s *shared) importOperation(ctx context.Context, f importOperationFlags, path string) error {
	var o archive.Options
	for _, k := range f.trust {
		key, err := readKey(k)
		if err != nil {
			return err
		}
		o.Verifiers = append(o.Verifiers, key)
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
	bar := newBar(s.errs, "check")
	o.Progress = func(done, total int64) { bar.show(int(done), int(total)) }
	r, err := app.Archives.Import(ctx, who, path, o)
	bar.end()
	if err != nil {
		return err
	}
	if f.json {
		return json.NewEncoder(s.out).Encode(r)
	}
	m := r.Manifest
	if r.Unchanged {
		_, err = fmt.Fprintf(s.out, "operation %s is here already, as the file has it: nothing was changed\n", plain(m.Operation.Code))
		return err
	}
	fmt.Fprintf(s.out, "operation %s taken in: %d entries, root %s\n%d organisations that were not here, %d people: invite those who are to sign in\n",
		plain(m.Operation.Code), m.Journals[0].Size, m.Journals[0].Root, r.Bodies, r.People)
	for _, old := range slices.Sorted(maps.Keys(r.Renamed)) {
		fmt.Fprintf(s.out, "login %s was taken: %s\n", plain(old), plain(r.Renamed[old]))
	}
	if len(r.Left) > 0 {
		fmt.Fprintf(s.out, "%d hats were left out, since their organisations stood here before: give those that are right by hand\n", len(r.Left))
	}
	for _, h := range r.Left {
		fmt.Fprintf(s.out, "hat left out: login %s, organisation %d %s, position %s, contact point %s\n",
			plain(h.Login), h.Organisation, plain(h.Name), plain(h.Position), plain(h.ContactPoint))
	}
	if !r.Trusted {
		fmt.Fprintf(s.out, "no key was given: the file was checked with the key that came with it (%s). Give --trust\n", plain(m.Origin))
	}
	return nil
}
