package withdrawal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// A recalled message is in its place for every reader, without a byte of what it
// said; its originator still reads it; an open warning is open no more.
func TestRecall(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.send("xa.officer", everybody())
		for _, who := range []string{"xb", "holder", "wco"} {
			if got := w.read(who, m); !strings.Contains(fmt.Sprintf("%+v", got), canary) {
				t.Fatalf("%s does not read it: %+v", who, got)
			}
		}
		for _, who := range []string{"xb", "xa.second", "holder"} {
			w.want(who+" recalls", w.recall(who, m), fault.NotFound)
		}
		w.want("without a reason", w.store.Recall(t.Context(), w.actor["xa"], code, m.Seq, " \n"), fault.Invalid)
		w.must(w.recall("xa.officer", m))
		w.must(w.recall("xa", m)) // again: the same
		for _, who := range []string{"xb", "holder", "wco", "wco.coordinator"} {
			got := w.read(who, m)
			page, err := w.messages.List(t.Context(), w.actor[who], code, message.Filter{})
			w.must(err)
			feed, err := w.messages.Feed(t.Context(), w.actor[who], code, message.Filter{})
			w.must(err)
			_, found, err := w.messages.Find(t.Context(), w.actor[who], code, message.Name{ID: m.ID})
			w.must(err)
			all := fmt.Sprintf("%+v %+v %+v %+v", got, page, feed, found)
			if strings.Contains(all, canary) || strings.Contains(all, "risk-profile") {
				t.Errorf("%s still gets it: %s", who, all)
			}
			if got.Message.Taken.State != message.Recalled || got.Message.Taken.Reason != "Wrong container." || got.Message.Open || page.Counts.Open != 0 ||
				page.Counts.All != 1 {
				t.Errorf("%s: %+v, %+v", who, got.Message, page.Counts)
			}
		}
		if own := w.read("xa.second", m); own.Message.Body != canary+" body" || own.Message.Taken.State != message.Recalled {
			t.Errorf("its originator: %+v", own.Message)
		}
	})
}

// Coordination recalls what it may read, and nothing else.
func TestCoordinationRecalls(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		open, apart := w.send("xa", everybody()), w.send("xa", audience.Address{Organisations: []int64{w.body["xb"].Number}, Apart: true})
		w.must(w.recall("wco.coordinator", open))
		w.want("what it does not read", w.recall("wco.coordinator", apart), fault.NotFound)
		if got := w.read("xa", open); got.Message.Body == "" {
			t.Error("the originator lost it")
		}
	})
}

// Whoever had it is told and confirms; whoever had not is not told. The table is
// for the originator and coordination.
func TestReceipts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.send("xa", everybody())
		w.read("holder", m)
		_, _, err := w.messages.Find(t.Context(), w.actor["wco"], code, message.Name{ID: m.ID})
		w.must(err)
		w.must(w.recall("xa", m))
		w.read("xb", m) // its tombstone: nothing was had
		if got := w.list("xb"); len(got) != 0 {
			t.Errorf("who had nothing: %+v", got)
		}
		got := w.list("holder")
		if len(got) != 1 || got[0].Record != m.Seq || got[0].Confirmation != nil || got[0].Reason != "Wrong container." {
			t.Fatalf("the right holder: %+v", got)
		}
		w.want("for what it had not", w.store.Confirm(t.Context(), w.actor["xb"], code, got[0].Entry, ""), fault.NotFound)
		w.must(w.store.Confirm(t.Context(), w.actor["holder"], code, got[0].Entry, "The court has a copy."))
		w.must(w.store.Confirm(t.Context(), w.actor["holder"], code, got[0].Entry, "Other."))
		for _, who := range []string{"xa.officer", "wco"} {
			r, err := w.store.Receipts(t.Context(), w.actor[who], code, reading.Message, m.Seq)
			w.must(err)
			if len(r.All) != 2 || r.Missing() != 1 || r.All[0].Organisation.Number != w.body["wco"].Number || !r.All[0].Exported || r.All[0].Confirmation != nil ||
				r.All[1].Confirmation == nil || r.All[1].Confirmation.Kept != "The court has a copy." {
				t.Errorf("%s: %+v", who, r)
			}
		}
		for _, who := range []string{"xb", "holder"} {
			_, err := w.store.Receipts(t.Context(), w.actor[who], code, reading.Message, m.Seq)
			w.want("receipts for "+who, err, fault.NotFound)
		}
	})
}

