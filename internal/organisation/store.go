package organisation

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with organisations.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// Register makes an organisation. The administrator does.
func (s *Store) Register(ctx context.Context, who access.Actor, d Draft) (Organisation, error) {
	var made Organisation
	if !access.May(who, access.OrganisationRegister) {
		return made, fault.Missing()
	}
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	if err := d.Check(); err != nil {
		return made, fmt.Errorf("organisation.register: %w", err)
	}
	err := s.db.Write(ctx, "", func(tx *db.Tx) (err error) {
		made, err = Insert(tx, s.journal, who, s.source, d)
		return err
	})
	if err != nil {
		return Organisation{}, fmt.Errorf("organisation.register: %w", err)
	}
	return made, nil
}

// Insert is Register inside another unit of work: the first organisation of an
// instance is made together with its administrator.
func Insert(tx *db.Tx, j *journal.Journal, who access.Actor, src *source.Source, d Draft) (Organisation, error) {
	d, err := d.clean()
	if err != nil {
		return Organisation{}, err
	}
	if _, err := journal.Lock(tx, journal.Instance); err != nil {
		return Organisation{}, err
	}
	if old, err := ByID(tx, d.ID); err == nil {
		if !reflect.DeepEqual(old, d.organisation(old.Number, old.Version)) {
			return old, fault.Of(fault.Conflict, "fault.exists")
		}
		return old, db.Unchanged
	}
	number, err := db.One(tx, selectNext, db.Int64)
	if err != nil {
		return Organisation{}, err
	}
	o := d.organisation(max(number, d.Number), 1)
	if err := insert(tx, o); err != nil {
		return o, err
	}
	_, err = j.Append(tx, entry(who, src, "organisation.register", o), journal.Content{After: o})
	return o, err
}

// Adopt takes in an organisation that another instance knows by this number, as
// the file of a whole operation names it. stands: its row is there, only the entry
// is missing.
func Adopt(tx *db.Tx, j *journal.Journal, who access.Actor, src *source.Source, o Organisation, stands bool) error {
	if !stands {
		if err := insert(tx, o); err != nil {
			return err
		}
	}
	_, err := j.Append(tx, entry(who, src, "organisation.register", o), journal.Content{After: o})
	return err
}

// Amend changes an organisation. The administrator does, or its own contact point.
func (s *Store) Amend(ctx context.Context, who access.Actor, d Draft) (Organisation, error) {
	var made Organisation
	if !access.May(who, access.OrganisationAmend) || !source.ValidID(string(d.ID)) {
		return made, fault.Missing()
	}
	clean, wrong := d.clean() // said only to who may amend this one
	err := s.db.Write(ctx, "", func(tx *db.Tx) error {
		if _, err := journal.Lock(tx, journal.Instance); err != nil {
			return err
		}
		old, err := ByID(tx, d.ID)
		if errors.Is(err, db.ErrNone) || err == nil && !who.Administrator && old.Number != who.Organisation {
			return fault.Missing()
		}
		if err := errors.Join(err, wrong); err != nil {
			return err
		}
		if old.Version != clean.Version {
			return fault.Of(fault.Conflict, "fault.conflict")
		}
		made = clean.organisation(old.Number, old.Version+1)
		if !who.Administrator {
			made.Kind, made.Country = old.Kind, old.Country // what one is, is not one's own to change
		}
		if err := update(tx, made); err != nil {
			return err
		}
		_, err = s.journal.Append(tx, entry(who, s.source, "organisation.amend", made), journal.Content{Before: old, After: made})
		return err
	})
	if err != nil {
		return Organisation{}, fmt.Errorf("organisation.amend: %w", err)
	}
	return made, nil
}

// List gives the organisations of the instance: all for the administrator and
// for contact points of bodies that direct operations, one's own otherwise.
func (s *Store) List(ctx context.Context, who access.Actor) ([]Organisation, error) {
	if !access.May(who, access.OrganisationRead) {
		return nil, fault.Missing()
	}
	var out []Organisation
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		own, err := One(tx, who.Organisation)
		if err != nil {
			return err
		}
		if !who.Administrator && !own.Directs() {
			out = []Organisation{own}
			return nil
		}
		out, err = All(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("organisation.read: %w", err)
	}
	return out, nil
}
