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
	"github.com/tidewaiter/tidewaiter/internal/message/messagetest"
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
	w.T.Helper()
	writers := []string{"wco", "xa", "xb", "xc", "xa.officer"}
	for range n {
		var draft message.Draft
		switch k := d.IntN(10); {
		case k < 3:
			draft = w.General(d.some("coordination", "enforcement", "observer", "right-holder", "xa", "xb", "holder", "apart")...)
		case k < 6 || len(all) == 0:
			draft = w.Warning(d.some("enforcement", "coordination", "xa", "xb", "xc", "observer", "holder", "apart")...)
			draft.ReplyDue = w.Source.Now().Add(time.Duration(5+d.IntN(60)) * time.Second)
		case k < 8:
			draft = w.Feedback(all[d.IntN(len(all))], d.one("hit", "clean", "not-checked"))
			draft.To = w.To(d.some("coordination", "apart", "xa")...)
		default:
			draft = w.Answer(all[d.IntN(len(all))], "Yes.")
			draft.To = w.To(d.some("apart", "xa", "enforcement")...)
		}
		w.Tick()
		m, err := w.Messages.Send(w.T.Context(), w.Actor[writers[d.IntN(len(writers))]], code, draft)
		if err == nil {
			all = append(all, m)
		} else if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.NotFound) {
			w.T.Fatal(err)
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
				thread, err := w.Messages.Read(t.Context(), w.Actor[who], code, m.Seq)
				if missing(err) {
					continue
				}
				w.Must(err)
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
				"mine":          {message.Filter{Mine: true}, func(i message.Item) bool { return i.Author == w.Actor[who].Person }},
				"open":          {message.Filter{Open: true, Limit: 2}, func(i message.Item) bool { return w.open1(who, i, read) }},
				"open feedback": {message.Filter{Open: true, Template: "feedback"}, func(message.Item) bool { return false }},
				"open from xb": {message.Filter{Open: true, Organisation: w.Body["xb"].Number}, func(i message.Item) bool {
					return w.open1(who, i, read) && i.From.Name == "Body xb"
				}},
				"from xa": {message.Filter{Organisation: w.Body["xa"].Number}, func(i message.Item) bool { return i.From.Name == "Body xa" }},
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
	own := w.Actor[who].Organisation
	asked, any, mine := false, false, false
	for _, side := range i.To.Sides {
		asked = asked || side == w.Side[strings.SplitN(who, ".", 2)[0]] && (side == access.Coordination || side == access.Enforcement)
	}
	asked = (asked || slices.Contains(i.To.Organisations, own) && len(w.Side[who]) > 0 && w.Side[who] != access.ObserverSide &&
		w.Side[who] != access.RightHolderSide || slices.Contains(i.To.Organisations, own) && strings.Contains(who, ".")) && own != i.Organisation
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
	w.T.Helper()
	if !slices.IsSortedFunc(th.Items, func(a, b message.Item) int { return int(a.Seq - b.Seq) }) || th.Root.Seq != th.Items[0].Seq {
		w.T.Fatalf("%s: thread out of order", who)
	}
	for _, i := range th.Items {
		if i.Thread != th.Message.Thread {
			w.T.Fatalf("%s: %d is of another thread", who, i.Seq)
		}
	}
	outsider := w.Side[who] == access.ObserverSide || w.Side[who] == access.RightHolderSide
	if th.Known == outsider || outsider && (len(th.Reach.Organisations) > 0 || th.Reach.People > 0 || len(th.Asked) > 0 || th.Message.Asked > 0) {
		w.T.Fatalf("%s: must not know the members, or must: %+v", who, th.Reach)
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
			w.T.Fatalf("%s: who warns owes no answer", who)
		}
	}
	if heard != th.Warning.Heard || len(th.Asked) != th.Warning.Asked {
		w.T.Fatalf("%s: %d of %d answered, item says %d of %d", who, heard, len(th.Asked), th.Warning.Heard, th.Warning.Asked)
	}
}

