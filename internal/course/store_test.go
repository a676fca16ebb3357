package course_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/verify"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const code = operationtest.Code

// world is operationtest's with trainers, and workshops at which people were.
type world struct {
	*operationtest.World
	store       *course.Store
	workshops   *workshop.Store
	nominations *nomination.Store
	attended    *attendance.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	w.store, w.workshops, w.nominations, w.attended = course.NewStore(d, w.Journal, w.Source), workshop.NewStore(d, w.Journal, w.Source), nomination.NewStore(d, w.Journal, w.Source), attendance.NewStore(d, w.Journal, w.Source)
	w.Give("wco", "trainer", access.Trainer)
	w.Give("xa", "second", access.Officer)
	w.Give("xa", "trainer", access.Trainer)
	return w
}

var ids int

func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcc1-%012x", ids)
}

func (w *world) at(day string) {
	t, err := time.Parse(time.RFC3339, day+"T12:00:00Z")
	w.Must(err)
	w.Source.Set(t)
}

// train holds a workshop of one session, with people of a body, named by their actors.
func (w *world) train(by, kind, day, body string, people ...string) workshop.Workshop {
	w.T.Helper()
	ctx := w.T.Context()
	d := workshop.Draft{ID: workshop.ID(id()), Kind: kind, Title: "Workshop of " + day, Language: "en", Place: "Port house", Country: "XA", Zone: "UTC", Starts: day, Ends: day}
	if kind != workshop.National {
		d.To.Sides = []access.Side{access.Enforcement}
	}
	made, err := w.workshops.Plan(ctx, w.Actor[by], code, d)
	w.Must(err)
	s, err := w.workshops.AddSession(ctx, w.Actor[by], code, made.ID, workshop.SessionDraft{ID: workshop.ID(id()), Starts: day + "T09:00", Ends: day + "T10:00", Title: "All of it"})
	w.Must(err)
	w.Must(w.workshops.Call(ctx, w.Actor[by], code, made.ID))
	var ticks []attendance.Tick
	for _, name := range people {
		p, err := w.nominations.Nominate(ctx, w.Actor[body], code, made.ID, nomination.Draft{ID: participant.ID(id()), Person: person.ID(w.Actor[name].Person), Name: name, Post: "XAPOR", Language: "en"})
		w.Must(err)
		_, err = w.nominations.Confirm(ctx, w.Actor[by], code, made.ID, true, "", p[0].ID)
		w.Must(err)
		ticks = append(ticks, attendance.Tick{Participant: p[0].ID, Present: true})
	}
	w.at(day)
	w.Must(w.attended.Record(ctx, w.Actor[by], code, made.ID, s.ID, ticks))
	return made
}

func (w *world) draft(teacher string) course.Draft {
	return course.Draft{ID: course.ID(id()), Title: "Telling shoes apart", Language: "en", Starts: "2017-02-13", Teacher: person.ID(w.Actor[teacher].Person),
		Topics: []string{"reporting", "product-identification", "reporting"}, Reach: []course.Reach{{Post: "XAPOR", Function: "mail", People: 7}, {}, {Post: " Pier  North ", Function: "express", People: 2}}}
}

func (w *world) trainings(who string) (out []string) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		out = nil
		st, err := operation(tx, w, who)
		if err != nil {
			return err
		}
		all, err := course.Trainings(tx, st)
		for _, t := range all {
			out = append(out, fmt.Sprint(t.By, " ", t.Organisation == w.Body["xa"].Number, " ", t.Day, " ", t.Count(), " ", t.Cascade))
		}
		return err
	}))
	return out
}

func (w *world) fine() {
	w.T.Helper()
	r, err := verify.Database(w.T.Context(), w.DB, verify.Options{})
	w.Must(err)
	if !r.Fine() {
		w.T.Fatalf("verify: %v", r.Findings)
	}
}

func is(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	if !fault.Is(err, kind) || key != "" && !strings.Contains(fmt.Sprintf("%#v %v", err, err), key) && !hasField(err, key) {
		t.Errorf("%v, want %v %s", err, kind, key)
	}
}

