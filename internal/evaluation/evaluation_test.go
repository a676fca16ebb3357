package evaluation_test

import (
	"encoding/json"
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
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const code = operationtest.Code

// world is a workshop of wco's in Tokyo with two sessions, of which the second is
// held by the right holder "holder".
type world struct {
	*operationtest.World
	store       *evaluation.Store
	workshops   *workshop.Store
	nominations *nomination.Store
	w           workshop.Workshop
	sessions    [2]workshop.ID
	guests      []string
	ids         int
}

func (w *world) id() string {
	w.ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", w.ids)
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	ctx := t.Context()
	w.store, w.workshops, w.nominations = evaluation.NewStore(d, w.Journal, w.Source), workshop.NewStore(d, w.Journal, w.Source), nomination.NewStore(d, w.Journal, w.Source)
	w.Give("wco", "trainer", access.Trainer)
	w.Leave("gone")
	var err error
	w.w, err = w.workshops.Plan(ctx, w.Actor["wco"], code, workshop.Draft{ID: workshop.ID(w.id()), Kind: workshop.TrainTheTrainer, Title: "Teach", Language: "en",
		Place: "Tokyo", Zone: "Asia/Tokyo", Starts: "2017-02-13", Ends: "2017-02-14",
		To: audience.Address{Sides: []access.Side{access.Enforcement, access.RightHolderSide}}})
	w.Must(err)
	for i, by := range []workshop.SpeakerDraft{{Name: "Host", Function: workshop.SpeakerCoordinator},
		{Name: "Holder", Function: workshop.SpeakerHolder, Organisation: organisation.ID(w.Body["holder"].ID)}} {
		s, err := w.workshops.AddSession(ctx, w.Actor["wco"], code, w.w.ID, workshop.SessionDraft{ID: workshop.ID(w.id()), Title: fmt.Sprint("Session ", i+1),
			Starts: fmt.Sprintf("2017-02-13T%02d:00", 9+i), Ends: fmt.Sprintf("2017-02-13T%02d:30", 9+i), Speakers: []workshop.SpeakerDraft{by}})
		w.Must(err)
		w.sessions[i] = s.ID
	}
	w.Must(w.workshops.Call(ctx, w.Actor["wco"], code, w.w.ID))
	for _, body := range []string{"xa", "xb"} {
		for n := range 3 {
			name := fmt.Sprintf("%s.guest%d", body, n)
			w.Give(body, fmt.Sprint("guest", n), access.Officer)
			p, err := w.nominations.Nominate(ctx, w.Actor[body], code, w.w.ID, nomination.Draft{ID: participant.ID(w.id()), Person: person.ID(w.Actor[name].Person),
				Name: "Guest " + name, Position: "officer", Language: "en"})
			w.Must(err)
			_, err = w.nominations.Confirm(ctx, w.Actor["wco"], code, w.w.ID, true, "", p[0].ID)
			w.Must(err)
			w.guests = append(w.guests, name)
		}
	}
	return w
}

func (w *world) draft() evaluation.Draft {
	return evaluation.Draft{Language: "en", Opens: "2017-02-14", Closes: "2017-02-16", Questions: []evaluation.Question{
		{Kind: evaluation.Scale, Ready: "usefulness"}, {Kind: evaluation.Choice, Several: true, Text: "Which days?", Choices: []string{"One", "Two", "Three"}},
		{Kind: evaluation.Text, Ready: "keep"}, {Kind: evaluation.Scale, Each: true, Ready: "session"}}}
}

func (w *world) at(utc string) {
	t, err := time.Parse("2006-01-02T15:04", utc)
	w.Must(err)
	w.Source.Set(t)
}

func (w *world) ask() evaluation.Evaluation {
	w.T.Helper()
	e, err := w.store.Ask(w.T.Context(), w.Actor["wco.trainer"], code, w.w.ID, w.draft())
	w.Must(err)
	return e
}

func (w *world) answer(who string, said ...evaluation.Said) error {
	w.Source.Set(w.Source.Now().Add(time.Second))
	return w.store.Answer(w.T.Context(), w.Actor[who], code, w.w.ID, said)
}

// TestResultsHoldNoNames: whatever is answered, corrected and left out, results are
// those of a slow count; nothing that leaves the store says who said what.
func TestResultsHoldNoNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.ask()
		w.at("2017-02-14T08:00")
		r := rand.New(rand.NewPCG(5, 5))
		last := map[string][]evaluation.Said{}
		for n := range 20 {
			who := w.guests[r.IntN(len(w.guests))]
			var said []evaluation.Said
			for _, s := range []evaluation.Said{{Question: "q1", Values: []int{1 + r.IntN(5)}}, {Question: "q2", Values: []int{r.IntN(3), r.IntN(3)}},
				{Question: "q3", Words: fmt.Sprintf("WORDS %d of %s", n, who)}, {Question: "q4", Session: w.sessions[0], Values: []int{1 + r.IntN(5)}},
				{Question: "q4", Session: w.sessions[1], Values: []int{1 + r.IntN(5)}}} {
				if r.IntN(3) > 0 {
					said = append(said, s)
				}
			}
			if err := w.answer(who, said...); len(said) > 0 {
				w.Must(err)
				last[who] = said
			} else if !fault.Is(err, fault.Invalid) {
				t.Fatal("nothing said:", err)
			}
		}
		res, err := w.store.Results(ctx, w.Actor["wco"], code, w.w.ID)
		if err != nil || res.Answers != int64(len(last)) || len(res.Evaluation.Ended.Cells) != 0 {
			t.Fatalf("before it is closed: %+v %v", res, err)
		}
		w.sealed("WORDS")
		if n, err := w.store.CloseDue(ctx); n != 0 || err != nil {
			t.Fatal("closed too soon:", n, err)
		}
		w.at("2017-02-16T14:59") // a minute to midnight in Tokyo
		if n, err := w.store.CloseDue(ctx); n != 0 || err != nil {
			t.Fatal("closed a minute too soon:", n, err)
		}
		w.at("2017-02-16T15:00")
		if err := w.answer(w.guests[0], evaluation.Said{Question: "q1", Values: []int{1}}); !fault.Is(err, fault.Conflict) {
			t.Error("answered after the last day:", err)
		}
		if n, err := w.store.CloseDue(ctx); n != 1 || err != nil {
			t.Fatal("not closed:", n, err)
		}
		res, err = w.store.Results(ctx, w.Actor["wco"], code, w.w.ID)
		w.Must(err)
		want := map[string][]string{}
		for _, all := range last {
			for _, s := range all {
				one := fmt.Sprint(slices.Compact(slices.Sorted(slices.Values(s.Values))), s.Words)
				want[s.Path()] = append(want[s.Path()], one)
			}
		}
		for _, c := range res.Evaluation.Ended.Cells {
			slow := want[evaluation.Said{Question: c.Question, Session: c.Session}.Path()]
			delete(want, evaluation.Said{Question: c.Question, Session: c.Session}.Path())
			if c.N != int64(len(slow)) || !c.Enough() && (c.Counts != nil || c.Words != nil) {
				t.Errorf("%+v, and %v answered", c, slow)
			}
			if c.Enough() {
				check(t, c, slow)
			}
		}
		if len(want) > 0 {
			t.Errorf("without a result: %v", want)
		}
		w.sealed("WORDS 99") // what was said may be in the results now; who said it still not
		w.noNames()
	})
}

