package effect_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/effect"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/verify"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const code = operationtest.Code

type stage struct {
	*operationtest.World
	random      *rand.Rand
	store       *effect.Store
	cases       *seizure.Store
	reviews     *review.Store
	lists       *caselist.Store
	courses     *course.Store
	workshops   *workshop.Store
	nominations *nomination.Store
	attended    *attendance.Store
	returned    map[int64]bool
	known       []seizure.Case
	held        []course.Course
}

func newStage(t testing.TB, d *db.DB, seed uint64) *stage {
	w := &stage{World: operationtest.New(t, d), random: rand.New(rand.NewPCG(seed, 1)), returned: map[int64]bool{}}
	w.store, w.cases, w.reviews, w.lists = effect.NewStore(d, w.Source), seizure.NewStore(d, w.Journal, w.Source), review.NewStore(d, w.Journal, w.Source), caselist.NewStore(d, w.Source, register.New())
	w.courses, w.workshops, w.nominations, w.attended = course.NewStore(d, w.Journal, w.Source), workshop.NewStore(d, w.Journal, w.Source), nomination.NewStore(d, w.Journal, w.Source), attendance.NewStore(d, w.Journal, w.Source)
	w.Give("wco", "trainer", access.Trainer)
	w.Give("wco", "analyst", access.Analyst)
	return w
}

var ids int

func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcc2-%012x", ids)
}

func (w *stage) pick(all ...string) string { return all[w.random.IntN(len(all))] }

// day sets the clock to noon of a day of February 2017.
func (w *stage) day(d int) {
	if at := time.Date(2017, 2, d, 12, 0, 0, 0, time.UTC); at.After(w.Source.Now()) {
		w.Source.Set(at)
	}
	w.Source.Set(w.Source.Now().Add(time.Second))
}

// train has some people of xa and xb, without accounts, at a workshop of one day.
func (w *stage) train(d int) {
	ctx := w.T.Context()
	day := fmt.Sprintf("2017-02-%02d", d)
	made, err := w.workshops.Plan(ctx, w.Actor["wco.trainer"], code, workshop.Draft{ID: workshop.ID(id()), Kind: workshop.TrainTheTrainer, Title: "Train", Language: "en", Place: "Port", Country: "XA",
		Zone: "UTC", Starts: day, Ends: day, To: audience.Address{Sides: []access.Side{access.Enforcement}}})
	w.Must(err)
	s, err := w.workshops.AddSession(ctx, w.Actor["wco.trainer"], code, made.ID, workshop.SessionDraft{ID: workshop.ID(id()), Starts: day + "T09:00", Ends: day + "T10:00", Title: "All"})
	w.Must(err)
	w.Must(w.workshops.Call(ctx, w.Actor["wco.trainer"], code, made.ID))
	var ticks []attendance.Tick
	for i := range 4 + w.random.IntN(4) {
		body := w.pick("xa", "xa", "xb")
		p, err := w.nominations.Nominate(ctx, w.Actor[body], code, made.ID, nomination.Draft{ID: participant.ID(id()), Name: fmt.Sprint(body, " ", i), Post: w.pick("XAPOR", "Pier North"), Language: "en"})
		w.Must(err)
		_, err = w.nominations.Confirm(ctx, w.Actor["wco.trainer"], code, made.ID, true, "", p[0].ID)
		w.Must(err)
		ticks = append(ticks, attendance.Tick{Participant: p[0].ID, Present: i > 0})
	}
	w.day(d)
	w.Must(w.attended.Record(ctx, w.Actor["wco.trainer"], code, made.ID, s.ID, ticks))
}

func (w *stage) report(d int) {
	body := w.pick("xa", "xa", "xb")
	x := seizure.Draft{ID: seizure.ID(id()), Country: "XA", Day: fmt.Sprintf("2017-02-%02d", max(1, d-w.random.IntN(4))), Language: "en",
		Goods: []goods.Line{{Category: "FTW", Verdict: w.pick("suspected", "genuine"), Quantities: []goods.Quantity{{Micro: 1e6, Unit: "H87"}}}}}
	switch w.random.IntN(4) {
	case 0:
		x.Location = "XAPOR"
	case 1:
		x.Place = w.pick("Pier North", "pier  north", "Lake", "-")
	case 2:
		x.Location, x.Conveyance.Code, x.Origin.Code, x.Detection.Code = "XAPOR", "sea", "XB", codelist.Detection.Codes()[0]
	}
	if w.random.IntN(5) == 0 {
		x.Goods[0].GTIN = "4006381333932" // its check digit is wrong
	}
	c, err := w.cases.Report(w.T.Context(), w.Actor[body+".officer"], code, x)
	w.Must(err)
	w.known = append(w.known, c)
}

