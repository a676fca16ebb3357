package verify

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/pack"
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
	"github.com/tidewaiter/tidewaiter/internal/situation"
	"github.com/tidewaiter/tidewaiter/internal/task"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/usage"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// database is one look at a database.
type database struct {
	db         *db.DB
	options    Options
	report     Report
	papers     []*paper
	operations []operation.Numbered
	total      int64
	done       int64
	unverified int64            // stored checkpoints
	unknown    map[string]int64 // verbs that this program does not know
	erased     []string
}

// Database checks every journal of a database, and every row against the entries
// that made it. It only reads. An error means that it could not look; what it
// found is in the report.
func Database(ctx context.Context, d *db.DB, o Options) (Report, error) {
	v := &database{db: d, options: o, unknown: map[string]int64{}, report: newReport("database (" + d.Engine() + ")")}
	v.papers = v.report.open(o)
	if err := d.Read(ctx, v.instance); err != nil {
		return v.report, fmt.Errorf("verify: %w", err)
	}
	for _, op := range v.operations {
		err := d.Read(ctx, func(tx *db.Tx) error { return v.operation(tx, op) })
		if err == nil {
			err = d.Read(ctx, func(tx *db.Tx) error { return v.reads(tx, op) })
		}
		if err != nil {
			return v.report, fmt.Errorf("verify: %s: %w", op.Code, err)
		}
	}
	v.report.loose(v.papers, o)
	v.limits()
	return v.report, d.Still()
}

// instance checks the instance's own journal with what rests on it, and learns
// which operations there are.
func (v *database) instance(tx *db.Tx) error {
	has, err := db.Version(tx)
	if err != nil {
		return err
	}
	if knows := migrate.Newest(); has != knows {
		return fmt.Errorf("the schema is number %d and this program knows number %d: use the program that serves the instance, or let this one serve it once", has, knows)
	}
	if v.operations, err = operation.Codes(tx); err != nil {
		return err
	}
	known := db.List{journal.Instance}
	for _, op := range v.operations {
		known = append(known, op.Number, reading.Journal(op.Number))
		size, err := db.One(tx, countEntries, db.Int64, op.Number)
		if err != nil {
			return err
		}
		v.total += size
	}
	size, err := db.One(tx, countEntries, db.Int64, journal.Instance)
	if err != nil {
		return err
	}
	v.total += size

	organisations, people, opened := organisation.NewReplay(), person.NewReplay(), operation.NewOpenedReplay()
	packs := pack.NewReplay()
	a, err := v.walk(tx, operation.Numbered{Number: journal.Instance, Code: journal.InstanceName}, func(a *journal.Audit, act journal.Act) bool {
		return organisations.Take(a, act) || people.Take(a, act) || opened.Take(a, act) || packs.Take(a, act) || strings.HasPrefix(act.Verb, "session.")
	})
	if err != nil {
		return err
	}
	for _, check := range []func(*db.Tx, *journal.Audit) error{organisations.Check, people.Check, opened.Check, packs.Check} {
		if err := check(tx, a); err != nil {
			return err
		}
	}
	tables := journal.StrayTables()
	for _, more := range []map[string]db.SQL{audience.StrayTables(), operation.StrayTables(), message.StrayTables(), seizure.StrayTables(), quarantine.StrayTables(),
		consignment.StrayTables(), attachment.StrayTables(),
		nilreport.StrayTables(), task.StrayTables(), roster.StrayTables(),
		warning.StrayTables(), detention.StrayTables(),
		inquiry.StrayTables(), template.StrayTables(),
		document.StrayTables(), product.StrayTables(),
		protection.StrayTables(), alert.StrayTables(), connection.StrayTables(), watchlist.StrayTables(),
		review.StrayTables(), publication.StrayTables(), edition.StrayTables(),
		intake.StrayTables(), inspection.StrayTables(), usage.StrayTables(),
		holder.StrayTables(), contact.StrayTables(),
		situation.StrayTables(), analysis.StrayTables(), practice.StrayTables(),
		attendance.StrayTables(),
		workshop.StrayTables(),
		reading.StrayTables(), withdrawal.StrayTables()} {
		maps.Copy(tables, more)
	}
	if err := journal.Strays(tx, a, known, tables); err != nil {
		return err
	}
	return v.close(tx, a)
}

