package tell

import (
	"context"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/story/training"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// tellLearning tells lessons, opinions and lessons learnt; told is false for other steps.
func (t *Teller) tellLearning(ctx context.Context, who access.Actor, step story.Step) (told bool, err error) {
	switch s := step.(type) {
	case story.LessonPublished:
		err = t.teach(ctx, who, s.Lesson)
	case story.LessonsSet:
		err = t.set(ctx, who, s.Workshop)
	case story.LessonTaken:
		err = t.learn(ctx, who, s)
	case story.PracticeOpened:
		err = t.practise(ctx, who, s.Workshop)
	case story.OpinionsAsked:
		err = t.askAround(ctx, who, s.Workshop)
	case story.OpinionGiven:
		err = t.opine(ctx, who, s)
	case story.OpinionsClosed:
		err = t.stores.Evaluations.Close(ctx, who, taught, workshop.ID(s.Workshop.ID))
	case story.LearntRecorded:
		err = t.record(ctx, who, s.Learnt)
	case story.LearntAccepted:
		err = t.settle(ctx, who, s.Learnt)
	default:
		return false, nil
	}
	return true, err
}

// teach makes a lesson of a right holder's sheets and publishes it.
func (t *Teller) teach(ctx context.Context, who access.Actor, l *story.Lesson) error {
	p := lesson.Plan{Language: l.Language, Title: l.Title, Aim: l.Aim, Kinds: lesson.Kinds(), Minutes: lesson.UsualMinutes, Questions: lesson.UsualQuestions}
	for _, s := range l.Sheets {
		p.Sheets = append(p.Sheets, lesson.Chosen{Sheet: product.ID(s.ID)})
	}
	made, _, err := t.stores.Lessons.Save(ctx, who, lesson.Saving{ID: lesson.ID(l.ID), Plan: p})
	if err != nil {
		return err
	}
	_, err = t.stores.Lessons.Publish(ctx, who, lesson.Name{ID: made.ID}, made.Edit)
	return err
}

// set names the lessons as material of a workshop.
func (t *Teller) set(ctx context.Context, who access.Actor, w *story.Workshop) error {
	for _, l := range t.world.Lessons {
		d := workshop.MaterialDraft{ID: workshop.ID(l.ID), Kind: workshop.MaterialLesson, Ref: l.ID}
		if _, err := t.stores.Workshops.Supply(ctx, who, taught, workshop.ID(w.ID), d); err != nil {
			return err
		}
	}
	return nil
}

// practise opens the practice of a workshop with all tasks that are ready, and writes
// what they rest on.
func (t *Teller) practise(ctx context.Context, who access.Actor, w *story.Workshop) error {
	id, words := workshop.ID(w.ID), i18n.NewPrinter(i18n.English)
	p, err := t.stores.Practices.Open(ctx, who, taught, id, practice.Draft{ID: practice.ID(w.Practice), Name: "Practice: " + w.Title, Language: "en",
		Handling: words.T("practice.handling"), Names: practice.Names(), Tasks: practice.ReadyTasks()})
	if err != nil {
		return err
	}
	_, seeds, err := t.stores.Practices.Seeds(ctx, who, taught, id)
	if err != nil {
		return err
	}
	for _, one := range seeds {
		if one.Case {
			_, err = t.stores.Seizures.Report(ctx, who, p.Code, one.Found(p, words))
		} else {
			_, err = t.stores.Messages.Send(ctx, who, p.Code, one.Warning(p, words))
		}
		if err != nil {
			return err
		}
	}
	d := workshop.MaterialDraft{ID: workshop.ID(w.Practice), Kind: workshop.MaterialPractice, Ref: w.Practice}
	_, err = t.stores.Workshops.Supply(ctx, who, taught, id, d)
	return err
}

// learn answers all questions of a lesson: mostly right, each learner wrong elsewhere.
func (t *Teller) learn(ctx context.Context, who access.Actor, s story.LessonTaken) error {
	name := lesson.Name{ID: lesson.ID(s.Lesson.ID)}
	a, err := t.stores.Lessons.Take(ctx, who, name, "")
	if err != nil {
		return err
	}
	for i, d := range a.Drawn {
		option := d.RightOption()
		if (i+s.Turn)%6 == 2 {
			option = map[string]string{lesson.First: lesson.Second, lesson.Second: lesson.First}[option]
		}
		if _, err := t.stores.Lessons.Answer(ctx, who, name, lesson.Answering{Attempt: a.ID, Number: int64(i + 1), Option: option}); err != nil {
			return err
		}
	}
	return nil
}

// askAround puts the ready-made form to those who were there, for a week.
func (t *Teller) askAround(ctx context.Context, who access.Actor, w *story.Workshop) error {
	last, err := time.Parse(time.DateOnly, w.Ends)
	if err != nil {
		return err
	}
	_, err = t.stores.Evaluations.Ask(ctx, who, taught, workshop.ID(w.ID), evaluation.Draft{Language: "en", Opens: w.Ends,
		Closes: last.AddDate(0, 0, 7).Format(time.DateOnly), Questions: evaluation.ReadyMade()})
	return err
}

// opine answers the ready-made form.
func (t *Teller) opine(ctx context.Context, who access.Actor, s story.OpinionGiven) error {
	o, err := t.stores.Evaluations.Read(ctx, who, taught, workshop.ID(s.Workshop.ID))
	if err != nil {
		return err
	}
	var said []evaluation.Said
	for i, q := range o.Evaluation.Questions {
		if !q.Each {
			said = append(said, answer(q, "", s.Opinion, i)...)
			continue
		}
		for k, session := range o.Sessions {
			said = append(said, answer(q, session.ID, s.Opinion, k)...)
		}
	}
	return t.stores.Evaluations.Answer(ctx, who, taught, workshop.ID(s.Workshop.ID), said)
}

// answer is what an opinion says to one question; words are said once.
func answer(q evaluation.Question, session workshop.ID, o training.Opinion, turn int) []evaluation.Said {
	said := evaluation.Said{Question: q.Key, Session: session}
	mark := o.Marks[turn%len(o.Marks)]
	switch {
	case q.Kind == evaluation.Scale:
		said.Values = []int{mark}
	case q.Kind == evaluation.Choice:
		said.Values = []int{mark % q.Options()}
	case o.Words == "" || o.Change != (q.Ready == "change"):
		return nil
	default:
		said.Words = o.Words
	}
	return []evaluation.Said{said}
}

func (t *Teller) record(ctx context.Context, who access.Actor, l *story.Learnt) error {
	w := t.world.Workshops[len(t.world.Workshops)-1]
	_, err := t.stores.Learnt.Record(ctx, who, taught, learnt.Draft{ID: learnt.ID(l.ID), For: learnt.ForAll, Topic: l.Topic, Title: l.Title, Happened: l.Found,
		Proposed: l.Proposal, Language: "en", Workshop: workshop.ID(w.ID), Session: workshop.ID(w.Sessions[len(w.Sessions)-1].ID)})
	return err
}

// settle gives a lesson to its owner and accepts it.
func (t *Teller) settle(ctx context.Context, who access.Actor, l *story.Learnt) error {
	name := learnt.Name{ID: learnt.ID(l.ID)}
	o, err := t.stores.Learnt.Read(ctx, who, taught, name)
	if err != nil {
		return err
	}
	d := learnt.Draft{For: o.For, Topic: o.Topic, Title: o.Title, Happened: o.Happened, Proposed: o.Proposed, Language: o.Language,
		Workshop: o.Source.Workshop, Session: o.Source.Session, Owner: t.organisations[l.Owner].ID, Due: l.Due}
	given, err := t.stores.Learnt.Amend(ctx, who, taught, name, d, o.Version)
	if err == nil {
		_, err = t.stores.Learnt.Settle(ctx, who, taught, name, given.Version, learnt.Accepted, "")
	}
	return err
}
