package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/archive"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

type verifyReportFlags struct {
	keys []string
	json bool
}

func verifyReportCommand(s *shared) *cobra.Command {
	var f verifyReportFlags
	c := &cobra.Command{Use: "report FILE", Args: takes(1), Short: "Make every figure of a report again from the file of its operation, offline, trusting nobody",
		Long: "Make every figure of a report again from the file that tidewaiter export operation wrote. It needs no network and no instance.\n\n" +
			"  tidewaiter verify report FILE --key KEY\n\n" +
			"It checks every byte and every signature, replays all cases from the journal up to the index that each version names, counts them\n" +
			"anew and compares each number of each version and each issued edition. Without --key the key that came with the file is taken:\n" +
			"that shows that the parts fit together, not who signed them.\n" +
			"It ends with 0 if nothing was found, with 1 if something was, or if the file is none, and with 2 if it was called wrongly.",
		RunE: func(cmd *cobra.Command, args []string) error {
			var o archive.Options
			for _, k := range f.keys {
				key, err := readKey(k)
				if err != nil {
					return err
				}
				o.Verifiers = append(o.Verifiers, key)
			}
			bar := newBar(s.errs, "verify")
			o.Progress = func(done, total int64) { bar.show(int(done), int(total)) }
			p, err := archive.CheckReport(cmd.Context(), args[0], o)
			bar.end()
			if err != nil {
				return err
			}
			r := proofOf(p)
			if f.json {
				err = json.NewEncoder(s.out).Encode(struct {
					verify.Report
					Versions []archive.Proved `json:"versions"`
					Editions []archive.Remade `json:"editions"`
				}{r, p.Versions, p.Editions})
			} else {
				err = s.printReport(r)
			}
			if err == nil && !r.Fine() {
				err = errFound
			}
			return err
		}}
	c.Flags().StringArrayVar(&f.keys, "key", nil, "verifier key NAME+HASH+DATA that is trusted, or a file with one; may be given several times")
	c.Flags().BoolVar(&f.json, "json", false, "print the report as JSON")
	return c
}

// proofOf says what came of making a report again.
func proofOf(p *archive.Proof) verify.Report {
	m := p.Manifest
	r := verify.Report{What: "report, from the file of its operation", Journals: []verify.Journal{}, Findings: p.Findings, More: p.More, Limits: []string{}}
	r.Journals = append(r.Journals, p.Journals...)
	if r.Findings == nil {
		r.Findings = []journal.Finding{}
	}
	note := func(text string, args ...any) { r.Notes = append(r.Notes, fmt.Sprintf(text, args...)) }
	limit := func(text string, args ...any) { r.Limits = append(r.Limits, fmt.Sprintf(text, args...)) }
	note("operation %s, %s; made %s by %s, as entry %d says; for: %s", plain(m.Operation.Code), plain(m.Operation.Name), plain(m.Made.At), plain(m.Made.Name), m.Made.Entry, plain(m.Made.Purpose))
	note("%d parts as the manifest says, %d contents as their digests say, %d erased", p.Parts, p.Contents, p.Erased)
	for _, v := range p.Versions {
		note("version %d, as of entry %d: %d figures made again from %d cases, of which %d count: %s", v.Number, v.AsOf, v.Figures, v.Cases, v.Counted, totals(v.Totals))
		if v.Erased > 0 {
			note("version %d: of %d cases the content was erased since; codes and quantities are left, and count as before", v.Number, v.Erased)
		}
	}
	for _, e := range p.Editions {
		of := plain(e.Kind)
		if e.Holder != 0 {
			of += fmt.Sprint(" ", e.Holder)
		}
		how := "to the letter"
		if !e.Words {
			how = "every number and code; some words are others, as names of countries that the instance chose"
		}
		note("edition %s of version %d, as entry %d says: %d lines of figures made again, %d of them hidden; in %s, %s", of, e.Number, e.Entry, e.Shown, e.Hidden,
			plain(strings.Join(e.Languages, ", ")), how)
	}
	if len(p.Versions) == 0 {
		limit("No version of the report was frozen: there was no figure to make again.")
	}
	note("key in the file: %s", plain(p.Key))
	note("fingerprint of that key: %s", evidence.Fingerprint(p.Key))
	if !p.Trusted {
		limit("No key was given: the file was checked with the key that came with it, and whoever makes up a file makes up a key. " +
			"Compare the fingerprint with the one that the operator of the instance gives you by another way, and give that key with --key.")
	}
	for _, u := range p.Unproved {
		limit("Not made again: %s.", plain(u))
	}
	if len(p.Editions) > 0 {
		limit("Which brands a right holder's edition is of, and what organisations are called, is as its entry and the file say: that stands in the library and the instance, not in the operation.")
	}
	limit("Texts of the report are as they were frozen: that they are true was not looked at, nor whether numbers in them are figures.")
	limit("The journal says what was written, by whom and when by the server's clock; not whether it is true.")
	return r
}

// totals prints quantities by unit, for a terminal.
func totals(t map[string]int64) string {
	var all []string
	for _, unit := range slices.Sorted(maps.Keys(t)) {
		all = append(all, i18n.Decimal(t[unit])+" "+plain(unit))
	}
	return strings.Join(all, ", ")
}