// check holds a cell against what everybody said.
func check(t *testing.T, c evaluation.Cell, slow []string) {
	t.Helper()
	var fast []string
	for _, words := range c.Words {
		fast = append(fast, fmt.Sprint([]int{}, words))
	}
	slices.Sort(slow)
	slices.Sort(fast)
	if c.Words != nil && !slices.Equal(fast, slow) {
		t.Errorf("%s: words %v, and %v were said", c.Question, fast, slow)
	}
	for i, n := range c.Counts {
		v := fmt.Sprint(i)
		if c.Question != "q2" {
			v = fmt.Sprint(i + 1)
		}
		var said int64
		for _, s := range slow {
			if slices.Contains(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("[] ", r) }), v) {
				said++
			}
		}
		if n != said {
			t.Errorf("%s: %s counted %d times, said %d times: %v", c.Question, v, n, said, slow)
		}
	}
}

// contents are all contents of the journal, by verb.
func (w *world) contents(verb string) (out []string) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		out = nil
		o, err := operation.ByCode(tx, code)
		if err != nil {
			return err
		}
		all, err := journal.List(tx, o.Number, journal.Filter{Limit: 1000})
		for _, e := range all {
			if verb == "" || e.Verb == verb {
				c, err := journal.ContentOf(tx, o.Number, e.Seq)
				w.Must(err)
				out = append(out, c.Content)
			}
		}
		return err
	}))
	return out
}

// sealed: what people wrote stands in no content of the journal.
func (w *world) sealed(words string) {
	w.T.Helper()
	for _, c := range w.contents("") {
		if strings.Contains(c, words) {
			w.T.Errorf("the journal says %q: %.300s", words, c)
		}
	}
}

// noNames: the entry that makes results names none of those who answered.
func (w *world) noNames() {
	w.T.Helper()
	for _, c := range w.contents(string(access.EvaluationClose)) {
		for _, g := range w.guests {
			if strings.Contains(c, w.Actor[g].Person) {
				w.T.Errorf("the results name %s", g)
			}
		}
	}
	n := -1
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		all, err := db.All(tx, keys, db.Text)
		n = len(all)
		return err
	}))
	if n != 0 {
		w.T.Errorf("%d keys are left", n)
	}
}

