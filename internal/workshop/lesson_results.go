package workshop

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Learner is what a confirmed participant made of a lesson that the workshop set.
type Learner struct {
	Participant participant.Participant
	Result      lesson.Result
}

// LessonReport is what participants made of lessons.
type LessonReport struct {
	Standing operation.Standing
	Workshop Workshop
	Learners []Learner // by lesson, then in the order of the participants
}

// LessonResults gives what the confirmed participants of a workshop made of the lessons
// that it set, each under the hat under which it was confirmed: for who teaches it.
// Missing for anybody else, coordination among them where another body is the host.
func (s *Store) LessonResults(ctx context.Context, who access.Actor, code operation.Code, id ID) (LessonReport, error) {
	var out LessonReport
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.LessonResults)
		if err != nil {
			return err
		}
		out = LessonReport{Standing: st}
		if out.Workshop, err = Find(tx, st, id); err != nil {
			return err
		}
		if !st.May(access.WorkshopAmend) || st.Who.Organisation != out.Workshop.Organisation {
			return fault.Missing()
		}
		out.Learners, err = learners(tx, st, out.Workshop)
		return err
	})
	if err != nil {
		return LessonReport{}, fmt.Errorf("%s: %w", access.LessonResults, err)
	}
	return out, nil
}

func learners(tx *db.Tx, st operation.Standing, w Workshop) ([]Learner, error) {
	materials, err := Materials(tx, st, w)
	if err != nil {
		return nil, err
	}
	var set []lesson.ID
	for _, m := range materials {
		if m.Kind == MaterialLesson && !m.Removed {
			set = append(set, lesson.ID(m.Ref))
		}
	}
	coming, err := participant.Coming(tx, st.Operation.Number, w.Seq)
	if err != nil {
		return nil, err
	}
	by := map[person.ID]participant.Participant{}
	var people []person.ID
	for _, p := range coming {
		if p.Person != "" {
			by[p.Person] = p
			people = append(people, p.Person)
		}
	}
	all, err := lesson.ResultsOf(tx, set, people)
	var out []Learner
	for _, r := range all {
		if p := by[r.Person]; p.Organisation == r.Organisation {
			out = append(out, Learner{p, r})
		}
	}
	return out, err
}
