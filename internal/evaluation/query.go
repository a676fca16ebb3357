package evaluation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// resultReaders are who may read all results in the journal: who held the workshop,
// and coordination. Speakers see theirs through Results.
func resultReaders(w workshop.Workshop) audience.Value {
	return audience.Own(w.Organisation).With(access.Coordination)
}

// Opened is the evaluation of a workshop as one reader may know it.
type Opened struct {
	Standing   operation.Standing
	Workshop   workshop.Workshop
	Sessions   []workshop.Session // that the reader may read and that take place, in their order
	Evaluation Evaluation         // without its results
	Asked      bool               // there is one
	State      string
	Today      string // local day of the workshop
	Answers    int64  // so far; for who may ask
	Coming     int64  // confirmed participants with an account; for who may ask
	MayAsk     bool
	MayAnswer  bool // a confirmed participant
	MayRead    bool // results, of all or of one's own sessions
	Answered   bool
	Own        []Said // what the reader said, while the form is open
}

// Read gives the evaluation of a workshop to whoever asks, answers or reads results of
// it; for others there is none.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID) (o Opened, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if o, err = s.look(tx, who, code, id); err != nil {
			return err
		}
		if !o.MayAsk && !o.MayRead && !(o.MayAnswer && o.Asked) {
			return fault.Missing()
		}
		o.Evaluation.Ended.Cells = nil
		return nil
	})
	if err != nil {
		return Opened{}, fmt.Errorf("%s: %w", access.WorkshopRead, err)
	}
	return o, nil
}

func (s *Store) look(tx *db.Tx, who access.Actor, code operation.Code, id workshop.ID) (o Opened, err error) {
	if o.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.WorkshopRead); err != nil {
		return o, err
	}
	st, op := o.Standing, o.Standing.Operation.Number
	if o.Workshop, err = workshop.Find(tx, st, id); err != nil {
		return o, err
	}
	o.Today = today(o.Workshop, st.Now)
	if o.Sessions, err = workshop.Sessions(tx, st, o.Workshop); err != nil {
		return o, err
	}
	o.Sessions = slices.DeleteFunc(o.Sessions, func(x workshop.Session) bool { return !x.On() })
	if o.Evaluation, o.Asked, err = of(tx, op, o.Workshop.Seq); err != nil {
		return o, err
	}
	host := workshop.Host(st, o.Workshop)
	o.MayAsk = host && st.May(access.EvaluationAsk)
	o.MayRead = o.Asked && (host && st.May(access.EvaluationRead) || slices.ContainsFunc(o.Sessions, func(x workshop.Session) bool { return holds(st, x) }))
	if is, err := participates(tx, st, o.Workshop); err != nil {
		return o, err
	} else if o.MayAnswer = is && st.May(access.EvaluationAnswer); !o.Asked {
		return o, nil
	}
	o.State = o.Evaluation.State(o.Today)
	if o.MayAsk {
		if err := o.count(tx); err != nil {
			return o, err
		}
	}
	return o, o.own(tx)
}

// count tells who asks how many have answered, of how many: never who.
func (o *Opened) count(tx *db.Tx) (err error) {
	op := o.Standing.Operation.Number
	if o.Answers, err = db.One(tx, countAnswers, db.Int64, op, o.Evaluation.Seq); err != nil {
		return err
	}
	coming, err := participant.Coming(tx, op, o.Workshop.Seq)
	for _, p := range coming {
		if p.Person != "" {
			o.Coming++
		}
	}
	return err
}

// own opens what the reader said.
func (o *Opened) own(tx *db.Tx) error {
	op := o.Standing.Operation.Number
	a, had, err := answerOf(tx, op, o.Evaluation, person.ID(o.Standing.Who.Person))
	if err != nil || !had {
		return err
	}
	o.Answered = true
	if o.State != Open {
		return nil
	}
	key, err := keyOf(tx, op, o.Evaluation)
	if err == nil && key != nil {
		o.Own, err = key.open(a)
	}
	return err
}

