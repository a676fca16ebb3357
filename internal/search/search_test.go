package search_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/search"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// all goes through every page and names what was found; a hit may not come twice.
func (w *world) all(who, words string, in operation.Code, limit int) []string {
	w.t.Helper()
	q := search.Query{Words: words, Operation: in, Limit: limit}
	out := []string{}
	for {
		f, err := w.search.Find(w.t.Context(), w.actor[who], q)
		w.must(err)
		for _, h := range f.Hits {
			name := fmt.Sprint(h.Operation.Code, "/", h.Kind, "/", h.Seq)
			if slices.Contains(out, name) {
				w.t.Errorf("%s: %q finds %s twice", who, words, name)
			}
			out = append(out, name)
		}
		if f.Next == nil {
			slices.Sort(out)
			return out
		}
		q.From = f.Next
	}
}

// scan is what all must find: everything that the reader is shown elsewhere, looked
// at one by one.
func (w *world) scan(who, words string, in operation.Code) []string {
	w.t.Helper()
	q, err := textindex.Parse(words)
	w.must(err)
	out := []string{}
	for _, c := range codes {
		if in != "" && in != c {
			continue
		}
		p, err := w.messages.List(w.t.Context(), w.actor[who], c, message.Filter{Limit: 200})
		if err != nil && !fault.Is(err, fault.NotFound) {
			w.t.Fatal(err)
		}
		for _, m := range p.Items {
			if q.In(m.Texts()...) {
				out = append(out, fmt.Sprint(c, "/message/", m.Seq))
			}
		}
		s, err := w.cases.List(w.t.Context(), w.actor[who], c, seizure.Filter{Limit: 200})
		if err != nil && !fault.Is(err, fault.NotFound) {
			w.t.Fatal(err)
		}
		for _, k := range s.Items {
			if q.In(k.Texts()...) {
				out = append(out, fmt.Sprint(c, "/case/", k.Seq))
			}
		}
	}
	slices.Sort(out)
	return out
}

var vocabulary = strings.Fields("port shoes Café 运动鞋 假冒香烟 TCLU4265797 سجائر บุหรี่ 담배 counter-feit")

func (w *world) some(r *rand.Rand, n int) string {
	var out []string
	for range n {
		out = append(out, vocabulary[r.IntN(len(vocabulary))])
	}
	return strings.Join(out, " ")
}

// act does something at random; what the rules refuse is not done.
func (w *world) act(r *rand.Rand) {
	w.t.Helper()
	ctx, c := w.t.Context(), codes[r.IntN(2)]
	who := []string{"wco", "xa", "xb", "xa.officer", "xb.officer", "holder.officer", "observer.officer"}[r.IntN(7)]
	w.source.Set(w.source.Now().Add(time.Second))
	var err error
	switch r.IntN(9) {
	case 0, 1, 2:
		to := []audience.Address{{Sides: []access.Side{access.Enforcement}}, {Sides: []access.Side{access.Coordination}},
			{Organisations: []int64{w.body["xb"].Number}, Apart: true}, {Organisations: []int64{w.body["holder"].Number}}, {Sides: access.Sides()}}[r.IntN(5)]
		_, err = w.messages.Send(ctx, w.actor[who], c, message.Draft{Template: message.General, Subject: w.some(r, 1), Body: w.some(r, r.IntN(4)) + ".",
			Language: "en", TLP: "AMBER", To: to})
	case 3:
		_, err = w.cases.Save(ctx, w.actor[who], c, w.draft(r), 0)
	case 4, 5:
		_, err = w.cases.Report(ctx, w.actor[who], c, w.draft(r))
	default:
		err = w.change(r, who, c)
	}
	if _, ruled := errors.AsType[*fault.Fault](err); err != nil && !ruled {
		w.t.Fatal(err)
	}
}

func (w *world) draft(r *rand.Rand) seizure.Draft {
	return seizure.Draft{ID: seizure.ID(w.source.ID()), Country: "XA", Day: "2017-02-08", Place: w.some(r, 1), Remarks: w.some(r, r.IntN(3)), Language: "en",
		Conveyance: goods.Coded{Code: "sea"}, Goods: []goods.Line{{Category: "FOO", Brand: w.some(r, 1), Quantities: []goods.Quantity{{Micro: 1e6, Unit: "H87"}}}}}
}

// change does something to a case that the actor reads.
func (w *world) change(r *rand.Rand, who string, c operation.Code) error {
	ctx, by := w.t.Context(), w.actor[who]
	p, err := w.cases.List(ctx, by, c, seizure.Filter{Organisation: by.Organisation, Limit: 200})
	if err != nil || len(p.Items) == 0 {
		return err
	}
	k := p.Items[r.IntN(len(p.Items))]
	switch r.IntN(4) {
	case 0:
		_, err = w.cases.Release(ctx, by, c, k.Seq, k.Version)
	case 1:
		_, err = w.cases.Recall(ctx, by, c, k.Seq, k.Version, "a mistake")
	case 2:
		_, err = w.cases.Withdraw(ctx, by, c, k.Seq, k.Version, "a mistake")
	default:
		d := w.draft(r)
		d.ID = k.ID
		_, err = w.cases.Amend(ctx, by, c, k.Seq, k.Version, d, "a mistake")
	}
	return err
}

