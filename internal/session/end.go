package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// List gives the person's own sessions that still open something, the one seen
// last first.
func (s *Store) List(ctx context.Context, of Session) ([]Summary, error) {
	if !access.May(of.Actor, access.SessionEnd) {
		return nil, fault.Missing()
	}
	now := s.source.Now()
	var out []Summary
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.All(tx, selectOf, scan, of.Actor.Person)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if !r.alive(now, s.options.Idle) {
				continue
			}
			if _, err := load(tx, r, now); fault.Is(err, fault.Unauthenticated) {
				continue
			} else if err != nil {
				return err
			}
			o, err := organisation.One(tx, r.Organisation)
			if err != nil {
				return err
			}
			out = append(out, Summary{ID: r.ID, Kind: r.Kind, Agent: r.Agent, Organisation: o, Created: r.Created, Seen: r.Seen,
				Ends: r.Ends, Current: r.ID == of.ID})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("session.list: %w", err)
	}
	return out, nil
}

// End ends one of the person's own sessions.
func (s *Store) End(ctx context.Context, of Session, id ID) error {
	if !access.May(of.Actor, access.SessionEnd) {
		return fault.Missing()
	}
	if !source.ValidID(string(id)) {
		return fault.Missing()
	}
	return s.change(ctx, "session.end", func(tx *db.Tx, now time.Time) error {
		r, err := db.One(tx, selectByID, scan, id, of.Actor.Person)
		if errors.Is(err, db.ErrNone) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		return s.end(tx, of.Actor, r, now)
	})
}

// SignOut ends the session of a token. It is public; a token that opens nothing
// is signed out already.
func (s *Store) SignOut(ctx context.Context, token string) error {
	return s.change(ctx, "session.end", func(tx *db.Tx, now time.Time) error {
		r, err := db.One(tx, selectByToken, scan, person.HashSecret(token))
		if errors.Is(err, db.ErrNone) {
			return db.Unchanged
		}
		if err != nil {
			return err
		}
		return s.end(tx, access.Actor{Person: string(r.Person), Organisation: r.Organisation}, r, now)
	})
}

// EndAll ends every session of a person: the person's own, anybody's for the
// administrator, and for a contact point those of people of its own organisation
// only.
func (s *Store) EndAll(ctx context.Context, who access.Actor, id person.ID) error {
	if !access.May(who, access.SessionEnd) {
		return fault.Missing()
	}
	if who.Person != string(id) && !access.May(who, access.PersonSuspend) {
		return fault.Missing()
	}
	return s.change(ctx, "session.end", func(tx *db.Tx, now time.Time) error {
		if who.Person != string(id) {
			if err := person.Governs(tx, who, id, now); err != nil {
				return err
			}
		}
		rows, err := db.All(tx, selectOf, scan, id)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.end(tx, who, r, now); err != nil {
				return err
			}
		}
		if len(rows) == 0 {
			return db.Unchanged
		}
		return nil
	})
}

func (s *Store) end(tx *db.Tx, who access.Actor, r row, now time.Time) error {
	if _, err := tx.Exec(deleteOne, r.ID, r.Person); err != nil {
		return err
	}
	return s.append(tx, who, "session.end", r.ID, now, map[string]any{"person": r.Person, "kind": r.Kind, "organisation": r.Organisation}, nil)
}

// Cleanup removes sessions that open nothing any more and tries that no longer
// count. Housekeeping calls it; what it removes had ended before.
func (s *Store) Cleanup(ctx context.Context) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		now := s.source.Now()
		if _, err := tx.Exec(deleteDead, now, Token, now.Add(-s.options.Idle), now.Add(apart)); err != nil {
			return err
		}
		return person.ForgetAttempts(tx, now)
	})
}
