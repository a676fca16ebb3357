package story

import (
	"testing"
	"time"
)

// daily checks the steps of the daily rhythm.
func (k *teller) daily(m Moment) {
	switch s := m.Step.(type) {
	case NilReported:
		k.acts(m, s.Report.Operation, RoleOfficer)
		k.must(m.Hat == s.Report.Organisation && s.Report.Day <= m.At.Add(14*time.Hour).Format(time.DateOnly), m, "speaks of a day to come")
	case TaskGiven:
		k.acts(m, s.Task.Operation, RoleCoordinator)
	case TaskAssigned:
		k.acts(m, s.Task.Operation, RoleContactPoint)
		k.must(m.At.After(s.Task.GivenAt) && s.Task.Owner != "", m, "names nobody")
	case TaskDone:
		k.must(m.At.After(s.Task.OwnedAt) && m.Actor == s.Task.Owner && m.Hat == s.Task.Organisation, m, "is done by somebody else")
	case ShiftPlanned:
		k.acts(m, s.Shift.Operation, RoleContactPoint, RoleCoordinator)
		k.must(s.Shift.Ends.After(s.Shift.Begins), m, "ends before it begins")
	case HandedOver:
		k.must(m.Actor == s.Shift.Person && m.At.After(s.Shift.Begins), m, "is handed over by somebody else")
	case HandOverRead:
		k.must(m.Actor != s.Shift.Person && m.At.After(s.Shift.HandedAt), m, "is read by who wrote it")
	}
}

// Most members report on every day; the two that fall silent have days without a
// case and without a word.
func TestSilences(t *testing.T) {
	w := ActionIPR2(1)
	said := map[string]bool{}
	for _, c := range w.Cases {
		said[c.Organisation+c.EventDate] = said[c.Organisation+c.EventDate] || c.WithdrawnAt.IsZero()
	}
	for _, r := range w.NilReports {
		if said[r.Organisation+r.Day] {
			t.Errorf("%s had nothing on %s, and a case", r.Organisation, r.Day)
		}
		said[r.Organisation+r.Day] = true
	}
	for _, m := range w.Operation(CodeActionIPR2).Membership {
		silent := 0
		for n := range casesOfDay {
			if m.Side == SideEnforcement && !said[m.Organisation+day(n+1).Format(time.DateOnly)] {
				silent++
			}
		}
		_, quiet := silences[m.Organisation]
		switch {
		case m.Side != SideEnforcement || m.AcceptedAt.IsZero():
		case quiet && silent < 3, !quiet && silent > 0:
			t.Errorf("%s is silent on %d days", m.Organisation, silent)
		}
	}
}
