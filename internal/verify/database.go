package verify

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/keeping"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
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

	a := v.audit(operation.Numbered{Number: journal.Instance, Code: journal.InstanceName})
	all := keeping.Replays(a, func(k journal.Keeping) func(*journal.Audit) journal.Replay { return k.Instance })
	if err := v.walk(tx, a, all); err != nil {
		return err
	}
	if err := journal.Strays(tx, a, known, keeping.Tables()); err != nil {
		return err
	}
	return v.close(tx, a)
}

var countEntries = db.Statement(`select count(*) from journal where operation = $1`)

// operation checks the journal of one operation with what rests on it.
func (v *database) operation(tx *db.Tx, op operation.Numbered) error {
	a := v.audit(op)
	var files []journal.File
	if v.options.Vault != nil {
		a.Files = func(f journal.File) { files = append(files, f) }
	}
	all := keeping.Replays(a, func(k journal.Keeping) func(*journal.Audit) journal.Replay { return k.Operation })
	if err := v.walk(tx, a, all); err != nil {
		return err
	}
	if err := v.bytes(tx, a, op, files); err != nil {
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
	a := v.audit(operation.Numbered{Number: number, Code: op.Code + "/reads"})
	if err := v.walk(tx, a, journal.Replays{reading.NewReplay(op.Number)}); err != nil {
		return err
	}
	return v.close(tx, a)
}

var countHeads = db.Statement(`select (select count(*) from journal_head where operation = $1) + (select count(*) from journal where operation = $1)`)

// audit begins the audit of one journal.
func (v *database) audit(op operation.Numbered) *journal.Audit {
	a := &journal.Audit{Operation: op.Number, Code: string(op.Code)}
	want(a, v.papers)
	return a
}

// walk walks one journal, hands its entries to whoever knows their verb, and holds
// the rows against them.
func (v *database) walk(tx *db.Tx, a *journal.Audit, all journal.Replays) error {
	if err := a.MarkStored(tx); err != nil {
		return err
	}
	begun := v.done
	err := a.Walk(tx, func(act journal.Act) error {
		all.Look(a, act)
		if !all.Take(a, act) {
			v.unknown[act.Verb]++
		}
		return nil
	}, func(done int64) {
		v.done = begun + done
		if v.options.Progress != nil {
			v.options.Progress(int(v.done), int(max(v.total, v.done)))
		}
	})
	if err != nil {
		return err
	}
	return all.Check(tx, a)
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
