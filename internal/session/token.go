package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Limits of the tokens that people make for other systems.
const (
	TokenLife = 90 * 24 * time.Hour
	MaxTokens = 20 // of one person at a time
)

// Issue makes a bearer token for another system that acts for the person, under
// the hat that is worn now, for TokenLife. name says to its owner where it is
// used. Whoever signed in with a password gives it again, for a session that was
// stolen must not outlive itself; a token makes no tokens.
func (s *Store) Issue(ctx context.Context, of Session, name, password string) (token string, made Session, err error) {
	if !access.May(of.Actor, access.SessionToken) {
		return "", made, fault.Missing()
	}
	if of.Kind == Token {
		return "", made, fault.Of(fault.Conflict, "session.token-of-token")
	}
	if name, err = i18n.CleanName(name); err != nil {
		return "", made, atField("name", err)
	}
	if of.Kind == Password {
		if _, _, err := s.proven(ctx, of.Person.Login, password); fault.Is(err, fault.Invalid) {
			return "", made, atField("password", err)
		} else if err != nil {
			return "", made, fmt.Errorf("session.token: %w", err)
		}
	}
	b := beginning{kind: Token, agent: name, organisation: of.Actor.Organisation, life: TokenLife}
	return s.begin(ctx, b, func(tx *db.Tx) (person.Person, error) {
		held, err := db.All(tx, selectOf, scan, of.Actor.Person)
		if err != nil {
			return person.Person{}, err
		}
		held = slices.DeleteFunc(held, func(r row) bool { return r.Kind != Token || !r.alive(s.source.Now(), 0) })
		if len(held) >= MaxTokens {
			return person.Person{}, fault.Of(fault.Conflict, "session.too-many-tokens", fault.Args{"max": int64(MaxTokens)})
		}
		p, err := person.One(tx, person.ID(of.Actor.Person))
		if err == nil && of.Kind == Password {
			err = person.Forgive(tx, p.Login)
		}
		return p, err
	})
}

// atField says a fault of a text at its field of the form.
func atField(path string, err error) error {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return err
	}
	var p fault.Problems
	p.Add(path, f.Key, f.Args)
	return p.Fault()
}
