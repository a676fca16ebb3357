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
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with sessions.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	hasher  *person.Hasher
	options Options
	known   known
}

// NewStore makes a store. The source is source.Real() outside tests; the hasher
// is that of the person store, so that both share one limit.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, h *person.Hasher, o Options) *Store {
	return &Store{db: d, journal: j, source: s, hasher: h, options: o.withDefaults()}
}

// SignIn begins a session with a password. It is public. Every failure answers
// fault.password-wrong after the same work, whether the login exists or not;
// after person.MaxFailures tries of a login in person.FailureWindow it answers
// fault.too-many. agent is what the browser calls itself.
func (s *Store) SignIn(ctx context.Context, login, password, agent string) (token string, made Session, err error) {
	p, phc, err := s.proven(ctx, login, password)
	if err != nil {
		return "", made, fmt.Errorf("session.sign-in: %w", err)
	}
	return s.begin(ctx, beginning{kind: Password, agent: agent, life: s.options.Absolute}, func(tx *db.Tx) (person.Person, error) {
		now, stored, err := credential(tx, login)
		if err == nil && (now.ID != p.ID || stored != phc || now.State != person.Active) {
			err = wrong() // changed while it was compared
		}
		return now, errors.Join(err, person.Forgive(tx, login))
	})
}

// proven tells who has that login and password, and the hash that was compared.
// A try is counted before it is compared.
func (s *Store) proven(ctx context.Context, login, password string) (p person.Person, phc string, err error) {
	id := s.source.ID()
	if err := s.db.Keep(ctx, func(tx *db.Tx) error { return person.Attempt(tx, id, login, s.source.Now()) }); err != nil {
		return p, "", err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		p, phc, err = credential(tx, login)
		return err
	})
	if err != nil {
		return p, "", err
	}
	ok, err := s.hasher.Matches(ctx, phc, password)
	if err == nil && (!ok || p.State != person.Active) {
		err = wrong()
	}
	return p, phc, err
}

// credential reads a person and the stored hash with as many statements for a
// login that nobody has.
func credential(tx *db.Tx, login string) (person.Person, string, error) {
	folded, err := person.FoldLogin(login)
	if err != nil {
		folded = "" // nobody's
	}
	p, err := person.ByLogin(tx, folded)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return p, "", err
	}
	phc, err := person.PasswordOf(tx, p.ID)
	if errors.Is(err, db.ErrNone) {
		return p, "", nil
	}
	return p, phc, err
}

// SignInAs begins a session as a persona of a demonstration. It is public, and
// finds nobody where no demonstration is served.
func (s *Store) SignInAs(ctx context.Context, persona, agent string) (token string, made Session, err error) {
	if !s.options.Demo || persona == "" || persona == Stranger {
		return "", made, fault.Missing()
	}
	return s.begin(ctx, beginning{kind: Demo, agent: agent, life: s.options.Absolute}, byPersona(persona))
}

// Token makes a bearer token for the command line, as any persona of a
// demonstration. Whoever can open the data directory may have one.
func (s *Store) Token(ctx context.Context, persona string) (string, error) {
	if !s.options.Demo || persona == "" {
		return "", fault.Missing()
	}
	token, _, err := s.begin(ctx, beginning{kind: Token, life: s.options.Absolute}, byPersona(persona))
	return token, err
}

func byPersona(persona string) func(tx *db.Tx) (person.Person, error) {
	return func(tx *db.Tx) (person.Person, error) {
		if _, err := person.FoldLogin(persona); err != nil {
			return person.Person{}, fault.Missing()
		}
		p, err := person.ByPersona(tx, persona)
		if errors.Is(err, db.ErrNone) || err == nil && p.State != person.Active {
			err = fault.Missing()
		}
		return p, err
	}
}

// beginning says what session begins.
type beginning struct {
	kind, agent  string
	organisation int64 // whose hat is worn; 0: the first
	life         time.Duration
}

// begin stores a new session of the person that find gives.
func (s *Store) begin(ctx context.Context, b beginning, find func(tx *db.Tx) (person.Person, error)) (string, Session, error) {
	token := person.NewSecret(s.source)
	id := ID(s.source.ID())
	var made Session
	err := s.change(ctx, "session.sign-in", func(tx *db.Tx, now time.Time) error {
		p, err := find(tx)
		if err != nil {
			return err
		}
		hats, err := wearable(tx, p.ID, now)
		if err != nil {
			return err
		}
		if len(hats) == 0 {
			return fault.Of(fault.Conflict, "session.no-hat")
		}
		worn := hats[0].Organisation
		if b.organisation != 0 {
			worn = b.organisation // load refuses a hat that is not the person's
		}
		r := row{ID: id, Person: p.ID, Organisation: worn, Kind: b.kind, Agent: cleanAgent(b.agent), Epoch: p.Epoch,
			Created: now, Seen: now, Ends: now.Add(b.life)}
		if err := insert(tx, r, person.HashSecret(token)); err != nil {
			return err
		}
		if made, err = load(tx, r, now); err != nil {
			return err
		}
		return s.append(tx, made.Actor, "session.sign-in", id, now, nil, map[string]any{"kind": b.kind, "organisation": r.Organisation})
	})
	if err != nil {
		return "", Session{}, err
	}
	return token, made, nil
}

