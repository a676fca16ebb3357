package links_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

var (
	toAll         = audience.Address{Sides: access.Sides()}
	toEnforcement = audience.Address{Sides: []access.Side{access.Enforcement}}
)

func (w *world) only(bodies ...string) audience.Address {
	to := audience.Address{Apart: true}
	for _, b := range bodies {
		to.Organisations = append(to.Organisations, w.body[b].Number)
	}
	return to
}

// A message and a case that carry one container know of each other, as far as
// their reader reads both; the writing of the number does not matter.
func TestNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		warning := w.send("xa", toAll, "csqu 305438-3", "seal: 0482913")
		c := w.report("officer", "CSQU٣٠٥٤٣٨٣")
		secret := w.send("xa", w.only("xc"), box)
		text := w.send("wco", toEnforcement) // no number at all
		for who, want := range map[string][]int64{"xa": {secret}, "xb": {c.Seq}, "wco": {c.Seq}, "xc": {secret}, "one": {}, "holder": {}, "trainer": {secret}} {
			if got := w.named(who, warning); !slices.Equal(got, want) {
				t.Errorf("%s of the warning: %v, want %v", who, got, want)
			}
			if got := w.named(who, text); len(got) > 0 {
				t.Errorf("%s of a message without numbers: %v", who, got)
			}
		}
		for _, who := range []string{"xa", "xc", "one", "holder", "trainer"} {
			if _, err := w.of(who, c.Seq); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s of a case that waits: %v", who, err)
			}
		}
		_, err := w.cases.Release(t.Context(), w.actor["xb"], code, c.Seq, c.Version)
		w.must(err)
		for who, want := range map[string][]int64{"xa": {c.Seq, secret}, "xc": {c.Seq, secret}, "xb": {c.Seq}, "one": {}, "holder": {}, "trainer": {secret}} {
			if got := w.named(who, warning); !slices.Equal(got, want) {
				t.Errorf("%s after the release: %v, want %v", who, got, want)
			}
		}
		same, err := w.links.Same(t.Context(), w.actor["xa"], code, []consignment.Mark{{Kind: consignment.Container, Value: "CSQU 3054383"}})
		w.must(err)
		if len(same.Named) != 3 || same.Named[0].Seq() != warning || same.Named[0].Shared[0].Value != "CSQU 3054383" {
			t.Errorf("while writing: %+v", same.Named)
		}
		w.fine()
	})
}

// A number that stands in more than twenty records is left out, and that is said:
// of those that the reader may read.
func TestCommonNumbers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		first := w.send("xa", toEnforcement, box, "seal: 0482913")
		for range links.MaxNamed {
			w.send("xa", toEnforcement, box)
		}
		w.send("xa", w.only("xc"), box)
		for who, want := range map[string]int{"xb": links.MaxNamed, "wco": links.MaxNamed, "xc": 0, "xa": 0} {
			c, err := w.of(who, first)
			w.must(err)
			if len(c.Named) != want || (len(c.Common) == 1) != (want == 0) {
				t.Errorf("%s: %d named, common %v", who, len(c.Named), c.Common)
			}
		}
	})
}

