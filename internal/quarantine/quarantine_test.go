package quarantine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = operation.Code("tide")

// world is an operation that wco directs and in which xa and xb control goods.
// Actors are the contact points "wco", "xa" and "xb", and "officer", who is of xa.
type world struct {
	t     *testing.T
	store *quarantine.Store
	actor map[string]access.Actor
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	src := source.Story(time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, store: quarantine.NewStore(d, j, src), actor: map[string]access.Actor{}}
	bodies, people, operations := organisation.NewStore(d, j, src), person.NewStore(d, j, src), operation.NewStore(d, j, src)
	root := access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}
	ids := map[string]organisation.ID{}
	register := func(login string, of int64, contact string) {
		p, err := people.Register(t.Context(), root, person.Draft{Login: login, Name: "Person " + login, Language: "en", Organisation: of,
			Position: "post", ContactPoint: contact, Active: true})
		w.must(err)
		w.actor[login] = access.Actor{Person: string(p.ID), Organisation: of, ContactPoint: contact != ""}
	}
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}} {
		o, err := bodies.Register(t.Context(), root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: "UTC",
			Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		ids[b[0]] = o.ID
		register(b[0], o.Number, person.ContactPoint)
	}
	_, err := operations.Open(t.Context(), root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: ids["wco"], Director: person.ID(w.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
	for _, name := range []string{"xa", "xb"} {
		w.must(operations.Invite(t.Context(), w.actor["wco"], code, ids[name], access.Enforcement))
		w.must(operations.Accept(t.Context(), w.actor[name], code, 1))
	}
	register("officer", w.actor["xa"].Organisation, "")
	w.must(operations.Assign(t.Context(), w.actor["xa"], code, person.ID(w.actor["officer"].Person), []access.Role{access.Officer}))
	return w
}

func (w *world) keep(who, record, content string) error {
	return w.store.Keep(w.t.Context(), w.actor[who], code, quarantine.Case, record, content)
}

func (w *world) list(who string) []quarantine.Kept {
	w.t.Helper()
	_, all, err := w.store.List(w.t.Context(), w.actor[who], code)
	w.must(err)
	return all
}

// What was refused is kept once, for the contact points of whoever sent it, until
// one of them has dealt with it.
func TestKeepAndClose(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.must(w.keep("officer", "one", `{"a":1}`))
		w.must(w.keep("officer", "one", `{"a":1}`))
		w.must(w.keep("officer", "one", `{"a":2}`))
		w.must(w.keep("xb", "one", `{"a":1}`))
		own := w.list("xa")
		if len(own) != 2 || own[0].Content != `{"a":2}` || own[1].Content != `{"a":1}` || own[0].AuthorName != "Person officer" ||
			own[0].Kind != quarantine.Case || own[0].Record != "one" {
			t.Errorf("kept: %+v", own)
		}
		if others := w.list("xb"); len(others) != 1 || others[0].Organisation != w.actor["xb"].Organisation {
			t.Errorf("another organisation's: %+v", others)
		}
		if _, _, err := w.store.List(t.Context(), w.actor["officer"], code); !fault.Is(err, fault.NotFound) {
			t.Errorf("an officer lists: %v", err)
		}
		for _, who := range []string{"officer", "xb", "wco"} {
			if err := w.store.Close(t.Context(), w.actor[who], code, own[0].Seq); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s closes: %v", who, err)
			}
		}
		w.must(w.store.Close(t.Context(), w.actor["xa"], code, own[0].Seq))
		w.must(w.store.Close(t.Context(), w.actor["xa"], code, own[0].Seq))
		if left := w.list("xa"); len(left) != 1 || left[0].Seq != own[1].Seq {
			t.Errorf("left: %+v", left)
		}
		w.must(w.keep("officer", "one", `{"a":2}`)) // it was dealt with
		if left := w.list("xa"); len(left) != 1 {
			t.Errorf("what was dealt with waits again: %+v", left)
		}
	})
}

// One organisation cannot fill the disk: what it may keep is bounded in size and
// number, and one that is full does not hinder another.
func TestBounds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		if err := w.keep("officer", "large", strings.Repeat("x", quarantine.MaxContent+1)); !fault.Is(err, fault.TooLarge) {
			t.Errorf("too large: %v", err)
		}
		w.must(w.keep("officer", "large", strings.Repeat("x", quarantine.MaxContent)))
		for i := range quarantine.MaxOpen - 1 {
			w.must(w.keep("officer", fmt.Sprint(i), "{}"))
		}
		if err := w.keep("officer", "more", "{}"); !fault.Is(err, fault.TooMany) {
			t.Errorf("one too many: %v", err)
		}
		w.must(w.keep("xb", "more", "{}"))
		w.must(w.store.Close(t.Context(), w.actor["xa"], code, w.list("xa")[0].Seq))
		w.must(w.keep("officer", "more", "{}"))
	})
}
