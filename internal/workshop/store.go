package workshop

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do about workshops.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

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

// Plan plans a workshop. The same draft again is the same workshop and the same
// answer; its id with other content is a Conflict.
func (s *Store) Plan(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Workshop, error) {
	return Workshop{}, errors.ErrUnsupported
}

// Amend changes a workshop that stands in that version; another one is a Conflict.
func (s *Store) Amend(ctx context.Context, who access.Actor, code operation.Code, id ID, d Draft, version int64) (Workshop, error) {
	return Workshop{}, errors.ErrUnsupported
}

// Call asks for nominations. Again changes nothing.
func (s *Store) Call(ctx context.Context, who access.Actor, code operation.Code, id ID) error {
	return errors.ErrUnsupported
}

// Cancel calls a workshop off, with a reason that its readers see.
func (s *Store) Cancel(ctx context.Context, who access.Actor, code operation.Code, id ID, reason string) error {
	return errors.ErrUnsupported
}

// AddSession adds an item to the agenda.
func (s *Store) AddSession(ctx context.Context, who access.Actor, code operation.Code, id ID, d SessionDraft) (Session, error) {
	return Session{}, errors.ErrUnsupported
}

// AmendSession changes an item that stands in that version.
func (s *Store) AmendSession(ctx context.Context, who access.Actor, code operation.Code, id, session ID, d SessionDraft, version int64) (Session, error) {
	return Session{}, errors.ErrUnsupported
}

// DropSession calls an item of the agenda off.
func (s *Store) DropSession(ctx context.Context, who access.Actor, code operation.Code, id, session ID) error {
	return errors.ErrUnsupported
}

// SetPlaces says how many of each organisation may come; of who is not named nothing
// changes.
func (s *Store) SetPlaces(ctx context.Context, who access.Actor, code operation.Code, id ID, all []Seats) error {
	return errors.ErrUnsupported
}

// Nominate names somebody of the actor's organisation.
func (s *Store) Nominate(ctx context.Context, who access.Actor, code operation.Code, id ID, d NomineeDraft) (Participant, error) {
	return Participant{}, errors.ErrUnsupported
}

// WithdrawNominee takes somebody of the actor's organisation back; reason may be empty.
func (s *Store) WithdrawNominee(ctx context.Context, who access.Actor, code operation.Code, id, participant ID, reason string) error {
	return errors.ErrUnsupported
}

// Confirm confirms or declines (with a reason) a nominee. Where no place of its
// organisation is free, whoever is confirmed waits.
func (s *Store) Confirm(ctx context.Context, who access.Actor, code operation.Code, id, participant ID, yes bool, reason string) (Participant, error) {
	return Participant{}, errors.ErrUnsupported
}

// Supply names a document, a lesson or a practice as material.
func (s *Store) Supply(ctx context.Context, who access.Actor, code operation.Code, id ID, d MaterialDraft) (Material, error) {
	return Material{}, errors.ErrUnsupported
}

// Remove takes a material off the list.
func (s *Store) Remove(ctx context.Context, who access.Actor, code operation.Code, id, material ID) error {
	return errors.ErrUnsupported
}
