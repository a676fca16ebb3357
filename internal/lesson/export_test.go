package lesson

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// TakeAsBefore begins an attempt as attempts were begun before the journal held a
// promise: the entry tells seed and questions.
func (s *Store) TakeAsBefore(ctx context.Context, who access.Actor, n Name, id AttemptID) (made Attempt, err error) {
	err = s.write(ctx, who, access.LessonTake, func(tx *db.Tx, k *looking) error {
		l, v, err := k.named(n)
		if err != nil {
			return err
		}
		made = Attempt{ID: id, Lesson: l.Seq, Version: v.Number, Organisation: k.st.Who.Organisation, Person: person.ID(k.st.Who.Person), Seed: "told", Began: k.st.Now}
		made.Drawn = draw(v.Questions, func(int) bool { return false }, nil, int(v.Count), made.Seed)
		made, err = s.record(tx, k, taken{Attempt: made})
		return err
	})
	return made, err
}

// Rewrite puts an attempt into its row and into no journal, as a forger would.
func (s *Store) Rewrite(ctx context.Context, a Attempt) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		library, err := operation.ByCode(tx, operation.Library)
		if err != nil {
			return err
		}
		return exec(tx, putAttempt, a.args(library.Number))
	})
}
