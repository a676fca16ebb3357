package lesson_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/product/producttest"
)

type world struct {
	*producttest.World
	store *lesson.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: producttest.New(t, d)}
	w.store = lesson.NewStore(d, w.Journal, w.Source)
	return w
}

var customs = product.To{All: true}

// sheet publishes one with features to ask about and pairs of pictures.
func (w *world) sheet(who, name string, features, pairs int, to product.To) product.Sheet {
	w.T.Helper()
	c := producttest.Content(name)
	c.Features = nil
	for i := range features {
		c.Features = append(c.Features, product.Feature{Title: producttest.Text(fmt.Sprint(name, " feature ", i)), Genuine: producttest.Text("Even"), Fake: producttest.Text("Odd")})
	}
	for range pairs {
		c.Pairs = append(c.Pairs, product.Pair{Genuine: w.Upload(who), Fake: w.Upload(who)})
	}
	if features == 0 {
		c.Features = []product.Feature{{Title: producttest.Text("Half"), Genuine: producttest.Text("Known")}}
	}
	return w.Publish(who, c, to)
}

func plan(questions int64, sheets ...product.Sheet) lesson.Plan {
	p := lesson.Plan{Language: "en", Title: producttest.Text("Know them"), Kinds: lesson.Kinds(), Minutes: 10, Questions: questions}
	for _, s := range sheets {
		p.Sheets = append(p.Sheets, lesson.Chosen{Sheet: s.ID, Explain: product.Text{"en": "Look twice.", "fr": "Regardez deux fois."}})
	}
	return p
}

// made saves and publishes a lesson.
func (w *world) made(who string, p lesson.Plan) lesson.Lesson {
	w.T.Helper()
	l, _, err := w.store.Save(w.T.Context(), w.Actor[who], lesson.Saving{ID: lesson.ID(w.ID()), Plan: p})
	w.Must(err)
	l, err = w.store.Publish(w.T.Context(), w.Actor[who], lesson.Name{ID: l.ID}, l.Edit)
	w.Must(err)
	return l
}

func (w *world) refused(what string, err error, kind fault.Kind) {
	w.T.Helper()
	if !fault.Is(err, kind) {
		w.T.Errorf("%s: %v, want %v", what, err, kind)
	}
}

// walk takes a lesson to its end, rightly where right says so.
func (w *world) walk(who string, l lesson.Lesson, right func(lesson.Asked) bool) lesson.Attempt {
	w.T.Helper()
	ctx, n := w.T.Context(), lesson.Name{ID: l.ID}
	a, err := w.store.Take(ctx, w.Actor[who], n, lesson.AttemptID(w.ID()))
	w.Must(err)
	for range a.Drawn {
		q, err := w.store.Ask(ctx, w.Actor[who], n, 0)
		w.Must(err)
		option := q.Drawn.RightOption()
		if !right(q) {
			option = map[string]string{lesson.First: lesson.Second, lesson.Second: lesson.First}[option]
		}
		said, err := w.store.Answer(ctx, w.Actor[who], n, lesson.Answering{Attempt: a.ID, Number: q.Number, Option: option})
		w.Must(err)
		if said.Right != right(q) {
			w.T.Errorf("said %s, right %v", option, said.Right)
		}
	}
	end, err := w.store.Done(ctx, w.Actor[who], n)
	w.Must(err)
	return end.Attempt
}

func always(lesson.Asked) bool { return true }