var countEntries = db.Statement(`select count(*) from journal where operation = $1`)

// operation checks the journal of one operation with what rests on it.
func (v *database) operation(tx *db.Tx, op operation.Numbered) error {
	readers := audience.NewReplay(op.Number)
	members := operation.NewReplay(op.Number, readers)
	refused, withdrawn := quarantine.NewReplay(), withdrawal.NewReplay()
	nothing, tasks, shifts := nilreport.NewReplay(), task.NewReplay(), roster.NewReplay()
	links := consignment.NewReplay()
	photos := seizure.NewPhotoReplay()
	questions := inquiry.NewReplay()
	protected, alerts := protection.NewReplay(), alert.NewReplay()
	judged, watched := connection.NewReplay(), watchlist.NewReplay()
	library, said, sheets := document.NewReplay(), review.NewReplay(), product.NewReplay()
	reports, editions := publication.NewReplay(), edition.NewReplay()
	mappings, numbers := intake.NewReplay(), seizure.NewNumberReplay()
	holders, contacts := holder.NewReplay(), contact.NewReplay()
	situations := situation.NewReplay()
	practices := practice.NewReplay()
	attended := attendance.NewReplay()
	workshops := workshop.NewReplay()
	asked, earlier := analysis.NewReplay(), analysis.NewReferenceReplay()
	files, inspected, consented := attachment.NewReplay(v.options.Vault != nil), inspection.NewReplay(), usage.NewReplay()
	a, err := v.walk(tx, op, func(a *journal.Audit, act journal.Act) bool {
		readers.Used(a, act.Seq, act.Audience, act.With["audience"])
		files.Record(act)
		withdrawn.Look(a, act)
		return withdrawn.Take(a, act) || members.Take(a, act) || message.Take(a, readers, act) || photos.Take(a, act) || evidence.Take(a, act) || seizure.Take(a, act) || refused.Take(a, act) ||
			links.Take(a, act) || files.Take(a, act) || inspected.Take(a, act) || consented.Take(a, act) ||
			nothing.Take(a, act) || tasks.Take(a, act) || shifts.Take(a, act) ||
			warning.Take(a, act) || detention.Take(a, act) || questions.Take(a, act) ||
			sheets.Take(a, act) || library.Take(a, act) || said.Take(a, act) || mappings.Take(a, act) || numbers.Take(a, act) ||
			holders.Take(a, act) || contacts.Take(a, act) ||
			practices.Take(a, act) ||
			workshops.Take(a, act) ||
			situations.Take(a, act) || asked.Take(a, act) || earlier.Take(a, act) ||
			template.Take(a, act) || reports.Take(a, act) || editions.Take(a, act) ||
			protected.Take(a, act) || alerts.Take(a, act) ||
			judged.Take(a, act) || watched.Take(a, act) ||
			attended.Take(a, act)
	})
	if err != nil {
		return err
	}
	for _, check := range []func(*db.Tx, *journal.Audit) error{
		func(tx *db.Tx, a *journal.Audit) error { return message.Audit(tx, a, readers) }, seizure.Audit, refused.Audit,
		links.Audit, files.Audit, photos.Check, inspected.Check, consented.Check,
		nothing.Check, tasks.Check, shifts.Check,
		warning.Audit, detention.Audit, questions.Check,
		sheets.Check, library.Check, said.Check, mappings.Check, numbers.Check,
		holders.Check, contacts.Check,
		practices.Check,
		situations.Check, asked.Check, earlier.Check,
		workshops.Check,
		template.Audit, withdrawn.Audit, reports.Check, editions.Check,
		protected.Check, alerts.Check,
		judged.Check, watched.Check,
		attended.Check,
		members.Check, readers.Check,
	} {
		if err := check(tx, a); err != nil {
			return err
		}
	}
	if err := v.bytes(tx, a, op, files.Bytes()); err != nil {
		return err
	}
	return v.close(tx, a)
}