// Who was trained records a course, whoever else is an officer finds no such thing. Its
// own administration and coordination read it; versions stay; a withdrawn one is not
// counted.
func TestLifeOfACourse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.at("2017-02-10")
		w.Leave("gone")
		ttt := w.train("wco.trainer", workshop.TrainTheTrainer, "2017-02-11", "xa", "xa.officer")
		w.at("2017-02-14")
		for _, name := range slices.Concat(operationtest.Outside, []string{"xa.second"}) {
			_, err := w.store.Record(ctx, w.Actor[name], code, course.Draft{})
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := w.store.Writing(ctx, w.Actor["xa.second"], code, "")
		is(t, err, fault.NotFound, "")
		draft := w.draft("xa.officer")
		draft.Parent = ttt.ID
		made, err := w.store.Record(ctx, w.Actor["xa.officer"], code, draft)
		w.Must(err)
		again, err := w.store.Record(ctx, w.Actor["xa.officer"], code, draft)
		w.Must(err)
		if made.Seq != again.Seq || again.Version != 1 || made.People() != 9 || made.Ends != "2017-02-13" || fmt.Sprint(made.Topics) != "[product-identification reporting]" || made.Reach[1].Post != "Pier  North" {
			t.Errorf("%+v, again %+v", made, again)
		}
		other := draft
		other.Title = "Another"
		_, err = w.store.Record(ctx, w.Actor["xa.officer"], code, other)
		is(t, err, fault.Conflict, "course.id-taken")
		// The same id is free for another organisation, which learns nothing by it.
		foreign := w.draft("xb.officer")
		foreign.ID = draft.ID
		_, err = w.store.Record(ctx, w.Actor["xb"], code, foreign)
		w.Must(err)
		other = w.amends(t, other)
		w.seen(t, draft.ID)
		w.withdraws(t, other)
		w.fine()
	})
}

// amends changes a course in its first version; another version, or another
// organisation's, cannot be.
func (w *world) amends(t *testing.T, other course.Draft) course.Draft {
	ctx := t.Context()
	other.Version, other.Reason = 1, "The title was wrong."
	amended, err := w.store.Amend(ctx, w.Actor["xa"], code, other)
	w.Must(err)
	if amended.Version != 2 || amended.Reason != "The title was wrong." {
		t.Errorf("%+v", amended)
	}
	other.Title = "A third"
	_, err = w.store.Amend(ctx, w.Actor["xa"], code, other)
	is(t, err, fault.Conflict, "course.changed")
	_, err = w.store.Amend(ctx, w.Actor["xb"], code, course.Draft{ID: course.ID(id())})
	is(t, err, fault.NotFound, "")
	return other
}

// seen tries who reads a course, and what it counts for.
func (w *world) seen(t *testing.T, id course.ID) {
	ctx := t.Context()
	for name, want := range map[string]string{"xa": "[2 1]", "xa.second": "[2 1]", "wco": "[2 1]", "xb": "no", "observer": "no"} {
		o, err := w.store.Read(ctx, w.Actor[name], code, course.Name{ID: id, From: w.Body["xa"].ID})
		got := "no"
		if err == nil {
			got = "["
			for _, v := range o.Versions {
				got += fmt.Sprint(v.Version, " ")
			}
			got = strings.TrimSuffix(got, " ") + "]"
		}
		if got != want {
			t.Errorf("%s reads %s, %v", name, got, err)
		}
	}
	if got, want := fmt.Sprint(w.trainings("wco")), "[workshop true 2017-02-11 1 false course true 2017-02-13 9 true course false 2017-02-13 9 false]"; got != want {
		t.Errorf("coordination: %s", got)
	}
	if got, want := fmt.Sprint(w.trainings("xb")), "[course false 2017-02-13 9 false]"; got != want {
		t.Errorf("xb: %s", got)
	}
}

// withdraws takes a course back.
func (w *world) withdraws(t *testing.T, other course.Draft) {
	ctx := t.Context()
	_, err := w.store.Withdraw(ctx, w.Actor["xa"], code, other.ID, " ")
	is(t, err, fault.Invalid, "fault.required")
	for range 2 {
		gone, err := w.store.Withdraw(ctx, w.Actor["xa"], code, other.ID, "It did not take place.")
		w.Must(err)
		if gone.Version != 3 || gone.Stands() {
			t.Errorf("%+v", gone)
		}
	}
	_, err = w.store.Amend(ctx, w.Actor["xa"], code, other)
	is(t, err, fault.Conflict, "course.withdrawn")
	if got, want := fmt.Sprint(w.trainings("xa")), "[workshop true 2017-02-11 1 false]"; got != want {
		t.Errorf("xa: %s", got)
	}
	page, err := w.store.List(ctx, w.Actor["xa.second"], code)
	w.Must(err)
	if len(page.Items) != 1 || page.MayRecord {
		t.Errorf("%+v", page)
	}
}

