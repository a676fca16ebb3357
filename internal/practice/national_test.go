package practice_test

import (
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/verify"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// confirmed names somebody of xa for a workshop of its own, and confirms them.
func (w *world) confirmed(at workshop.ID, name string) {
	w.T.Helper()
	n, err := w.nominations.Nominate(w.T.Context(), w.Actor["xa"], code, at, nomination.Draft{Person: person.ID(w.Actor[name].Person)})
	w.Must(err)
	_, err = w.nominations.Confirm(w.T.Context(), w.Actor["xa.trainer"], code, at, true, "", n[0].ID)
	w.Must(err)
}

// seeded writes what tasks rest on, as the page of who leads does.
func (w *world) seeded(leader string, at workshop.ID) {
	w.T.Helper()
	ctx, words := w.T.Context(), i18n.NewPrinter("en")
	p, all, err := w.store.Seeds(ctx, w.Actor[leader], code, at)
	w.Must(err)
	for _, one := range all {
		if one.Case {
			_, err = seizure.NewStore(w.DB, w.Journal, w.Source).Report(ctx, w.Actor[leader], p.Code, one.Found(p, words))
		} else {
			_, err = message.NewStore(w.DB, w.Journal, w.Source).Send(ctx, w.Actor[leader], p.Code, one.Warning(p, words))
		}
		w.Must(err)
	}
}

// Those who learn in a national workshop stand in its practice as the officers of an
// administration do: its warnings are for them. Who leads it stands on coordination's
// side, though both are of one administration.
func TestNationalStandsAsInAnOperation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		held, made := w.opened("xa.trainer", workshop.National)
		w.confirmed(held, "xa.officer")
		w.seeded("xa.trainer", held)
		for n := int64(1); n <= 6; n++ {
			w.Must(w.store.Join(ctx, w.Actor["xa.officer"], code, held, n))
		}
		w.Must(w.store.Join(ctx, w.Actor["xa.trainer"], code, held, 1))
		for name, want := range map[string]access.Side{"xa.officer": access.Enforcement, "xa.trainer": access.Coordination} {
			st, err := w.Operations.Read(ctx, w.Actor[name], made.Code)
			if err != nil || st.Side() != want {
				t.Errorf("%s stands on %q, %v", name, st.Side(), err)
			}
			if st.May(access.OperationInvite) != (name == "xa.trainer") || !st.May(access.SeizureReport) {
				t.Errorf("%s may what the other side may: %v", name, st.Roles)
			}
		}
		w.answers(made, held)
		w.colleague(held)
		w.leads(made)
		w.learnsAlone(made, held)
		if r, err := verify.Database(ctx, d, verify.Options{}); err != nil || !r.Fine() {
			t.Errorf("the practice does not verify: %+v, %v", r.Findings, err)
		}
	})
}

// answers does the learner's four tasks that no case is, and finds them done.
func (w *world) answers(made practice.Practice, held workshop.ID) {
	t, ctx, officer := w.T, w.T.Context(), w.Actor["xa.officer"]
	messages, warnings := message.NewStore(w.DB, w.Journal, w.Source), warning.NewStore(w.DB, w.Journal, w.Source)
	waiting, err := messages.Waiting(ctx, officer, made.Code)
	if err != nil || len(waiting) != 2 {
		t.Fatalf("%d warnings wait for the learner, %v", len(waiting), err)
	}
	if page, err := messages.List(ctx, officer, made.Code, message.Filter{Open: true}); err != nil || len(page.Items) != 2 || page.Counts.Open != 2 || !page.Items[0].Waits || page.Items[0].Asked != 1 {
		t.Errorf("the list of open ones: %+v, %v", page.Counts, err)
	}
	desk, err := w.store.Read(ctx, officer, code, held)
	w.Must(err)
	seen, asked := desk.Items[1].Message, desk.Items[2].Message
	if a, err := warnings.Account(ctx, officer, made.Code, seen); err != nil || !a.Asks || !a.MayAcknowledge || a.Full {
		t.Errorf("the account of who is asked: %+v, %v", a, err)
	}
	w.Must(warnings.Acknowledge(ctx, officer, made.Code, seen))
	_, err = messages.Send(ctx, officer, made.Code, message.Draft{Template: message.Feedback, Answers: asked, Outcome: "not-arrived", Language: "en", TLP: "GREEN"})
	w.Must(err)
	_, err = nilreport.NewStore(w.DB, w.Journal, w.Source).Send(ctx, officer, made.Code, nilreport.Draft{Day: nilreport.Today(w.Body["xa"], w.Source.Now())})
	w.Must(err)
	desk, err = w.store.Read(ctx, officer, code, held)
	w.Must(err)
	for i, it := range desk.Items[1:4] {
		if right, of := practice.Count(it.Remarks); right != of {
			t.Errorf("task %d: %d of %d right: %+v", i+2, right, of, it.Remarks)
		}
		if !it.Done {
			t.Errorf("task %d is not done: %+v", i+2, it)
		}
	}
}