// holds tells whether the actor holds a session: in person, or as the right holder that
// speaks there.
func holds(st operation.Standing, s workshop.Session) bool {
	return slices.ContainsFunc(s.Speakers, func(p workshop.Speaker) bool {
		return p.Person != "" && string(p.Person) == st.Who.Person ||
			p.Function == workshop.SpeakerHolder && p.Organisation == st.Who.Organisation && st.Side() == access.RightHolderSide
	})
}

// Results are what an evaluation came to, as far as its reader may know.
type Results struct {
	Standing   operation.Standing
	Workshop   workshop.Workshop
	Evaluation Evaluation // with the cells that are for the reader
	Sessions   []workshop.Session
	State      string
	Answers    int64 // so far
	All        bool  // the reader sees every question; a speaker those of its own sessions
}

// Results gives results to who held the workshop and to coordination; to a speaker
// those of its own sessions. Before the form is closed there are none.
func (s *Store) Results(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID) (r Results, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := s.look(tx, who, code, id)
		if err != nil {
			return err
		}
		if !o.MayRead {
			return fault.Missing()
		}
		st := o.Standing
		r = Results{Standing: st, Workshop: o.Workshop, Evaluation: o.Evaluation, Sessions: o.Sessions, State: o.State,
			All: workshop.Host(st, o.Workshop) && st.May(access.EvaluationRead)}
		if r.All {
			r.Answers = o.Answers
			return nil
		}
		r.Sessions = slices.DeleteFunc(r.Sessions, func(x workshop.Session) bool { return !holds(st, x) })
		r.Evaluation.Ended.Answers = 0 // of the whole workshop is not for a speaker
		r.Evaluation.Ended.Cells = slices.DeleteFunc(slices.Clone(r.Evaluation.Ended.Cells), func(c Cell) bool {
			return !slices.ContainsFunc(r.Sessions, func(x workshop.Session) bool { return x.ID == c.Session })
		})
		r.Evaluation.Questions = slices.DeleteFunc(slices.Clone(r.Evaluation.Questions), func(q Question) bool { return !q.Each })
		return nil
	})
	if err != nil {
		return Results{}, fmt.Errorf("%s: %w", access.EvaluationRead, err)
	}
	return r, nil
}

// Clock is who closes by time.
const Clock = "evaluation-clock"

// past is an evaluation of some operation.
type past struct {
	operation int64
	Evaluation
}

func scanPast(row db.Scanner) (p past, err error) {
	err = row.Scan(&p.operation, db.Decode(&p.Evaluation))
	return p, err
}

// CloseDue closes what is over by the local day of its workshop. The server calls it
// now and then; it tells how many were closed.
func (s *Store) CloseDue(ctx context.Context) (int, error) {
	var due []past
	codes := map[int64]operation.Code{}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		// The day ends nowhere on earth later than a day after it does in UTC.
		all, err := db.All(tx, selectPast, scanPast, s.source.Now().Add(24*time.Hour).UTC().Format(time.DateOnly))
		if err != nil {
			return err
		}
		due = nil
		for _, p := range all {
			w, err := workshop.ByID(tx, p.operation, p.Of)
			if err != nil {
				return err
			}
			o, err := operation.ByNumber(tx, p.operation)
			if err != nil {
				return err
			}
			if codes[p.operation] = o.Code; p.State(today(w, s.source.Now())) == Over {
				due = append(due, p)
			}
		}
		return nil
	})
	done := 0
	for _, p := range due {
		failed := s.db.Write(ctx, string(codes[p.operation]), func(tx *db.Tx) error { return s.closeDue(tx, p) })
		if err = errors.Join(err, failed); failed == nil {
			done++
		}
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", access.EvaluationClose, err)
	}
	return done, err
}

// closeDue closes one of them, unless somebody was faster or gave it more days.
func (s *Store) closeDue(tx *db.Tx, p past) error {
	st, err := operation.EnterAs(tx, s.source.Now(), access.Actor{System: Clock}, p.operation)
	if err != nil {
		return err
	}
	w, err := workshop.ByID(tx, p.operation, p.Of)
	if err != nil {
		return err
	}
	e, had, err := of(tx, p.operation, w.Seq)
	if err != nil {
		return err
	}
	if !had || e.State(today(w, st.Now)) != Over {
		return db.Unchanged
	}
	return s.end(tx, st, w, e)
}