// reads checks the journal of who read what in one operation; none was begun where
// nobody read.
func (v *database) reads(tx *db.Tx, op operation.Numbered) error {
	number := reading.Journal(op.Number)
	begun, err := db.One(tx, countHeads, db.Int64, number)
	if err != nil || begun == 0 {
		return err
	}
	notes := reading.NewReplay(op.Number)
	a, err := v.walk(tx, operation.Numbered{Number: number, Code: op.Code + "/reads"}, notes.Take)
	if err != nil {
		return err
	}
	if err := notes.Audit(tx, a); err != nil {
		return err
	}
	return v.close(tx, a)
}

var countHeads = db.Statement(`select (select count(*) from journal_head where operation = $1) + (select count(*) from journal where operation = $1)`)

// walk walks one journal and hands its entries to whoever knows their verb.
func (v *database) walk(tx *db.Tx, op operation.Numbered, take func(*journal.Audit, journal.Act) bool) (*journal.Audit, error) {
	a := &journal.Audit{Operation: op.Number, Code: string(op.Code)}
	want(a, v.papers)
	if err := a.MarkStored(tx); err != nil {
		return nil, err
	}
	begun := v.done
	err := a.Walk(tx, func(act journal.Act) error {
		if !take(a, act) {
			v.unknown[act.Verb]++
		}
		return nil
	}, func(done int64) {
		v.done = begun + done
		if v.options.Progress != nil {
			v.options.Progress(int(v.done), int(max(v.total, v.done)))
		}
	})
	return a, err
}

// close ends an audit: what is owed, what was signed.
func (v *database) close(tx *db.Tx, a *journal.Audit) error {
	a.Settle()
	if err := a.SettleErased(tx); err != nil {
		return err
	}
	n, err := a.CheckStored(tx, v.options.Verifiers)
	if err != nil {
		return err
	}
	v.report.hold(a, v.papers)
	v.unverified += n.Unverified
	if a.Redacted > 0 {
		v.erased = append(v.erased, fmt.Sprintf("%s (%d of %d, as entry %d says)", a.Code, a.Redacted, a.Entries, a.By))
	}
	j := journalOf(a)
	j.Checkpoints = n.All
	v.report.Journals = append(v.report.Journals, j)
	v.report.found(a)
	return nil
}

// limits says what was not, or cannot be, checked.
func (v *database) limits() {
	r := &v.report
	if len(v.options.Verifiers) == 0 {
		r.limit("No key was given: no signature was checked, of %d stored checkpoints only whether they fit. Give --key.", v.unverified)
	} else if v.unverified > 0 {
		r.limit("%d stored checkpoints are signed by keys that were not given: they were only compared.", v.unverified)
	}
	if v.options.KeyInside {
		r.limit("The private key lies in the data directory: whoever holds the directory can write a new history and sign it.")
	}
	if len(v.erased) > 0 {
		r.limit("Content was erased: %s. Such entries still stand, and what their rows held can no longer be told.", strings.Join(v.erased, "; "))
	}
	for _, verb := range slices.Sorted(maps.Keys(v.unknown)) {
		r.limit("%d entries with the verb %q: this program does not know which rows they made.", v.unknown[verb], verb)
	}
	if v.options.Vault == nil {
		r.limit("The files of attachments were not looked at: only that their rows are what the journal says.")
	}
	r.limit("Stored checkpoints may be deleted unseen: those that count are kept elsewhere.")
	r.limit("Who read what is in journals of their own (CODE/reads), written every second: what was read in the last second before a power cut is not there. " +
		"No checkpoint is signed for them: whoever rewrites one from its first entry, with its hashes and rows, is not found out.")
	r.limit("Housekeeping has no journal and was not looked at: sessions, one-time links, failed sign-ins, uploads under way.")
	r.limit("The index of words was not looked at: it is made from the records, and what a search shows is read from them. A record may be missing in it.")
	r.limit("The journal says what was written, by whom and when by the server's clock; not whether it is true.")
}