// life does something to a case: amends it, withdraws it, sends it back.
func (w *stage) life() {
	if len(w.known) == 0 {
		return
	}
	ctx, i := w.T.Context(), w.random.IntN(len(w.known))
	c := w.known[i]
	body := "xa"
	if c.Organisation == w.Body["xb"].Number {
		body = "xb"
	}
	now, err := w.cases.Read(ctx, w.Actor[body], code, c.Reference)
	w.Must(err)
	if now.Case.State != seizure.Released {
		return
	}
	switch w.random.IntN(3) {
	case 0:
		d := now.Case.Draft
		d.Place, d.Detection.Code = "Lake", codelist.Detection.Codes()[0]
		_, err = w.cases.Amend(ctx, w.Actor[body+".officer"], code, c.Seq, now.Case.Version, d, "Looked again.")
	case 1:
		_, err = w.cases.Withdraw(ctx, w.Actor[body+".officer"], code, c.Seq, now.Case.Version, "A mistake.")
	case 2:
		w.returned[c.Seq] = true
		err = w.reviews.Return(ctx, w.Actor["wco.coordinator"], code, c.Reference, now.Case.Version, "Say where.")
	}
	w.Must(err)
}

func (w *stage) teach(d int) {
	ctx, body := w.T.Context(), w.pick("xa", "xb")
	made, err := w.courses.Record(ctx, w.Actor[body], code, course.Draft{ID: course.ID(id()), Title: "At home", Language: "en", Starts: fmt.Sprintf("2017-02-%02d", max(1, d-w.random.IntN(6))),
		Ends: fmt.Sprintf("2017-02-%02d", d), Teacher: person.ID(w.Actor[body].Person), Reach: []course.Reach{{Post: w.pick("XAPOR", "PIER NORTH", "Inland"), Function: "mail", People: int64(1 + w.random.IntN(6))}}})
	w.Must(err)
	w.held = append(w.held, made)
	if old := w.held[w.random.IntN(len(w.held))]; w.random.IntN(2) == 0 {
		who := "xa"
		if old.Organisation == w.Body["xb"].Number {
			who = "xb"
		}
		_, err = w.courses.Withdraw(ctx, w.Actor[who], code, old.ID, "Written twice.")
		w.Must(err)
	}
}

// reference counts, the slow way, what an actor finds by the ordinary doors: the list of
// cases, and the trainings.
func (w *stage) reference(who string) slow {
	var s slow
	ctx := w.T.Context()
	for before := int64(0); ; {
		page, err := w.lists.List(ctx, w.Actor[who], code, caselist.Filter{Codes: map[string]string{caselist.State: seizure.Released}, Before: before})
		w.Must(err)
		for _, c := range page.Items {
			if who == "xa" && c.Organisation != w.Body["xa"].Number {
				continue
			}
			s.observed = append(s.observed, effect.Observe(page.Standing.Operation, c, w.returned[c.Seq]))
		}
		if before = page.Next; before == 0 {
			break
		}
	}
	w.Must(w.DB.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.Source.Now(), w.Actor[who], code, access.EffectRead)
		if err != nil {
			return err
		}
		all, err := course.Trainings(tx, st)
		for _, t := range all {
			s.trainings = append(s.trainings, effect.Training{Training: t})
		}
		return err
	}))
	return s
}

