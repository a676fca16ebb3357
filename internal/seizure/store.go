package seizure

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with cases.
type Store struct {
	// Readings is told what was read; nil: nobody keeps a log of it.
	Readings *reading.Log

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// latest is the last local day that an event can have had anywhere on earth.
func (s *Store) latest() string { return s.source.Now().Add(14 * time.Hour).Format(time.DateOnly) }

// Save keeps a draft that only its own organisation sees. version is the one
// that was read, 0 for a new draft. Nothing is required yet, but what is there
// must be possible.
func (s *Store) Save(ctx context.Context, who access.Actor, code operation.Code, d Draft, version int64) (Case, error) {
	c, _, err := s.SaveOnce(ctx, who, code, d, version)
	return c, err
}

// SaveOnce is Save that also tells whether the draft is new: false when it
// changed one that was there, or was the same again.
func (s *Store) SaveOnce(ctx context.Context, who access.Actor, code operation.Code, d Draft, version int64) (made Case, fresh bool, err error) {
	if d, err = d.CheckSaved(s.latest()); err != nil {
		return Case{}, false, fault.In(access.SeizureSave, err)
	}
	made, err = s.write(ctx, who, code, access.SeizureSave, func(tx *db.Tx, st operation.Standing) (Case, error) {
		old, err := byID(tx, st, d.ID)
		fresh = errors.Is(err, db.ErrNone)
		switch {
		case fresh && version == 0:
			return s.create(tx, st, access.SeizureSave, d, Saved)
		case fresh:
			return Case{}, fault.Missing()
		case err != nil:
			return Case{}, err
		case same(old.Draft, d) && old.State == Saved:
			return old, db.Unchanged
		case old.State != Saved || old.Version != version:
			return Case{}, fault.Of(fault.Conflict, "fault.conflict")
		}
		if err := keepsNumber(old, d); err != nil {
			return Case{}, err
		}
		next := old
		next.Draft = d
		return s.store(tx, st, access.SeizureSave, &old, next, "")
	})
	return made, fresh && err == nil, err
}

// Report lets a case out of the reporter's hands: a new one, or one saved before
// under the same id. The administration's choice decides whether it is released
// at once or waits for its contact point. The same report again is the same
// case; other content under an id already reported is refused.
func (s *Store) Report(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Case, error) {
	c, _, err := s.ReportOnce(ctx, who, code, d)
	return c, err
}

// ReportOnce is Report that also tells whether the case is new: false when the
// same report had been stored before.
func (s *Store) ReportOnce(ctx context.Context, who access.Actor, code operation.Code, d Draft) (made Case, fresh bool, err error) {
	return s.report(ctx, who, code, d, anyVersion)
}

// ReportSaved is Report for a draft that was read as version and may have been
// saved by a colleague since: then it is a Conflict, and nothing is sent.
// Version 0 says that the reporter knows of no draft.
func (s *Store) ReportSaved(ctx context.Context, who access.Actor, code operation.Code, d Draft, version int64) (Case, error) {
	c, _, err := s.report(ctx, who, code, d, version)
	return c, err
}

// anyVersion takes a draft as it stands.
const anyVersion = -1

func (s *Store) report(ctx context.Context, who access.Actor, code operation.Code, d Draft, version int64) (made Case, fresh bool, err error) {
	if d, err = d.Check(s.latest()); err != nil {
		return Case{}, false, fault.In(access.SeizureReport, err)
	}
	made, err = s.write(ctx, who, code, access.SeizureReport, func(tx *db.Tx, st operation.Standing) (made Case, err error) {
		made, fresh, err = s.reportIn(tx, st, d, version)
		return made, err
	})
	return made, fresh && err == nil, err
}

// reportIn is report inside a unit of work; d is checked. The case is not fresh,
// and the error db.Unchanged, when it had been reported before.
func (s *Store) reportIn(tx *db.Tx, st operation.Standing, d Draft, version int64) (made Case, fresh bool, err error) {
	old, err := byID(tx, st, d.ID)
	if errors.Is(err, db.ErrNone) {
		made, err = s.create(tx, st, access.SeizureReport, d, stateFor(st))
		return made, true, err
	}
	if err != nil {
		return Case{}, false, err
	}
	if old.Redacted != "" {
		return Case{}, false, fault.Of(fault.Conflict, "seizure.was-redacted")
	}
	if old.State == Saved {
		if version != anyVersion && version != old.Version && !same(old.Draft, d) {
			return Case{}, false, fault.Of(fault.Conflict, "fault.conflict")
		}
		if err := keepsNumber(old, d); err != nil {
			return Case{}, false, err
		}
		next := old
		next.Draft, next.State, next.Reported = d, stateFor(st), st.Now
		next.ReleaseDue = dueFor(st, next.State)
		made, err = s.store(tx, st, access.SeizureReport, &old, next, "")
		return made, true, err
	}
	made, err = reportedBefore(tx, st, old, d)
	return made, false, err
}

// reportedBefore gives a case that was reported under the draft's id, if the
// draft says the same as its first report.
func reportedBefore(tx *db.Tx, st operation.Standing, old Case, d Draft) (Case, error) {
	first, err := db.One(tx, selectFirst, scanVersion, st.Operation.Number, old.Seq)
	if errors.Is(err, db.ErrNone) { // a draft that was thrown away
		return Case{}, fault.Of(fault.Conflict, "seizure.withdrawn-draft")
	}
	if err != nil {
		return Case{}, err
	}
	if again, err := sameReport(d, first.Draft); err != nil || !again {
		return Case{}, errors.Join(err, fault.Of(fault.Conflict, "seizure.other-content"))
	}
	if old.Entry, err = journal.One(tx, st.Operation.Number, first.Seq); err != nil {
		return old, err
	}
	return old, db.Unchanged
}

// sameReport tells whether a report repeats the first one. A row of a sheet is
// the same row whatever the mapping made of it.
func sameReport(d, first Draft) (bool, error) {
	if d.Sheet != "" {
		return d.Sheet == first.Sheet, nil
	}
	again, err := d.canonical()
	if err != nil {
		return false, err
	}
	before, err := first.canonical()
	return again == before, err
}

// stateFor tells where a report goes: out at once when the administration leaves that to
// its officers, when a contact point reports, and when a practice's leader shows how.
func stateFor(st operation.Standing) string {
	if st.Side() == access.Coordination || st.Organisation.ReleaseBy == organisation.ReleaseByOfficer || slices.Contains(st.Roles, access.ContactPoint) {
		return Released
	}
	return Reported
}

// dueFor tells when a report is released by time; a case that was recalled never
// is again.
func dueFor(st operation.Standing, state string) time.Time {
	if after := st.Organisation.ReleaseAfter; state == Reported && after > 0 {
		return st.Now.Add(after)
	}
	return time.Time{}
}

// write runs one command inside an operation and names its failure.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission,
	fn func(tx *db.Tx, st operation.Standing) (Case, error)) (Case, error) {
	var made Case
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		if made, err = fn(tx, st); errors.Is(err, db.Unchanged) && made.Entry.Verb == "" {
			var e error
			if made.Entry, e = entryOf(tx, st.Operation.Number, made); e != nil {
				return e
			}
		}
		if err == nil || errors.Is(err, db.Unchanged) {
			err = errors.Join(err, photosBeside(tx, st, &made))
		}
		return err
	})
	if err != nil {
		return Case{}, fault.In(need, err)
	}
	return made, nil
}