// Who may take a lesson: whoever may read all its sheets, as that is now.
func TestReaders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		wide := w.sheet("holder", "Wide", 2, 1, customs)
		narrow := w.sheet("holder", "Narrow", 2, 0, product.To{Operations: []operation.Code{operationtest.Code}})
		xb := w.sheet("holder", "Lima", 2, 0, product.To{Countries: []string{"XB"}})
		both, lima, all := w.made("holder", plan(4, wide, narrow)), w.made("holder", plan(4, narrow, xb)), w.made("holder", plan(4, wide))
		see := func(when string, l lesson.Lesson, want string) {
			t.Helper()
			var got []string
			for _, who := range []string{"holder", "rival", "wco", "xa", "xb", "observer", "stranger"} {
				_, err := w.store.Read(ctx, w.Actor[who], lesson.Name{ID: l.ID})
				list, listed := w.store.List(ctx, w.Actor[who], lesson.Filter{})
				in := false
				for _, i := range list.Items {
					in = in || i.Lesson.ID == l.ID
				}
				if err == nil {
					got = append(got, who)
				}
				if in != (err == nil) || err != nil && !fault.Is(err, fault.NotFound) || listed != nil && !fault.Is(listed, fault.NotFound) {
					t.Errorf("%s: %s lists %v, reads %v", when, who, in, err)
				}
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %v read, want %s", when, got, want)
			}
		}
		see("one country and an operation", lima, "holder wco xb")
		see("all and an operation", both, "holder wco xa xb")
		w.Leave("xa")
		see("left the operation", both, "holder wco xb")
		see("left it, of all customs", all, "holder wco xa xb")
		// A sheet that is published anew for fewer closes the lesson, though that stands as it was.
		_, err := w.Products.Publish(ctx, w.Actor["holder"], product.Name{ID: wide.ID}, product.Publishing{Edit: 1, To: product.To{Countries: []string{"XB"}}})
		w.Must(err)
		see("a sheet narrowed", all, "holder wco xb")
		if a, err := w.store.Take(ctx, w.Actor["xa"], lesson.Name{ID: all.ID}, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("xa takes %v, %v", a, err)
		}
		for _, who := range []string{"holder", "rival", "observer", "stranger"} { // right holders take none
			_, err := w.store.Take(ctx, w.Actor[who], lesson.Name{ID: all.ID}, "")
			w.refused(who+" takes", err, fault.NotFound)
		}
	})
}

