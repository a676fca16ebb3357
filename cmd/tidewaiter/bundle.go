package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

type bundleFlags struct {
	operation, ref, out string
	request             evidence.Request
	who                 asker
}

func bundleCommand(s *shared) *cobra.Command {
	var f bundleFlags
	c := &cobra.Command{Use: "bundle", Args: takes(0), Short: "Write one case with its photos and proofs to a file that tidewaiter verify bundle checks offline",
		Long: "Write one case in all its versions, its photos and documents, the journal's entries on them and their proofs to one file.\n" +
			"Only the organisation that reported the case makes it; that it was made is an entry of the journal.\n" +
			"In a demonstration without --persona, whoever of its personas may make it does.",
		RunE: func(cmd *cobra.Command, _ []string) error { return s.bundle(cmd.Context(), f) }}
	s.dataFlags(c)
	fl := c.Flags()
	fl.StringVar(&f.operation, "operation", "", "code of the operation")
	fl.StringVar(&f.ref, "case", "", "number of the case, such as S-17-48213-H")
	fl.StringVar(&f.out, "out", "", "file to write; one that is there is not written over")
	fl.StringVar(&f.request.Purpose, "purpose", "", "what it is for, such as the number of the proceedings; stands in the bundle and in the journal")
	fl.StringVar(&f.request.Recipient, "recipient", "", "who receives it")
	fl.StringVar(&f.request.Consent, "consent", "", "who consented, when and how, where the case answers another organisation's warning that is marked for few")
	f.who.flags(c, "")
	return c
}

func (s *shared) bundle(ctx context.Context, f bundleFlags) error {
	ref, ok := seizure.ValidReference(f.ref)
	switch {
	case f.operation == "" || f.ref == "" || f.out == "":
		return usage{errors.New("--operation CODE, --case REF and --out FILE are needed")}
	case f.out == "-":
		return usage{errors.New("--out - is not taken: a bundle is written whole or not at all, so name a file")}
	case !ok:
		return usage{fmt.Errorf("--case %s is no number of a case, such as S-17-48213-H", f.ref)}
	}
	if _, err := os.Lstat(f.out); err == nil { // before anything is written down
		return usage{fmt.Errorf("%s is there already: choose another --out", f.out)}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writable(f.out, "--out"); err != nil {
		return err
	}
	f.ref = ref
	app, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer app.Close()
	b, err := s.makeBundle(ctx, app, f)
	if err != nil {
		return err
	}
	bar := newBar(s.errs, "bundle")
	b.Progress = func(done, total int64) { bar.show(int(done), int(total)) }
	err = wholeTo(f.out, func(out io.Writer) error {
		_, err := b.WriteTo(out)
		return err
	})
	bar.end()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s: %d bytes, as entry %d says\nkey: %s\nfingerprint of the key: %s\n",
		f.out, b.Size(), b.Entry(), app.Signer.Verifier(), evidence.Fingerprint(app.Signer.Verifier()))
	return err
}

