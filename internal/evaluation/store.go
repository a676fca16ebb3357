package evaluation

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Store does what people and time do about evaluations.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	keys    *source.Source
}

// NewStore makes a store. Keys come from real randomness also where a story's clock
// runs: nobody may foresee them.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s, keys: source.Real()}
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, id workshop.ID,
	fn func(tx *db.Tx, st operation.Standing, w workshop.Workshop) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		w, err := workshop.Find(tx, st, id)
		if err != nil {
			return err
		}
		return fn(tx, st, w)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// Ask asks the participants of a workshop, or alters what is asked: until the first
// answer all of it, then the last day only, until the form is over.
func (s *Store) Ask(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, d Draft) (made Evaluation, err error) {
	err = s.write(ctx, who, code, access.EvaluationAsk, id, func(tx *db.Tx, st operation.Standing, w workshop.Workshop) error {
		if !workshop.Host(st, w) {
			return fault.Missing()
		}
		made, err = s.ask(tx, st, w, d)
		return err
	})
	if err != nil {
		return Evaluation{}, err
	}
	return made, nil
}

func (s *Store) ask(tx *db.Tx, st operation.Standing, w workshop.Workshop, d Draft) (Evaluation, error) {
	op := st.Operation.Number
	old, had, err := of(tx, op, w.Seq)
	if err != nil {
		return old, err
	}
	now := today(w, st.Now)
	d, err = d.clean(now, old.Closes)
	if err != nil {
		return old, err
	}
	e := old
	e.Language, e.Intro, e.Opens, e.Closes, e.Questions = d.Language, d.Intro, d.Opens, d.Closes, d.Questions
	switch {
	case had && db.Encoded(e) == db.Encoded(old):
		return old, db.Unchanged
	case had && old.Version != d.Version, !had && d.Version != 0:
		return old, fault.Of(fault.Conflict, "evaluation.changed")
	case had && (old.State(now) == Closed || old.State(now) == Over), !had && w.State == workshop.Cancelled:
		return old, fault.Of(fault.Conflict, "evaluation.is-over")
	}
	if had {
		n, err := db.One(tx, countAnswers, db.Int64, op, old.Seq)
		if err != nil {
			return old, err
		}
		if same := e; n > 0 {
			if same.Closes = old.Closes; db.Encoded(same) != db.Encoded(old) {
				return old, fault.Of(fault.Conflict, "evaluation.answered")
			}
		}
	}
	e.Workshop, e.Of, e.Organisation, e.Author, e.At, e.Audience = w.Seq, w.ID, st.Who.Organisation, st.Who.Person, st.Now, w.Audience
	if !had {
		if e.Seq, err = journal.Next(tx, op); err != nil {
			return e, err
		}
		if _, err := tx.Exec(insertKey, op, e.Seq, hex.EncodeToString(s.keys.Bytes(secretLength))); err != nil {
			return e, err
		}
	}
	return s.keep(tx, st, access.EvaluationAsk, old, e)
}

// keep appends what became of an evaluation and writes its row.
func (s *Store) keep(tx *db.Tx, st operation.Standing, verb access.Permission, old, e Evaluation) (Evaluation, error) {
	e.Version++
	value, err := audience.Of(tx, st.Operation.Number, e.Audience)
	if err != nil {
		return e, err
	}
	content := journal.Content{After: e, With: map[string]string{"audience": value.String()}}
	if old.Seq != 0 {
		content.Before = old
	}
	if _, err = s.journal.Append(tx, st.Entry(verb, e.EntrySubject(), e.Audience), content); err == nil {
		_, err = tx.Exec(putEvaluation, e.args(st.Operation.Number)...)
	}
	return e, err
}

// Answer says what a confirmed participant thinks, once; again corrects it, while the
// form is open. Nothing that comes back names it.
func (s *Store) Answer(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, said []Said) error {
	return s.write(ctx, who, code, access.EvaluationAnswer, id, func(tx *db.Tx, st operation.Standing, w workshop.Workshop) error {
		e, key, err := s.asked(tx, st, w)
		if err != nil {
			return err
		}
		sessions, err := workshop.Sessions(tx, st, w)
		if err != nil {
			return err
		}
		if said, err = e.cleanSaid(said, sessions); err != nil {
			return err
		}
		return s.answer(tx, st, e, key, said)
	})
}

