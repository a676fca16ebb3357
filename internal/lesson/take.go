package lesson

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Take begins a lesson, or goes on with what the actor began and did not finish. The id
// is made by whoever takes it: the same again is the same attempt. Conflict: the lesson
// was withdrawn, has no question left, or was taken very often today.
func (s *Store) Take(ctx context.Context, who access.Actor, n Name, id AttemptID) (Attempt, error) {
	var made Attempt
	if id == "" {
		id = AttemptID(s.source.ID())
	}
	seed := hex.EncodeToString(s.source.Bytes(16)) // not of the id, which the learner makes
	err := s.write(ctx, who, access.LessonTake, func(tx *db.Tx, k *looking) error {
		l, v, err := k.named(n)
		if err != nil {
			return err
		}
		made, err = s.take(tx, k, l, v, id, seed)
		return err
	})
	if err != nil {
		return Attempt{}, err
	}
	return made, nil
}

func (s *Store) take(tx *db.Tx, k *looking, l Lesson, v Version, id AttemptID, seed string) (Attempt, error) {
	op := k.st.Operation.Number
	old, err := db.One(tx, selectAttempt, db.Decoded[Attempt], op, k.st.Who.Person, string(id))
	if err == nil && (old.Lesson != l.Seq || old.Organisation != k.st.Who.Organisation) {
		return old, fault.Of(fault.Conflict, "lesson.id-taken")
	}
	if err == nil {
		return old, db.Unchanged
	}
	if !errors.Is(err, db.ErrNone) {
		return old, err
	}
	if !source.ValidID(string(id)) {
		return old, fault.At("id", "fault.not-an-id")
	}
	if l.State != Published {
		return old, fault.Of(fault.Conflict, "lesson.withdrawn")
	}
	all, err := k.attempts(l)
	if err != nil {
		return old, err
	}
	if open, err := all.open(k); err != nil {
		return old, err
	} else if open != nil {
		return *open, db.Unchanged
	}
	if all.since(k.st.Now.AddDate(0, 0, -1)) >= MaxAttempts {
		return old, fault.Of(fault.Conflict, "lesson.enough-today")
	}
	gone, err := k.gone(v)
	if err != nil {
		return old, err
	}
	a := Attempt{ID: id, Lesson: l.Seq, Version: v.Number, Organisation: k.st.Who.Organisation, Person: person.ID(k.st.Who.Person), Seed: seed, Began: k.st.Now}
	a.Drawn = draw(v.Questions, func(i int) bool { return gone[v.Sheets[i].Seq] }, all.right(), int(v.Count), seed)
	if len(a.Drawn) == 0 {
		return a, fault.Of(fault.Conflict, "lesson.nothing-left")
	}
	a.Promise = a.promise()
	return s.record(tx, k, taken{Attempt: a})
}

// record stores an attempt as it stands, with the answer that made it so. Its readers
// are the learner's own organisation, of which the journal shows the content to who may
// see results.
func (s *Store) record(tx *db.Tx, k *looking, e taken) (Attempt, error) {
	op := k.st.Operation.Number
	value := audience.Own(e.Attempt.Organisation)
	own, err := audience.Intern(tx, op, value)
	if err != nil {
		return e.Attempt, err
	}
	seq, err := s.journal.Append(tx, k.st.Entry(access.LessonTake, e.Attempt.EntrySubject(), own),
		journal.Content{After: taken{e.Attempt.told(), e.Answer}, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return e.Attempt, err
	}
	a := e.after(seq)
	if err := exec(tx, putAttempt, a.args(op)); err != nil || e.Answer == nil {
		return a, err
	}
	said := *e.Answer
	said.Seq = seq
	return a, exec(tx, insertAnswer, said.args(op))
}

// Answering is what a learner answers.
type Answering struct {
	Attempt AttemptID
	Number  int64  // of the question in the attempt, from 1
	Option  string // First, Second
}

// Answer answers the question that is next. The same answer again is the same; another
// to a question that was answered is a Conflict, and changes nothing.
func (s *Store) Answer(ctx context.Context, who access.Actor, n Name, w Answering) (Answer, error) {
	var made Answer
	err := s.write(ctx, who, access.LessonTake, func(tx *db.Tx, k *looking) error {
		l, _, err := k.named(n)
		if err != nil {
			return err
		}
		made, err = s.answer(tx, k, l, w)
		return err
	})
	if err != nil {
		return Answer{}, fmt.Errorf("answer: %w", err)
	}
	return made, nil
}

func (s *Store) answer(tx *db.Tx, k *looking, l Lesson, w Answering) (Answer, error) {
	op := k.st.Operation.Number
	a, err := db.One(tx, selectAttempt, db.Decoded[Attempt], op, k.st.Who.Person, string(w.Attempt))
	if errors.Is(err, db.ErrNone) || err == nil && (a.Lesson != l.Seq || a.Organisation != k.st.Who.Organisation) {
		return Answer{}, fault.Missing()
	}
	if err != nil {
		return Answer{}, err
	}
	if w.Number < 1 || w.Number > int64(len(a.Drawn)) {
		return Answer{}, fault.Missing()
	}
	if w.Option != First && w.Option != Second {
		return Answer{}, fault.At("option", "lesson.choose-answer")
	}
	all, err := answersOf(tx, op, a.Seq)
	if err != nil {
		return Answer{}, err
	}
	if old, is := all[a.Seq][w.Number]; is {
		if old.Option != w.Option {
			return old, fault.Of(fault.Conflict, "lesson.answered")
		}
		return old, db.Unchanged
	}
	return s.say(tx, k, a, all[a.Seq], w)
}

// say notes the first answer to a question.
func (s *Store) say(tx *db.Tx, k *looking, a Attempt, said map[int64]Answer, w Answering) (Answer, error) {
	v, err := versionOf(tx, k.st.Operation.Number, a.Lesson, a.Version)
	if err != nil {
		return Answer{}, err
	}
	gone, err := k.gone(v)
	if err != nil {
		return Answer{}, err
	}
	if a.next(v, said, gone) != w.Number {
		return Answer{}, fault.Of(fault.Conflict, "lesson.not-its-turn")
	}
	drawn := a.Drawn[w.Number-1]
	made := Answer{Attempt: a.Seq, Lesson: a.Lesson, Number: w.Number, Question: v.Questions[drawn.Question].Key, Option: w.Option,
		Right: w.Option == drawn.RightOption(), At: k.st.Now}
	a.Answered++
	if made.Right {
		a.Right++
	}
	now := map[int64]Answer{w.Number: made}
	for n, o := range said {
		now[n] = o
	}
	if a.next(v, now, gone) == 0 {
		a.Done = k.st.Now
	}
	_, err = s.record(tx, k, taken{a, &made})
	return made, err
}
