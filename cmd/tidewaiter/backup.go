package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/backup"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

func backupCommand(s *shared) *cobra.Command {
	c := &cobra.Command{Use: "backup", Short: "Keep an instance in one encrypted file, and make it again",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage{fmt.Errorf("unknown command backup %q", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	c.AddCommand(backupCreate(s), backupVerify(s), backupRestore(s), backupIdentity(s))
	return c
}

// keeper shows how far it has come on the returned bar.
func (s *shared) keeper(what string) (backup.Keeper, *bar) {
	b := newBar(s.errs, what)
	return backup.Keeper{Source: source.Real(), Program: version, Progress: b.show}, b
}

// place is the instance that the flags name.
func (s *shared) place() (backup.Place, error) {
	c, err := s.config()
	return backup.Place{Data: c.Data, Database: c.Database}, err
}

type createFlags struct {
	out, recipientsFile, identity string
	recipients                    []string
	unencrypted                   bool
}

func backupCreate(s *shared) *cobra.Command {
	var f createFlags
	c := &cobra.Command{Use: "create", Args: takes(0), Short: "Back up an instance, also while a server serves it",
		Long: "Back up an instance as it is at one moment, also while a server serves it.\n\n" +
			"With --identity the file is verified at once; better is to verify it where the identity is kept, which is not on this machine.\n" +
			"Signing keys are not in a backup: keep their files elsewhere. Sessions and invitations are not in it either.",
		RunE: func(cmd *cobra.Command, _ []string) error { return s.backupCreate(cmd.Context(), f) }}
	s.dataFlags(c)
	c.Flags().StringVar(&f.out, "out", "", "file to write; one that exists is not touched")
	c.Flags().StringArrayVar(&f.recipients, "recipient", nil, "encrypt to this recipient of age (age1...); may be given more than once")
	c.Flags().StringVar(&f.recipientsFile, "recipients-file", "", "encrypt to the recipients in this file, one a line")
	c.Flags().BoolVar(&f.unencrypted, "unencrypted", false, "do not encrypt: whoever gets the file reads everything")
	c.Flags().StringVar(&f.identity, "identity", "", "file with the identity that reads it: verify the backup at once, against the instance")
	return c
}

func (s *shared) backupCreate(ctx context.Context, f createFlags) error {
	to, err := backup.ParseRecipients(f.recipients, f.recipientsFile)
	switch {
	case err != nil:
		return usage{err}
	case f.out == "":
		return usage{errors.New("--out FILE is needed")}
	case to.None() != f.unencrypted:
		return usage{errors.New("say to whom the backup is encrypted with --recipient or --recipients-file, or say --unencrypted")}
	}
	with, err := backup.ReadIdentities(f.identity)
	if err != nil {
		return usage{err}
	}
	from, err := s.place()
	if err != nil {
		return err
	}
	k, bar := s.keeper("backup")
	h, size, err := k.Create(ctx, from, f.out, to)
	bar.end()
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "created %s: %d bytes, %d rows, %d journals, made %s\n", f.out, size, h.Rows, len(h.Journals), h.Made.Format(time.RFC3339))
	fmt.Fprintln(s.out, "signing keys are not in it: keep their files elsewhere")
	if with.None() && !f.unencrypted {
		fmt.Fprintln(s.out, "not verified: run tidewaiter backup verify where the identity is kept")
		return nil
	}
	return s.backupVerify(ctx, f.out, with, &from)
}

func backupVerify(s *shared) *cobra.Command {
	var in, identity string
	c := &cobra.Command{Use: "verify", Args: takes(0), Short: "Restore a backup into a scratch copy, check it, and compare it with the live instance",
		Long: "Restore a backup into a scratch copy, check every row and every journal, and remove the copy.\n\n" +
			"With --data, the journals of the backup must be the beginning of those of that instance. The scratch copy is not encrypted;\n" +
			"it stands in the directory for temporary files (TMPDIR), readable by its owner only.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			with, err := identified(in, identity)
			if err != nil {
				return err
			}
			var live *backup.Place
			if s.data != "" {
				p, err := s.place()
				if err != nil {
					return err
				}
				live = &p
			}
			return s.backupVerify(cmd.Context(), in, with, live)
		}}
	s.dataFlags(c)
	inFlags(c, &in, &identity)
	return c
}

func inFlags(c *cobra.Command, in, identity *string) {
	c.Flags().StringVar(in, "in", "", "the backup")
	c.Flags().StringVar(identity, "identity", "", "file with the identity of age (AGE-SECRET-KEY-...) that reads it")
}

func identified(in, identity string) (backup.Identities, error) {
	if in == "" {
		return backup.Identities{}, usage{errors.New("--in FILE is needed")}
	}
	with, err := backup.ReadIdentities(identity)
	if err != nil {
		return with, usage{err}
	}
	return with, nil
}

func (s *shared) backupVerify(ctx context.Context, in string, with backup.Identities, live *backup.Place) error {
	k, bar := s.keeper("verify")
	r, err := k.Verify(ctx, in, with, live)
	bar.end()
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "verified %s: %s\n", in, said(r))
	for _, t := range r.Journals {
		fmt.Fprintf(s.out, "journal %d: %d entries, root %s\n", t.Operation, t.Size, t.Root)
	}
	if r.Compared {
		fmt.Fprintf(s.out, "the live instance begins with it and has %d entries more\n", r.Ahead)
	} else {
		fmt.Fprintln(s.out, "not compared with a live instance: give --data")
	}
	return nil
}

