package detention_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

func (w *world) disclosing(c detention.Clock) detention.Disclosing {
	return detention.Disclosing{ID: id(), Clock: c.Seq, Fields: []string{"nature", "quantity"}, Request: "By letter of 9 February.", Purpose: "determine",
		Officer: person.ID(w.Actor["xa"].Person), To: w.Body["holder"].ID}
}

func TestADisclosureHoldsExactlyWhatWasChosen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.japan()
		c := w.start(legal.ExOfficio)
		act := w.disclosing(c)
		made, err := w.store.Disclose(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, act)
		w.Must(err)
		again, err := w.store.Disclose(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, act)
		w.Must(err)
		if again.Seq != made.Seq {
			t.Error("the same act was done twice")
		}
		act.Request = "Another."
		if _, err := w.store.Disclose(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, act); !fault.Is(err, fault.Conflict) {
			t.Errorf("the id with other content: %v", err)
		}
		want := []detention.Told{{Field: "nature", Line: 1, List: "category", Code: "PHA", Text: "White tablets"}, {Field: "nature", Line: 2, List: "category", Code: "CLO"},
			{Field: "quantity", Line: 1, Micro: 2e6, Unit: "H87"}}
		a := w.read("xa")
		if len(a.Disclosures) != 1 || a.Stage != legal.BeforeApplication || a.Disclosures[0].Basis != "Art. 69-12" {
			t.Fatalf("%+v", a.Disclosures)
		}
		if diff := cmp.Diff(want, a.Disclosures[0].Told); diff != "" {
			t.Error(diff)
		}
		// The right holder learns nothing from here.
		if slices.Contains(w.entries("holder"), "detention.disclose") || len(w.told("holder")) > 0 {
			t.Error("the act was sent")
		}
		if err := w.store.Receive(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, made.Seq, "2017-02-09", ""); !field(err, "day", "detention.before-told") {
			t.Errorf("received before it was told: %v", err)
		}
		if err := w.store.Receive(t.Context(), w.Actor["xb.officer"], code, w.made.Reference, made.Seq, "2017-02-10", ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("another organisation: %v", err)
		}
		if err := w.store.Receive(t.Context(), w.Actor["xa"], code, w.made.Reference, made.Seq+1000, "2017-02-10", ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("of nothing: %v", err)
		}
		w.Must(w.store.Receive(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, made.Seq, "2017-02-10", "By e-mail."))
		if r := w.read("xa").Disclosures[0].Receipt; r == nil || r.Note != "By e-mail." {
			t.Errorf("receipt %+v", r)
		}
	})
}

func TestNothingIsToldBeforeItsStage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.japan()
		c := w.start(legal.ExOfficio)
		for key, spoil := range map[string]func(*detention.Disclosing){
			"fields: detention.not-yet":          func(d *detention.Disclosing) { d.Fields = []string{"consignee"} },
			"fields: detention.fields":           func(d *detention.Disclosing) { d.Fields = []string{"nature", "nature"} },
			"request: fault.required":            func(d *detention.Disclosing) { d.Request = " " },
			"purpose: detention.purpose":         func(d *detention.Disclosing) { d.Purpose = "fun" },
			"officer: detention.officer":         func(d *detention.Disclosing) { d.Officer = person.ID(w.Actor["xb"].Person) },
			"to: detention.to":                   func(d *detention.Disclosing) { d.To = w.Body["xb"].ID },
			"addressee: fault.required":          func(d *detention.Disclosing) { d.To = "" },
			"addressee: detention.one-addressee": func(d *detention.Disclosing) { d.Addressee = "Firm" },
			"id: fault.not-an-id":                func(d *detention.Disclosing) { d.ID = "x" },
		} {
			act := w.disclosing(c)
			spoil(&act)
			if _, err := w.store.Disclose(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, act); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), key) {
				t.Errorf("%s: %v", key, err)
			}
		}
		w.Must(w.note(c, detention.Happening{Kind: legal.ApplicationReceived, Day: "2017-02-10"}))
		act := w.disclosing(c)
		act.Fields, act.To, act.Addressee = []string{"consignee", "origin"}, organisation.ID(""), "Firm of the mark, Tokyo"
		if _, err := w.store.Disclose(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, act); !field(err, "fields", "detention.not-yet") {
			t.Errorf("an application that nobody granted: %v", err)
		}
		w.Must(w.note(c, detention.Happening{Kind: legal.ApplicationGranted, Day: "2017-02-10"}))
		made, err := w.store.Disclose(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, act)
		w.Must(err)
		want := []detention.Told{{Field: "origin", List: "country", Code: "XQ"}, {Field: "consignee"}}
		if diff := cmp.Diff(want, made.Told); diff != "" {
			t.Error(diff)
		}
	})
}

// What belongs to a case is erased with it.
func TestErasedWithItsCase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.japan()
		c := w.start(legal.ExOfficio)
		made, err := w.store.Disclose(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, w.disclosing(c))
		w.Must(err)
		w.Must(w.store.Receive(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, made.Seq, "2017-02-10", "By e-mail."))
		w.Must(w.note(c, detention.Happening{Kind: legal.Ended, Day: "2017-02-10", Reason: "Canary of the reason."}))
		var entries []int64
		w.Must(d.Keep(t.Context(), func(tx *db.Tx) (err error) {
			entries, err = detention.Erase(tx, 1, w.made.Seq)
			return err
		}))
		if len(entries) != 3 || !slices.Contains(entries, made.Seq) {
			t.Errorf("entries %v", entries)
		}
		a := w.read("xa")
		told := a.Disclosures[0]
		if a.Events[0].Reason+told.Request+told.Basis+told.Addressee+told.Receipt.Note != "" || len(told.Told) != 0 || len(told.Fields) != 2 {
			t.Errorf("what is left: %+v, %+v", a.Events, told)
		}
	})
}

// Of many who start at once, one does.
func TestOneClockOfACase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		errs := make(chan error)
		for range 6 {
			go func() {
				_, err := w.store.Start(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, detention.Starting{Kind: legal.ExOfficio, Day: "2017-02-09"})
				errs <- err
			}()
		}
		started := 0
		for range 6 {
			if err := <-errs; err == nil {
				started++
			} else if !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if a := w.read("xa"); started != 1 || len(a.Earlier) != 0 {
			t.Errorf("%d clocks", started)
		}
	})
}
