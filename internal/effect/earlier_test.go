package effect_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/effect"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const next = operation.Code("tide-2")

// follow opens the next operation, which begins in March, under a body and its director.
// It asks for the batch of shoes, which the earlier one did not.
func (w *stage) follow(director string, invited ...string) {
	w.T.Helper()
	ctx := w.T.Context()
	_, err := w.Operations.Open(ctx, w.Root, operation.Draft{Code: next, Kind: operation.KindOperation, Name: "Tide 2", Language: "en", Handling: "Keep it here.", TimeZone: "UTC",
		Scope:        operation.Scope{Asks: operation.Asks{Fields: map[string][]string{"FTW": {"batch"}}}},
		Organisation: w.Body[director].ID, Director: person.ID(w.Actor[director].Person), Phases: []operation.Phase{{Kind: "plan", Starts: "2017-03-01", Ends: "2017-06-05"}}})
	w.Must(err)
	for _, body := range invited {
		w.Must(w.Operations.Invite(ctx, w.Actor[director], next, w.Body[body].ID, access.Enforcement))
		w.Must(w.Operations.Accept(ctx, w.Actor[body], next, 1))
	}
}

// reports reports n complete cases of a body's contact point at a post, on a day of 2017.
func (w *stage) reports(body string, in operation.Code, post, day string, n int) {
	w.T.Helper()
	at, err := time.Parse(time.DateTime, day+" 12:00:00")
	w.Must(err)
	w.Source.Set(at)
	for range n {
		w.Source.Set(w.Source.Now().Add(time.Second))
		_, err := w.cases.Report(w.T.Context(), w.Actor[body], in, seizure.Draft{ID: seizure.ID(id()), Country: "XA", Day: day, Location: post, Language: "en",
			Goods: []goods.Line{{Category: "FTW", Verdict: "suspected", Quantities: []goods.Quantity{{Micro: 1e6, Unit: "H87"}}}}})
		w.Must(err)
	}
}

// seen says a view in short: operations, then for each administration, and for its posts,
// cases before and after by operation, and why there are no measures.
func (w *stage) seen(who string, in operation.Code) string {
	w.T.Helper()
	v, err := w.store.Read(w.T.Context(), w.Actor[who], in)
	w.Must(err)
	var out []string
	for _, o := range v.Operations {
		out = append(out, string(o.Code))
	}
	say := func(name string, r effect.Row) {
		out = append(out, fmt.Sprint("| ", name, " ", r.First, " ", r.Before.By, r.After.By, " ", r.Why))
	}
	for _, c := range v.Countries {
		for name, b := range w.Body {
			if b.Number == c.Organisation {
				say(name, c.Row)
			}
		}
		for _, p := range c.Posts {
			say(p.Name, p)
		}
	}
	return strings.TrimSpace(strings.Join(out, " "))
}

// What lies before a training may lie in an earlier operation: whoever reads its cases
// there finds them before, by operation; whoever does not, finds none of it; the earlier
// operation's own page knows nothing of the later one.
func TestBeforeMayLieInAnEarlierOperation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newStage(t, d, 3)
		ctx := t.Context()
		w.reports("xa", code, "XAPOR", "2017-02-20", 12)
		w.reports("xb", code, "XBPOR", "2017-02-20", 3)
		w.follow("wco", "xa")
		w.reports("xa", next, "XAPOR", "2017-03-01", 1)
		w.Source.Set(time.Date(2017, 3, 3, 12, 0, 0, 0, time.UTC))
		_, err := w.courses.Record(ctx, w.Actor["xa"], next, course.Draft{ID: course.ID(id()), Title: "At home", Language: "en", Starts: "2017-03-02",
			Teacher: person.ID(w.Actor["xa"].Person), Reach: []course.Reach{{Post: "XAPOR", Function: "mail", People: 6}}})
		w.Must(err)
		w.reports("xa", next, "XAPOR", "2017-03-04", 11)
		both := "tide tide-2 | xa 2017-03-02 map[0:12 1:1] map[1:11]  | XAPOR 2017-03-02 map[0:12 1:1] map[1:11]"
		for _, who := range []string{"wco", "xa"} {
			if got := w.seen(who, next); got != both {
				t.Errorf("%s: %s", who, got)
			}
		}
		// The form grew by the batch, which both operations together do not ask for.
		v, err := w.store.Read(ctx, w.Actor["wco"], next)
		w.Must(err)
		if b, a := v.Countries[0].Before.Fields, v.Countries[0].After.Fields; b.Whole != 13*6 || a.Whole != 11*6 {
			t.Errorf("fields asked for: %v before, %v after", b, a)
		}
		if got, want := w.seen("xa", code), "tide | xa  map[0:12] map[] untrained | XAPOR  map[0:12] map[] untrained"; got != want {
			t.Errorf("the earlier operation: %s", got)
		}
		// Somebody who reads the later operation only.
		w.Person("wco", "wco.late", "")
		w.Must(w.Operations.Assign(ctx, w.Actor["wco"], next, person.ID(w.Actor["wco.late"].Person), []access.Role{access.Analyst}))
		if got, want := w.seen("wco.late", next), "tide-2 | xa 2017-03-02 map[0:1] map[0:11] few-cases | XAPOR 2017-03-02 map[0:1] map[0:11] few-cases"; got != want {
			t.Errorf("who reads the later one only: %s", got)
		}
		for _, name := range operationtest.Outside {
			if _, err := w.store.Read(ctx, w.Actor[name], next); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Who coordinates here may have been one administration among others before: of that
// operation it finds here what is its own, and nothing of the others.
func TestWhoCoordinatesHereOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newStage(t, d, 3)
		w.reports("xb", code, "XBPOR", "2017-02-20", 3)
		o, err := organisation.NewStore(d, w.Journal, w.Source).Register(t.Context(), w.Root, organisation.Draft{Kind: "secretariat", Name: "Body rilo", TimeZone: "UTC",
			Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.Must(err)
		w.Body["rilo"] = o
		w.Person("rilo", "rilo", person.ContactPoint)
		w.Must(w.Operations.Invite(t.Context(), w.Actor["wco"], code, o.ID, access.Enforcement))
		w.Must(w.Operations.Accept(t.Context(), w.Actor["rilo"], code, 1))
		w.follow("rilo", "xb")
		w.reports("xb", next, "XBPOR", "2017-03-04", 4)
		if got, want := w.seen("rilo", next), "tide tide-2 | xb  map[1:4] map[] untrained | XBPOR  map[1:4] map[] untrained"; got != want {
			t.Errorf("coordination: %s", got)
		}
		if got, want := w.seen("xb", next), "tide tide-2 | xb  map[0:3 1:4] map[] untrained | XBPOR  map[0:3 1:4] map[] untrained"; got != want {
			t.Errorf("xb: %s", got)
		}
	})
}
