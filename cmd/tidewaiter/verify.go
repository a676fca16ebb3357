package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// errFound ends a verify that found something: exit code 1.
var errFound = errors.New("what stands is not what was written down: see the findings")

type verifyFlags struct {
	contentKey                                string
	data, database, export, receipt, old, new string
	keys                                      []string
	json                                      bool
}

func verifyCommand(s *shared) *cobra.Command {
	var f verifyFlags
	c := &cobra.Command{Use: "verify", Args: takes(0), Short: "Check that nothing was changed, dropped, reordered or invented, offline",
		Long: "Check that nothing was changed, dropped, reordered or invented. It changes nothing and needs no network.\n\n" +
			"  tidewaiter verify --data DIR [--key KEY]                  every journal, and every row against its entries\n" +
			"  tidewaiter verify --export FILE --key KEY                 a journal that was taken out of the house\n" +
			"  tidewaiter verify --receipt FILE --export FILE --key KEY  an entry that somebody has a receipt for\n" +
			"  tidewaiter verify --old FILE --new FILE --export FILE     the older checkpoint begins the newer one\n\n" +
			"It ends with 0 if nothing was found, with 1 if something was, or if it could not look, and with 2 if it was called wrongly.",
		RunE: func(cmd *cobra.Command, _ []string) error { return s.verify(cmd.Context(), f) }}
	fl := c.Flags()
	fl.StringVar(&f.data, "data", "", "data directory, of a running or a stopped instance, or a copy of one")
	fl.StringVar(&f.contentKey, "content-key", s.env("TIDEWAITER_CONTENT_KEY"), "file of the key that wraps the keys of attachments, to look at their files as well; empty: keys/content.key in the data directory")
	fl.Lookup("content-key").DefValue = ""
	fl.StringVar(&f.database, "database", "", "with --data: postgres:// address; empty: SQLite in the data directory")
	fl.StringVar(&f.export, "export", "", "file that tidewaiter journal export wrote")
	fl.StringVar(&f.receipt, "receipt", "", "file with a receipt")
	fl.StringVar(&f.old, "old", "", "file with a checkpoint that was kept elsewhere")
	fl.StringVar(&f.new, "new", "", "file with a newer checkpoint")
	fl.StringArrayVar(&f.keys, "key", nil, "verifier key NAME+HASH+DATA that is trusted, or a file with one; may be given several times")
	fl.BoolVar(&f.json, "json", false, "print the report as JSON")
	c.AddCommand(verifyBundleCommand(s), verifyReportCommand(s))
	return c
}

func (s *shared) verify(ctx context.Context, f verifyFlags) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	bar := newBar(s.errs, "verify")
	o.Progress = bar.show
	r, err := f.look(ctx, o)
	bar.end()
	if err != nil {
		return err
	}
	if f.json {
		err = json.NewEncoder(s.out).Encode(r)
	} else {
		err = s.printReport(r)
	}
	if err == nil && !r.Fine() {
		err = errFound
	}
	return err
}

// options reads the papers and the keys.
func (f verifyFlags) options() (verify.Options, error) {
	var o verify.Options
	switch {
	case f.data != "" && f.export != "":
		return o, usage{errors.New("--data and --export are two questions: ask one at a time")}
	case f.database != "" && f.data == "":
		return o, usage{errors.New("--database needs --data DIR, where the instance keeps its key")}
	case f.data == "" && f.export == "" && f.receipt == "" && f.old == "" && f.new == "":
		return o, usage{errors.New("--data DIR, --export FILE, --receipt FILE or --old FILE and --new FILE is needed")}
	case (f.old == "") != (f.new == "") && f.data == "" && f.export == "":
		return o, usage{errors.New("--old FILE and --new FILE go together, or with --export FILE or --data DIR")}
	}
	for _, k := range f.keys {
		key, err := readKey(k)
		if err != nil {
			return o, err
		}
		o.Verifiers = append(o.Verifiers, key)
	}
	for _, n := range []struct {
		file string
		into *[]verify.Note
	}{{f.old, &o.Checkpoints}, {f.new, &o.Checkpoints}, {f.receipt, &o.Receipts}} {
		if n.file == "" {
			continue
		}
		text, err := os.ReadFile(n.file)
		if err != nil {
			return o, err
		}
		*n.into = append(*n.into, verify.Note{Name: filepath.Base(n.file), Text: string(text)})
	}
	return o, nil
}

