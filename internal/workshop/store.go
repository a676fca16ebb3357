package workshop

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do about workshops.
type Store struct {
	// Practice gives the practice that a workshop has; db.ErrNone: there is none. nil:
	// no workshop has one.
	Practice func(tx *db.Tx, op int64, of ID) (operation.ID, error)

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// hosted is write for who holds the workshop; for everybody else there is none.
func (s *Store) hosted(ctx context.Context, who access.Actor, code operation.Code, id ID, need access.Permission, fn func(tx *db.Tx, st operation.Standing, w Workshop) error) error {
	return s.write(ctx, who, code, need, func(tx *db.Tx, st operation.Standing) error {
		w, err := Find(tx, st, id)
		switch {
		case err != nil:
			return err
		case !Host(st, w):
			return fault.Missing()
		}
		return fn(tx, st, w)
	})
}

// standing is hosted for what nobody does any more once a workshop was called off.
func (s *Store) standing(ctx context.Context, who access.Actor, code operation.Code, id ID, need access.Permission, fn func(tx *db.Tx, st operation.Standing, w Workshop) error) error {
	return s.hosted(ctx, who, code, id, need, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		if w.State == Cancelled {
			return fault.Of(fault.Conflict, "workshop.cancelled")
		}
		return fn(tx, st, w)
	})
}

// note appends what was done to something that stands in an audience.
func (s *Store) note(tx *db.Tx, st operation.Standing, verb access.Permission, subject string, number int64, before, after any) (int64, error) {
	value, err := audience.Of(tx, st.Operation.Number, number)
	if err != nil {
		return 0, err
	}
	return s.journal.Append(tx, st.Entry(verb, subject, number),
		journal.Content{Before: before, After: after, With: map[string]string{"audience": value.String()}})
}

// keep writes a workshop that changed, in its next version.
func (s *Store) keep(tx *db.Tx, st operation.Standing, verb access.Permission, before, w Workshop) (Workshop, error) {
	w.Version, w.At = before.Version+1, st.Now
	if _, err := s.note(tx, st, verb, w.EntrySubject(), w.Audience, before, w); err != nil {
		return w, err
	}
	_, err := tx.Exec(putWorkshop, w.args(st.Operation.Number)...)
	return w, err
}

// Plan plans a workshop. The same draft again is the same workshop and the same
// answer; its id with other content is a Conflict. On the side of enforcement it is
// a national one, for the actor's own organisation and coordination. Paths of what is
// wrong are the names of Draft's fields, to and apart.
func (s *Store) Plan(ctx context.Context, who access.Actor, code operation.Code, d Draft) (made Workshop, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, code, access.WorkshopPlan, func(tx *db.Tx, st operation.Standing) error {
		if st.Operation.Kind == operation.KindPractice { // a practice belongs to a workshop and has none
			return fault.Missing()
		}
		w := Workshop{ID: d.ID, Organisation: st.Who.Organisation, Author: st.Who.Person, State: Planned, Version: 1, At: st.Now}
		w, err := placed(tx, st, w, d)
		old, none := ByID(tx, st.Operation.Number, d.ID)
		switch {
		case none == nil && err == nil && old.Organisation == who.Organisation && old.says(w):
			made = old
			return db.Unchanged
		case none == nil:
			return fault.Of(fault.Conflict, "workshop.id-taken")
		case !errors.Is(none, db.ErrNone):
			return none
		case err != nil:
			return err
		}
		if w.Seq, err = s.note(tx, st, access.WorkshopPlan, w.EntrySubject(), w.Audience, nil, w); err != nil {
			return err
		}
		made = w
		_, err = tx.Exec(putWorkshop, w.args(st.Operation.Number)...)
		return err
	})
	if err != nil {
		return Workshop{}, err
	}
	return made, nil
}

// says tells whether a workshop is what was written again.
func (w Workshop) says(b Workshop) bool {
	b.Seq, b.ID, b.Organisation, b.Author, b.Audience, b.State, b.Reason, b.Version, b.At = w.Seq, w.ID, w.Organisation, w.Author, w.Audience, w.State, w.Reason, w.Version, w.At
	return w.To.String() == b.To.String() && reflect.DeepEqual(w.apartFrom(), b.apartFrom())
}

// apartFrom is a workshop without its address, which says one thing in several ways.
func (w Workshop) apartFrom() Workshop {
	w.To = audience.Address{}
	return w
}

