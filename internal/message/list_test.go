package message_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

type organisationT = organisation.Organisation

// draws is randomness that repeats.
type draws struct{ *rand.Rand }

func newDraws(seed uint64) draws { return draws{rand.New(rand.NewPCG(seed, seed))} }

// some gives up to three of the names.
func (d draws) some(names ...string) (out []string) {
	for range d.IntN(4) {
		out = append(out, names[d.IntN(len(names))])
	}
	return out
}

func (d draws) one(names ...string) string { return names[d.IntN(len(names))] }

// fill sends about n random messages, and gives those that could be sent.
func (w *world) fill(n int, d draws) (all []message.Message) {
	w.t.Helper()
	writers := []string{"wco", "xa", "xb", "xc", "xa.officer"}
	for range n {
		var draft message.Draft
		switch k := d.IntN(10); {
		case k < 3:
			draft = w.general(d.some("coordination", "enforcement", "observer", "right-holder", "xa", "xb", "holder", "apart")...)
		case k < 6 || len(all) == 0:
			draft = w.warning(d.some("enforcement", "coordination", "xa", "xb", "xc", "observer", "holder", "apart")...)
			draft.ReplyDue = w.source.Now().Add(time.Duration(5+d.IntN(60)) * time.Second)
		case k < 8:
			draft = w.feedback(all[d.IntN(len(all))], d.one("hit", "clean", "not-checked"))
			draft.To = w.to(d.some("coordination", "apart", "xa")...)
		default:
			draft = w.answer(all[d.IntN(len(all))], "Yes.")
			draft.To = w.to(d.some("apart", "xa", "enforcement")...)
		}
		w.tick()
		m, err := w.messages.Send(w.t.Context(), w.actor[writers[d.IntN(len(writers))]], code, draft)
		if err == nil {
			all = append(all, m)
		} else if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.NotFound) {
			w.t.Fatal(err)
		}
	}
	return all
}

// TestListIsTheFilterOfSingleReads: for every reader and filter, a list is what
// one gets by reading every message alone and choosing, and a count its length.
func TestListIsTheFilterOfSingleReads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		all := w.fill(90, newDraws(3))
		if len(all) < 40 {
			t.Fatalf("only %d messages", len(all))
		}
		opened := 0
		for _, who := range []string{"wco.analyst", "xa", "xa.officer", "xb", "xc", "observer", "holder", "rival"} {
			var read []message.Item
			for _, m := range slices.Backward(all) {
				thread, err := w.messages.Read(t.Context(), w.actor[who], code, m.Seq)
				if missing(err) {
					continue
				}
				w.must(err)
				w.checkThread(who, thread)
				read = append(read, thread.Message)
			}
			for name, f := range map[string]struct {
				filter message.Filter
				keep   func(message.Item) bool
			}{
				"all":           {message.Filter{Limit: 7}, func(message.Item) bool { return true }},
				"general":       {message.Filter{Template: "general"}, func(i message.Item) bool { return i.Template == "general" }},
				"warnings":      {message.Filter{Template: "warning", Limit: 1}, func(i message.Item) bool { return i.Template == "warning" }},
				"feedback":      {message.Filter{Template: "feedback"}, func(i message.Item) bool { return i.Template == "feedback" }},
				"mine":          {message.Filter{Mine: true}, func(i message.Item) bool { return i.Author == w.actor[who].Person }},
				"open":          {message.Filter{Open: true, Limit: 2}, func(i message.Item) bool { return w.open1(who, i, read) }},
				"open feedback": {message.Filter{Open: true, Template: "feedback"}, func(message.Item) bool { return false }},
				"open from xb": {message.Filter{Open: true, Organisation: w.body["xb"].Number}, func(i message.Item) bool {
					return w.open1(who, i, read) && i.From.Name == "Body xb"
				}},
				"from xa": {message.Filter{Organisation: w.body["xa"].Number}, func(i message.Item) bool { return i.From.Name == "Body xa" }},
			} {
				want := slices.DeleteFunc(slices.Clone(read), func(i message.Item) bool { return !f.keep(i) })
				got := w.list(who, f.filter)
				if diff := cmp.Diff(want, got, cmp.Transformer("none", func(l []message.Item) []message.Item { return append([]message.Item{}, l...) })); diff != "" {
					t.Fatalf("%s, %s (-single reads +list):\n%s", who, name, diff)
				}
				if name == "open" {
					opened += len(got)
				}
			}
			w.checkCounts(who)
		}
		if opened < 5 {
			t.Fatalf("only %d open warnings: the draws are wrong", opened)
		}
	})
}