// Who attended a national workshop on which a course reports is counted in the course;
// once it is withdrawn, they are counted themselves.
func TestAWorkshopThatACourseReportsOnIsCountedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.at("2017-02-10")
		ttt := w.train("wco.trainer", workshop.TrainTheTrainer, "2017-02-11", "xa", "xa")
		national := w.train("xa.trainer", workshop.National, "2017-02-13", "xa", "xa.officer", "xa.second")
		w.at("2017-02-14")
		draft := w.draft("xa")
		draft.Reports = ttt.ID
		_, err := w.store.Record(ctx, w.Actor["xa"], code, draft)
		is(t, err, fault.Invalid, "course.not-national")
		before := "[workshop true 2017-02-11 1 false workshop true 2017-02-13 2 false]"
		if got := fmt.Sprint(w.trainings("wco")); got != before {
			t.Errorf("%s", got)
		}
		draft.Reports = national.ID
		made, err := w.store.Record(ctx, w.Actor["xa"], code, draft)
		w.Must(err)
		if got, want := fmt.Sprint(w.trainings("xa")), "[workshop true 2017-02-11 1 false course true 2017-02-13 9 true]"; got != want {
			t.Errorf("%s", got)
		}
		second := w.draft("xa")
		second.Reports = national.ID
		_, err = w.store.Record(ctx, w.Actor["xa"], code, second)
		is(t, err, fault.Invalid, "course.reported")
		foreign := w.draft("xb")
		foreign.Reports = national.ID
		_, err = w.store.Record(ctx, w.Actor["xb"], code, foreign)
		is(t, err, fault.Invalid, "course.no-workshop")
		_, err = w.store.Withdraw(ctx, w.Actor["xa"], code, made.ID, "Written twice.")
		w.Must(err)
		if got := fmt.Sprint(w.trainings("wco")); got != before {
			t.Errorf("%s", got)
		}
		w.fine()
	})
}

// Everything that cannot be taken is named at its field.
func TestWhatCannotBeTaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		good := w.draft("xa")
		w.at("2017-02-20")
		for field, change := range map[string]func(*course.Draft){
			"title": func(d *course.Draft) { d.Title = " " }, "language": func(d *course.Draft) { d.Language = "zz" }, "starts": func(d *course.Draft) { d.Starts = "2017-02-30" },
			"ends": func(d *course.Draft) { d.Ends = "2017-02-01" }, "teacher": func(d *course.Draft) { d.Teacher = person.ID(w.Actor["xb"].Person) },
			"parent": func(d *course.Draft) { d.Parent = workshop.ID(id()) }, "topics": func(d *course.Draft) { d.Topics = []string{"cooking"} },
			"reach.1.post": func(d *course.Draft) { d.Reach = nil }, "reach.1.people": func(d *course.Draft) { d.Reach = []course.Reach{{Post: "A", Function: "mail", People: -1}} },
			"reach.1.function": func(d *course.Draft) { d.Reach = []course.Reach{{Post: "A", People: 1}} },
			"reach.2.post": func(d *course.Draft) {
				d.Reach = []course.Reach{{Post: "A", Function: "mail", People: 1}, {Post: "a ", Function: "mail", People: 1}}
			},
		} {
			draft := good
			change(&draft)
			_, err := w.store.Record(t.Context(), w.Actor["xa"], code, draft)
			is(t, err, fault.Invalid, field)
		}
		future := good
		future.Starts = "2017-02-22"
		_, err := w.store.Record(t.Context(), w.Actor["xa"], code, future)
		is(t, err, fault.Invalid, "fault.future-date")
	})
	for post, want := range map[string]string{"XAPOR": "XAPOR", " XAPOR ": "XAPOR", "Dover": "dover", "DOVER": "DOVER", "Pier  North": "pier north", "": "", " – ": ""} {
		if got := seizure.PostKey(post); got != want {
			t.Errorf("%q: %q", post, got)
		}
	}
}