// placed puts a draft into a workshop: its words, and who may read it.
func placed(tx *db.Tx, st operation.Standing, w Workshop, d Draft) (Workshop, error) {
	d, wrong := d.clean(st.Now)
	to, readers, err := addressed(tx, st, w, d)
	if err = joined(wrong, err); err != nil {
		return w, err
	}
	w.Kind, w.Title, w.Aim, w.Language, w.Languages, w.Sponsor, w.To = d.Kind, d.Title, d.Aim, d.Language, d.Languages, d.Sponsor, to
	w.Place, w.Country, w.Address, w.Zone, w.Starts, w.Ends, w.NominateBy = d.Place, d.Country, d.Address, d.Zone, d.Starts, d.Ends, d.NominateBy
	w.Audience, err = audience.Intern(tx, st.Operation.Number, readers)
	return w, err
}

// addressed is for whom a workshop is. Coordination reads every one; a national one
// is for the host beside it, and on the side of enforcement there is no other.
func addressed(tx *db.Tx, st operation.Standing, w Workshop, d Draft) (to audience.Address, readers audience.Value, err error) {
	side, err := operation.SideOf(tx, st.Operation.Number, w.Organisation)
	switch {
	case err != nil:
		return to, readers, err
	case side != access.Coordination && d.Kind != National && d.Kind != "":
		return to, readers, fault.At("kind", "workshop.national-only")
	case d.Kind == National && side != access.Coordination:
		to = audience.Address{Sides: []access.Side{access.Coordination}}
		return to, to.Value(w.Organisation), nil
	}
	to = d.To
	to.Organisations, to.Apart = slices.Clone(to.Organisations), false
	if len(d.Addressed) > message.MaxAddressed {
		return to, readers, fault.At("to", "fault.too-many-items", fault.Args{"max": int64(message.MaxAddressed)})
	}
	for _, id := range d.Addressed {
		body, err := organisation.ByID(tx, id)
		if errors.Is(err, db.ErrNone) {
			return to, readers, fault.At("to", "message.to-unknown")
		}
		if err != nil {
			return to, readers, err
		}
		to.Organisations = append(to.Organisations, body.Number)
	}
	if len(to.Operations) > 0 {
		return to, readers, fault.At("to", "message.to-unknown")
	}
	to, readers, err = message.Addressed(tx, st, to)
	readers.Organisations = append(slices.Clone(readers.Organisations), w.Organisation)
	return to, readers.With(access.Coordination), err
}

// Amend changes a workshop that stands in that version; another one is a Conflict,
// unless it says the same already. Where it is for others than before, what hangs on
// it follows.
func (s *Store) Amend(ctx context.Context, who access.Actor, code operation.Code, id ID, d Draft, version int64) (made Workshop, err error) {
	err = s.standing(ctx, who, code, id, access.WorkshopAmend, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		d.ID = id
		next, err := placed(tx, st, w, d)
		switch {
		case err != nil:
			return err
		case w.says(next) && w.Audience == next.Audience:
			made = w
			return db.Unchanged
		case w.Version != version:
			return fault.Of(fault.Conflict, "workshop.changed")
		}
		if err := s.follow(tx, st, w, next); err != nil {
			return err
		}
		made, err = s.keep(tx, st, access.WorkshopAmend, w, next)
		return err
	})
	if err != nil {
		return Workshop{}, err
	}
	return made, nil
}

// Call asks for nominations. Again changes nothing.
func (s *Store) Call(ctx context.Context, who access.Actor, code operation.Code, id ID) error {
	return s.standing(ctx, who, code, id, access.WorkshopInvite, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		if w.State == Called {
			return db.Unchanged
		}
		if w.Over(st.Now) {
			return fault.Of(fault.Conflict, "workshop.over")
		}
		next := w
		next.State = Called
		_, err := s.keep(tx, st, access.WorkshopInvite, w, next)
		return err
	})
}

// Cancel calls a workshop off, with a reason that its readers see, until its last day
// has passed: what was held stays. Again changes nothing.
func (s *Store) Cancel(ctx context.Context, who access.Actor, code operation.Code, id ID, reason string) error {
	return s.hosted(ctx, who, code, id, access.WorkshopCancel, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		var p fault.Problems
		next := w
		next.State, next.Reason = Cancelled, i18n.CleanField(&p, "reason", reason, MaxText, true, i18n.CleanBody)
		switch {
		case w.State != Cancelled && w.Over(st.Now):
			return fault.Of(fault.Conflict, "workshop.over-cancel")
		case p.Fault() != nil:
			return p.Fault()
		case w.State == Cancelled:
			return db.Unchanged
		}
		_, err := s.keep(tx, st, access.WorkshopCancel, w, next)
		return err
	})
}