// A recalled case is gone for who had it, who is told; released again it is not
// withdrawn any more.
func TestCaseRecall(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.report("xa")
		w.readCase("xb", c)
		c, err := w.cases.Recall(t.Context(), w.actor["xa"], code, c.Seq, c.Version, "Too early.")
		w.must(err)
		got := w.list("xb")
		if len(got) != 1 || got[0].Reference != c.Reference || got[0].Readable || got[0].Reason != "" {
			t.Fatalf("xb: %+v", got)
		}
		_, err = w.cases.Release(t.Context(), w.actor["xa"], code, c.Seq, c.Version)
		w.must(err)
		if got := w.list("xb"); len(got) != 0 {
			t.Errorf("released again: %+v", got)
		}
	})
}

// An erased record needs two people and no hold.
func TestRedactionNeedsTwo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		m := w.send("xa", everybody())
		ask := withdrawal.Asking{Kind: reading.Message, Record: m.Seq, Code: "personal-data", Reason: "A traveller's name."}
		for _, who := range []string{"xa.officer", "xb", "wco", "holder"} {
			w.want(who+" asks", w.store.Ask(ctx, w.actor[who], code, ask), fault.NotFound)
		}
		w.want("no such reason", w.store.Ask(ctx, w.actor["xa"], code, withdrawal.Asking{Kind: reading.Message, Record: m.Seq, Code: "x", Reason: "y"}), fault.Invalid)
		w.must(w.store.Ask(ctx, w.actor["xa"], code, ask))
		w.want("twice", w.store.Ask(ctx, w.actor["xa"], code, ask), fault.Conflict)
		desk, err := w.store.Desk(ctx, w.actor["wco"], code)
		w.must(err)
		seq := desk.Requests[0].Seq
		for _, who := range []string{"xa", "wco.coordinator", "xb"} {
			w.want(who+" accepts", w.store.Accept(ctx, w.actor[who], code, seq), fault.NotFound)
		}
		w.must(w.store.Hold(ctx, w.actor["wco"], code, "", 0, "A court asks.", start.AddDate(1, 0, 0)))
		w.want("held", w.store.Accept(ctx, w.actor["wco"], code, seq), fault.Conflict)
		w.want("refused by the hold", w.store.Accept(ctx, w.actor["wco"], code, seq), fault.Conflict)
		w.want("held from the start", w.store.Ask(ctx, w.actor["xa"], code, ask), fault.Conflict)
		desk, err = w.store.Desk(ctx, w.actor["xa"], code)
		w.must(err)
		if len(desk.Holds) != 1 || len(desk.Requests) != 0 {
			t.Fatalf("xa's desk: %+v", desk)
		}
		w.must(w.store.Lift(ctx, w.actor["wco"], code, desk.Holds[0].Seq))
		w.must(w.store.Ask(ctx, w.actor["xa"], code, ask))
		desk, err = w.store.Desk(ctx, w.actor["wco"], code)
		w.must(err)
		w.must(w.store.Refuse(ctx, w.actor["xa"], code, desk.Requests[0].Seq))
		w.want("refused", w.store.Accept(ctx, w.actor["wco"], code, desk.Requests[0].Seq), fault.Conflict)
		w.must(w.store.Ask(ctx, w.actor["xa"], code, ask))
		desk, err = w.store.Desk(ctx, w.actor["wco"], code)
		w.must(err)
		w.source.Set(w.source.Now().Add(withdrawal.Open))
		w.want("too late", w.store.Accept(ctx, w.actor["wco"], code, desk.Requests[0].Seq), fault.Conflict)
		if got := w.read("xb", m); got.Message.Body == "" {
			t.Error("it was erased after all")
		}
	})
}

