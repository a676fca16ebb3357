package notice

import (
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
)

// The reasons why the final report matters to who speaks for an administration.
const (
	ReportAsked  = "report-asked"  // for its contribution
	ReportFrozen = "report-frozen" // for its word on a version
)

// Report is what is wanted of an administration for the final report.
type Report struct {
	Version int64  // whose clearance is asked for; 0: a contribution is
	Due     string // local day of the operation
}

func ofReport(reason string) bool { return reason == ReportAsked || reason == ReportFrozen }

// reports tells those who contribute and clear for an administration.
func (s *sieve) reports(entries []journal.Entry) error {
	for _, e := range entries {
		need, reason := access.ReportContribute, ReportAsked
		switch e.Verb {
		case string(access.ReportAsk):
		case string(access.ReportFreeze):
			need, reason = access.ReportClear, ReportFrozen
		default:
			continue
		}
		to, err := s.readersOf(e.Audience)
		if err != nil {
			return err
		}
		for _, org := range to {
			people, err := s.peopleOf(org)
			if err != nil {
				return err
			}
			for _, p := range people {
				if p.Side == access.Enforcement && p.May(need) {
					s.keep(e, e.Seq, p, reason)
				}
			}
		}
	}
	return nil
}

// openReports reads what is still wanted of the actor's administration: a contribution
// that is not handed in, its word on the newest version that asks for one.
func (d *desk) openReports(tx *db.Tx, st operation.Standing) error {
	op := st.Operation.Number
	if len(d.reports) == 0 || st.Side() != access.Enforcement || !st.May(access.ReportRead) {
		return nil
	}
	r, _, noReport := publication.ReportOf(tx, op)
	c, noContribution := publication.ContributionOf(tx, op, st.Who.Organisation)
	versions, noVersions := publication.VersionsOf(tx, op)
	directing, noBody := operation.Directing(tx, op)
	if err := errors.Join(noReport, noContribution, noVersions, noBody); err != nil {
		return err
	}
	d.directing = organisation.Organisation{Number: directing}
	if !c.Done && st.May(access.ReportContribute) {
		d.contribute = &Report{Due: r.Due}
	}
	if len(versions) == 0 || versions[0].ClearBy == "" || !st.May(access.ReportClear) {
		return nil
	}
	words, err := publication.ClearancesOf(tx, op, versions[0].Number)
	if !slices.ContainsFunc(words, func(w publication.Clearance) bool {
		return w.Organisation == st.Who.Organisation && w.Number == versions[0].Number
	}) {
		d.clear, d.clearEntry = &Report{Version: versions[0].Number, Due: versions[0].ClearBy}, versions[0].Seq
	}
	return err
}

func (d *desk) report(n Notice) (Notice, bool) {
	n.From = d.directing
	if n.Report = d.contribute; n.Reason == ReportFrozen {
		if n.Report = d.clear; n.Seq != d.clearEntry {
			n.Report = nil
		}
	}
	return n, n.Report != nil
}
