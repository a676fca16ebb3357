package warning

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people and time do about warnings and urgent messages.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// work is one command on one readable message.
type work struct {
	st       operation.Standing
	readable db.List
	view
}

// on enters, finds the message, and does it; nothing done is db.Unchanged.
func (s *Store) on(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, seq int64, do func(tx *db.Tx, w work) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		w, err := s.open(tx, who, code, need, seq)
		if err != nil {
			return err
		}
		if w.message.Taken.State != "" {
			return fault.Missing() // nothing is done about what was taken back
		}
		return do(tx, w)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

func (s *Store) open(tx *db.Tx, who access.Actor, code operation.Code, need access.Permission, seq int64) (work, error) {
	var w work
	var err error
	if w.st, err = operation.Enter(tx, s.source.Now(), who, code, need); err != nil {
		return w, err
	}
	if w.readable, err = w.st.Readable(tx); err != nil {
		return w, err
	}
	m, err := message.One(tx, w.st.Operation.Number, w.readable, seq)
	if err != nil {
		return w, err
	}
	w.view, err = viewOf(tx, w.st.Operation.Number, m, w.readable, w.st.Now)
	return w, err
}

// Acknowledge says that the actor's organisation has taken notice of a warning
// that it owes an answer to, or of an urgent message. Again changes nothing.
func (s *Store) Acknowledge(ctx context.Context, who access.Actor, code operation.Code, seq int64) error {
	return s.on(ctx, who, code, access.WarningAcknowledge, seq, func(tx *db.Tx, w work) error {
		own := w.st.Who.Organisation
		switch {
		case !slices.Contains(w.asks(), own):
			return fault.Of(fault.Invalid, "warning.not-asked")
		case w.acknowledged(own):
			return db.Unchanged
		}
		return keep(tx, s.journal, w.st, w.message, Act{Kind: Acknowledge, Organisation: own})
	})
}

// Remind reminds everybody who is silent. It is for the originator's organisation
// and coordination, once an hour for a message (TooMany). Nobody silent: nothing.
func (s *Store) Remind(ctx context.Context, who access.Actor, code operation.Code, seq int64) error {
	return s.on(ctx, who, code, access.WarningRemind, seq, func(tx *db.Tx, w work) error {
		if !w.overseer(w.st) {
			return fault.Missing()
		}
		if last := w.newest(Remind); last != nil && w.st.Now.Sub(last.At) < RemindEvery {
			return fault.Of(fault.TooMany, "warning.reminded")
		}
		missing := w.silent(w.st.Now)
		if len(missing) == 0 {
			return db.Unchanged
		}
		for _, n := range missing {
			if err := keep(tx, s.journal, w.st, w.message, Act{Kind: Remind, Organisation: n}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Assign says which post of the actor's organisation deals with a warning, and
// perhaps who there. The newest counts; the same again changes nothing.
func (s *Store) Assign(ctx context.Context, who access.Actor, code operation.Code, seq int64, post string, to person.ID) error {
	return s.on(ctx, who, code, access.WarningAssign, seq, func(tx *db.Tx, w work) error {
		own := w.st.Who.Organisation
		if !slices.Contains(w.asked, own) {
			return fault.Of(fault.Invalid, "warning.not-asked")
		}
		a := Act{Kind: Assign, Organisation: own, Person: string(to)}
		var p fault.Problems
		var err error
		if strings.TrimSpace(post) == "" {
			p.Add("post", "warning.post")
		} else if a.Post, err = i18n.CleanName(post); err != nil {
			p.Add("post", "warning.post-text")
		}
		if to != "" {
			people, err := colleagues(tx, w.st)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(people, func(c person.Person) bool { return c.ID == to }) {
				p.Add("person", "warning.person")
			}
		}
		if err := p.Fault(); err != nil {
			return err
		}
		if old := w.post(own); old != nil && old.Post == a.Post && old.Person == a.Person {
			return db.Unchanged
		}
		return keep(tx, s.journal, w.st, w.message, a)
	})
}

// SendOn sends a warning on to an administration of the country to which some
// feedback says the goods have moved. It is for the originator's organisation and
// coordination, because it widens who reads the warning. Again changes nothing.
func (s *Store) SendOn(ctx context.Context, who access.Actor, code operation.Code, seq int64, to organisation.ID) error {
	return s.on(ctx, who, code, access.WarningForward, seq, func(tx *db.Tx, w work) error {
		if !w.overseer(w.st) {
			return fault.Missing()
		}
		o, err := organisation.ByID(tx, to)
		if errors.Is(err, db.ErrNone) {
			return fault.Of(fault.Invalid, "warning.not-offered")
		}
		if err != nil {
			return err
		}
		if slices.Contains(w.asked, o.Number) {
			return db.Unchanged
		}
		offers, err := w.offers(tx, w.st)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(offers, func(f Offer) bool { return f.Organisation.Number == o.Number })
		if i < 0 {
			return fault.Of(fault.Invalid, "warning.not-offered")
		}
		_, err = message.SendOn(tx, s.journal, w.st, w.message, o.Number, offers[i].Feedback.Seq)
		return err
	})
}

// colleagues are the people of the actor's organisation who can be given a warning.
func colleagues(tx *db.Tx, st operation.Standing) ([]person.Person, error) {
	all, err := person.OfOrganisation(tx, st.Who.Organisation, st.Now)
	var out []person.Person
	for _, p := range all {
		if p.Person.State != person.Suspended {
			out = append(out, p.Person)
		}
	}
	return out, err
}