// checkCounts holds every count to the length of its list.
func (w *world) checkCounts(who string) {
	w.T.Helper()
	p, err := w.Messages.List(w.T.Context(), w.Actor[who], code, message.Filter{})
	w.Must(err)
	got := p.Counts
	want := message.Counts{All: w.length(who, message.Filter{}), Mine: w.length(who, message.Filter{Mine: true}),
		Of: map[string]int64{}, Open: w.length(who, message.Filter{Open: true})}
	for _, t := range message.Templates() {
		if n := w.length(who, message.Filter{Template: t}); n > 0 {
			want.Of[t] = n
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.T.Fatalf("%s: counts (-lists +got):\n%s", who, diff)
	}
	waiting, err := w.Messages.Waiting(w.T.Context(), w.Actor[who], code)
	w.Must(err)
	var expected, overdue []int64
	openOverdue := 0
	for _, i := range w.list(who, message.Filter{Template: "warning"}) {
		if i.Waits {
			expected = append(expected, i.Seq)
			if i.Overdue {
				overdue = append(overdue, i.Seq)
			}
		}
		if i.Open && !w.Source.Now().Before(i.ReplyDue) {
			openOverdue++
		}
	}
	if !slices.IsSortedFunc(waiting, func(a, b message.Item) int { return a.ReplyDue.Compare(b.ReplyDue) }) {
		w.T.Fatalf("%s: the most urgent does not come first", who)
	}
	if sorted := seqs(waiting); !slices.Equal(slices.Sorted(slices.Values(sorted)), slices.Sorted(slices.Values(expected))) {
		w.T.Fatalf("%s: waiting %v, want %v", who, sorted, expected)
	}
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		op := p.Standing.Operation.Number
		readable, err := audience.Readable(tx, op, w.Actor[who].Organisation, w.Source.Now())
		if err != nil {
			return err
		}
		open, err := message.OpenWarnings(tx, operation.Standing{Operation: operation.Operation{Number: op}, Who: w.Actor[who], Now: w.Source.Now()}, readable)
		counted := message.OpenCounts{Waiting: int64(len(expected)), WaitingOverdue: int64(len(overdue)), All: want.Open, AllOverdue: int64(openOverdue)}
		if open != counted {
			w.T.Errorf("%s: open %+v, want %+v", who, open, counted)
		}
		if err != nil {
			return err
		}
		latest, err := message.Latest(tx, op, readable, 3)
		if listed := seqs(w.newest(p, 3)); len(latest) != len(listed) || len(latest) > 0 && latest[0].Seq != listed[0] {
			w.T.Errorf("%s: latest %d, list begins %v", who, len(latest), listed)
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
			messagetest.From(1 << 20)
			asked := w.Send("wco", w.Warning("enforcement"))
			secret := w.Send("xa", [2]message.Draft{w.Warning("xb"), w.General("xb", "apart")}[k])
			w.Send("xb", w.General("enforcement", "holder"))
			// The answers of others, which the reader is not meant to see.
			hidden := [2]message.Draft{w.Feedback(asked, "hit"), w.Answer(secret, "No.")}[k]
			if k == 0 {
				hidden.To = w.To("wco", "apart")
			}
			w.Send("xb", hidden)
			w.Send("xc", w.Feedback(asked, "clean"))
			second := w.Send("wco", w.Warning("xa", "xb", "observer"))
			if k == 0 {
				f := w.Feedback(second, "not-checked")
				f.To = w.To("wco", "xa", "apart")
				w.Send("xb", f)
			} else {
				w.Send("xa", w.General("wco"))
			}
			for _, who := range []string{"xc", "observer", "holder", "rival"} {
				first = append(first, w.everything(who))
			}
			seen[k] = strings.Join(first, "\n")
			first = nil
			// The same look must notice what a reader can see.
			before := w.everything("xa")
			w.Send("wco", w.Answer(second, "Hurry."))
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
	w.T.Helper()
	ctx, actor := w.T.Context(), w.Actor[who]
	var b strings.Builder
	show := func(what string, i message.Item) {
		i.Audience, i.Message.Asked = 0, 0
		i.To.Sides = append(i.To.Sides, "")
		fmt.Fprintf(&b, "%s %s %+v\n", who, what, i)
	}
	for _, f := range []message.Filter{{}, {Open: true}, {Template: "feedback"}, {Template: "warning"}, {Organisation: w.Body["xb"].Number}} {
		p, err := w.Messages.List(ctx, actor, code, f)
		w.Must(err)
		fmt.Fprintf(&b, "%s %+v %d\n", who, p.Counts, p.Next)
		for _, i := range p.Items {
			show("list", i)
		}
	}
	waiting, err := w.Messages.Waiting(ctx, actor, code)
	w.Must(err)
	for _, i := range waiting {
		show("waits", i)
	}
	for seq := range int64(60) {
		t, err := w.Messages.Read(ctx, actor, code, seq)
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
	_, err := w.Messages.List(t.Context(), w.Actor["xa"], code, message.Filter{Template: "'; drop table message"})
	if problems(unwrapped(err)) != "template: fault.unknown-code" {
		t.Error(err)
	}
	w.fill(230, newDraws(5))
	p, err := w.Messages.List(t.Context(), w.Actor["wco"], code, message.Filter{Limit: 1 << 40, Before: -1})
	w.Must(err)
	if len(p.Items) > 200 || len(p.Items) < 60 {
		t.Errorf("%d items", len(p.Items))
	}
}
