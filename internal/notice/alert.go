package notice

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// The reasons why an alert matters to somebody. Urgent ones, and reminders of them,
// are mailed at once.
const (
	Alert       = "alert"        // what to look for now
	AlertUrgent = "alert-urgent" //
	AlertAgain  = "alert-again"  // the person's organisation has not acknowledged it
)

// ofAlert tells whether a notice is of an alert; its Seq is the entry's.
func ofAlert(reason string) bool {
	return reason == Alert || reason == AlertUrgent || reason == AlertAgain
}

// atOnce tells whether a reason is mailed at once.
func atOnce(reason string) bool {
	return reason == Urgent || reason == AlertUrgent || reason == AlertAgain
}

// alerts tells those for whom an alert is of it, and once more those who have not
// acknowledged it.
func (s *sieve) alerts(entries []journal.Entry) error {
	var numbers db.List
	for _, e := range entries {
		if e.Verb == string(access.AlertIssue) || e.Verb == string(access.AlertRemind) {
			numbers = append(numbers, e.Seq)
		}
	}
	all, err := alert.OfEntries(s.tx, s.operation, numbers)
	if err != nil {
		return err
	}
	for _, e := range entries {
		a, ok := all[e.Seq]
		if !ok || !a.Withdrawn.At.IsZero() {
			continue
		}
		if err := s.alert(e, a); err != nil {
			return err
		}
	}
	return nil
}

func (s *sieve) alert(e journal.Entry, a alert.Alert) error {
	to, err := s.readersOf(a.Audience)
	reason := Alert
	if a.Level == alert.Urgent {
		reason = AlertUrgent
	}
	if e.Verb == string(access.AlertRemind) {
		reason = AlertAgain
		to, _, err = alert.Missing(s.tx, s.operation, a, s.now)
	}
	if err != nil {
		return err
	}
	for _, org := range to {
		people, err := s.peopleOf(org)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.May(access.AlertAcknowledge) && org != a.Organisation {
				s.keep(e, e.Seq, p, reason)
			}
		}
	}
	return nil
}

// openAlerts reads the alerts that are wanted: not what was withdrawn, and a
// reminder only while it is true.
func (d *desk) openAlerts(tx *db.Tx, st operation.Standing, open db.List) error {
	d.readableAlerts = map[int64]alert.Alert{}
	if len(d.alerts) == 0 || !st.May(access.AlertAcknowledge) {
		return nil
	}
	all, err := alert.OfEntries(tx, st.Operation.Number, d.alerts)
	if err != nil {
		return err
	}
	for seq, a := range all {
		if !slices.Contains(open, a.Audience) || !a.Withdrawn.At.IsZero() {
			continue
		}
		if seq != a.Seq {
			missing, _, err := alert.Missing(tx, st.Operation.Number, a, st.Now)
			if err != nil {
				return err
			}
			if !slices.Contains(missing, st.Who.Organisation) {
				continue
			}
		}
		d.readableAlerts[seq] = a
	}
	return nil
}

func (d *desk) alert(n Notice) (Notice, bool) {
	a, ok := d.readableAlerts[n.Seq]
	n.Alert, n.From = &a, organisation.Organisation{Number: a.Organisation}
	return n, ok
}