// asked gives the form that somebody may answer now, with its key. For whoever was not
// confirmed there is none.
func (s *Store) asked(tx *db.Tx, st operation.Standing, w workshop.Workshop) (Evaluation, secret, error) {
	op := st.Operation.Number
	if is, err := participates(tx, st, w); err != nil || !is {
		return Evaluation{}, nil, errors.Join(err, fault.Missing())
	}
	e, had, err := of(tx, op, w.Seq)
	if err == nil && !had {
		err = fault.Missing()
	}
	if err != nil {
		return e, nil, err
	}
	key, err := keyOf(tx, op, e)
	if err != nil {
		return e, nil, err
	}
	switch state := e.State(today(w, st.Now)); {
	case state == Planned:
		return e, nil, fault.Of(fault.Conflict, "evaluation.not-yet")
	case state != Open || key == nil:
		return e, nil, fault.Of(fault.Conflict, "evaluation.is-over")
	}
	return e, key, nil
}

// participates tells whether the actor is a confirmed participant.
func participates(tx *db.Tx, st operation.Standing, w workshop.Workshop) (bool, error) {
	p, err := participant.Of(tx, st.Operation.Number, w.Seq, person.ID(st.Who.Person))
	if errors.Is(err, db.ErrNone) {
		return false, nil
	}
	return err == nil && p.State == participant.Confirmed && p.Organisation == st.Who.Organisation, err
}

func (s *Store) answer(tx *db.Tx, st operation.Standing, e Evaluation, key secret, said []Said) error {
	op := st.Operation.Number
	old, had, err := answerOf(tx, op, e, person.ID(st.Who.Person))
	if err != nil {
		return err
	}
	if had {
		before, err := key.open(old)
		if err != nil {
			return err
		}
		if slices.EqualFunc(before, said, func(a, b Said) bool { return db.Encoded(a) == db.Encoded(b) }) {
			return db.Unchanged
		}
	}
	a := Answer{Evaluation: e.Seq, Person: person.ID(st.Who.Person), Organisation: st.Who.Organisation, At: st.Now, Version: old.Version + 1}
	if a.Sealed, err = key.seal(a, said, s.keys.Bytes(16)); err != nil {
		return err
	}
	value := audience.Own(a.Organisation)
	if a.Audience, err = audience.Intern(tx, op, value); err != nil {
		return err
	}
	seq, err := s.journal.Append(tx, st.Entry(access.EvaluationAnswer, a.subject(e), a.Audience),
		journal.Content{After: a, With: map[string]string{"audience": value.String()}})
	if err == nil {
		_, err = tx.Exec(putAnswer, a.args(op, seq)...)
	}
	return err
}

// Close ends an evaluation before its last day has passed, and makes its results. It
// cannot be opened again. The same again changes nothing.
func (s *Store) Close(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID) error {
	return s.write(ctx, who, code, access.EvaluationClose, id, func(tx *db.Tx, st operation.Standing, w workshop.Workshop) error {
		if !workshop.Host(st, w) {
			return fault.Missing()
		}
		e, had, err := of(tx, st.Operation.Number, w.Seq)
		if err != nil || !had {
			return errors.Join(err, fault.Missing())
		}
		if !e.Ended.At.IsZero() {
			return db.Unchanged
		}
		return s.end(tx, st, w, e)
	})
}

// end opens all answers, keeps what may be known of them, and drops the key.
func (s *Store) end(tx *db.Tx, st operation.Standing, w workshop.Workshop, e Evaluation) error {
	op := st.Operation.Number
	key, err := keyOf(tx, op, e)
	if err != nil {
		return err
	}
	answers, err := db.All(tx, selectAnswers, db.Decoded[Answer], op, e.Seq)
	if err != nil {
		return err
	}
	old := e
	e.Ended = Ended{At: st.Now, By: st.Who.Name(), Answers: int64(len(answers))}
	if key != nil && len(answers) >= Least {
		var all [][]Said
		for _, a := range answers {
			said, err := key.open(a)
			if err != nil {
				continue // it was altered beside the journal, and verify says so: no reason to keep the key
			}
			all = append(all, said)
		}
		e.Ended.Cells = key.count(e, all)
	}
	if _, err := tx.Exec(dropKey, op, e.Seq); err != nil {
		return err
	}
	if e.Ended.Entry, err = journal.Next(tx, op); err != nil {
		return err
	}
	if e.Audience, err = audience.Intern(tx, op, resultReaders(w)); err != nil {
		return err
	}
	_, err = s.keep(tx, st, access.EvaluationClose, old, e)
	return err
}
