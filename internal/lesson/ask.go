package lesson

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Asked is one question of the actor's own attempt: to be answered, or with what was.
type Asked struct {
	Standing operation.Standing
	Item     Item // the lesson as it stands now
	Version  Version
	Attempt  Attempt
	Number   int64 // of the question
	Question Question
	Drawn    Drawn
	Sheet    Copied
	Gone     bool // the sheet went out of use: its pictures are shown no more
	Pictures map[attachment.ID]attachment.Attachment
	Answer   *Answer // nil: it is to be answered
	Next     int64   // the number of the question after it; 0: it was the last
}

// Ask gives a question of the newest attempt of the actor: with 0 the next one to be
// answered, else one by its number that was answered or is next. Missing: there is
// none.
func (s *Store) Ask(ctx context.Context, who access.Actor, n Name, number int64) (Asked, error) {
	var out Asked
	err := s.read(ctx, who, access.LessonTake, func(tx *db.Tx, k *looking) error {
		out = Asked{Standing: k.st}
		l, v, err := k.named(n)
		if err != nil {
			return err
		}
		if out.Item, err = k.item(l, v); err != nil {
			return err
		}
		return k.ask(&out, number)
	})
	if err != nil {
		return Asked{}, err
	}
	return out, nil
}

func (k *looking) ask(out *Asked, number int64) error {
	mine, err := k.attempts(out.Item.Lesson)
	if err != nil {
		return err
	}
	a := out.Item.Open
	if number > 0 && len(mine.all) > 0 { // what was asked last is shown again, when it was the last
		a = &mine.all[len(mine.all)-1]
	}
	if a == nil {
		return fault.Missing()
	}
	op := k.st.Operation.Number
	if out.Attempt = *a; out.Attempt.Version == out.Item.Says.Number {
		out.Version = out.Item.Says
	} else if out.Version, err = versionOf(k.tx, op, a.Lesson, a.Version); err != nil {
		return err
	}
	gone, err := k.gone(out.Version)
	if err != nil {
		return err
	}
	said := mine.said[a.Seq]
	out.Next = a.next(out.Version, said, gone)
	if number == 0 {
		number = out.Next
	}
	answer, answered := said[number]
	if number < 1 || !answered && number != out.Next {
		return fault.Missing()
	}
	if answered {
		out.Answer = &answer
	}
	out.fill(number, gone)
	return k.pictures(out)
}

// fill puts in what a question of the attempt is about.
func (q *Asked) fill(number int64, gone map[int64]bool) {
	q.Number, q.Drawn = number, q.Attempt.Drawn[number-1]
	q.Question = q.Version.Questions[q.Drawn.Question]
	q.Sheet = q.Version.Sheets[q.Question.Sheet]
	q.Gone = gone[q.Sheet.Seq]
}

// pictures reads those that a question shows.
func (k *looking) pictures(q *Asked) error {
	q.Pictures = map[attachment.ID]attachment.Attachment{}
	if q.Gone {
		return nil
	}
	all, err := attachment.Of(k.tx, k.st.Operation.Number, k.readable, db.List{q.Sheet.Seq})
	for _, a := range all[q.Sheet.Seq] {
		q.Pictures[a.ID] = a
	}
	return err
}

// Missed is a question that was answered wrongly.
type Missed struct {
	Number   int64
	Question Question
	Sheet    Copied
	Gone     bool
}

// Finished is the end of an attempt.
type Finished struct {
	Standing operation.Standing
	Item     Item
	Version  Version
	Attempt  Attempt
	Skipped  int64 // questions that were not asked, because their sheet went out of use
	Missed   []Missed
}

// Done gives the newest attempt of the actor with no question left; Missing: there is
// none.
func (s *Store) Done(ctx context.Context, who access.Actor, n Name) (Finished, error) {
	var out Finished
	err := s.read(ctx, who, access.LessonTake, func(tx *db.Tx, k *looking) error {
		out = Finished{Standing: k.st}
		l, v, err := k.named(n)
		if err != nil {
			return err
		}
		if out.Item, err = k.item(l, v); err != nil {
			return err
		}
		if out.Item.Last == nil {
			return fault.Missing()
		}
		return k.finished(&out)
	})
	if err != nil {
		return Finished{}, err
	}
	return out, nil
}

func (k *looking) finished(out *Finished) error {
	a := *out.Item.Last
	op := k.st.Operation.Number
	said, err := answersOf(k.tx, op, a.Seq)
	if err != nil {
		return err
	}
	if out.Version, err = versionOf(k.tx, op, a.Lesson, a.Version); err != nil {
		return err
	}
	gone, err := k.gone(out.Version)
	if err != nil {
		return err
	}
	out.Attempt, out.Skipped = a, int64(len(a.Drawn))-a.Answered
	for i := range a.Drawn {
		if s, is := said[a.Seq][int64(i+1)]; is && !s.Right {
			q := Asked{Version: out.Version, Attempt: a}
			q.fill(int64(i+1), gone)
			out.Missed = append(out.Missed, Missed{Number: q.Number, Question: q.Question, Sheet: q.Sheet, Gone: q.Gone})
		}
	}
	return nil
}

// Learner is what somebody of the actor's organisation made of a lesson.
type Learner struct {
	Result
	Name string
	From organisation.ID // the lesson's holder
}

// Report is what an organisation's people made of lessons.
type Report struct {
	Standing operation.Standing
	Learners []Learner // by lesson and person, in the order in which they began
}
