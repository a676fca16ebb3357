package links

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with links.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// Of gives what is known of the consignment of a record that the actor may read.
func (s *Store) Of(ctx context.Context, who access.Actor, code operation.Code, seq int64) (Consignment, error) {
	return s.read(ctx, who, code, func(tx *db.Tx, l look) (Consignment, error) {
		if r, err := l.one(tx, seq); err != nil || r.taken() {
			return Consignment{}, err
		}
		marks, err := consignment.Of(tx, l.op(), db.List{seq})
		if err != nil {
			return Consignment{}, err
		}
		out := Consignment{Marks: marks[seq]}
		if out.Linked, err = l.thread(tx, seq); err != nil {
			return out, err
		}
		return out, l.name(tx, &out, seq)
	})
}

// Same gives the records that carry numbers which are not written yet. Numbers
// that cannot be taken carry none.
func (s *Store) Same(ctx context.Context, who access.Actor, code operation.Code, marks []consignment.Mark) (Consignment, error) {
	return s.read(ctx, who, code, func(tx *db.Tx, l look) (Consignment, error) {
		out := Consignment{Marks: marks}
		return out, l.name(tx, &out, 0)
	})
}

func (s *Store) read(ctx context.Context, who access.Actor, code operation.Code, fn func(tx *db.Tx, l look) (Consignment, error)) (Consignment, error) {
	var out Consignment
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := s.look(tx, who, code, access.OperationRead)
		if err != nil {
			return err
		}
		if out, err = fn(tx, l); err != nil {
			return err
		}
		out.Standing, out.MayLink = l.Standing, l.May(access.ConsignmentLink)
		return nil
	})
	if err != nil {
		return Consignment{}, fmt.Errorf("consignment: %w", err)
	}
	return out, nil
}

// Link says that two records belong to one consignment. The actor reads both. A
// link that the actor sees already is not made again.
func (s *Store) Link(ctx context.Context, who access.Actor, code operation.Code, one, other int64) error {
	return s.act(ctx, who, code, access.ConsignmentLink, func(tx *db.Tx, l look) error {
		if one == other {
			return fault.Of(fault.Invalid, "consignment.itself")
		}
		value, err := l.common(tx, one, other)
		if err != nil {
			return err
		}
		_, err = consignment.Between(tx, l.op(), l.readable, one, other)
		if !errors.Is(err, db.ErrNone) {
			return errors.Join(err, db.Unchanged)
		}
		made := consignment.Link{One: min(one, other), Other: max(one, other), Organisation: who.Organisation, Author: who.Name(), At: l.Now}
		if made.Audience, err = audience.Intern(tx, l.op(), value); err != nil {
			return err
		}
		made.Seq, err = s.journal.Append(tx, l.Entry(access.ConsignmentLink, subject(made), made.Audience),
			journal.Content{After: made, With: map[string]string{"audience": value.String()}})
		if err != nil {
			return err
		}
		return consignment.Join(tx, l.op(), made)
	})
}

// Unlink takes a link back. Its organisation does, or coordination.
func (s *Store) Unlink(ctx context.Context, who access.Actor, code operation.Code, one, other int64) error {
	return s.act(ctx, who, code, access.ConsignmentUnlink, func(tx *db.Tx, l look) error {
		if _, err := l.common(tx, one, other); err != nil {
			return err
		}
		link, err := consignment.Between(tx, l.op(), l.readable, one, other)
		if errors.Is(err, db.ErrNone) {
			return db.Unchanged
		}
		if err != nil {
			return err
		}
		if !l.mayUnlink(link) {
			return fault.Missing()
		}
		value, err := audience.Of(tx, l.op(), link.Audience)
		if err != nil {
			return err
		}
		_, err = s.journal.Append(tx, l.Entry(access.ConsignmentUnlink, subject(link), link.Audience),
			journal.Content{Before: link, With: map[string]string{"audience": value.String()}})
		if err != nil {
			return err
		}
		_, err = consignment.Part(tx, l.op(), link, l.Now)
		return err
	})
}

// subject is what the journal calls a link.
func subject(l consignment.Link) string { return fmt.Sprintf("consignment/%d/%d", l.One, l.Other) }

func (s *Store) act(ctx context.Context, who access.Actor, code operation.Code, verb access.Permission, fn func(tx *db.Tx, l look) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		l, err := s.look(tx, who, code, verb)
		if err != nil {
			return err
		}
		return fn(tx, l)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}
