package nomination_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// stages are where a workshop may stand in its life.
var stages = []string{"planned", "called", "cancelled", "planned, over", "called, over"}

// stood is a workshop at a stage, with people in every state that a command asks for.
type stood struct {
	workshop.Workshop
	draft               workshop.Draft
	session             workshop.Session
	named, coming, back participant.Participant
}

// stand makes a workshop that stands at a stage. Of one that was never called nobody was
// named: its participants are of no workshop.
func (w *world) stand(stage string) stood {
	w.T.Helper()
	w.Source.Set(time.Date(2017, 2, 9, 20, 0, 0, 0, time.UTC))
	draft := w.draft()
	if stage == "planned" || stage == "planned, over" {
		x := stood{Workshop: w.plan("wco.trainer", draft), draft: draft}
		x.session = w.add(x.ID, w.session("Opening", "2017-03-25T09:00", "2017-03-25T10:00", "wco"))
		w.until(stage)
		return x
	}
	x := stood{Workshop: w.called("wco.trainer", draft), draft: draft}
	x.Version = 2
	x.session = w.add(x.ID, w.session("Opening", "2017-03-25T09:00", "2017-03-25T10:00", "wco"))
	w.Must(w.seats(x.ID, map[string]int64{"xa": 9}))
	x.named, x.coming, x.back = w.nominate("xa", x.ID, w.nominee("Named")), w.nominate("xa", x.ID, w.nominee("Coming")), w.nominate("xa", x.ID, w.nominee("Back"))
	w.confirm(x.ID, x.coming, true)
	w.Must(w.people.Withdraw(w.T.Context(), w.Actor["xa"], code, x.ID, x.back.ID, ""))
	if stage == "cancelled" {
		w.Must(w.store.Cancel(w.T.Context(), w.Actor["wco"], code, x.ID, "Storm."))
	}
	w.until(stage)
	return x
}

// until lets the last day pass where a stage says so: 27 March begins in Berlin at 22:00.
func (w *world) until(stage string) {
	if stage == "planned, over" || stage == "called, over" {
		w.Source.Set(time.Date(2017, 3, 26, 22, 0, 0, 0, time.UTC))
	}
}

// A command does what a user expects at each stage of a workshop's life: one that was
// called off asks nothing of anybody, and one that is over is put right, but not undone.
func TestStages(t *testing.T) {
	const done, same = "", "unchanged"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		for name, c := range map[string]struct {
			want [5]string // by stages
			do   func(x stood) error
		}{
			"amend words": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				x.draft.Title = "What was done"
				_, err := w.store.Amend(ctx, w.Actor["wco"], code, x.ID, x.draft, x.Version)
				return err
			}},
			"move days": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				x.draft.Ends = "2017-03-29"
				_, err := w.store.Amend(ctx, w.Actor["wco"], code, x.ID, x.draft, x.Version)
				return err
			}},
			"call":   {[5]string{done, same, "workshop.cancelled", "workshop.over", same}, func(x stood) error { return w.store.Call(ctx, w.Actor["wco"], code, x.ID) }},
			"cancel": {[5]string{done, done, same, "workshop.over-cancel", "workshop.over-cancel"}, func(x stood) error { return w.store.Cancel(ctx, w.Actor["wco"], code, x.ID, "Storm.") }},
			"add session": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				_, err := w.store.AddSession(ctx, w.Actor["wco"], code, x.ID, w.session("More", "2017-03-25T11:00", "2017-03-25T12:00", "wco"))
				return err
			}},
			"amend session": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				_, err := w.store.AmendSession(ctx, w.Actor["wco"], code, x.ID, x.session.ID, w.session("Other", "2017-03-25T11:00", "2017-03-25T12:00", "wco"), 1)
				return err
			}},
			"drop session": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				return w.store.DropSession(ctx, w.Actor["wco"], code, x.ID, x.session.ID)
			}},
			"set places": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				return w.people.SetPlaces(ctx, w.Actor["wco"], code, x.ID, []nomination.Seats{{Organisation: w.Body["xb"].ID, Number: 3}})
			}},
			"nominate": {[5]string{"workshop.not-called", done, "workshop.cancelled", "workshop.over", "workshop.over"}, func(x stood) error {
				_, err := w.people.Nominate(ctx, w.Actor["xa"], code, x.ID, w.nominee("Another"))
				return err
			}},
			"confirm": {[5]string{"fault.not-found", done, "workshop.cancelled", "fault.not-found", done}, func(x stood) error {
				_, err := w.people.Confirm(ctx, w.Actor["wco"], code, x.ID, true, "", x.named.ID)
				return err
			}},
			"confirm again": {[5]string{"fault.not-found", same, "workshop.cancelled", "fault.not-found", same}, func(x stood) error {
				_, err := w.people.Confirm(ctx, w.Actor["wco"], code, x.ID, true, "", x.coming.ID)
				return err
			}},
			"confirm who was withdrawn": {[5]string{"fault.not-found", "workshop.withdrawn", "workshop.cancelled", "fault.not-found", "workshop.withdrawn"}, func(x stood) error {
				_, err := w.people.Confirm(ctx, w.Actor["wco"], code, x.ID, true, "", x.back.ID)
				return err
			}},
			"decline": {[5]string{"fault.not-found", done, "workshop.cancelled", "fault.not-found", "workshop.over-people"}, func(x stood) error {
				_, err := w.people.Confirm(ctx, w.Actor["wco"], code, x.ID, false, "No room.", x.coming.ID)
				return err
			}},
			"withdraw": {[5]string{"fault.not-found", done, "workshop.cancelled", "fault.not-found", "workshop.over-people"}, func(x stood) error {
				return w.people.Withdraw(ctx, w.Actor["xa"], code, x.ID, x.named.ID, "")
			}},
			"withdraw again": {[5]string{"fault.not-found", same, same, "fault.not-found", same}, func(x stood) error {
				return w.people.Withdraw(ctx, w.Actor["xa"], code, x.ID, x.back.ID, "")
			}},
		} {
			for i, stage := range stages {
				x := w.stand(stage)
				was := w.size()
				err := c.do(x)
				if what, grew := outcome(err), w.size() > was; what != c.want[i] && !(c.want[i] == same && what == done) || grew != (c.want[i] == done) {
					t.Errorf("%s, %s: got %q (%v), grew %v, want %q", name, stage, what, err, grew, c.want[i])
				}
			}
		}
		w.fine()
	})
}

func (w *world) size() int64 {
	w.T.Helper()
	p, err := w.Operations.Journal(w.T.Context(), w.Actor["wco"], code, journal.Filter{})
	w.Must(err)
	return p.Size
}

// outcome is the key of a fault; empty: it was done.
func outcome(err error) string {
	if f, is := errors.AsType[*fault.Fault](err); is {
		return f.Key
	}
	if err != nil {
		return fmt.Sprint(err)
	}
	return ""
}

// What a page offers at a stage is what the commands take.
func TestOffers(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	for i, stage := range stages {
		x := w.stand(stage)
		host, own := w.read("wco", x.ID), w.read("xa", x.ID)
		got := []bool{host.MayAmend, host.MayCall, host.MayCancel, host.MayConfirm, host.MayDecline, own.MayNominate, own.MayWithdraw}
		want := [5][]bool{
			{true, true, true, true, true, false, true},
			{true, false, true, true, true, true, true},
			{false, false, false, false, false, false, false},
			{true, false, false, true, false, false, false},
			{true, false, false, true, false, false, false},
		}[i]
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: amend, call, cancel, confirm, decline, nominate, withdraw: %v, want %v", stage, got, want)
		}
	}
}
