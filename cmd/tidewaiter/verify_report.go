package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/archive"
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
			r := p.Report()
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
