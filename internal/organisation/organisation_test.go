package organisation_test

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var start = time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)

type world struct {
	t      *testing.T
	db     *db.DB
	source *source.Source
	bodies *organisation.Store
	root   access.Actor
}

func newWorld(t *testing.T, d *db.DB) *world {
	src := source.Story(start, 1)
	return &world{t: t, db: d, source: src, bodies: organisation.NewStore(d, journal.New(src), src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}}
}

func (w *world) draft(kind string) organisation.Draft {
	d := organisation.Draft{ID: organisation.ID(w.source.ID()), Kind: kind, Name: "Aduanas", Names: map[string]string{"en": "Customs of A"},
		TimeZone: "UTC", Language: "es", ReleaseBy: organisation.ReleaseByOfficer}
	if kind == "customs" {
		d.Country = "XA"
	}
	return d
}

func (w *world) register(d organisation.Draft) organisation.Organisation {
	w.t.Helper()
	o, err := w.bodies.Register(w.t.Context(), w.root, d)
	if err != nil {
		w.t.Fatal(err)
	}
	return o
}

func (w *world) contact(o organisation.Organisation) access.Actor {
	return access.Actor{Person: w.source.ID(), Organisation: o.Number, ContactPoint: true}
}

func (w *world) entries() (n int64) {
	w.t.Helper()
	err := w.db.Read(w.t.Context(), func(tx *db.Tx) (err error) {
		n, err = journal.Size(tx, journal.Instance)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) refused(what string, err error, kind fault.Kind, key string) {
	w.t.Helper()
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Kind != kind || f.Key != key {
		w.t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// The administrator registers; the same draft again is the same body.
func TestRegister(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		draft := w.draft("customs")
		draft.Names = nil
		draft.ReleaseBy, draft.ReleaseAfter = organisation.ReleaseByContactPoint, 36*time.Hour+time.Nanosecond
		first := w.register(draft)
		if again := w.register(draft); again.Number != first.Number || w.entries() != 1 {
			t.Errorf("the same draft made bodies %d and %d in %d entries", first.Number, again.Number, w.entries())
		}
		other := draft
		other.Name = "Douanes"
		_, err := w.bodies.Register(t.Context(), w.root, other)
		w.refused("the id with other content", err, fault.Conflict, "fault.exists")
		for what, who := range map[string]access.Actor{"nobody": {}, "a contact point": w.contact(first),
			"a person": {Person: w.source.ID(), Organisation: first.Number}, "the system": {System: "init", Administrator: true}} {
			_, err := w.bodies.Register(t.Context(), who, w.draft("customs"))
			w.refused(what, err, fault.NotFound, "fault.not-found")
		}
	})
}

// Nothing is overwritten unseen, and what one is, is not one's own to change.
func TestAmend(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		draft := w.draft("customs")
		o := w.register(draft)
		other := w.register(w.draft("customs"))
		draft.Version, draft.Kind, draft.Country, draft.Name = o.Version, "secretariat", "XB", "Aduanas de A"
		draft.Names = map[string]string{"fr": "Douanes de A"}
		for what, who := range map[string]access.Actor{"nobody": {}, "another body's contact point": w.contact(other),
			"an officer": {Person: w.source.ID(), Organisation: o.Number}} {
			_, err := w.bodies.Amend(ctx, who, draft)
			w.refused(what, err, fault.NotFound, "fault.not-found")
			_, err = w.bodies.Amend(ctx, who, organisation.Draft{ID: draft.ID})
			w.refused(what+", a bad draft", err, fault.NotFound, "fault.not-found")
		}
		made, err := w.bodies.Amend(ctx, w.contact(o), draft)
		if err != nil || made.Kind != "customs" || made.Country != "XA" || made.Name != "Aduanas de A" || made.Version != 2 ||
			!maps.Equal(made.Names, draft.Names) || made.Directs() {
			t.Errorf("amended by its contact point: %+v, %v", made, err)
		}
		_, err = w.bodies.Amend(ctx, w.contact(o), draft)
		w.refused("an old version", err, fault.Conflict, "fault.conflict")
		draft.Version = 2
		if made, err = w.bodies.Amend(ctx, w.root, draft); err != nil || made.Kind != "secretariat" || made.Country != "XB" {
			t.Errorf("amended by the administrator: %+v, %v", made, err)
		}
		for _, id := range []organisation.ID{"", "x\x00", organisation.ID(w.source.ID())} {
			draft.ID = id
			_, err := w.bodies.Amend(ctx, w.root, draft)
			w.refused("no such body", err, fault.NotFound, "fault.not-found")
		}
		listed := func(who access.Actor) int {
			all, err := w.bodies.List(ctx, who)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		if n := listed(w.contact(other)); n != 1 {
			t.Errorf("an administration's contact point lists %d bodies", n)
		}
		if a, b := listed(w.contact(o)), listed(w.root); a != 2 || b != 2 {
			t.Errorf("the secretariat lists %d, the administrator %d, want 2", a, b)
		}
		for _, who := range []access.Actor{{}, {Person: w.source.ID(), Organisation: o.Number}} {
			_, err := w.bodies.List(ctx, who)
			w.refused("lists", err, fault.NotFound, "fault.not-found")
		}
	})
}

// Every bad field is refused at its place, alike when made and when amended.
func TestBadInput(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	o := w.register(w.draft("customs"))
	for what, c := range map[string]struct {
		spoil     func(d *organisation.Draft)
		path, key string
	}{
		"no name":                   {func(d *organisation.Draft) { d.Name = "  " }, "name", "fault.required"},
		"a long name":               {func(d *organisation.Draft) { d.Name = strings.Repeat("界", 201) }, "name", "fault.too-long"},
		"a name with a NUL":         {func(d *organisation.Draft) { d.Name = "A\x00B" }, "name", "fault.control-character"},
		"a name of two lines":       {func(d *organisation.Draft) { d.Name = "A\nB" }, "name", "fault.control-character"},
		"a name that turns around":  {func(d *organisation.Draft) { d.Name = "A\u202eB" }, "name", "fault.direction-character"},
		"an isolate":                {func(d *organisation.Draft) { d.Name = "A\u2067B" }, "name", "fault.direction-character"},
		"an invisible name":         {func(d *organisation.Draft) { d.Name = "A\u200dB" }, "name", "fault.invisible-character"},
		"a damaged name":            {func(d *organisation.Draft) { d.Name = "A\xffB" }, "name", "fault.not-utf8"},
		"a tower":                   {func(d *organisation.Draft) { d.Name = "A" + strings.Repeat("\u0301", 9) }, "name", "fault.too-many-marks"},
		"a long abbreviation":       {func(d *organisation.Draft) { d.Abbreviation = strings.Repeat("a", 41) }, "abbreviation", "fault.too-long"},
		"a turning abbreviation":    {func(d *organisation.Draft) { d.Abbreviation = "A\u202eB" }, "abbreviation", "fault.direction-character"},
		"a turning translation":     {func(d *organisation.Draft) { d.Names = map[string]string{"fr": "A\u202eB"} }, "name.fr", "fault.direction-character"},
		"a language that is none":   {func(d *organisation.Draft) { d.Names = map[string]string{"<b>": "A"} }, "names", "fault.choose-one"},
		"an unknown kind":           {func(d *organisation.Draft) { d.Kind = "army" }, "kind", "fault.unknown-code"},
		"a country in small":        {func(d *organisation.Draft) { d.Country = "xa" }, "country", "fault.unknown-code"},
		"no country":                {func(d *organisation.Draft) { d.Country = "" }, "country", "fault.required"},
		"an unknown time zone":      {func(d *organisation.Draft) { d.TimeZone = "Moon/Sea" }, "time_zone", "fault.unknown-code"},
		"no language":               {func(d *organisation.Draft) { d.Language = "" }, "language", "fault.required"},
		"a language of its own":     {func(d *organisation.Draft) { d.Language = "klingonish\x00" }, "language", "fault.choose-one"},
		"released by nobody":        {func(d *organisation.Draft) { d.ReleaseBy = "" }, "release_by", "fault.unknown-code"},
		"released before it is":     {func(d *organisation.Draft) { d.ReleaseAfter = -time.Hour }, "release_after", "fault.out-of-range"},
		"released after two months": {func(d *organisation.Draft) { d.ReleaseAfter = 60 * 24 * time.Hour }, "release_after", "fault.out-of-range"},
	} {
		fresh, old := w.draft("customs"), w.draft("customs")
		old.ID, old.Version = o.ID, o.Version
		c.spoil(&fresh)
		c.spoil(&old)
		_, made := w.bodies.Register(t.Context(), w.root, fresh)
		_, amended := w.bodies.Amend(t.Context(), w.root, old)
		for how, err := range map[string]error{"made": made, "amended": amended} {
			f, ok := errors.AsType[*fault.Fault](err)
			if !ok || len(f.Fields) != 1 || f.Fields[0].Path != c.path || f.Fields[0].Key != c.key {
				t.Errorf("%s, %s: %v, want %s at %s", what, how, err, c.key, c.path)
			}
		}
	}
	if n := w.entries(); n != 1 {
		t.Errorf("%d entries, want 1", n)
	}
}