// entryOf is the entry that made the version at which a case stands.
func entryOf(tx *db.Tx, op int64, c Case) (journal.Entry, error) {
	seq, err := db.One(tx, selectEntry, db.Int64, op, c.Seq, c.Version)
	if err != nil {
		return journal.Entry{}, err
	}
	return journal.One(tx, op, seq)
}

// create stores a new case with its first version.
func (s *Store) create(tx *db.Tx, st operation.Standing, verb access.Permission, d Draft, state string) (Case, error) {
	c := Case{Draft: d, Organisation: st.Who.Organisation, Author: st.Who.Person, State: state, Version: 1,
		Reported: st.Now, Changed: st.Now, ReleaseDue: dueFor(st, state)}
	var err error
	if c.Reference, err = s.numberFor(tx, st, d); err != nil {
		return c, err
	}
	if err := s.settle(tx, st, &c); err != nil {
		return c, err
	}
	c.Entry, err = s.journal.Record(tx, st.Entry(verb, "seizure/"+string(c.ID), c.Audience), journal.Content{After: c, With: with(c, "")})
	if err != nil {
		return c, err
	}
	c.Seq = c.Entry.Seq
	if err := insertCase(tx, st.Operation.Number, c); err != nil {
		return c, err
	}
	if err := consignment.Put(tx, st.Operation.Number, consignment.Case, c.Seq, c.Audience, c.Marks); err != nil {
		return c, err
	}
	if err := index(tx, st.Operation.Number, nil, c); err != nil {
		return c, err
	}
	if err := tallied(tx, st.Operation.Number, nil, c); err != nil {
		return c, err
	}
	return c, s.keepVersion(tx, st, verb, c, c.Seq, "")
}

