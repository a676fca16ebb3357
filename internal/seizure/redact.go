package seizure

import (
	"maps"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// erasedFields stands in versions whose content was erased.
const erasedFields = `{}`

// coded is what is left of a draft whose content is erased: codes, quantities, the
// day and the country, which figures need. Free text, names, brands, the hour and
// whatever was typed instead of a code go.
func (d Draft) coded(reason string) Draft {
	only := func(c goods.Coded) goods.Coded { return goods.Coded{Code: c.Code} }
	out := Draft{ID: d.ID, Reserved: d.Reserved, Country: d.Country, Day: d.Day, Direction: only(d.Direction), Conveyance: only(d.Conveyance),
		Detection: only(d.Detection), Concealment: only(d.Concealment), Origin: only(d.Origin), Transit: only(d.Transit),
		Destination: only(d.Destination), Loading: d.Loading, Status: d.Status, StatusDay: d.StatusDay, Yields: d.Yields, Language: d.Language, Warning: d.Warning, Redacted: reason}
	for _, l := range d.Goods {
		out.Goods = append(out.Goods, l.Coded())
	}
	for _, l := range d.Legs {
		out.Legs = append(out.Legs, Leg{Kind: l.Kind, Country: l.Country, Mode: l.Mode, Day: l.Day})
	}
	for _, s := range d.Custody {
		out.Custody = append(out.Custody, Custody{Kind: s.Kind, Day: s.Day})
	}
	return out
}

// Redact erases the content of a case for good, in all its versions and in the
// journal, and leaves its codes and quantities, so that no figure changes. It
// gives the entry that says so. more is what that entry keeps beside; its reason
// stands in the new version.
func Redact(tx *db.Tx, j *journal.Journal, st operation.Standing, seq int64, code string, more map[string]string) (journal.Entry, error) {
	op := st.Operation.Number
	old, err := db.One(tx, selectBySeq, scanCase, op, seq)
	if err != nil {
		return journal.Entry{}, missing(err)
	}
	if old.Redacted != "" {
		return journal.Entry{}, fault.Of(fault.Conflict, "seizure.was-redacted")
	}
	versions, err := db.All(tx, selectVersions, scanVersion, op, seq)
	if err != nil {
		return journal.Entry{}, err
	}
	var erased []int64
	for _, v := range versions {
		erased = append(erased, v.Seq)
	}
	said, err := erasePhotos(tx, op, seq)
	if err != nil {
		return journal.Entry{}, err
	}
	erased = append(erased, said...)
	c := old
	c.Draft, c.Version, c.Changed = old.Draft.coded(code), old.Version+1, st.Now
	with := maps.Clone(more)
	with["erased"] = journal.Numbers(append(erased, journal.ParseNumbers(more["erased"])...))
	e, err := j.Record(tx, st.Entry(access.SeizureRedact, "seizure/"+string(c.ID), c.Audience), journal.Content{After: c, With: with})
	if err != nil {
		return e, err
	}
	if err := updateCase(tx, op, c, true); err != nil {
		return e, err
	}
	if err := markChanged(tx, op, old, c); err != nil {
		return e, err
	}
	if err := index(tx, op, &old, c); err != nil {
		return e, err
	}
	if err := tallied(tx, op, &old, c); err != nil {
		return e, err
	}
	if _, err := tx.Exec(eraseVersions, op, seq, erasedFields); err != nil {
		return e, err
	}
	fields, err := c.canonical()
	if err != nil {
		return e, err
	}
	if _, err := tx.Exec(insertVersion, op, seq, c.Version, e.Seq, string(access.SeizureRedact), st.Who.Name(), st.Now, more["reason"], fields); err != nil {
		return e, err
	}
	return e, journal.Erase(tx, op, erased)
}

// Taken says that a case was taken back from those who had it.
type Taken struct {
	Seq          int64 // of the case
	ID           ID
	Reference    string
	Organisation int64
	Audience     int64  // who may read it now
	Verb         string // seizure.recall or seizure.redact, whichever came last
	Entry        int64
	At           time.Time
	Reason       string
}

// AllTaken gives the cases of an operation that are recalled now, or redacted.
func AllTaken(tx *db.Tx, op int64) ([]Taken, error) {
	all, err := db.All(tx, selectTaken, func(row db.Scanner) (Taken, error) {
		var t Taken
		var id string
		err := row.Scan(&t.Seq, &id, &t.Reference, &t.Organisation, &t.Audience, &t.Verb, &t.Entry, db.Time(&t.At), &t.Reason)
		t.ID = ID(id)
		return t, err
	}, op)
	if err != nil {
		return nil, err
	}
	last := map[int64]Taken{}
	for _, t := range all { // oldest first
		last[t.Seq] = t
	}
	return slices.SortedFunc(maps.Values(last), func(a, b Taken) int { return int(b.Entry - a.Entry) }), nil
}

// Readable gives a case that the actor's organisation may read, by its reference.
func Readable(tx *db.Tx, st operation.Standing, ref string) (Case, error) {
	list, err := st.Readable(tx)
	if err != nil {
		return Case{}, err
	}
	c, err := db.One(tx, selectByRef, scanCase, st.Operation.Number, ref, list)
	return c, missing(err)
}

// Numbered gives a case by its number, whoever may read it.
func Numbered(tx *db.Tx, op, seq int64) (Case, error) {
	c, err := db.One(tx, selectBySeq, scanCase, op, seq)
	return c, missing(err)
}

var (
	eraseVersions = db.Statement(`update seizure_version set fields = $3, reason = '' where operation = $1 and seizure = $2`)
	selectTaken   = db.Statement(`select s.seq, s.id, s.reference, s.organisation, s.audience, v.verb, v.seq, v.at, v.reason
		from seizure_version v join seizure s on s.operation = v.operation and s.seq = v.seizure
		where v.operation = $1 and v.verb in ('seizure.recall', 'seizure.redact')
		and (v.verb = 'seizure.redact' or s.state = 'reported') order by v.seq`)
)

// note notes that somebody reads these cases.
func (s *Store) note(st operation.Standing, act string, cases ...Case) error {
	seqs := make([]int64, 0, len(cases))
	for _, c := range cases {
		seqs = append(seqs, c.Seq)
	}
	return s.Readings.Note(st.Operation.Number, st.Who.Person, st.Who.Organisation, reading.Case, act, seqs...)
}