var keys = db.Statement(`select secret from evaluation_key`)

// TestWhoSeesWhat: who asks, who answers, who reads, and what of it.
func TestWhoSeesWhat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		for _, who := range append(slices.Clone(operationtest.Outside), "xa", "xa.officer", w.guests[0]) {
			if _, err := w.store.Ask(ctx, w.Actor[who], code, w.w.ID, evaluation.Draft{}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s asks: %v", who, err)
			}
		}
		e := w.ask()
		w.at("2017-02-13T20:00") // the fourteenth in Tokyo
		one := evaluation.Said{Question: "q4", Session: w.sessions[1], Values: []int{4}}
		for _, who := range append(slices.Clone(operationtest.Outside), "wco", "xa", "xa.officer") {
			if err := w.answer(who, one); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s answers: %v", who, err)
			}
		}
		for _, bad := range []evaluation.Said{{Question: "q1", Values: []int{6}}, {Question: "q1", Values: []int{0}}, {Question: "q1", Values: []int{1, 2}}, {Question: "q9", Values: []int{1}},
			{Question: "q4", Values: []int{1}}, {Question: "q1", Session: w.sessions[0], Values: []int{1}}, {Question: "q2", Values: []int{3}}, {Question: "q3", Words: strings.Repeat("x", 1001)}} {
			if err := w.answer(w.guests[0], bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		for i, g := range w.guests[:4] {
			said := []evaluation.Said{one}
			if i < 2 {
				said = append(said, evaluation.Said{Question: "q1", Values: []int{5}})
			}
			w.Must(w.answer(g, said...))
		}
		other := w.draft()
		other.Version, other.Questions = e.Version, other.Questions[:2]
		if _, err := w.store.Ask(ctx, w.Actor["wco"], code, w.w.ID, other); !fault.Is(err, fault.Conflict) {
			t.Error("altered after the first answer:", err)
		}
		later := w.draft()
		later.Version, later.Closes = e.Version, "2017-02-18"
		_, err := w.store.Ask(ctx, w.Actor["wco"], code, w.w.ID, later)
		w.Must(err)
		o, err := w.store.Read(ctx, w.Actor[w.guests[0]], code, w.w.ID)
		if err != nil || !o.Answered || len(o.Own) != 2 || o.Answers != 0 || o.MayRead || o.MayAsk {
			t.Errorf("a participant: %+v %v", o, err)
		}
		w.Must(w.store.Close(ctx, w.Actor["wco"], code, w.w.ID))
		w.Must(w.store.Close(ctx, w.Actor["wco"], code, w.w.ID))
		again := later
		again.Version, again.Closes = e.Version+2, "2017-02-20"
		if _, err := w.store.Ask(ctx, w.Actor["wco"], code, w.w.ID, again); !fault.Is(err, fault.Conflict) {
			t.Error("opened again:", err)
		}
		for _, who := range []string{"stranger", "gone", "observer", "xa", "xb.officer", w.guests[0], "wco.auditor"} {
			if r, err := w.store.Results(ctx, w.Actor[who], code, w.w.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reads results: %+v %v", who, r, err)
			}
		}
		cells := func(who string) string {
			r, err := w.store.Results(ctx, w.Actor[who], code, w.w.ID)
			w.Must(err)
			text, err := json.Marshal(r.Evaluation.Ended.Cells)
			w.Must(err)
			return string(text)
		}
		session := fmt.Sprintf(`{"Question":"q4","Session":"%s","N":4,"Counts":[0,0,0,4,0]}`, w.sessions[1])
		if diff := cmp.Diff("["+session+"]", cells("holder")); diff != "" {
			t.Errorf("a right holder sees of its session (-want +got):\n%s", diff)
		}
		all := `[{"Question":"q1","N":2},{"Question":"q2","N":0},{"Question":"q3","N":0},` + session + `]`
		if diff := cmp.Diff(all, cells("wco")); diff != "" {
			t.Errorf("the host sees (-want +got):\n%s", diff)
		}
	})
}

// TestMiddle: mean and median of a scale.
func TestMiddle(t *testing.T) {
	for _, c := range []struct {
		counts       []int64
		mean, median int64
	}{{[]int64{1, 0, 0, 0, 2}, 3_666_667, 5_000_000}, {[]int64{0, 2, 2, 0, 0}, 2_500_000, 2_500_000}, {[]int64{1, 1, 1, 1, 1}, 3_000_000, 3_000_000}, {nil, 0, 0}} {
		cell := evaluation.Cell{Counts: c.counts}
		if cell.Mean() != c.mean || cell.Median() != c.median {
			t.Errorf("%v: mean %d, median %d", c.counts, cell.Mean(), cell.Median())
		}
	}
}
