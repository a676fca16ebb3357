package template_test

import (
	"errors"
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
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/template"
)

const code = operation.Code("tide")

// world is an operation with a director, an officer's administration, a right
// holder and somebody from outside.
type world struct {
	t         *testing.T
	source    *source.Source
	templates *template.Store
	actor     map[string]access.Actor
}

func newWorld(t *testing.T, d *db.DB) *world {
	src := source.Story(time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, source: src, templates: template.NewStore(d, j, src), actor: map[string]access.Actor{"nobody": {}}}
	bodies, people, operations := organisation.NewStore(d, j, src), person.NewStore(d, j, src), operation.NewStore(d, j, src)
	root := access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}
	for i, b := range [][3]string{{"director", "secretariat", ""}, {"officer", "customs", "XA"}, {"holder", "right-holder", ""}, {"outsider", "customs", "XB"}} {
		o, err := bodies.Register(t.Context(), root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: "UTC",
			Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		p, err := people.Register(t.Context(), root, person.Draft{Login: b[0], Name: b[0], Language: "en", Organisation: o.Number,
			Position: "post", ContactPoint: person.ContactPoint, Active: true})
		w.must(err)
		w.actor[b[0]] = access.Actor{Person: string(p.ID), Organisation: o.Number, ContactPoint: true}
		switch i {
		case 0:
			_, err := operations.Open(t.Context(), root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: "Tide", Language: "en",
				Handling: "Keep it.", TimeZone: "UTC", Organisation: o.ID, Director: p.ID,
				Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
			w.must(err)
		case 1, 2:
			side := []access.Side{"", access.Enforcement, access.RightHolderSide}[i]
			w.must(operations.Invite(t.Context(), w.actor["director"], code, o.ID, side))
			w.must(operations.Accept(t.Context(), w.actor[b[0]], code, 1))
		}
	}
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) amend(d template.Definition) (template.Definition, error) {
	w.source.Set(w.source.Now().Add(time.Second))
	return w.templates.Amend(w.t.Context(), w.actor["director"], code, d)
}

func names(all []template.Definition) (out []string) {
	for _, d := range all {
		out = append(out, d.Name)
	}
	return out
}

// Versions are counted in the operation; each stays readable; who was slower is
// told; what is retired is offered to nobody but the director.
func TestAmend(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		built, err := w.templates.Read(t.Context(), w.actor["officer"], code, "warning", template.Newest)
		if err != nil || built.Version != 0 {
			t.Fatalf("%v %v", built, err)
		}
		first := built
		first.Fields = append(first.Fields, template.Field{Key: "brand", Required: true})
		first, err = w.amend(first)
		w.must(err)
		if _, err := w.amend(built); !fault.Is(err, fault.Conflict) {
			t.Errorf("who was slower: %v", err)
		}
		mine, err := w.amend(own(template.Field{Key: "note", Kind: template.Line, Label: template.Text{"fr": "Note"}}))
		w.must(err)
		if first.Version != 1 || mine.Version != 2 {
			t.Errorf("versions %d, %d", first.Version, mine.Version)
		}
		if again, err := w.amend(mine); err != nil || again.Version != 2 {
			t.Errorf("the same again: %v %v", again, err)
		}
		if _, err := w.amend(own()); paths(unwrap(err))[0] != "name" {
			t.Errorf("a name that is taken: %v", err)
		}
		other := template.Definition{Version: mine.Version, Name: mine.Name, Base: template.General, Title: mine.Title}
		if _, err := w.amend(other); paths(unwrap(err))[0] != "base" {
			t.Errorf("another base: %v", err)
		}
		mine.Retired = true
		_, err = w.amend(mine)
		w.must(err)
		_, all, err := w.templates.List(t.Context(), w.actor["officer"], code)
		w.must(err)
		if len(all) != 5 || all[1].Version != 1 {
			t.Errorf("an officer is offered %v", names(all))
		}
		if _, all, err = w.templates.List(t.Context(), w.actor["director"], code); len(all) != 6 || err != nil {
			t.Errorf("the director sees %v", names(all))
		}
		for version, fields := range map[int64]int{0: len(built.Fields), 1: len(built.Fields) + 1} {
			old, err := w.templates.Read(t.Context(), w.actor["officer"], code, "warning", version)
			if err != nil || old.Version != version || len(old.Fields) != fields {
				t.Errorf("version %d: %v %v", version, old, err)
			}
		}
		if _, err := w.templates.Read(t.Context(), w.actor["officer"], code, "warning", 2); !fault.Is(err, fault.NotFound) {
			t.Errorf("another template's version: %v", err)
		}
	})
}

func unwrap(err error) error {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return f
	}
	return err
}

// Only the director amends; nobody outside reads; a right holder is offered what
// it may write.
func TestWho(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, who := range []string{"nobody", "officer", "holder", "outsider"} {
			if _, err := w.templates.Amend(t.Context(), w.actor[who], code, own()); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s amends: %v", who, err)
			}
		}
		for _, who := range []string{"nobody", "outsider"} {
			_, _, err := w.templates.List(t.Context(), w.actor[who], code)
			_, err2 := w.templates.Read(t.Context(), w.actor[who], code, "general", 0)
			if !fault.Is(err, fault.NotFound) || !fault.Is(err2, fault.NotFound) {
				t.Errorf("%s reads: %v %v", who, err, err2)
			}
		}
		if _, err := w.amend(own()); err != nil {
			t.Fatal(err)
		}
		_, all, err := w.templates.List(t.Context(), w.actor["holder"], code)
		if err != nil || len(all) != 1 || all[0].Name != template.General {
			t.Errorf("a right holder is offered %v %v", names(all), err)
		}
		if _, err := w.templates.Read(t.Context(), w.actor["holder"], code, "parcels", template.Newest); !fault.Is(err, fault.NotFound) {
			t.Errorf("a right holder reads what it may not write: %v", err)
		}
	})
}