// Whoever reads two records links them; the link shows to those who read both and
// control goods, and to nobody else, whatever becomes of the records.
func TestLink(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		warning := w.send("xa", toAll, box)
		c := w.report("xb", box)
		answer := w.send("xc", w.only("xa", "xb"), box)
		link := func(who string, one, other int64) error {
			return w.links.Link(t.Context(), w.actor[who], code, one, other)
		}
		unlink := func(who string, one, other int64) error {
			return w.links.Unlink(t.Context(), w.actor[who], code, one, other)
		}
		for _, who := range []string{"one", "holder", "trainer"} {
			if err := link(who, warning, c.Seq); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s links: %v", who, err)
			}
		}
		if err := link("wco", warning, answer); !fault.Is(err, fault.NotFound) {
			t.Errorf("links what it does not read: %v", err)
		}
		if err := link("xa", warning, 1<<40); !fault.Is(err, fault.NotFound) {
			t.Errorf("links what there is not: %v", err)
		}
		if err := link("xa", warning, warning); !fault.Is(err, fault.Invalid) {
			t.Errorf("links a record with itself: %v", err)
		}
		w.must(link("xa", c.Seq, warning))
		w.must(link("xb", warning, c.Seq)) // the same again
		w.must(link("xc", c.Seq, answer))
		for who, want := range map[string][]int64{"xa": {c.Seq, answer}, "xb": {c.Seq, answer}, "xc": {c.Seq, answer}, "wco": {c.Seq}, "one": nil, "holder": nil, "trainer": nil} {
			if got := w.linked(who, warning); !slices.Equal(got, want) {
				t.Errorf("%s: linked %v, want %v", who, got, want)
			}
		}
		if got := w.named("xa", warning); len(got) > 0 {
			t.Errorf("what is linked is named again: %v", got)
		}
		c, err := w.cases.Recall(t.Context(), w.actor["xb"], code, c.Seq, c.Version, "because")
		w.must(err)
		for who, want := range map[string][]int64{"xa": nil, "xb": {c.Seq, answer}, "xc": nil, "wco": {c.Seq}} {
			if got := w.linked(who, warning); !slices.Equal(got, want) {
				t.Errorf("%s after a recall: linked %v, want %v", who, got, want)
			}
		}
		if err := unlink("xa", warning, c.Seq); !fault.Is(err, fault.NotFound) {
			t.Errorf("unlinks what it does not read any more: %v", err)
		}
		if err := unlink("xb", warning, c.Seq); !fault.Is(err, fault.NotFound) {
			t.Errorf("unlinks what another organisation linked: %v", err)
		}
		w.must(unlink("wco", warning, c.Seq))
		w.must(unlink("wco", warning, c.Seq))
		if got := w.linked("xb", warning); len(got) > 0 {
			t.Errorf("after unlinking: %v", got)
		}
		w.must(w.operations.End(t.Context(), w.actor["wco"], code, w.body["xc"].ID))
		if _, err := w.of("xc", answer); !fault.Is(err, fault.NotFound) {
			t.Errorf("who left reads: %v", err)
		}
		w.fine()
	})
}

// A record that the reader may not read, and a link of it, change no byte of what
// the reader is shown.
func TestSwap(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		warning := w.send("xa", toAll, box)
		shown := func() map[string]string {
			out := map[string]string{}
			for _, who := range []string{"xb", "xc", "wco", "one", "holder", "trainer"} {
				c, err := w.of(who, warning)
				w.must(err)
				same, err := w.links.Same(t.Context(), w.actor[who], code, []consignment.Mark{consignment.Parse(box)})
				w.must(err)
				c.Standing, same.Standing = operation.Standing{}, operation.Standing{}
				b, err := json.Marshal([]any{c, same})
				w.must(err)
				out[who] = string(b)
			}
			return out
		}
		before := shown()
		hidden := w.send("xa", w.only("xa"), box)
		w.must(w.links.Link(t.Context(), w.actor["xa"], code, warning, hidden))
		draft, err := w.cases.Save(t.Context(), w.actor["xa"], code, seizure.Draft{ID: seizure.ID(w.source.ID()), Marks: parsed([]string{box})}, 0)
		w.must(err)
		if got := w.named("xa", warning); !slices.Equal(got, []int64{draft.Seq}) {
			t.Errorf("its own draft: %v", got)
		}
		after := shown()
		for who := range before {
			if who != "trainer" && before[who] != after[who] {
				t.Errorf("%s sees what is hidden:\n%s\n%s", who, before[who], after[who])
			}
		}
		if before["trainer"] == after["trainer"] {
			t.Error("nothing was hidden: the trainer of xa should see the message")
		}
	})
}

// Over random lives of records and members, what is shown is what a slow look at
// the lists gives.
func TestAgainstSlowLook(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.numbers = []string{box, "TEXU3070079", "180-81140743", "RR473124829GB"}
		for i := range 30 {
			w.numbers = append(w.numbers, fmt.Sprintf("seal: S-%03d", i))
		}
		rapid.Check(t, func(t *rapid.T) {
			for range rapid.IntRange(1, 8).Draw(t, "acts") {
				w.live(t)
			}
			w.compare(t)
		})
		w.fine()
		if w.shown == 0 || w.led == 0 || w.many == 0 {
			t.Fatalf("%d named, %d linked, %d too common: the test compared too little", w.shown, w.led, w.many)
		}
	})
}
