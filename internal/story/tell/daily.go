package tell

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/roster"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/task"
)

// tellDaily tells nil reports, tasks and shifts; told is false for other steps.
func (t *Teller) tellDaily(ctx context.Context, who access.Actor, step story.Step) (told bool, err error) {
	switch s := step.(type) {
	case story.NilReported:
		_, err = t.stores.NilReports.Send(ctx, who, operation.Code(s.Report.Operation), nilreport.Draft{Day: s.Report.Day, Controls: &s.Report.Controls})
	case story.TaskGiven, story.TaskAssigned, story.TaskDone:
		err = t.tellTask(ctx, who, step)
	case story.ShiftPlanned, story.HandedOver, story.HandOverRead:
		err = t.tellShift(ctx, who, step)
	default:
		return false, nil
	}
	return true, err
}

func (t *Teller) tellTask(ctx context.Context, who access.Actor, step story.Step) error {
	var of *story.Task
	var made task.Task
	var err error
	do := t.stores.Tasks
	switch s := step.(type) {
	case story.TaskGiven:
		of = s.Task
		made, err = do.Give(ctx, who, operation.Code(of.Operation), task.Draft{ID: task.ID(of.ID), Organisation: t.organisations[of.Organisation].Number,
			Title: of.Title, Body: of.Body, Language: "en", Due: of.Due})
	case story.TaskAssigned:
		of = s.Task
		old := t.tasks[of.ID]
		made, err = do.Assign(ctx, who, operation.Code(of.Operation), old.Seq, old.Version, t.world.Person(of.Owner).ID)
	case story.TaskDone:
		of = s.Task
		old := t.tasks[of.ID]
		made, err = do.Finish(ctx, who, operation.Code(of.Operation), old.Seq, old.Version, of.Note)
	default:
		return fmt.Errorf("unknown step %T", step)
	}
	t.tasks[of.ID] = made
	return err
}

func (t *Teller) tellShift(ctx context.Context, who access.Actor, step story.Step) error {
	do := t.stores.Rosters
	switch s := step.(type) {
	case story.ShiftPlanned:
		of := s.Shift
		made, err := do.Plan(ctx, who, operation.Code(of.Operation), roster.Draft{ID: roster.ID(of.ID), Person: t.world.Person(of.Person).ID,
			Begins: of.Begins, Ends: of.Ends, Phone: of.Phone})
		t.shifts[of.ID] = made
		return err
	case story.HandedOver:
		of := s.Shift
		made := t.shifts[of.ID]
		return do.HandOver(ctx, who, operation.Code(of.Operation), made.Seq, made.Version, of.Note, t.world.Organisation(of.Organisation).Language)
	case story.HandOverRead:
		of := s.Shift
		made := t.shifts[of.ID]
		return do.Confirm(ctx, who, operation.Code(of.Operation), made.Seq, made.Version+1)
	}
	return fmt.Errorf("unknown step %T", step)
}