// Resolve tells who asks. It is public: the token is the right. Everything that
// ends a session is looked at now; what is ended answers fault.Unauthenticated.
func (s *Store) Resolve(ctx context.Context, token string) (Session, error) {
	now := s.source.Now()
	made, err := s.look(ctx, token, now)
	if err != nil || now.Sub(made.Seen) < seenEvery {
		return made, err
	}
	made.Seen = now
	// A full disk must not keep people from reading: the session only looks idle for longer.
	_ = s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(updateSeen, made.ID, now)
		return err
	})
	return made, nil
}

// Still tells whether a session goes on for the same actor: Unauthenticated when
// it has ended or wears another hat. A stream asks; that is no use of the session
// which would keep it from being idle.
func (s *Store) Still(ctx context.Context, token string, who access.Actor) error {
	made, err := s.look(ctx, token, s.source.Now())
	if err == nil && made.Actor != who {
		err = unauthenticated()
	}
	return err
}

func (s *Store) look(ctx context.Context, token string, now time.Time) (Session, error) {
	if len(token) != 43 { // 256 bits in base64
		return Session{}, unauthenticated()
	}
	var made Session
	hash := person.HashSecret(token)
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		size, err := journal.Size(tx, journal.Instance)
		if err != nil {
			return err
		}
		r, err := db.One(tx, selectByToken, scan, hash)
		if err != nil {
			return missing(err)
		}
		if !r.alive(now, s.options.Idle) {
			return unauthenticated()
		}
		var ok bool
		if made, ok = s.known.get(size, hash); ok && !made.early(now) {
			made.Seen = r.Seen
			return nil
		}
		if made, err = load(tx, r, now); err == nil {
			s.known.put(size, hash, made)
		}
		return err
	})
	if err != nil {
		return Session{}, fmt.Errorf("session.resolve: %w", err)
	}
	return made, nil
}

// Switch takes another of the person's hats; the session's rights are then those
// of that hat only.
func (s *Store) Switch(ctx context.Context, of Session, org int64) (Session, error) {
	if !access.May(of.Actor, access.SessionSwitch) {
		return Session{}, fault.Missing()
	}
	var made Session
	err := s.change(ctx, "session.switch", func(tx *db.Tx, now time.Time) error {
		r, err := db.One(tx, selectByID, scan, of.ID, of.Actor.Person)
		if err != nil {
			return missing(err)
		}
		if !r.alive(now, s.options.Idle) {
			return unauthenticated()
		}
		hats, err := wearable(tx, r.Person, now)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(hats, func(h person.Hat) bool { return h.Organisation == org }) {
			return fault.Missing()
		}
		before := r.Organisation
		r.Organisation = org
		if made, err = load(tx, r, now); err != nil {
			return err
		}
		if before == org {
			return db.Unchanged
		}
		if _, err := tx.Exec(updateWorn, r.ID, org); err != nil {
			return err
		}
		return s.append(tx, of.Actor, "session.switch", r.ID, now, map[string]any{"organisation": before}, map[string]any{"organisation": org})
	})
	if err != nil {
		return Session{}, err
	}
	return made, nil
}

// Personas lists whom a demonstration lets one be, in order; it is public, and
// empty where none is served.
func (s *Store) Personas(ctx context.Context) ([]Persona, error) {
	if !s.options.Demo {
		return nil, nil
	}
	var out []Persona
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := person.Personas(tx)
		if err != nil {
			return err
		}
		for _, p := range all {
			hats, err := wearable(tx, p.ID, s.source.Now())
			if err != nil {
				return err
			}
			if p.Persona == Stranger || p.State != person.Active || len(hats) == 0 {
				continue
			}
			o, err := organisation.One(tx, hats[0].Organisation)
			if err != nil {
				return err
			}
			out = append(out, Persona{p, o, hats[0]})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("session.personas: %w", err)
	}
	return out, nil
}

// change is one unit of work on the instance's journal, named by its verb.
func (s *Store) change(ctx context.Context, verb string, fn func(tx *db.Tx, now time.Time) error) error {
	err := s.db.Write(ctx, "", func(tx *db.Tx) error {
		if _, err := journal.Lock(tx, journal.Instance); err != nil {
			return err
		}
		return fn(tx, s.source.Now())
	})
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}

func (s *Store) append(tx *db.Tx, who access.Actor, verb string, id ID, now time.Time, before, after any) error {
	_, err := s.journal.Append(tx, journal.Entry{Operation: journal.Instance, At: now, Actor: who.Name(), Organisation: who.Organisation,
		Verb: verb, Subject: "session/" + string(id)}, journal.Content{Before: before, After: after})
	return err
}
