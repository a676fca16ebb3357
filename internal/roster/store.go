package roster

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store keeps rosters.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// planned is for whom a shift is: all who coordinate or control goods.
func planned(own int64) audience.Value {
	return audience.Own(own).With(access.Coordination, access.Enforcement)
}

// Plan plans a shift of somebody of the actor's organisation. The same id with the
// same content again is the same shift.
func (s *Store) Plan(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Shift, error) {
	var out Shift
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.RosterPlan)
		if err != nil {
			return err
		}
		out, err = s.plan(tx, st, d)
		return err
	})
	if err != nil {
		return Shift{}, fmt.Errorf("%s: %w", access.RosterPlan, err)
	}
	return out, nil
}

func (s *Store) plan(tx *db.Tx, st operation.Standing, d Draft) (Shift, error) {
	op, own := st.Operation.Number, st.Who.Organisation
	d, err := d.clean(st.Now)
	if err != nil {
		return Shift{}, err
	}
	old, err := db.One(tx, selectByID, scan, op, own, d.ID)
	switch {
	case err == nil && old.same(d):
		return old, db.Unchanged
	case err == nil:
		return Shift{}, fault.Of(fault.Conflict, "roster.id-taken")
	case !errors.Is(err, db.ErrNone):
		return Shift{}, err
	}
	if err := free(tx, st, d); err != nil {
		return Shift{}, err
	}
	n := Shift{ID: d.ID, Organisation: own, Author: st.Who.Person, Person: d.Person, Begins: d.Begins, Ends: d.Ends, Phone: d.Phone,
		State: Planned, Version: 1, At: st.Now}
	if n.Audience, err = audience.Intern(tx, op, planned(own)); err != nil {
		return Shift{}, err
	}
	if n.Seq, err = s.journal.Append(tx, st.Entry(access.RosterPlan, "shift/"+string(n.ID), n.Audience),
		journal.Content{After: n, With: map[string]string{"audience": planned(own).String()}}); err != nil {
		return Shift{}, err
	}
	_, err = tx.Exec(insertRow, append([]any{op}, n.args()...)...)
	return n, err
}

// free refuses somebody who is not of the organisation, or on duty already.
func free(tx *db.Tx, st operation.Standing, d Draft) error {
	var wrong fault.Problems
	people, err := person.OfOrganisation(tx, st.Who.Organisation, st.Now)
	if err != nil {
		return err
	}
	found := false
	for _, p := range people {
		found = found || string(p.Person.ID) == d.Person && p.Person.State != person.Suspended
	}
	if !found {
		wrong.Add("person", "fault.choose-one")
		return wrong.Fault()
	}
	_, err = db.One(tx, selectClash, scan, st.Operation.Number, st.Who.Organisation, d.Person, d.Begins, d.Ends)
	if errors.Is(err, db.ErrNone) {
		return nil
	}
	wrong.Add("begins", "roster.two-places")
	return errors.Join(err, wrong.Fault())
}

// Withdraw takes a shift of the actor's organisation off the roster. The same of
// the same version again is the same.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, code operation.Code, seq, version int64) error {
	return s.change(ctx, who, code, access.RosterWithdraw, seq, version, func(_ operation.Standing, n *Shift) error {
		if n.State == Withdrawn && n.Version == version+1 {
			return db.Unchanged
		}
		n.State = Withdrawn
		return nil
	})
}

// HandOver writes the note for the next shift: by the officer of this one, or by a
// contact point, once it has begun. A second note replaces the first, which must
// be confirmed anew; the same note for the same version again is the same.
func (s *Store) HandOver(ctx context.Context, who access.Actor, code operation.Code, seq, version int64, text, language string) error {
	return s.change(ctx, who, code, access.RosterHandOver, seq, version, func(st operation.Standing, n *Shift) error {
		if n.Person != who.Person && !st.May(access.RosterPlan) {
			return fault.Missing()
		}
		if st.Now.Before(n.Begins) {
			return fault.Of(fault.Invalid, "roster.not-begun")
		}
		note, tag, err := cleanNote(text, language)
		if err != nil {
			return err
		}
		if n.State == Planned && n.Version == version+1 && n.HandedBy == who.Person && n.TakenBy == "" && n.Note == note && n.Language == tag {
			return db.Unchanged
		}
		n.Note, n.Language = note, tag
		n.HandedBy, n.Handed, n.TakenBy, n.Taken = who.Person, st.Now, "", time.Time{}
		return nil
	})
}

// Confirm says that the actor has read the hand-over of a shift; not who wrote it.
func (s *Store) Confirm(ctx context.Context, who access.Actor, code operation.Code, seq, version int64) error {
	return s.change(ctx, who, code, access.RosterConfirm, seq, version, func(st operation.Standing, n *Shift) error {
		if n.Note == "" || n.HandedBy == who.Person {
			return fault.Of(fault.Invalid, "roster.nothing-to-confirm")
		}
		if n.TakenBy != "" {
			return db.Unchanged
		}
		n.TakenBy, n.Taken = who.Person, st.Now
		return nil
	})
}

// change makes the next version of a shift of the actor's organisation. Before
// and after hold the note, so the entry is for that organisation; a shift that is
// taken off the roster without a note is told to all who knew of it.
func (s *Store) change(ctx context.Context, who access.Actor, code operation.Code, verb access.Permission, seq, version int64,
	do func(st operation.Standing, n *Shift) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, verb)
		if err != nil {
			return err
		}
		op := st.Operation.Number
		old, err := db.One(tx, selectBySeq, scan, op, who.Organisation, seq)
		if errors.Is(err, db.ErrNone) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		n := old
		if err := do(st, &n); err != nil {
			return err
		}
		if old.Version != version || old.State != Planned {
			return fault.Of(fault.Conflict, "roster.changed")
		}
		n.Version, n.At = old.Version+1, st.Now
		value := audience.Own(who.Organisation)
		if n.Note == "" {
			value = planned(who.Organisation)
		}
		aud, err := audience.Intern(tx, op, value)
		if err != nil {
			return err
		}
		if _, err := s.journal.Append(tx, st.Entry(verb, "shift/"+string(n.ID), aud), journal.Content{Before: old, After: n,
			With: map[string]string{"audience": value.String()}}); err != nil {
			return err
		}
		_, err = tx.Exec(updateRow, op, seq, n.State, n.Note, n.Language, n.HandedBy, db.Null(n.Handed), n.TakenBy, db.Null(n.Taken), n.Version, n.At)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}
