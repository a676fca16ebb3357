package practice_test

import (
	"fmt"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const code = operationtest.Code

// world is operationtest's with a workshop of wco and its practice.
type world struct {
	*operationtest.World
	workshops   *workshop.Store
	nominations *nomination.Store
	store       *practice.Store
	held        workshop.ID
	made        practice.Practice
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	w.nominations = nomination.NewStore(d, w.Journal, w.Source)
	w.workshops, w.store = workshop.NewStore(d, w.Journal, w.Source), practice.NewStore(d, w.Journal, w.Source)
	w.Give("xa", "trainer", access.Trainer)
	w.held, w.made = w.opened("wco", workshop.TrainTheTrainer)
	return w
}

// opened plans a workshop, calls it and opens its practice.
func (w *world) opened(who, kind string) (workshop.ID, practice.Practice) {
	w.T.Helper()
	ctx := w.T.Context()
	at, err := w.workshops.Plan(ctx, w.Actor[who], code, workshop.Draft{Kind: kind, Title: "Train", Language: "en", Place: "Port house", Zone: "UTC",
		Starts: "2017-02-12", Ends: "2017-02-13", To: audience.Address{Sides: []access.Side{access.Enforcement}}})
	w.Must(err)
	w.Must(w.workshops.Call(ctx, w.Actor[who], code, at.ID))
	made, err := w.store.Open(ctx, w.Actor[who], code, at.ID, practice.Draft{Name: "Dry run", Language: "en", Handling: "Nothing is real.", Tasks: practice.ReadyTasks()})
	w.Must(err)
	return at.ID, made
}

// Who leads is the host, and not whoever has the role for it somewhere else.
func TestLedByItsHost(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, s := t.Context(), w.store
		own, _ := w.opened("xa.trainer", workshop.National)
		for name, do := range map[string]func(who access.Actor, at workshop.ID) error{
			"open": func(who access.Actor, at workshop.ID) error {
				_, err := s.Open(ctx, who, code, at, practice.Draft{Name: "Another", Language: "en", Handling: "Nothing is real.", Tasks: practice.ReadyTasks()})
				return err
			},
			"watch":     func(who access.Actor, at workshop.ID) error { _, err := s.Watch(ctx, who, code, at); return err },
			"seeds":     func(who access.Actor, at workshop.ID) error { _, _, err := s.Seeds(ctx, who, code, at); return err },
			"begin":     func(who access.Actor, at workshop.ID) error { return s.Join(ctx, who, code, at, 1) },
			"reset all": func(who access.Actor, at workshop.ID) error { return s.Reset(ctx, who, code, at, 0, true) },
		} {
			w.Missing("xa.trainer", func(who access.Actor) error { return do(who, w.held) })
			if err := do(w.Actor["wco.coordinator"], w.held); fault.Is(err, fault.NotFound) {
				t.Errorf("coordination, %s: %v", name, err)
			}
			if err := do(w.Actor["xa.trainer"], own); fault.Is(err, fault.NotFound) {
				t.Errorf("the host of a national one, %s: %v", name, err)
			}
		}
		w.Missing("xa.trainer", func(who access.Actor) error { _, err := s.Advance(ctx, who, code, w.held, 1); return err })
		if d, err := s.Read(ctx, w.Actor["xa.trainer"], code, w.held); err != nil || d.MayOpen || d.MayWatch || d.Prepares || d.Learns {
			t.Errorf("a trainer of another administration reads %+v, %v", d, err)
		}
		if d, err := s.Read(ctx, w.Actor["xa.trainer"], code, own); err != nil || !d.MayOpen || !d.MayWatch || d.Prepares || !d.Learns {
			t.Errorf("the host of a national one reads %+v, %v", d, err)
		}
	})
}

// What a workshop hands out is its own practice: another one does not exist there, also
// for whoever takes part in both; a number, an operation and a stranger say the same.
func TestHandedOutWhereItBelongs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.workshops.Practice = practice.Named
		_, other := w.opened("wco", workshop.FollowUp)
		own, national := w.opened("xa.trainer", workshop.National)
		real, err := w.Operations.Read(t.Context(), w.Actor["wco"], code)
		w.Must(err)
		supply := func(who string, at workshop.ID, ref string) error {
			_, err := w.workshops.Supply(t.Context(), w.Actor[who], code, at, workshop.MaterialDraft{Kind: workshop.MaterialPractice, Ref: ref})
			return err
		}
		for name, ref := range map[string]string{"another workshop's": string(other.ID), "a national one's": string(national.ID), "the operation itself": string(real.Operation.ID), "none": w.Source.ID()} {
			if err := supply("wco", w.held, ref); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := supply("xa.trainer", own, string(w.made.ID)); !fault.Is(err, fault.NotFound) {
			t.Errorf("coordination's, in a national workshop: %v", err)
		}
		w.Must(supply("wco", w.held, string(w.made.ID)))
		w.Must(supply("xa.trainer", own, string(national.ID)))
		w.workshops.Practice = nil
		if err := supply("wco", w.held, string(w.made.ID)); !fault.Is(err, fault.NotFound) {
			t.Errorf("where workshops have no practice: %v", err)
		}
	})
}

var (
	moved   = db.Statement(`update practice set body = replace(body, $1, $2) where workshop = $3`)
	noPhase = db.Statement(`delete from operation_phase where operation = $1`)
)

func numbered(n int64) string { return fmt.Sprintf(`"Number":%d,`, n) }

// A number that another operation has by now leads to no practice; one without phases
// is read as it is.
func TestNumberOfAnotherOperation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, other := w.opened("wco", workshop.FollowUp)
		who := w.Actor["wco"]
		w.Must(w.DB.Keep(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(noPhase, w.made.Number); return err }))
		if d, err := w.store.Read(t.Context(), who, code, w.held); err != nil || len(d.Items) == 0 {
			t.Errorf("without phases: %d tasks, %v", len(d.Items), err)
		}
		o, err := w.Operations.Read(t.Context(), who, code)
		w.Must(err)
		before := w.made.Number
		for name, number := range map[string]int64{"of a real operation": o.Operation.Number, "of another practice": other.Number, "of none": 9999} {
			w.Must(w.DB.Keep(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec(moved, numbered(before), numbered(number), string(w.held))
				return err
			}))
			before = number
			if d, err := w.store.Read(t.Context(), who, code, w.held); err != nil || d.Practice.ID != "" {
				t.Errorf("a number %s: %q, %v", name, d.Practice.ID, err)
			}
			if err := w.store.Join(t.Context(), who, code, w.held, 1); !fault.Is(err, fault.NotFound) {
				t.Errorf("a number %s: begun, %v", name, err)
			}
		}
	})
}