// readKey takes a verifier key, or the file that holds one.
func readKey(k string) (string, error) {
	if journal.CheckVerifier(k) == nil {
		return strings.TrimSpace(k), nil
	}
	text, err := os.ReadFile(k)
	if err != nil {
		return "", usage{fmt.Errorf("--key is neither a verifier key (NAME+HASH+DATA) nor a file with one: %w", err)}
	}
	if err := journal.CheckVerifier(string(text)); err != nil {
		return "", usage{fmt.Errorf("--key %s: %w", k, err)}
	}
	return strings.TrimSpace(string(text)), nil
}

// look does what the flags ask.
func (f verifyFlags) look(ctx context.Context, o verify.Options) (verify.Report, error) {
	switch {
	case f.data != "":
		return f.lookAtData(ctx, o)
	case f.export != "":
		in, err := os.Open(f.export)
		if err != nil {
			return verify.Report{}, err
		}
		defer in.Close()
		return verify.Export(in, o)
	}
	return verify.Notes(o), nil
}

// vault opens the files of attachments where they and the key to them are there.
// Nothing is made that is missing.
func (f verifyFlags) vault() (*blob.Vault, func(), error) {
	none := func() {}
	key := cmp.Or(f.contentKey, filepath.Join(f.data, "keys", "content.key"))
	_, noKey := os.Stat(key)
	_, noFiles := os.Stat(filepath.Join(f.data, blob.Directory))
	if f.contentKey == "" && noKey != nil || noFiles != nil {
		return nil, none, nil
	}
	vault, disk, err := server.Config{Data: f.data, ContentKeyFile: f.contentKey}.OpenVault()
	if err != nil {
		return nil, none, err
	}
	return vault, func() { disk.Close() }, nil
}

func (f verifyFlags) lookAtData(ctx context.Context, o verify.Options) (verify.Report, error) {
	if i, err := os.Stat(f.data); err != nil || !i.IsDir() {
		return verify.Report{}, usage{fmt.Errorf("no instance in %s", f.data)}
	}
	keys := filepath.Join(f.data, "keys")
	if _, err := os.Stat(filepath.Join(keys, "journal.key")); err == nil {
		o.KeyInside = true
	}
	url := f.database
	if url == "" {
		url = "sqlite:" + filepath.Join(f.data, "tidewaiter.db")
	}
	d, err := db.OpenReadOnly(ctx, url)
	if err != nil {
		return verify.Report{}, err
	}
	vault, done, err := f.vault()
	if err != nil {
		return verify.Report{}, errors.Join(err, d.Close())
	}
	defer done()
	o.Vault = vault
	r, err := verify.Database(ctx, d, o)
	return r, errors.Join(err, d.Close())
}

// printReport says what was checked, what was found and what was not promised.
func (s *shared) printReport(r verify.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "checked: %s\n", r.What)
	total := map[string]int64{}
	for _, j := range r.Journals {
		fmt.Fprintf(&b, "  %s: %d entries, root %s", j.Code, j.Entries, j.Root)
		if j.Contents+j.Erased > 0 {
			fmt.Fprintf(&b, "; %d contents as their digests say, %d erased", j.Contents, j.Erased)
		}
		if j.Checkpoints > 0 {
			fmt.Fprintf(&b, "; %d stored checkpoints", j.Checkpoints)
		}
		b.WriteString("\n")
		for table, n := range j.Rows {
			total[table] += n
		}
	}
	for _, table := range slices.Sorted(maps.Keys(total)) {
		fmt.Fprintf(&b, "  %s: %d rows against the entries that made them\n", table, total[table])
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "  %s\n", n)
	}
	if r.Fine() {
		b.WriteString("found: nothing\n")
	} else {
		fmt.Fprintf(&b, "found: %d\n", int64(len(r.Findings))+r.More)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "  %s\n", f)
	}
	if r.More > 0 {
		fmt.Fprintf(&b, "  and %d more\n", r.More)
	}
	b.WriteString("not promised:\n")
	for _, l := range r.Limits {
		fmt.Fprintf(&b, "  %s\n", l)
	}
	_, err := fmt.Fprint(s.out, b.String())
	return err
}
