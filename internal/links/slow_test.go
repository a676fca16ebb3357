package links_test

import (
	"maps"
	"slices"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// join is a link as the slow look remembers it: who read both records then.
type join struct {
	one, other int64
	by         string // body
	both       []string
}

func (j join) is(a, b int64) bool { return j.one == a && j.other == b || j.one == b && j.other == a }

// bodyOf is the body of an actor.
func bodyOf(who string) string {
	switch who {
	case "officer":
		return "xb"
	case "trainer":
		return "xa"
	}
	return who
}

// live lets one thing happen.
func (w *world) live(t *rapid.T) {
	who := rapid.SampledFrom([]string{"xa", "xb", "xc", "officer"}).Draw(t, "who")
	if w.away[bodyOf(who)] || who == "officer" && w.been["xb"] {
		who = "wco"
	}
	lines := rapid.SliceOfNDistinct(rapid.SampledFrom(w.numbers), 0, 3, rapid.ID[string]).Draw(t, "lines")
	to := []audience.Address{toAll, toEnforcement, w.only("holder"), {Sides: []access.Side{access.Coordination}}}
	if !w.away["xa"] && !w.away["xb"] {
		to = append(to, w.only("xa"), w.only("xa", "xb"))
	}
	switch act := rapid.IntRange(0, 9).Draw(t, "act"); {
	case act <= 2 || who == "wco" && act != 6:
		w.send(who, rapid.SampledFrom(to).Draw(t, "to"), lines...)
	case act <= 4:
		w.report(who, lines...)
	case act == 5 && who != "officer":
		w.change(t, who, lines)
	case act <= 8:
		w.linkSome(t, who)
	default:
		w.move(rapid.SampledFrom([]string{"xa", "xb", "xc"}).Draw(t, "body"))
	}
}

// move lets a body leave, or come back.
func (w *world) move(b string) {
	w.tick()
	if w.away[b] {
		w.join(b)
	} else {
		w.must(w.operations.End(w.t.Context(), w.actor["wco"], code, w.body[b].ID))
	}
	w.away[b], w.been[b] = !w.away[b], true
}

// change recalls, releases, withdraws or amends one of an organisation's cases.
func (w *world) change(t *rapid.T, who string, lines []string) {
	page, err := w.cases.List(w.t.Context(), w.actor[who], code, seizure.Filter{Organisation: w.actor[who].Organisation, Limit: 200})
	w.must(err)
	if len(page.Items) == 0 {
		return
	}
	c := rapid.SampledFrom(page.Items).Draw(t, "case")
	w.tick()
	ctx, actor := w.t.Context(), w.actor[who]
	switch act := rapid.IntRange(0, 2).Draw(t, "how"); {
	case c.State == seizure.Withdrawn:
	case act == 0 && c.State == seizure.Released:
		_, err = w.cases.Recall(ctx, actor, code, c.Seq, c.Version, "because")
	case act == 0:
		_, err = w.cases.Release(ctx, actor, code, c.Seq, c.Version)
	case act == 1:
		d := c.Draft
		d.Marks = parsed(lines)
		_, err = w.cases.Amend(ctx, actor, code, c.Seq, c.Version, d, "because")
	default:
		_, err = w.cases.Withdraw(ctx, actor, code, c.Seq, c.Version, "because")
	}
	w.must(err)
}

// linkSome links two records that somebody reads, or takes a link back.
func (w *world) linkSome(t *rapid.T, who string) {
	mine := w.look(who)
	if len(mine) < 2 {
		return
	}
	seqs := slices.Sorted(maps.Keys(mine))
	one, other := rapid.SampledFrom(seqs).Draw(t, "one"), rapid.SampledFrom(seqs).Draw(t, "other")
	if one == other {
		return
	}
	w.tick()
	at := slices.IndexFunc(w.made, func(j *join) bool { return j.is(one, other) && slices.Contains(j.both, bodyOf(who)) })
	if at >= 0 && rapid.Bool().Draw(t, "unlink") {
		err := w.links.Unlink(w.t.Context(), w.actor[who], code, one, other)
		switch {
		case w.made[at].by == bodyOf(who), bodyOf(who) == "wco": // who linked them, or coordination
			w.must(err)
			w.made = slices.Delete(w.made, at, at+1)
		case !fault.Is(err, fault.NotFound):
			t.Fatalf("%s unlinks what %s linked: %v", who, w.made[at].by, err)
		}
		return
	}
	w.must(w.links.Link(w.t.Context(), w.actor[who], code, one, other))
	if at >= 0 {
		return
	}
	j := &join{one: one, other: other, by: bodyOf(who)}
	for _, b := range []string{"wco", "xa", "xb", "xc"} {
		all := w.look(b)
		_, a := all[one]
		_, c := all[other]
		// Who is away now reads when it comes back what is for its whole side.
		if a && c || w.away[b] && w.wide(one) && w.wide(other) {
			j.both = append(j.both, b)
		}
	}
	w.made = append(w.made, j)
}

// wide tells whether a record is for all who control goods.
func (w *world) wide(seq int64) (wide bool) {
	w.must(w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		number, err := db.One(tx, selectAudience, db.Int64, int64(1), seq)
		if err != nil {
			return err
		}
		v, err := audience.Of(tx, 1, number)
		wide = slices.Contains(v.Sides, access.Enforcement)
		return err
	}))
	return wide
}