// colleague begins what was done for the administration already: it is done, but not by
// the colleague.
func (w *world) colleague(held workshop.ID) {
	t, ctx := w.T, w.T.Context()
	w.Give("xa", "second", access.Officer)
	w.confirmed(held, "xa.second")
	for _, n := range []int64{2, 4} {
		w.Must(w.store.Join(ctx, w.Actor["xa.second"], code, held, n))
	}
	desk, err := w.store.Read(ctx, w.Actor["xa.second"], code, held)
	w.Must(err)
	for _, i := range []int{1, 3} {
		it := desk.Items[i]
		if right, of := practice.Count(it.Remarks); !it.Done || right != 0 || of != 1 || it.Remarks[0].Why != "colleague" {
			t.Errorf("task %d, done by a colleague: %+v", i+1, it)
		}
	}
	if it := desk.Items[2]; it.Done || len(it.Remarks) != 0 {
		t.Errorf("an answer of a colleague counts: %+v", it)
	}
}

// leads wants the trainer's warnings to wait for others, and the trainer to oversee them.
func (w *world) leads(made practice.Practice) {
	t, ctx, trainer := w.T, w.T.Context(), w.Actor["xa.trainer"]
	messages := message.NewStore(w.DB, w.Journal, w.Source)
	if waiting, err := messages.Waiting(ctx, trainer, made.Code); err != nil || len(waiting) != 0 {
		t.Errorf("%d warnings wait for who sent them, %v", len(waiting), err)
	}
	l, err := warning.NewStore(w.DB, w.Journal, w.Source).List(ctx, trainer, made.Code, warning.Filter{})
	w.Must(err)
	if len(l.Items) != 2 || l.Items[0].Asked != 1 || l.Items[0].Heard+l.Items[1].Heard != 1 {
		t.Errorf("the trainer's ledger: %+v", l.Items)
	}
	if _, err := nilreport.NewStore(w.DB, w.Journal, w.Source).Send(ctx, trainer, made.Code, nilreport.Draft{Day: "2017-02-09"}); err == nil {
		t.Error("coordination has nothing to report")
	}
}

// learnsAlone begins again: of the administration's cases the learner's own go.
func (w *world) learnsAlone(made practice.Practice, held workshop.ID) {
	t, ctx, officer := w.T, w.T.Context(), w.Actor["xa.officer"]
	c, err := seizure.NewStore(w.DB, w.Journal, w.Source).Report(ctx, officer, made.Code, seizure.Draft{ID: "01890a5d-ac96-774b-bcce-0000000f0002", Country: "XA", Day: "2017-02-10", Language: "en",
		Direction: goods.Coded{Code: "import"}, Conveyance: goods.Coded{Code: "express"}, Goods: []goods.Line{{Category: "PHA", HS: "300490", Quantities: []goods.Quantity{{Micro: 1e6, Unit: "H87"}}}}})
	w.Must(err)
	w.Must(w.store.Reset(ctx, officer, code, held, 0, false))
	_, left, err := w.store.Leftovers(ctx, officer, code, held)
	if err != nil || !slices.Equal(left, []practice.Leftover{{Seq: c.Seq, Version: c.Version}}) {
		t.Errorf("left over: %+v, %v", left, err)
	}
	_, left, err = w.store.Leftovers(ctx, w.Actor["xa.trainer"], code, held)
	if err != nil || len(left) != 0 {
		t.Errorf("of who leads is left over: %+v, %v", left, err)
	}
}

// In a real operation nobody stands apart from their organisation, and nobody is asked
// by a warning of their own.
func TestNobodyStandsApartInAnOperation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		draft := practice.Seed{Name: "answer", ID: "01890a5d-ac96-774b-bcce-0000000f0001"}.Warning(practice.Practice{At: w.Source.Now()}, i18n.NewPrinter("en"))
		messages := message.NewStore(w.DB, w.Journal, w.Source)
		draft.To.Organisations = []int64{w.Body["xa"].Number}
		m, err := messages.Send(ctx, w.Actor["xa.officer"], code, draft)
		w.Must(err)
		for name, waits := range map[string]int{"xa": 0, "xa.officer": 0, "xb": 1} {
			if all, err := messages.Waiting(ctx, w.Actor[name], code); err != nil || len(all) != waits {
				t.Errorf("%d wait for %s, %v", len(all), name, err)
			}
		}
		if err := warning.NewStore(w.DB, w.Journal, w.Source).Acknowledge(ctx, w.Actor["xa"], code, m.Seq); !fault.Is(err, fault.Invalid) {
			t.Errorf("acknowledged by who sent it: %v", err)
		}
		st, err := w.Operations.Read(ctx, w.Actor["wco"], operation.Code(code))
		if err != nil || st.Side() != st.Membership.Side {
			t.Errorf("on %q, of %q", st.Side(), st.Membership.Side)
		}
	})
}