// Nobody makes a lesson of another's sheets, or touches another's lesson.
func TestMakers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		own, theirs := w.sheet("holder", "Own", 2, 1, customs), w.sheet("rival", "Theirs", 2, 1, customs)
		save := func(who string, s lesson.Saving) error {
			_, _, err := w.store.Save(ctx, w.Actor[who], s)
			return err
		}
		w.refused("a rival's sheet", save("holder", lesson.Saving{Plan: plan(4, own, theirs)}), fault.Invalid)
		w.refused("in a rival's name", save("holder", lesson.Saving{Holder: w.Body["rival"].ID, Plan: plan(4, theirs)}), fault.NotFound)
		for _, who := range []string{"wco", "xa", "observer", "stranger"} {
			w.refused(who+" makes one", save(who, lesson.Saving{Holder: w.Body["holder"].ID, Plan: plan(4, own)}), fault.NotFound)
		}
		bare := w.sheet("holder", "Bare", 0, 0, customs)
		draft, fresh, err := w.store.Save(ctx, w.Actor["holder"], lesson.Saving{ID: lesson.ID(w.ID()), Plan: plan(4, own, bare)})
		w.Must(err)
		n := lesson.Name{ID: draft.ID}
		if _, again, err := w.store.Save(ctx, w.Actor["holder"], lesson.Saving{ID: draft.ID, Plan: plan(4, own, bare)}); err != nil || !fresh || again {
			t.Errorf("the same again: %v, %v", again, err)
		}
		_, err = w.store.Publish(ctx, w.Actor["holder"], n, draft.Edit)
		if f, ok := errors.AsType[*fault.Fault](err); !ok || len(f.Fields) != 1 || f.Fields[0].Key != "lesson.nothing-to-ask" || f.Fields[0].Args["sheet"] != "Bare" {
			t.Errorf("a sheet without a question: %v", err)
		}
		for _, who := range []string{"rival", "wco", "xa"} { // a draft is its own side's
			_, err := w.store.Read(ctx, w.Actor[who], n)
			w.refused(who+" reads a draft", err, fault.NotFound)
		}
		w.refused("saved meanwhile", save("holder", lesson.Saving{ID: draft.ID, Edit: 7, Plan: plan(5, own)}), fault.Conflict)
		w.Must(save("holder", lesson.Saving{ID: draft.ID, Edit: draft.Edit, Plan: plan(5, own)}))
		_, err = w.store.Publish(ctx, w.Actor["holder"], n, draft.Edit)
		w.refused("publishes what it did not see", err, fault.Conflict)
		l, err := w.store.Publish(ctx, w.Actor["holder"], n, draft.Edit+1)
		w.Must(err)
		if same, err := w.store.Publish(ctx, w.Actor["holder"], n, draft.Edit+1); err != nil || same.Version != 1 {
			t.Errorf("published again: %+v, %v", same, err)
		}
		// A rival that knows the id makes one of its own; each side still has its own.
		w.Must(save("rival", lesson.Saving{ID: l.ID, Plan: plan(4, theirs)}))
		_, err = w.store.Publish(ctx, w.Actor["rival"], n, 1)
		w.Must(err)
		if o, err := w.store.Read(ctx, w.Actor["xa"], n); err != nil || o.Organisation != w.Body["holder"].Number {
			t.Errorf("xa reads %v of %d", err, o.Organisation)
		}
		if o, err := w.store.Read(ctx, w.Actor["xa"], lesson.Name{ID: l.ID, From: w.Body["rival"].ID}); err != nil || o.Mine || o.Plan.Language != "" {
			t.Errorf("xa reads the rival's: %+v, %v", o.Plan, err)
		}
		w.refused("xa withdraws", w.store.Withdraw(ctx, w.Actor["xa"], n, "No."), fault.NotFound)
		w.refused("without a reason", w.store.Withdraw(ctx, w.Actor["wco"], n, " "), fault.Invalid)
		w.Must(w.store.Withdraw(ctx, w.Actor["wco"], n, "Mistaken."))
		_, err = w.store.Take(ctx, w.Actor["xa"], n, "")
		w.refused("takes what was withdrawn", err, fault.Conflict)
	})
}

