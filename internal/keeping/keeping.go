// Package keeping knows what every package keeps in tables.
//
// Each says it in one place, its function Tables; the list here is the only one. Who
// has rows verified, takes an operation out of an instance, or keeps a whole instance
// safe asks it, so that a table is decided on once and forgotten nowhere.
package keeping

import (
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/likeness"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/pack"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/protection"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/roster"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/situation"
	"github.com/tidewaiter/tidewaiter/internal/task"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
	"github.com/tidewaiter/tidewaiter/internal/usage"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// All are the packages, by name: a line each. Their order is that in which verify
// asks them.
func All() []journal.Keeping {
	return []journal.Keeping{
		alert.Tables(),
		analysis.Tables(),
		attachment.Tables(),
		attendance.Tables(),
		audience.Tables(),
		caselist.Tables(),
		connection.Tables(),
		consignment.Tables(),
		contact.Tables(),
		course.Tables(),
		detention.Tables(),
		document.Tables(),
		edition.Tables(),
		evaluation.Tables(),
		evidence.Tables(),
		holder.Tables(),
		inquiry.Tables(),
		inspection.Tables(),
		intake.Tables(),
		job.Tables(),
		journal.Tables(),
		learnt.Tables(),
		lesson.Tables(),
		likeness.Tables(),
		message.Tables(),
		nilreport.Tables(),
		notice.Tables(),
		operation.Tables(),
		organisation.Tables(),
		pack.Tables(),
		participant.Tables(),
		person.Tables(),
		practice.Tables(),
		product.Tables(),
		protection.Tables(),
		publication.Tables(),
		quarantine.Tables(),
		reading.Tables(),
		review.Tables(),
		roster.Tables(),
		seizure.Tables(),
		session.Tables(),
		situation.Tables(),
		task.Tables(),
		template.Tables(),
		textindex.Tables(),
		usage.Tables(),
		warning.Tables(),
		watchlist.Tables(),
		withdrawal.Tables(),
		workshop.Tables(),
	}
}

// Tables are the tables of all packages, by name.
func Tables() []journal.Table {
	var out []journal.Table
	for _, k := range All() {
		out = append(out, k.Tables...)
	}
	slices.SortFunc(out, func(a, b journal.Table) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Reasons gives what is said of tables for which something is said, by name: one of
// the reasons in journal.Table.
func Reasons(of func(journal.Table) string) map[string]string {
	out := map[string]string{}
	for _, t := range Tables() {
		if reason := of(t); reason != "" {
			out[t.Name] = reason
		}
	}
	return out
}

// Replays begin the replays of one journal, in the order in which they check. begin
// picks those of the instance's own journal, or of an operation's.
func Replays(a *journal.Audit, begin func(journal.Keeping) func(*journal.Audit) journal.Replay) journal.Replays {
	var out, last journal.Replays
	for _, k := range All() {
		switch f := begin(k); {
		case f == nil:
		case k.Last:
			last = append(last, f(a))
		default:
			out = append(out, f(a))
		}
	}
	return append(out, last...)
}