// store writes a changed case as a new version.
func (s *Store) store(tx *db.Tx, st operation.Standing, verb access.Permission, old *Case, c Case, reason string) (Case, error) {
	c.Version, c.Changed = old.Version+1, st.Now
	if err := s.settle(tx, st, &c); err != nil {
		return c, err
	}
	e, err := s.journal.Record(tx, st.Entry(verb, "seizure/"+string(c.ID), c.Audience),
		journal.Content{Before: old, After: c, With: with(c, reason)})
	if err != nil {
		return c, err
	}
	c.Entry = e
	if err := updateCase(tx, st.Operation.Number, c, !same(old.Draft, c.Draft)); err != nil {
		return c, err
	}
	if err := follow(tx, st.Operation.Number, *old, c); err != nil {
		return c, err
	}
	if err := markChanged(tx, st.Operation.Number, *old, c); err != nil {
		return c, err
	}
	if err := index(tx, st.Operation.Number, old, c); err != nil {
		return c, err
	}
	if err := tallied(tx, st.Operation.Number, old, c); err != nil {
		return c, err
	}
	if c.State == Withdrawn && old.State != Withdrawn {
		if err := s.freeDoubles(tx, st, c); err != nil {
			return c, err
		}
	}
	return c, s.keepVersion(tx, st, verb, c, e.Seq, reason)
}

// freeDoubles lets the doubles of a withdrawn case count again: otherwise the
// consignment would be in no figure at all. It acts under each double's own
// organisation, for whoever withdraws may not know of them.
func (s *Store) freeDoubles(tx *db.Tx, st operation.Standing, original Case) error {
	doubles, err := db.All(tx, selectDoubles, scanCase, st.Operation.Number, original.Seq)
	if err != nil {
		return err
	}
	for _, double := range doubles {
		as, next := st, double
		as.Who = access.Actor{System: doubleActor, Organisation: double.Organisation}
		next.DuplicateOf = 0
		if _, err := s.store(tx, as, access.SeizureRelate, &double, next, ""); err != nil {
			return err
		}
	}
	return nil
}

// doubleActor is who frees the doubles of a withdrawn case.
const doubleActor = "original-withdrawn"

// settle gives a case the audience and the class that follow from its state.
func (s *Store) settle(tx *db.Tx, st operation.Standing, c *Case) error {
	if c.State != Reported {
		c.ReleaseDue = time.Time{}
	}
	if c.State != Withdrawn { // a withdrawn case stays where it was seen
		var err error
		if c.Audience, err = audience.Intern(tx, st.Operation.Number, audienceIn(c.State, c.Organisation)); err != nil {
			return err
		}
	}
	c.Class = c.ClassIn(st.Operation)
	return nil
}

// with is what the journal keeps beside a case: why it changed, and the value of
// its audience, which a withdrawn case keeps from before.
func with(c Case, reason string) map[string]string {
	out := map[string]string{}
	if reason != "" {
		out["reason"] = reason
	}
	if c.State != Withdrawn {
		out["audience"] = audienceIn(c.State, c.Organisation).String()
	}
	return out
}

// audienceIn is who sees a case of an organisation in a state.
func audienceIn(state string, organisation int64) audience.Value {
	v := audience.Own(organisation)
	switch state {
	case Reported:
		v = v.With(access.Coordination)
	case Released:
		v = v.With(access.Coordination, access.Enforcement)
	}
	return v
}

func (s *Store) keepVersion(tx *db.Tx, st operation.Standing, verb access.Permission, c Case, seq int64, reason string) error {
	fields, err := c.canonical()
	if err != nil {
		return err
	}
	_, err = tx.Exec(insertVersion, st.Operation.Number, c.Seq, c.Version, seq, string(verb), st.Who.Name(), st.Now, reason, fields)
	return err
}

// newReference draws case numbers until one is free; the more cases, the longer.
func (s *Store) newReference(tx *db.Tx, st operation.Standing) (string, error) {
	for try := range 4 * (maxDigits - minDigits + 1) {
		ref := reference(st.Now.Year(), s.source.Bytes(8), minDigits+try/4)
		n, err := db.One(tx, countOfRef, db.Int64, st.Operation.Number, ref)
		if err == nil && n == 0 {
			n, err = db.One(tx, countNumber, db.Int64, st.Operation.Number, ref)
		}
		if err != nil || n == 0 {
			return ref, err
		}
	}
	return "", errors.New("seizure: no free case number")
}

func byID(tx *db.Tx, st operation.Standing, id ID) (Case, error) {
	return db.One(tx, selectByID, scanCase, st.Operation.Number, st.Who.Organisation, id)
}

func same(a, b Draft) bool {
	x, errX := a.canonical()
	y, errY := b.canonical()
	return errX == nil && errY == nil && x == y
}
