package archive

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// Report says what came of making a report again.
func (p *Proof) Report() verify.Report {
	m := p.Manifest
	r := verify.Report{What: "report, from the file of its operation", Journals: []verify.Journal{}, Findings: p.Findings, More: p.More, Limits: []string{}}
	r.Journals = append(r.Journals, p.Journals...)
	if r.Findings == nil {
		r.Findings = []journal.Finding{}
	}
	note := func(text string, args ...any) { r.Notes = append(r.Notes, fmt.Sprintf(text, args...)) }
	limit := func(text string, args ...any) { r.Limits = append(r.Limits, fmt.Sprintf(text, args...)) }
	note("operation %s, %s; made %s by %s, as entry %d says; for: %s", said(m.Operation.Code), said(m.Operation.Name), said(m.Made.At), said(m.Made.Name), m.Made.Entry, said(m.Made.Purpose))
	note("%d parts as the manifest says, %d contents as their digests say, %d erased", p.Parts, p.Contents, p.Erased)
	for _, v := range p.Versions {
		note("version %d, as of entry %d: %d figures made again from %d cases, of which %d count: %s", v.Number, v.AsOf, v.Figures, v.Cases, v.Counted, totals(v.Totals))
		if v.Erased > 0 {
			note("version %d: of %d cases the content was erased since; codes and quantities are left, and count as before", v.Number, v.Erased)
		}
	}
	for _, e := range p.Editions {
		of := said(e.Kind)
		if e.Holder != 0 {
			of += fmt.Sprint(" ", e.Holder)
		}
		how := "to the letter"
		if !e.Words {
			how = "every number and code; some words are others, as names of countries that the instance chose"
		}
		note("edition %s of version %d, as entry %d says: %d lines of figures made again, %d of them hidden; in %s, %s", of, e.Number, e.Entry, e.Shown, e.Hidden,
			said(strings.Join(e.Languages, ", ")), how)
	}
	if len(p.Versions) == 0 {
		limit("No version of the report was frozen: there was no figure to make again.")
	}
	note("key in the file: %s", said(p.Key))
	note("fingerprint of that key: %s", evidence.Fingerprint(p.Key))
	if !p.Trusted {
		limit("No key was given: the file was checked with the key that came with it, and whoever makes up a file makes up a key. " +
			"Compare the fingerprint with the one that the operator of the instance gives you by another way, and give that key with --key.")
	}
	for _, u := range p.Unproved {
		limit("Not made again: %s.", said(u))
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
		all = append(all, i18n.Decimal(t[unit])+" "+said(unit))
	}
	return strings.Join(all, ", ")
}

// said is a text of a file, which may be hostile, as a terminal may show it.
func said(text string) string {
	if text == "" {
		return "(not said)"
	}
	return quoted(text)
}