// Over random worlds, with releases, recalls, withdrawals, amendments and members
// who leave, everybody finds exactly what it is shown elsewhere; also from an index
// that was made again.
func TestFindsWhatIsRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		r := rand.New(rand.NewPCG(4, 29))
		readers := append([]string{"outsider"}, "wco", "xa.officer", "xb", "xb.officer", "observer.officer", "holder.officer", "holder")
		found, refound := 0, 0
		compare := func() (n int) {
			for _, who := range readers {
				words, in := w.some(r, 1), []operation.Code{"", codes[0]}[r.IntN(2)]
				if who == "outsider" || who == "holder" { // in no operation, or without a role that reads
					in = ""
				}
				if _, err := w.operations.Read(t.Context(), w.actor[who], codes[0]); err != nil {
					in = ""
				}
				got, want := w.all(who, words, in, 1+r.IntN(9)), w.scan(who, words, in)
				if !slices.Equal(got, want) {
					t.Fatalf("%s finds %q in %q: %v, want %v", who, words, in, got, want)
				}
				n += len(want)
			}
			return n
		}
		for range 12 {
			for range 12 {
				w.act(r)
			}
			found += compare()
		}
		w.must(w.operations.End(t.Context(), w.actor["wco"], codes[0], w.body["xb"].ID))
		w.must(w.operations.End(t.Context(), w.actor["wco"], codes[1], w.body["holder"].ID))
		found += compare()
		w.must(w.search.Again(t.Context()))
		if f, err := w.search.Find(t.Context(), w.actor["wco"], search.Query{Words: "port"}); err != nil || !f.Unfinished {
			t.Errorf("an index that is not whole: %+v, %v", f.Unfinished, err)
		}
		for more := true; more; {
			var err error
			more, err = w.search.Index(t.Context())
			w.must(err)
		}
		refound = compare()
		if f, err := w.search.Find(t.Context(), w.actor["wco"], search.Query{Words: "port"}); err != nil || f.Unfinished {
			t.Errorf("an index that is whole: %+v, %v", f.Unfinished, err)
		}
		if found < 200 || refound < 5 {
			t.Errorf("only %d and %d were compared", found, refound)
		}
	})
}

// What is not open is as what is not there; nobody asks nothing.
func TestRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, in := range []operation.Code{codes[0], "no-such"} {
			if _, err := w.search.Find(t.Context(), w.actor["outsider"], search.Query{Words: "port", Operation: in}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", in, err)
			}
		}
		if _, err := w.search.Find(t.Context(), access.Actor{}, search.Query{Words: "port"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody: %v", err)
		}
		if _, err := w.search.Find(t.Context(), w.actor["xa"], search.Query{Words: strings.Repeat("x", 257)}); !fault.Is(err, fault.Invalid) {
			t.Errorf("too long: %v", err)
		}
		if f, err := w.search.Find(t.Context(), w.actor["xa"], search.Query{Words: " -- "}); err != nil || !f.Nothing || len(f.Operations) != 2 {
			t.Errorf("no word: %+v, %v", f, err)
		}
	})
}

// Snippets hold what was found, marked, cut between characters.
func TestSnippet(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		long := strings.Repeat("查获假冒运动鞋五百双", 60) + "特征词" + strings.Repeat("从广州来", 60)
		for _, body := range []string{long, strings.Repeat("one two ", 100) + "the smuggled Café here " + strings.Repeat("and more ", 100)} {
			_, err := w.messages.Send(t.Context(), w.actor["wco"], codes[0], message.Draft{Template: message.General, Subject: "Subject", Body: body,
				Language: "en", TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Enforcement}}})
			w.must(err)
		}
		for words, want := range map[string]string{"特征词": "[特征词]从广州来", "smuggled cafe": "the [smuggled] [Café] here"} {
			f, err := w.search.Find(t.Context(), w.actor["xa.officer"], search.Query{Words: words})
			w.must(err)
			if len(f.Hits) != 1 {
				t.Fatalf("%q: %d hits", words, len(f.Hits))
			}
			text := ""
			for _, p := range f.Hits[0].Snippet {
				if p.Marked {
					text += "[" + p.Text + "]"
				} else {
					text += p.Text
				}
			}
			if !strings.Contains(text, want) || len(text) > 300 || strings.ContainsRune(text, '\uFFFD') || !strings.HasPrefix(text, "… ") {
				t.Errorf("%q: %s", words, text)
			}
		}
	})
}