// open1 says the rule of open warnings again, from what the reader can read.
func (w *world) open1(who string, i message.Item, read []message.Item) bool {
	own := w.actor[who].Organisation
	asked, any, mine := false, false, false
	for _, side := range i.To.Sides {
		asked = asked || side == w.side[strings.SplitN(who, ".", 2)[0]] && (side == access.Coordination || side == access.Enforcement)
	}
	asked = (asked || slices.Contains(i.To.Organisations, own) && len(w.side[who]) > 0 && w.side[who] != access.ObserverSide &&
		w.side[who] != access.RightHolderSide || slices.Contains(i.To.Organisations, own) && strings.Contains(who, ".")) && own != i.Organisation
	for _, r := range read {
		if r.Template == message.Feedback && r.Answers == i.Seq {
			any = true
			mine = mine || r.Organisation == own
		}
	}
	return i.Template == message.Warning && (asked && !mine || !asked && !any)
}

// checkThread holds a thread to what it promises.
func (w *world) checkThread(who string, th message.Thread) {
	w.t.Helper()
	if !slices.IsSortedFunc(th.Items, func(a, b message.Item) int { return int(a.Seq - b.Seq) }) || th.Root.Seq != th.Items[0].Seq {
		w.t.Fatalf("%s: thread out of order", who)
	}
	for _, i := range th.Items {
		if i.Thread != th.Message.Thread {
			w.t.Fatalf("%s: %d is of another thread", who, i.Seq)
		}
	}
	outsider := w.side[who] == access.ObserverSide || w.side[who] == access.RightHolderSide
	if th.Known == outsider || outsider && (len(th.Reach.Organisations) > 0 || th.Reach.People > 0 || len(th.Asked) > 0 || th.Message.Asked > 0) {
		w.t.Fatalf("%s: must not know the members, or must: %+v", who, th.Reach)
	}
	if th.Warning == nil || !th.Known {
		return
	}
	heard := 0
	for _, a := range th.Asked {
		if a.Feedback != nil {
			heard++
		}
		if a.Organisation.Number == th.Warning.Organisation {
			w.t.Fatalf("%s: who warns owes no answer", who)
		}
	}
	if heard != th.Warning.Heard || len(th.Asked) != th.Warning.Asked {
		w.t.Fatalf("%s: %d of %d answered, item says %d of %d", who, heard, len(th.Asked), th.Warning.Heard, th.Warning.Asked)
	}
}

// checkCounts holds every count to the length of its list.
func (w *world) checkCounts(who string) {
	w.t.Helper()
	p, err := w.messages.List(w.t.Context(), w.actor[who], code, message.Filter{})
	w.must(err)
	got := p.Counts
	want := message.Counts{All: w.length(who, message.Filter{}), Mine: w.length(who, message.Filter{Mine: true}),
		Of: map[string]int64{}, Open: w.length(who, message.Filter{Open: true})}
	for _, t := range message.Templates() {
		if n := w.length(who, message.Filter{Template: t}); n > 0 {
			want.Of[t] = n
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Fatalf("%s: counts (-lists +got):\n%s", who, diff)
	}
	waiting, err := w.messages.Waiting(w.t.Context(), w.actor[who], code)
	w.must(err)
	var expected, overdue []int64
	openOverdue := 0
	for _, i := range w.list(who, message.Filter{Template: "warning"}) {
		if i.Waits {
			expected = append(expected, i.Seq)
			if i.Overdue {
				overdue = append(overdue, i.Seq)
			}
		}
		if i.Open && !w.source.Now().Before(i.ReplyDue) {
			openOverdue++
		}
	}
	if !slices.IsSortedFunc(waiting, func(a, b message.Item) int { return a.ReplyDue.Compare(b.ReplyDue) }) {
		w.t.Fatalf("%s: the most urgent does not come first", who)
	}
	if sorted := seqs(waiting); !slices.Equal(slices.Sorted(slices.Values(sorted)), slices.Sorted(slices.Values(expected))) {
		w.t.Fatalf("%s: waiting %v, want %v", who, sorted, expected)
	}
	w.must(w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		op := p.Standing.Operation.Number
		readable, err := audience.Readable(tx, op, w.actor[who].Organisation, w.source.Now())
		if err != nil {
			return err
		}
		open, err := message.OpenWarnings(tx, operation.Standing{Operation: operation.Operation{Number: op}, Who: w.actor[who], Now: w.source.Now()}, readable)
		counted := message.OpenCounts{Waiting: int64(len(expected)), WaitingOverdue: int64(len(overdue)), All: want.Open, AllOverdue: int64(openOverdue)}
		if open != counted {
			w.t.Errorf("%s: open %+v, want %+v", who, open, counted)
		}
		if err != nil {
			return err
		}
		latest, err := message.Latest(tx, op, readable, 3)
		if listed := seqs(w.newest(p, 3)); len(latest) != len(listed) || len(latest) > 0 && latest[0].Seq != listed[0] {
			w.t.Errorf("%s: latest %d, list begins %v", who, len(latest), listed)
		}
		return err
	}))
}