// said tells what a backup holds.
func said(r backup.Report) string {
	encrypted := "encrypted"
	if !r.Encrypted {
		encrypted = "NOT ENCRYPTED"
	}
	files := "no files"
	if len(r.Files) > 0 {
		files = strings.Join(r.Files, " and ")
	}
	if r.Blobs > 0 {
		files += fmt.Sprintf(", %d files of attachments (their keys are in no backup)", r.Blobs)
	}
	return fmt.Sprintf("%s, %d rows, %d journals, %s, made %s on %s", encrypted, r.Rows, len(r.Journals), files, r.Made.Format(time.RFC3339), r.Engine)
}

func backupRestore(s *shared) *cobra.Command {
	var in, identity string
	c := &cobra.Command{Use: "restore", Args: takes(0), Short: "Make the instance of a backup again, in an empty place",
		Long: "Make the instance of a backup again, in a directory that is empty or does not exist and, with --database, in a PostgreSQL database without tables.\n\n" +
			"What was written after the backup is lost. Everybody signs in anew, and open invitations have to be made again.\n" +
			"The instance's journal gets an entry that says what was restored. What fails is removed.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			with, err := identified(in, identity)
			if err != nil {
				return err
			}
			to, err := s.place()
			if err != nil {
				return err
			}
			k, bar := s.keeper("restore")
			r, err := k.Restore(cmd.Context(), in, with, to)
			bar.end()
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "restored into %s and checked: %s\n", to.Data, said(r))
			fmt.Fprintf(s.out, "what was written after %s is not in it; everybody signs in anew; open invitations have to be made again\n", r.Made.Format(time.RFC3339))
			keys := "put the signing key back in its place before you serve it"
			if r.Blobs > 0 {
				keys += "; the content key and keys/content, too"
			}
			fmt.Fprintln(s.out, keys)
			return nil
		}}
	s.dataFlags(c)
	inFlags(c, &in, &identity)
	return c
}

func backupIdentity(s *shared) *cobra.Command {
	var out string
	c := &cobra.Command{Use: "identity", Args: takes(0), Short: "Make an identity that reads backups, and print its recipient",
		Long: "Make an identity of age that reads backups (ML-KEM-768 with X25519), and print the recipient that backups are encrypted to.\n\n" +
			"Do this on a machine that does not serve, and keep the file offline: who has it reads every backup, who lost it reads none.",
		RunE: func(*cobra.Command, []string) error {
			if out == "" {
				return usage{errors.New("--out FILE is needed")}
			}
			recipient, err := backup.NewIdentity(out, source.Real().Now())
			if err != nil {
				return err
			}
			fmt.Fprintln(s.out, recipient)
			return nil
		}}
	c.Flags().StringVar(&out, "out", "", "file to write the identity to; one that exists is not touched")
	return c
}