// What is covert is in no lesson, and what was asked is shown again though its sheet
// changed; of a sheet that went out of use nothing is asked.
func TestSheetsChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		one, two := w.sheet("holder", "One", 2, 1, customs), w.sheet("holder", "Two", 2, 1, customs)
		hidden := w.Hide("holder", one)
		l := w.made("holder", plan(6, one, two))
		n := lesson.Name{ID: l.ID}
		maker, err := w.store.Read(ctx, w.Actor["holder"], n)
		w.Must(err)
		text, err := json.Marshal(maker)
		w.Must(err)
		if strings.Contains(string(text), string(hidden)) || strings.Contains(string(text), "UV") || maker.Unpublished() || maker.Supply() != 6 {
			t.Errorf("a lesson holds what is covert, or is thought changed: %s", text)
		}
		first, err := w.store.Take(ctx, w.Actor["xa"], n, lesson.AttemptID(w.ID()))
		w.Must(err)
		q, err := w.store.Ask(ctx, w.Actor["xa"], n, 0)
		w.Must(err)
		c := producttest.Content("Another")
		s, _, err := w.Products.Save(ctx, w.Actor["holder"], product.Saving{ID: one.ID, Brand: w.Brand["holder"].ID, Edit: 1, Content: c})
		w.Must(err)
		_, err = w.Products.Publish(ctx, w.Actor["holder"], product.Name{ID: one.ID}, product.Publishing{Edit: s.Edit, To: customs})
		w.Must(err)
		again, err := w.store.Ask(ctx, w.Actor["xa"], n, 0)
		w.Must(err)
		if fmt.Sprint(again.Question, again.Sheet) != fmt.Sprint(q.Question, q.Sheet) || len(again.Pictures) == 0 && len(q.Pictures) > 0 {
			t.Errorf("a question changed with its sheet: %+v, then %+v", q, again)
		}
		if maker, err = w.store.Read(ctx, w.Actor["holder"], n); err != nil || len(maker.Drifted) != 1 || maker.Drifted[0].Version != 1 || maker.Drifted[0].Now != 2 || !maker.Unpublished() {
			t.Errorf("the maker is not told: %+v, %v", maker.Drifted, err)
		}
		w.Must(w.Products.Withdraw(ctx, w.Actor["holder"], product.Name{ID: two.ID}, "Recalled."))
		asked := 0
		for {
			q, err := w.store.Ask(ctx, w.Actor["xa"], n, 0)
			if fault.Is(err, fault.NotFound) {
				break
			}
			w.Must(err)
			if asked++; q.Sheet.Sheet == two.ID {
				t.Fatal("asks of a sheet that was withdrawn")
			}
			_, err = w.store.Answer(ctx, w.Actor["xa"], n, lesson.Answering{Attempt: first.ID, Number: q.Number, Option: lesson.First})
			w.Must(err)
		}
		end, err := w.store.Done(ctx, w.Actor["xa"], n)
		w.Must(err)
		if asked != 3 || end.Skipped != 3 || end.Attempt.Done.IsZero() || end.Item.Asks != 3 {
			t.Errorf("asked %d, %+v", asked, end)
		}
		w.Must(w.Products.Withdraw(ctx, w.Actor["holder"], product.Name{ID: one.ID}, "Recalled."))
		_, err = w.store.Take(ctx, w.Actor["xb"], n, "")
		w.refused("nothing is left", err, fault.Conflict)
		_, err = w.store.Publish(ctx, w.Actor["holder"], n, l.Edit)
		w.refused("publishes withdrawn sheets", err, fault.Invalid)
	})
}

// An answer is given once, by the learner, to the question that is next.
func TestAnswers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		l := w.made("holder", plan(8, w.sheet("holder", "One", 2, 2, customs)))
		n := lesson.Name{ID: l.ID}
		id := lesson.AttemptID(w.ID())
		a, err := w.store.Take(ctx, w.Actor["xa"], n, id)
		w.Must(err)
		if len(a.Drawn) != 4 {
			t.Errorf("%d questions about 4 things", len(a.Drawn))
		}
		for _, other := range []lesson.AttemptID{id, lesson.AttemptID(w.ID())} { // the same click, and another window
			if b, err := w.store.Take(ctx, w.Actor["xa"], n, other); err != nil || b.ID != id || fmt.Sprint(b.Drawn) != fmt.Sprint(a.Drawn) {
				t.Errorf("taken again: %+v, %v", b, err)
			}
		}
		answer := func(who string, number int64, option string) error {
			_, err := w.store.Answer(ctx, w.Actor[who], n, lesson.Answering{Attempt: id, Number: number, Option: option})
			return err
		}
		w.Must(answer("xa", 1, lesson.First))
		w.Must(answer("xa", 1, lesson.First))
		w.refused("another answer", answer("xa", 1, lesson.Second), fault.Conflict)
		w.refused("out of turn", answer("xa", 3, lesson.First), fault.Conflict)
		w.refused("no such question", answer("xa", 5, lesson.First), fault.NotFound)
		w.refused("no such answer", answer("xa", 2, "3"), fault.Invalid)
		for _, who := range []string{"xb", "wco", "holder", "rival", "stranger"} {
			w.refused(who+" answers for another", answer(who, 2, lesson.First), fault.NotFound)
		}
		if _, err := w.store.Ask(ctx, w.Actor["xa"], n, 3); !fault.Is(err, fault.NotFound) {
			t.Errorf("looks ahead: %v", err)
		}
		if q, err := w.store.Ask(ctx, w.Actor["xa"], n, 1); err != nil || q.Answer == nil || q.Next != 2 {
			t.Errorf("looks back: %+v, %v", q.Answer, err)
		}
		if b, err := w.store.Take(ctx, w.Actor["xb"], n, id); err != nil || b.Person == a.Person {
			t.Errorf("another learner with the same id: %+v, %v", b, err)
		}
	})
}