func (w *world) newest(p message.Page, n int) []message.Item { return p.Items[:min(n, len(p.Items))] }

func (w *world) length(who string, f message.Filter) int64 {
	f.Limit = 200
	return int64(len(w.list(who, f)))
}

// TestSecretsDoNotShow: two worlds that differ only in what a reader cannot see
// look the same to it, whatever it asks. Numbers of audiences, which no page
// shows, are left out: they are given in the order of first use.
func TestSecretsDoNotShow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var seen [2]string
		var first []string
		for k := range 2 {
			d := d
			if k == 1 {
				d = map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres}[d.Engine()](t)
			}
			w := newWorld(t, d)
			ids = 1 << 20
			asked := w.send("wco", w.warning("enforcement"))
			secret := w.send("xa", [2]message.Draft{w.warning("xb"), w.general("xb", "apart")}[k])
			w.send("xb", w.general("enforcement", "holder"))
			// The answers of others, which the reader is not meant to see.
			hidden := [2]message.Draft{w.feedback(asked, "hit"), w.answer(secret, "No.")}[k]
			if k == 0 {
				hidden.To = w.to("wco", "apart")
			}
			w.send("xb", hidden)
			w.send("xc", w.feedback(asked, "clean"))
			second := w.send("wco", w.warning("xa", "xb", "observer"))
			if k == 0 {
				f := w.feedback(second, "not-checked")
				f.To = w.to("wco", "xa", "apart")
				w.send("xb", f)
			} else {
				w.send("xa", w.general("wco"))
			}
			for _, who := range []string{"xc", "observer", "holder", "rival"} {
				first = append(first, w.everything(who))
			}
			seen[k] = strings.Join(first, "\n")
			first = nil
			// The same look must notice what a reader can see.
			before := w.everything("xa")
			w.send("wco", w.answer(second, "Hurry."))
			if w.everything("xa") == before {
				t.Fatal("everything does not see a new message")
			}
		}
		if diff := cmp.Diff(strings.Split(seen[0], "\n"), strings.Split(seen[1], "\n")); diff != "" {
			t.Errorf("a secret shows:\n%s", diff)
		}
	})
}

// everything is all that somebody can get of messages, as text.
func (w *world) everything(who string) string {
	w.t.Helper()
	ctx, actor := w.t.Context(), w.actor[who]
	var b strings.Builder
	show := func(what string, i message.Item) {
		i.Audience, i.Message.Asked = 0, 0
		i.To.Sides = append(i.To.Sides, "")
		fmt.Fprintf(&b, "%s %s %+v\n", who, what, i)
	}
	for _, f := range []message.Filter{{}, {Open: true}, {Template: "feedback"}, {Template: "warning"}, {Organisation: w.body["xb"].Number}} {
		p, err := w.messages.List(ctx, actor, code, f)
		w.must(err)
		fmt.Fprintf(&b, "%s %+v %d\n", who, p.Counts, p.Next)
		for _, i := range p.Items {
			show("list", i)
		}
	}
	waiting, err := w.messages.Waiting(ctx, actor, code)
	w.must(err)
	for _, i := range waiting {
		show("waits", i)
	}
	for seq := range int64(60) {
		t, err := w.messages.Read(ctx, actor, code, seq)
		if err != nil {
			fmt.Fprintf(&b, "%s %d %v\n", who, seq, err)
			continue
		}
		show("read", t.Message)
		for _, i := range t.Items {
			show("thread", i)
		}
		for _, a := range t.Asked {
			fmt.Fprintf(&b, "asked %s %v\n", a.Organisation.Name, a.Feedback != nil)
		}
		fmt.Fprintln(&b, t.Whole, t.Known, t.Outcome, t.Left, t.MayReply, t.Reach.People, len(t.Reach.Organisations))
	}
	return b.String()
}

func TestFilterRefuses(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	_, err := w.messages.List(t.Context(), w.actor["xa"], code, message.Filter{Template: "'; drop table message"})
	if problems(unwrapped(err)) != "template: fault.unknown-code" {
		t.Error(err)
	}
	w.fill(230, newDraws(5))
	p, err := w.messages.List(t.Context(), w.actor["wco"], code, message.Filter{Limit: 1 << 40, Before: -1})
	w.must(err)
	if len(p.Items) > 200 || len(p.Items) < 60 {
		t.Errorf("%d items", len(p.Items))
	}
}