var selectAudience = db.Statement(`select audience from message where operation = $1 and seq = $2
	union all select audience from seizure where operation = $1 and seq = $2`)

// look gives the numbers that the records carry which somebody may read, from the
// lists that everybody reads.
func (w *world) look(who string) map[int64][]string {
	out := map[int64][]string{}
	if w.away[bodyOf(who)] {
		return out
	}
	for f := (message.Filter{Limit: 200}); ; {
		page, err := w.messages.Feed(w.t.Context(), w.actor[who], code, f)
		w.must(err)
		for _, m := range page.Items {
			out[m.Seq] = []string{}
			for _, k := range m.Marks {
				out[m.Seq] = append(out[m.Seq], k.Canonical())
			}
		}
		if f.Before = page.Next; page.Next == 0 {
			break
		}
	}
	for f := (seizure.Filter{Limit: 200}); ; {
		page, err := w.cases.List(w.t.Context(), w.actor[who], code, f)
		if fault.Is(err, fault.NotFound) {
			return out
		}
		w.must(err)
		for _, c := range page.Items {
			out[c.Seq] = []string{}
			for _, k := range c.Marks {
				out[c.Seq] = append(out[c.Seq], k.Canonical())
			}
		}
		if f.Before = page.Next; page.Next == 0 {
			return out
		}
	}
}

// thread are the records that links lead to, through what somebody reads.
func (w *world) thread(who string, all map[int64][]string, seq int64) []int64 {
	seen := map[int64]bool{seq: true}
	for grown := true; grown; {
		grown = false
		for _, j := range w.made {
			_, a := all[j.one]
			_, b := all[j.other]
			if a && b && slices.Contains(j.both, bodyOf(who)) && seen[j.one] != seen[j.other] {
				seen[j.one], seen[j.other], grown = true, true, true
			}
		}
	}
	delete(seen, seq)
	return slices.Sorted(maps.Keys(seen))
}

// compare looks at some records as everybody.
func (w *world) compare(t *rapid.T) {
	every := slices.Sorted(maps.Keys(w.look("wco")))
	for _, who := range []string{"wco", "xa", "xb", "xc", "one", "holder"} {
		all := w.look(who)
		seqs := slices.Sorted(maps.Keys(all))
		for range 2 {
			seq := rapid.SampledFrom(append(slices.Clone(seqs), append(every, -1)...)).Draw(t, "seq")
			w.compareOne(t, who, all, seq)
		}
	}
}

func (w *world) compareOne(t *rapid.T, who string, all map[int64][]string, seq int64) {
	got, err := w.of(who, seq)
	if _, reads := all[seq]; !reads {
		if !fault.Is(err, fault.NotFound) {
			t.Fatalf("%s reads %d: %v", who, seq, err)
		}
		return
	}
	w.must(err)
	thread := w.thread(who, all, seq)
	named, common := map[int64]bool{}, []string{}
	for _, number := range all[seq] {
		var carry []int64
		for other, numbers := range all {
			if other != seq && slices.Contains(numbers, number) {
				carry = append(carry, other)
			}
		}
		if len(carry) > links.MaxNamed {
			common = append(common, number)
			continue
		}
		for _, other := range carry {
			named[other] = !slices.Contains(thread, other)
		}
	}
	maps.DeleteFunc(named, func(_ int64, apart bool) bool { return !apart })
	if want := slices.Sorted(maps.Keys(named)); !slices.Equal(want, append([]int64(nil), w.named(who, seq)...)) {
		t.Fatalf("%s of %d: named %v, want %v", who, seq, w.named(who, seq), want)
	}
	if have := w.linked(who, seq); !slices.Equal(have, thread) {
		t.Fatalf("%s of %d: linked %v, want %v", who, seq, have, thread)
	}
	var told []string
	for _, m := range got.Common {
		told = append(told, m.Canonical())
	}
	if !slices.Equal(told, common) && len(told)+len(common) > 0 {
		t.Fatalf("%s of %d: common %v, want %v", who, seq, told, common)
	}
	w.shown, w.led, w.many = w.shown+len(named), w.led+len(thread), w.many+len(common)
}