// check holds the view of an actor against the reference and the lists.
func (w *stage) check(who string) {
	w.T.Helper()
	ctx := w.T.Context()
	v, err := w.store.Read(ctx, w.Actor[who], code)
	w.Must(err)
	s := w.reference(who)
	for _, c := range v.Countries {
		if !v.All && c.Organisation != w.Actor[who].Organisation {
			w.T.Errorf("%s sees %d", who, c.Organisation)
		}
		if unlike := diff.Diff(s.line(c.Organisation, "*"), lineOf(c.Row, "*")); unlike != "" {
			w.T.Errorf("%s: %s", who, unlike)
		}
		for _, p := range c.Posts {
			w.listed(who, p)
			if p.Why != effect.Withheld {
				if unlike := diff.Diff(s.line(c.Organisation, p.Post), lineOf(p, p.Post)); unlike != "" {
					w.T.Errorf("%s: %s", who, unlike)
				}
			}
		}
		for _, side := range []struct {
			from, to string
			want     int64
		}{{"", before(c.First), c.Before.Cases}, {c.First, "", c.After.Cases}} {
			if side.from == "" && side.to == "" && c.First == "" && side.want == c.After.Cases && c.Before.Cases != side.want {
				continue // nobody was trained: all is before
			}
			page, err := w.lists.List(ctx, w.Actor[who], code, caselist.Filter{From: side.from, To: side.to,
				Codes: map[string]string{caselist.State: seizure.Released, caselist.Organisation: strconv.FormatInt(c.Organisation, 10)}})
			w.Must(err)
			if page.Counts.Matching != side.want {
				w.T.Errorf("%s: the list from %q to %q has %d, the view %d", who, side.from, side.to, page.Counts.Matching, side.want)
			}
		}
	}
}

// listed holds the figures of a post against the list of cases under its filter.
func (w *stage) listed(who string, p effect.Row) {
	w.T.Helper()
	f := caselist.Filter{Post: cmp.Or(p.Name, caselist.Nowhere), To: before(p.First),
		Codes: map[string]string{caselist.State: seizure.Released, caselist.Organisation: strconv.FormatInt(p.Organisation, 10)}}
	first := w.matching(who, f)
	second := int64(0)
	if f.From, f.To = p.First, ""; p.First != "" {
		second = w.matching(who, f)
	}
	if first != p.Before.Cases || second != p.After.Cases {
		w.T.Errorf("%s: at %q the lists have %d and %d, the view %d and %d", who, p.Name, first, second, p.Before.Cases, p.After.Cases)
	}
}

func (w *stage) matching(who string, f caselist.Filter) int64 {
	w.T.Helper()
	page, err := w.lists.List(w.T.Context(), w.Actor[who], code, f)
	w.Must(err)
	return page.Counts.Matching
}

func lineOf(r effect.Row, post string) string { return line(r, post) }

func before(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, -1).Format(time.DateOnly)
}

// Whoever reads what followed training finds what the list of cases counts under the
// same filter, after any history; to everybody else there is no such page.
func TestTheViewIsWhatTheListsCount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newStage(t, d, 7)
		w.day(10)
		for _, name := range slices.Concat(operationtest.Outside, []string{"xa.officer", "xb.officer"}) {
			if name == "gone" {
				continue // has not left yet
			}
			if _, err := w.store.Read(t.Context(), w.Actor[name], code); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for d := 11; d <= 20; d++ {
			if d == 13 || d == 16 {
				w.train(d)
			}
			w.day(d)
			for range 7 {
				w.report(d)
				w.day(d)
			}
			for range 3 {
				w.life()
				w.day(d)
			}
			if d%3 == 0 {
				w.teach(d)
			}
			if d%4 == 0 {
				for _, who := range []string{"xa", "wco", "wco.analyst"} {
					w.check(who)
				}
			}
		}
		w.Leave("xb") // coordination goes on reading what it reported
		for _, who := range []string{"xa", "wco"} {
			w.check(who)
		}
		if _, err := w.store.Read(t.Context(), w.Actor["xb"], code); !fault.Is(err, fault.NotFound) {
			t.Errorf("who left: %v", err)
		}
		v, err := w.store.Read(t.Context(), w.Actor["wco.trainer"], code)
		w.Must(err)
		if v.Cases || len(v.Countries) == 0 || v.Countries[0].Cases() != 0 || v.Countries[0].People() == 0 {
			t.Errorf("a trainer reads no cases: %+v", v.Countries)
		}
		r, err := verify.Database(t.Context(), d, verify.Options{})
		w.Must(err)
		if !r.Fine() {
			t.Fatalf("verify: %v", r.Findings)
		}
	})
}