// makeBundle asks as whoever was named; in a demonstration, where nobody was, as
// the first of its personas who may.
func (s *shared) makeBundle(ctx context.Context, app *server.App, f bundleFlags) (*evidence.Bundle, error) {
	make := func(who access.Actor) (*evidence.Bundle, error) {
		return app.Evidence.Make(ctx, who, operation.Code(f.operation), f.ref, f.request)
	}
	if app.Demo == nil || f.who.persona != "" || f.who.login != "" {
		who, err := s.actor(ctx, app, f.who)
		if err != nil {
			return nil, err
		}
		return make(who)
	}
	personas, err := app.Sessions.Personas(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range personas {
		who, err := s.actor(ctx, app, asker{persona: p.Person.Persona})
		if err != nil {
			return nil, err
		}
		if b, err := make(who); !fault.Is(err, fault.NotFound) {
			return b, err
		}
	}
	return nil, errors.New("no persona of the demonstration may make it: only the organisation that reported the case may")
}

type verifyBundleFlags struct {
	keys []string
	json bool
}

func verifyBundleCommand(s *shared) *cobra.Command {
	var f verifyBundleFlags
	c := &cobra.Command{Use: "bundle FILE", Args: takes(1), Short: "Check an evidence bundle, offline, on a machine that has never seen the server",
		Long: "Check an evidence bundle: every byte, every proof, every signature. It needs no network and no instance.\n\n" +
			"  tidewaiter verify bundle FILE --key KEY\n\n" +
			"Without --key the key that came with the bundle is taken: that shows that the parts fit together, not who signed them.\n" +
			"It ends with 0 if nothing was found, with 1 if something was, or if the file is no bundle, and with 2 if it was called wrongly.",
		RunE: func(_ *cobra.Command, args []string) error { return s.verifyBundle(args[0], f) }}
	c.Flags().StringArrayVar(&f.keys, "key", nil, "verifier key NAME+HASH+DATA that is trusted, or a file with one; may be given several times")
	c.Flags().BoolVar(&f.json, "json", false, "print the report as JSON")
	return c
}

func (s *shared) verifyBundle(path string, f verifyBundleFlags) error {
	var keys []string
	for _, k := range f.keys {
		key, err := readKey(k)
		if err != nil {
			return err
		}
		keys = append(keys, key)
	}
	c, err := evidence.CheckFile(path, keys...)
	if err != nil {
		return err
	}
	r := reportOf(c)
	if f.json {
		err = json.NewEncoder(s.out).Encode(r)
	} else {
		err = s.printReport(r)
	}
	if err == nil && !c.Fine() {
		err = errFound
	}
	return err
}

// reportOf says what came of checking a bundle.
func reportOf(c *evidence.Checked) verify.Report {
	m := c.Manifest
	r := verify.Report{What: "evidence bundle", Journals: []verify.Journal{}, Findings: c.Findings, Limits: []string{}}
	if r.Findings == nil {
		r.Findings = []journal.Finding{}
	}
	note := func(text string, args ...any) { r.Notes = append(r.Notes, fmt.Sprintf(text, args...)) }
	limit := func(text string, args ...any) { r.Limits = append(r.Limits, fmt.Sprintf(text, args...)) }
	note("case %s of %s, operation %s, version %d (%s)", plain(m.Case.Reference), plain(m.Case.Organisation.Name), plain(m.Operation.Code), m.Case.Version, plain(m.Case.State))
	note("made %s by %s of %s, for: %s; to: %s", plain(m.Made.At), plain(m.Made.Name), plain(m.Made.Organisation.Name), plain(m.Made.Purpose), plain(m.Made.Recipient))
	note("%d parts as the manifest says, %d entries with proofs, %d contents as their digests say", c.Parts, c.Proofs, c.Contents)
	for _, p := range m.Photos {
		state := "original held"
		if p.Original != evidence.Held {
			state = p.Original
		}
		if p.Withdrawn != 0 {
			state += ", withdrawn"
		}
		note("%s %s: SHA-256 %s, of what came %s; %s", plain(p.Kind), plain(p.File), plain(p.SHA256), plain(p.OriginalSHA256), plain(state))
	}
	if m.Handling.Consent != "" {
		note("consent, for it answers a warning marked TLP:%s: %s", plain(m.Handling.Source), plain(m.Handling.Consent))
	}
	note("key in the bundle: %s", plain(c.Key))
	note("fingerprint of that key: %s", evidence.Fingerprint(c.Key))
	if !c.Trusted {
		limit("No key was given: the bundle was checked with the key that came with it, and whoever makes up a bundle makes up a key. " +
			"Compare the fingerprint with the one that the operator of the instance gives you by another way, and give that key with --key.")
	}
	limit("The conditions under which the content was written stand in the manifest: whether this use of it is allowed was not looked at.")
	limit("The journal says what was written, by whom and when by the server's clock; not whether it is true.")
	return r
}

// plain is a text of a bundle, which may be hostile, as a terminal may show it.
func plain(text string) string {
	if text == "" {
		return "(not said)"
	}
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1]
}