// Who learns of a result: the learner, and the contact point of its organisation.
func TestResults(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		l := w.made("holder", plan(4, w.sheet("holder", "One", 2, 2, customs)))
		w.Person("xa", "xa.new", "")
		before := w.size()
		w.walk("xa.new", l, func(q lesson.Asked) bool { return q.Number > 1 })
		report, err := w.store.Results(ctx, w.Actor["xa"])
		w.Must(err)
		if len(report.Learners) != 1 || report.Learners[0].Name != "Person xa.new" || report.Learners[0].Last.Right != 3 || report.Learners[0].Title != "Know them" {
			t.Errorf("the contact point reads %+v", report.Learners)
		}
		for _, who := range []string{"xb", "wco"} { // of their own people only: none
			if r, err := w.store.Results(ctx, w.Actor[who]); err != nil || len(r.Learners) != 0 {
				t.Errorf("%s reads %+v, %v", who, r.Learners, err)
			}
		}
		for _, who := range []string{"xa.new", "xa.officer", "holder", "rival", "observer", "stranger"} {
			_, err := w.store.Results(ctx, w.Actor[who])
			w.refused(who+" reads results", err, fault.NotFound)
		}
		// The journal says it to the learner's organisation alone.
		for _, who := range []string{"xa", "xb", "wco", "holder", "rival"} {
			for seq := before; seq < w.size(); seq++ {
				e, err := w.Operations.JournalEntry(ctx, w.Actor[who], operation.Library, seq)
				read := err == nil && e.Content == operation.ContentShown
				if read != (who == "xa") || who != "xa" && who != "wco" && !fault.Is(err, fault.NotFound) {
					t.Errorf("%s reads entry %d: %v, %q", who, seq, err, e.Content)
				}
			}
		}
		var rows []lesson.Result
		w.Must(d.Read(ctx, func(tx *db.Tx) (err error) {
			rows, err = lesson.ResultsOf(tx, []lesson.ID{l.ID, lesson.ID(w.ID())}, []person.ID{person.ID(w.Actor["xa.new"].Person), person.ID(w.Actor["xb"].Person)})
			return err
		}))
		if len(rows) != 1 || rows[0].Lesson != l.ID || rows[0].Attempts != 1 || rows[0].Last.Right != 3 {
			t.Errorf("rows %+v", rows)
		}
	})
}

// A right holder sees crowds, a day late.
func TestFiguresOfTheHolder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		l := w.made("holder", plan(4, w.sheet("holder", "One", 2, 2, customs)))
		look := func(who string) *lesson.Figures {
			t.Helper()
			o, err := w.store.Read(ctx, w.Actor[who], lesson.Name{ID: l.ID})
			w.Must(err)
			return o.Figures
		}
		for i := range 6 {
			body := []string{"xa", "xa", "xa", "xa", "xb", "xb"}[i]
			name := fmt.Sprint(body, ".learner", i)
			w.Person(body, name, "")
			w.walk(name, l, always)
			w.walk(name, l, func(lesson.Asked) bool { return false }) // again, which counts for nothing
			if f := look("holder"); f.Learners != 0 || len(f.Questions) > 0 {
				t.Fatalf("told the same day: %+v", f)
			}
			if f := look("xa"); f != nil {
				t.Fatal("customs see figures")
			}
		}
		w.Source.Set(w.Source.Now().Add(24 * time.Hour))
		f := look("holder")
		if f.Learners != 5 || len(f.Countries) != 0 {
			t.Errorf("of six: %+v", f)
		}
		for _, q := range f.Questions {
			if q.Asked != 5 || q.Missed != 0 {
				t.Errorf("a question of %d, missed %d", q.Asked, q.Missed)
			}
		}
	})
}
