package publication

import (
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const (
	reportColumns       = `operation, seq, body`
	sectionColumns      = `operation, id, body`
	contributionColumns = `operation, organisation, done, body`
	versionColumns      = `operation, number, seq, head, body`
	clearanceColumns    = `operation, seq, number, organisation, body`
)

var (
	putReport = db.Statement(`insert into report (` + reportColumns + `) values ($1, $2, $3)
		on conflict (operation) do update set body = excluded.body`)
	putSection = db.Statement(`insert into report_section (` + sectionColumns + `) values ($1, $2, $3)
		on conflict (operation, id) do update set body = excluded.body`)
	putContribution = db.Statement(`insert into contribution (` + contributionColumns + `) values ($1, $2, $3, $4)
		on conflict (operation, organisation) do update set done = excluded.done, body = excluded.body`)
	insertVersion   = db.Statement(`insert into report_version (` + versionColumns + `) values ($1, $2, $3, $4, $5)`)
	insertClearance = db.Statement(`insert into clearance (` + clearanceColumns + `) values ($1, $2, $3, $4, $5)`)

	selectReport        = db.Statement(`select body from report where operation = $1`)
	selectSections      = db.Statement(`select body from report_section where operation = $1 order by id`)
	selectContribution  = db.Statement(`select body from contribution where operation = $1 and organisation = $2`)
	selectContributions = db.Statement(`select body from contribution where operation = $1 and done = 1 order by organisation`)
	selectHeads         = db.Statement(`select seq, head from report_version where operation = $1 order by number desc`)
	selectVersion       = db.Statement(`select seq, body from report_version where operation = $1 and number = $2`)
	selectNewest        = db.Statement(`select seq, body from report_version where operation = $1 order by number desc limit 1`)
	selectClearances    = db.Statement(`select body from clearance where operation = $1 and number <= $2 order by seq`)
)

func (r Report) args(op int64) []any  { return []any{op, r.Seq, db.Encoded(r)} }
func (w Written) args(op int64) []any { return []any{op, w.ID, db.Encoded(w)} }

func (c Contribution) args(op int64) []any {
	done := int64(0)
	if c.Done {
		done = 1
	}
	return []any{op, c.Organisation, done, db.Encoded(c)}
}

func (v Version) args(op int64) []any {
	return []any{op, v.Number, v.Seq, db.Encoded(v.head()), db.Encoded(v)}
}

func (c Clearance) args(op int64) []any {
	return []any{op, c.Seq, c.Number, c.Organisation, db.Encoded(c)}
}

func (v Version) head() Head {
	return Head{Number: v.Number, Seq: v.Seq, AsOf: v.AsOf, At: v.At, Author: v.Author, Note: v.Note, Language: v.Language, ClearBy: v.ClearBy,
		Cases: v.Official.Cases, Totals: v.Official.Totals, Changes: len(v.Changes)}
}

// numbered scans the index of an entry and what it made; seq says where the index goes.
func numbered[T any](seq func(*T) *int64) func(row db.Scanner) (T, error) {
	return func(row db.Scanner) (out T, err error) {
		var n int64
		err = row.Scan(&n, db.Decode(&out))
		*seq(&out) = n
		return out, err
	}
}

var (
	scanHead    = numbered(func(h *Head) *int64 { return &h.Seq })
	scanVersion = numbered(func(v *Version) *int64 { return &v.Seq })
)

// ReportOf gives the report in the making; false: it was not begun.
func ReportOf(tx *db.Tx, op int64) (Report, bool, error) {
	r, err := db.One(tx, selectReport, db.Decoded[Report], op)
	if errors.Is(err, db.ErrNone) {
		return r, false, nil
	}
	return r, err == nil, err
}

// sectionsOf gives the sections in the report's order, and those taken out.
func sectionsOf(tx *db.Tx, op int64, r Report) (in, out []Written, err error) {
	all, err := db.All(tx, selectSections, db.Decoded[Written], op)
	place := map[string]int{}
	for i, id := range r.Order {
		place[id] = i
	}
	for _, w := range all {
		if w.Removed {
			out = append(out, w)
		} else {
			in = append(in, w)
		}
	}
	slices.SortFunc(in, func(a, b Written) int { return place[a.ID] - place[b.ID] })
	return in, out, err
}

// ContributionOf is what an organisation has written, handed in or not, zero when it has not.
func ContributionOf(tx *db.Tx, op, organisation int64) (Contribution, error) {
	c, err := db.One(tx, selectContribution, db.Decoded[Contribution], op, organisation)
	if errors.Is(err, db.ErrNone) {
		return Contribution{}, nil
	}
	return c, err
}

// VersionOf gives a version whole, whoever may read it; number 0 is the newest,
// db.ErrNone: there is none.
func VersionOf(tx *db.Tx, op, number int64) (Version, error) {
	if number == 0 {
		return db.One(tx, selectNewest, scanVersion, op)
	}
	return db.One(tx, selectVersion, scanVersion, op, number)
}

// VersionsOf gives the heads of an operation's versions, newest first.
func VersionsOf(tx *db.Tx, op int64) ([]Head, error) { return db.All(tx, selectHeads, scanHead, op) }

// ClearancesOf gives the words that stand on a version (see Standing).
func ClearancesOf(tx *db.Tx, op, number int64) ([]Clearance, error) {
	all, err := db.All(tx, selectClearances, db.Decoded[Clearance], op, number)
	return Standing(all, number), err
}

// CasesOf gives the cases behind a version as they stood, in the order of its basis,
// each with the class it had. Where content was erased since it is the coded form, in
// which nothing is lost that figures need but brands; was the case corrected between
// the freeze and its erasure, it is the corrected one: whoever proves figures counts
// again and compares.
func CasesOf(tx *db.Tx, op int64, v Version) ([]seizure.Case, error) {
	pins := map[int64]int64{}
	for _, b := range v.Basis {
		pins[b.Seq] = b.Version
	}
	stood, err := seizure.AsStood(tx, op, pins)
	if err != nil {
		return nil, err
	}
	out := make([]seizure.Case, 0, len(v.Basis))
	for _, b := range v.Basis {
		out = append(out, seizure.Case{Draft: stood[b.Seq].Draft, Seq: b.Seq, Reference: b.Reference, Organisation: b.Organisation, State: b.State,
			Class: b.Class, DuplicateOf: b.DuplicateOf, Version: b.Version})
	}
	return out, nil
}

// officially gives what the directing body reads of an operation's cases, oldest
// first: what the official figure is of.
func officially(tx *db.Tx, op int64, readable db.List) ([]seizure.Case, error) {
	next, err := journal.Size(tx, op)
	if err == nil && tx.Writing() {
		next, err = journal.Next(tx, op)
	}
	var out []seizure.Case
	for before := next; err == nil; {
		var some []seizure.Case
		if some, err = seizure.Standing(tx, op, readable, before, page); err != nil {
			return nil, err
		}
		if out = append(out, some...); len(some) < page {
			break
		}
		before = some[len(some)-1].Seq
	}
	slices.Reverse(out)
	return out, err
}

// page is how many cases are read at once.
const page = 1000

// administrations lists the members that control goods, by number.
func administrations(tx *db.Tx, op int64) ([]operation.Member, error) {
	all, err := operation.Members(tx, op)
	all = slices.DeleteFunc(all, func(m operation.Member) bool { return m.Membership.Side != access.Enforcement })
	slices.SortFunc(all, func(a, b operation.Member) int { return int(a.Organisation.Number - b.Organisation.Number) })
	return all, err
}
