package course_test

import (
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Who taught may have left since: the course goes on saying so, its form offers the name
// still, and it counts as before; a new course cannot name somebody who left. Nobody is
// reached by nobody, and a course of tomorrow is none yet.
func TestATeacherWhoLeft(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.at("2017-02-10")
		w.train("wco.trainer", workshop.TrainTheTrainer, "2017-02-11", "xa", "xa.officer")
		w.at("2017-02-14")
		draft := w.draft("xa.officer")
		made, err := w.store.Record(ctx, w.Actor["xa"], code, draft)
		w.Must(err)
		before := w.trainings("xa")
		teacher := person.ID(w.Actor["xa.officer"].Person)
		w.Must(w.People.EndHat(ctx, w.Root, teacher, w.Body["xa"].Number))
		if _, err := w.store.Record(ctx, w.Actor["xa.officer"], code, w.draft("xa.officer")); !fault.Is(err, fault.NotFound) {
			t.Error("who left records:", err)
		}
		c, err := w.store.Writing(ctx, w.Actor["xa"], code, made.ID)
		w.Must(err)
		named := func(t course.Teacher) bool { return t.ID == teacher && t.Name != "" && t.Trained }
		if !slices.ContainsFunc(c.Teachers, named) {
			t.Errorf("the form offers %+v", c.Teachers)
		}
		draft.Version, draft.Title = 1, "Telling shoes apart, again"
		if _, err := w.store.Amend(ctx, w.Actor["xa"], code, draft); err != nil {
			t.Error("amended:", err)
		}
		if after := w.trainings("xa"); !slices.Equal(before, after) {
			t.Errorf("counted %v, then %v", before, after)
		}
		fresh, err := w.store.Writing(ctx, w.Actor["xa"], code, "")
		w.Must(err)
		if slices.ContainsFunc(fresh.Teachers, named) {
			t.Error("a new course may name who left")
		}
		_, err = w.store.Record(ctx, w.Actor["xa"], code, w.draft("xa.officer"))
		is(t, err, fault.Invalid, "teacher")
		nobody := w.draft("xa")
		nobody.Reach = []course.Reach{{Post: "XAPOR", Function: "mail"}}
		_, err = w.store.Record(ctx, w.Actor["xa"], code, nobody)
		is(t, err, fault.Invalid, "reach.1.people")
		later := w.draft("xa")
		later.Starts, later.Ends = "2017-02-13", "2017-02-20"
		_, err = w.store.Record(ctx, w.Actor["xa"], code, later)
		is(t, err, fault.Invalid, "ends")
		w.fine()
	})
}