// redact asks for and accepts the erasure of a record of xa.
func (w *world) redact(kind string, record int64) {
	w.t.Helper()
	ctx := w.t.Context()
	w.must(w.store.Ask(ctx, w.actor["xa"], code, withdrawalAsk(kind, record)))
	desk, err := w.store.Desk(ctx, w.actor["wco"], code)
	w.must(err)
	w.must(w.store.Accept(ctx, w.actor["wco"], code, desk.Requests[0].Seq))
}

// One's own request cannot be accepted by oneself, also where the one who asks
// directs the operation.
func TestSecondPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.send("wco", everybody())
		w.must(w.store.Ask(t.Context(), w.actor["wco"], code, withdrawalAsk(reading.Message, m.Seq)))
		desk, err := w.store.Desk(t.Context(), w.actor["wco"], code)
		w.must(err)
		w.want("oneself", w.store.Accept(t.Context(), w.actor["wco"], code, desk.Requests[0].Seq), fault.Conflict)
		w.must(w.store.Accept(t.Context(), w.actor["wco.second"], code, desk.Requests[0].Seq))
	})
}

// What was erased is gone for its originator too, can be sent by nobody again
// under its id, and changes no figure.
func TestRedact(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		m, c := w.send("xa", everybody()), w.report("xa")
		w.must(w.kept.Keep(ctx, w.actor["xa"], code, "message", string(m.ID), canary))
		c, err := w.cases.Amend(ctx, w.actor["xa"], code, c.Seq, c.Version, amended(c.Draft), canary+" reason")
		w.must(err)
		before := w.tallies()
		w.redact(reading.Message, m.Seq)
		w.redact(reading.Case, c.Seq)
		for _, who := range []string{"xa", "xb", "wco"} {
			got, file := w.read(who, m), w.readCase(who, c)
			if all := fmt.Sprintf("%+v %+v", got, file); strings.Contains(all, canary) {
				t.Errorf("%s still gets it: %s", who, all)
			}
			if got.Message.Taken.State != message.Redacted || file.Case.Redacted != "personal-data" || file.Case.Goods[0].Category != "PHA" {
				t.Errorf("%s: %+v, %+v", who, got.Message, file.Case)
			}
		}
		if after := w.tallies(); fmt.Sprint(before) != fmt.Sprint(after) || len(after) == 0 {
			t.Errorf("figures were %v and are %v", before, after)
		}
		again := message.Draft{ID: m.ID, Template: message.General, Subject: "x", Body: "x", Language: "en", TLP: "AMBER", To: everybody()}
		_, err = w.messages.Send(ctx, w.actor["xa"], code, again)
		w.want("the id again", err, fault.Conflict)
		_, err = w.cases.Amend(ctx, w.actor["xa"], code, c.Seq, c.Version+1, c.Draft, "Back.")
		w.want("amending it back", err, fault.Conflict)
		_, err = w.cases.Report(ctx, w.actor["xa"], code, c.Draft)
		w.want("reporting it again", err, fault.Conflict)
	})
}

func amended(d seizure.Draft) seizure.Draft {
	d.Remarks = canary + " more"
	return d
}

func (w *world) tallies() (out map[seizure.Cell]int64) {
	w.t.Helper()
	w.must(w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		stored, err := seizure.Cells(tx, 1)
		if err != nil {
			return err
		}
		counted, err := seizure.Recount(tx, 1)
		if fmt.Sprint(stored) != fmt.Sprint(counted) {
			w.t.Errorf("stored %v, counted %v", stored, counted)
		}
		out = stored
		return err
	}))
	return out
}
