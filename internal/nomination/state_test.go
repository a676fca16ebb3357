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
	"github.com/tidewaiter/tidewaiter/internal/nomination/nominationtest"
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
func stand(w *nominationtest.World, stage string) stood {
	w.T.Helper()
	w.Source.Set(time.Date(2017, 2, 9, 20, 0, 0, 0, time.UTC))
	draft := w.Draft()
	if stage == "planned" || stage == "planned, over" {
		x := stood{Workshop: w.Plan("wco.trainer", draft), draft: draft}
		x.session = w.Add(x.ID, w.Session("Opening", "2017-03-25T09:00", "2017-03-25T10:00", "wco"))
		until(w, stage)
		return x
	}
	x := stood{Workshop: w.Called("wco.trainer", draft), draft: draft}
	x.Version = 2
	x.session = w.Add(x.ID, w.Session("Opening", "2017-03-25T09:00", "2017-03-25T10:00", "wco"))
	w.Must(w.Seats(x.ID, map[string]int64{"xa": 9}))
	x.named, x.coming, x.back = w.Nominate("xa", x.ID, w.Nominee("Named")), w.Nominate("xa", x.ID, w.Nominee("Coming")), w.Nominate("xa", x.ID, w.Nominee("Back"))
	w.Confirm(x.ID, x.coming, true)
	w.Must(w.Nominations.Withdraw(w.T.Context(), w.Actor["xa"], nominationtest.Code, x.ID, x.back.ID, ""))
	if stage == "cancelled" {
		w.Must(w.Workshops.Cancel(w.T.Context(), w.Actor["wco"], nominationtest.Code, x.ID, "Storm."))
	}
	until(w, stage)
	return x
}

// until lets the last day pass where a stage says so: 27 March begins in Berlin at 22:00.
func until(w *nominationtest.World, stage string) {
	if stage == "planned, over" || stage == "called, over" {
		w.Source.Set(time.Date(2017, 3, 26, 22, 0, 0, 0, time.UTC))
	}
}

// A command does what a user expects at each stage of a workshop's life: one that was
// called off asks nothing of anybody, and one that is over is put right, but not undone.
func TestStages(t *testing.T) {
	const done, same = "", "unchanged"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := nominationtest.New(t, d)
		ctx := t.Context()
		for name, c := range map[string]struct {
			want [5]string // by stages
			do   func(x stood) error
		}{
			"amend words": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				x.draft.Title = "What was done"
				_, err := w.Workshops.Amend(ctx, w.Actor["wco"], nominationtest.Code, x.ID, x.draft, x.Version)
				return err
			}},
			"move days": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				x.draft.Ends = "2017-03-29"
				_, err := w.Workshops.Amend(ctx, w.Actor["wco"], nominationtest.Code, x.ID, x.draft, x.Version)
				return err
			}},
			"call": {[5]string{done, same, "workshop.cancelled", "workshop.over", same}, func(x stood) error { return w.Workshops.Call(ctx, w.Actor["wco"], nominationtest.Code, x.ID) }},
			"cancel": {[5]string{done, done, same, "workshop.over-cancel", "workshop.over-cancel"}, func(x stood) error {
				return w.Workshops.Cancel(ctx, w.Actor["wco"], nominationtest.Code, x.ID, "Storm.")
			}},
			"add session": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				_, err := w.Workshops.AddSession(ctx, w.Actor["wco"], nominationtest.Code, x.ID, w.Session("More", "2017-03-25T11:00", "2017-03-25T12:00", "wco"))
				return err
			}},
			"amend session": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				_, err := w.Workshops.AmendSession(ctx, w.Actor["wco"], nominationtest.Code, x.ID, x.session.ID, w.Session("Other", "2017-03-25T11:00", "2017-03-25T12:00", "wco"), 1)
				return err
			}},
			"drop session": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				return w.Workshops.DropSession(ctx, w.Actor["wco"], nominationtest.Code, x.ID, x.session.ID)
			}},
			"set places": {[5]string{done, done, "workshop.cancelled", done, done}, func(x stood) error {
				return w.Nominations.SetPlaces(ctx, w.Actor["wco"], nominationtest.Code, x.ID, []nomination.Seats{{Organisation: w.Body["xb"].ID, Number: 3}})
			}},
			"nominate": {[5]string{"workshop.not-called", done, "workshop.cancelled", "workshop.over", "workshop.over"}, func(x stood) error {
				_, err := w.Nominations.Nominate(ctx, w.Actor["xa"], nominationtest.Code, x.ID, w.Nominee("Another"))
				return err
			}},
			"confirm": {[5]string{"fault.not-found", done, "workshop.cancelled", "fault.not-found", done}, func(x stood) error {
				_, err := w.Nominations.Confirm(ctx, w.Actor["wco"], nominationtest.Code, x.ID, true, "", x.named.ID)
				return err
			}},
			"confirm again": {[5]string{"fault.not-found", same, "workshop.cancelled", "fault.not-found", same}, func(x stood) error {
				_, err := w.Nominations.Confirm(ctx, w.Actor["wco"], nominationtest.Code, x.ID, true, "", x.coming.ID)
				return err
			}},
			"confirm who was withdrawn": {[5]string{"fault.not-found", "workshop.withdrawn", "workshop.cancelled", "fault.not-found", "workshop.withdrawn"}, func(x stood) error {
				_, err := w.Nominations.Confirm(ctx, w.Actor["wco"], nominationtest.Code, x.ID, true, "", x.back.ID)
				return err
			}},
			"decline": {[5]string{"fault.not-found", done, "workshop.cancelled", "fault.not-found", "workshop.over-people"}, func(x stood) error {
				_, err := w.Nominations.Confirm(ctx, w.Actor["wco"], nominationtest.Code, x.ID, false, "No room.", x.coming.ID)
				return err
			}},
			"withdraw": {[5]string{"fault.not-found", done, "workshop.cancelled", "fault.not-found", "workshop.over-people"}, func(x stood) error {
				return w.Nominations.Withdraw(ctx, w.Actor["xa"], nominationtest.Code, x.ID, x.named.ID, "")
			}},
			"withdraw again": {[5]string{"fault.not-found", same, same, "fault.not-found", same}, func(x stood) error {
				return w.Nominations.Withdraw(ctx, w.Actor["xa"], nominationtest.Code, x.ID, x.back.ID, "")
			}},
		} {
			for i, stage := range stages {
				x := stand(w, stage)
				was := size(w)
				err := c.do(x)
				if what, grew := outcome(err), size(w) > was; what != c.want[i] && !(c.want[i] == same && what == done) || grew != (c.want[i] == done) {
					t.Errorf("%s, %s: got %q (%v), grew %v, want %q", name, stage, what, err, grew, c.want[i])
				}
			}
		}
		w.Fine()
	})
}

func size(w *nominationtest.World) int64 {
	w.T.Helper()
	p, err := w.Operations.Journal(w.T.Context(), w.Actor["wco"], nominationtest.Code, journal.Filter{})
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
	w := nominationtest.New(t, dbtest.SQLite(t))
	for i, stage := range stages {
		x := stand(w, stage)
		host, own := w.Read("wco", x.ID), w.Read("xa", x.ID)
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
