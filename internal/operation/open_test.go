package operation_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

func hasKey(err error, key string) bool {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return false
	}
	for _, p := range f.Fields {
		if p.Key == key {
			return true
		}
	}
	return f.Key == key
}

// at fails unless the only problem of err is that key at that field.
func at(t *testing.T, what string, err error, path, key string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Path != path || f.Fields[0].Key != key {
		t.Errorf("%s: %v, want %s at %s", what, err, key, path)
	}
}

// The same draft again is the same operation; its id with other content is not.
func TestOpenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		draft := w.draft(fresh(), "wco")
		draft.Scope = operation.Scope{Categories: []string{}} // what is empty and what was never set are one
		first := w.open(draft)
		w.tick()
		if again := w.open(draft); again.Number != first.Number {
			t.Errorf("the same draft made operation %d and %d", first.Number, again.Number)
		}
		if n := w.size(draft.Code); n != 1 {
			t.Errorf("%d entries after opening twice, want 1", n)
		}
		other := draft
		other.Name = "Ebb"
		_, err := w.operations.Open(ctx, w.root, other)
		w.refused("the id with other content", err, fault.Conflict, "fault.exists")
		taken := w.draft(draft.Code, "wco")
		_, err = w.operations.Open(ctx, w.root, taken)
		at(t, "a taken code", err, "code", "operation.code-taken")
	})
}

// Who may open, for which body, with whom as director.
func TestOpenRules(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		for _, who := range []string{"xa.officer", "wco.coordinator", "nobody"} {
			_, err := w.operations.Open(ctx, w.actor[who], w.draft(fresh(), "wco"))
			w.missing(who+" opens", err)
		}
		_, err := w.operations.Open(ctx, w.actor["wco"], w.draft(fresh(), "wco"))
		w.must(err)
		_, err = w.operations.Open(ctx, w.actor["rilo"], w.draft(fresh(), "wco"))
		at(t, "a contact point opens for another body", err, "organisation", "operation.organisation-cannot-direct")
		_, err = w.operations.Open(ctx, w.actor["xa"], w.draft(fresh(), "xa"))
		at(t, "an administration directs", err, "organisation", "operation.organisation-cannot-direct")
		practice := w.draft("practice-xa", "xa")
		practice.Kind = operation.KindPractice
		_, err = w.operations.Open(ctx, w.actor["xa"], practice)
		w.must(err)
		for _, by := range []string{"holder", "watch", "xa"} {
			d := w.draft(fresh(), by)
			d.Kind = map[string]string{"xa": operation.KindLibrary}[by]
			if d.Kind == operation.KindLibrary {
				d.Code = operation.Library
			} else {
				d.Kind, d.Code = operation.KindPractice, "practice-"+d.Code
			}
			_, err = w.operations.Open(ctx, w.actor[by], d)
			at(t, by+" directs a "+d.Kind, err, "organisation", "operation.organisation-cannot-direct")
		}
		unknown := w.draft(fresh(), "wco")
		unknown.Organisation = "01890a5d-ac96-774b-bcce-000000000000"
		_, err = w.operations.Open(ctx, w.root, unknown)
		at(t, "an unknown body", err, "organisation", "operation.organisation-cannot-direct")
		elsewhere := w.draft(fresh(), "wco")
		elsewhere.Director = w.id("rilo")
		_, err = w.operations.Open(ctx, w.root, elsewhere)
		at(t, "a director of another body", err, "director", "operation.director-elsewhere")

		w.must(w.people.EndHat(ctx, w.root, w.id("wco.coordinator"), w.body["wco"].Number))
		gone := w.draft(fresh(), "wco")
		gone.Director = w.id("wco.coordinator")
		_, err = w.operations.Open(ctx, w.root, gone)
		at(t, "a director whose hat has ended", err, "director", "operation.director-elsewhere")
	})
}

// Every bad field is refused at its place, and nothing is stored.
func TestOpenBadInput(t *testing.T) {
	d := dbtest.SQLite(t)
	w := newWorld(t, d)
	for what, c := range map[string]struct {
		spoil     func(d *operation.Draft)
		path, key string
	}{
		"an id that is none":       {func(d *operation.Draft) { d.ID = "x\x00y" }, "id", "fault.not-an-id"},
		"no code":                  {func(d *operation.Draft) { d.Code = "" }, "code", "operation.code-form"},
		"a code with a path":       {func(d *operation.Draft) { d.Code = "../etc" }, "code", "operation.code-form"},
		"a long code":              {func(d *operation.Draft) { d.Code = operation.Code(strings.Repeat("a", 41)) }, "code", "operation.code-form"},
		"an unknown kind":          {func(d *operation.Draft) { d.Kind = "war" }, "kind", "fault.unknown-code"},
		"no name":                  {func(d *operation.Draft) { d.Name = " \t" }, "name", "fault.required"},
		"a long name":              {func(d *operation.Draft) { d.Name = strings.Repeat("é", 121) }, "name", "fault.too-long"},
		"a name that turns around": {func(d *operation.Draft) { d.Name = "Tide\u202e edit" }, "name", "fault.direction-character"},
		"a name with a NUL":        {func(d *operation.Draft) { d.Name = "Ti\x00de" }, "name", "fault.control-character"},
		"a name of two lines":      {func(d *operation.Draft) { d.Name = "Ti\nde" }, "name", "fault.control-character"},
		"an invisible name":        {func(d *operation.Draft) { d.Name = "Ti\u200bde" }, "name", "fault.invisible-character"},
		"a damaged name":           {func(d *operation.Draft) { d.Name = "Tide\xff" }, "name", "fault.not-utf8"},
		"a NUL in the purpose":     {func(d *operation.Draft) { d.Purpose = "a\x00b" }, "purpose", "fault.control-character"},
		"a sponsor of two lines":   {func(d *operation.Draft) { d.Sponsor = "a\nb" }, "sponsor", "fault.control-character"},
		"no conditions":            {func(d *operation.Draft) { d.Handling = "" }, "handling", "fault.required"},
		"long conditions":          {func(d *operation.Draft) { d.Handling = strings.Repeat("x", 8001) }, "handling", "fault.too-long"},
		"no language":              {func(d *operation.Draft) { d.Language = "" }, "language", "fault.choose-one"},
		"an unknown time zone":     {func(d *operation.Draft) { d.TimeZone = "../../etc/passwd" }, "time_zone", "fault.unknown-code"},
		"the machine's time zone":  {func(d *operation.Draft) { d.TimeZone = "Local" }, "time_zone", "fault.unknown-code"},
		"no phases":                {func(d *operation.Draft) { d.Phases = nil }, "phases", "fault.required"},
		"a day that is none":       {func(d *operation.Draft) { d.Phases[0].Ends = "2017-02-30" }, "phases", "fault.not-a-date"},
		"a phase backwards":        {func(d *operation.Draft) { d.Phases[0].Ends = "2017-02-05" }, "phases", "operation.phase-backwards"},
		"a phase for ever":         {func(d *operation.Draft) { d.Phases[0].Ends = "9999-12-31" }, "phases", "fault.out-of-range"},
		"an unknown phase":         {func(d *operation.Draft) { d.Phases[0].Kind = "lunch" }, "phases", "fault.unknown-code"},
		"too many phases":          {func(d *operation.Draft) { d.Phases = make([]operation.Phase, 41) }, "phases", "fault.too-many-items"},
		"a phase's name":           {func(d *operation.Draft) { d.Phases[0].Name = "a\u202eb" }, "phases", "fault.direction-character"},
		"a missing counted phase":  {func(d *operation.Draft) { d.Counting.Phase = "training" }, "counting", "operation.counting-phase-missing"},
		"an unknown category":      {func(d *operation.Draft) { d.Scope.Categories = []string{"XXX"} }, "scope", "fault.unknown-code"},
		"a heading that is none":   {func(d *operation.Draft) { d.Scope.HS = []string{"42"} }, "scope", "fault.unknown-code"},
		"a country's name":         {func(d *operation.Draft) { d.Names = map[string]map[string]string{"XA": {"en": "A\u202eb"}} }, "names", "fault.direction-character"},
		"a banner in prose":        {func(d *operation.Draft) { d.Banner = "Hello <b>you</b>" }, "banner", "fault.unknown-code"},
	} {
		draft := w.draft(fresh(), "wco")
		c.spoil(&draft)
		_, err := w.operations.Open(t.Context(), w.root, draft)
		at(t, what, err, c.path, c.key)
	}
	all, err := w.operations.List(t.Context(), w.actor["wco"], operation.KindOperation)
	if err != nil || len(all) != 1 {
		t.Errorf("%d operations, %v", len(all), err)
	}
}

// Kinds are named, and each sees the operations of its own organisation.
func TestList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		practice := w.draft("practice", "wco")
		practice.Kind = operation.KindPractice
		w.open(practice)
		w.must(w.invite("wco", "practice", "xa", access.Enforcement))
		w.person("xa", "newcomer", "")
		both := []string{operation.KindPractice}
		for who, want := range map[string]string{"wco": "tide practice", "wco.coordinator": "tide", "xa": "tide practice", "xa.officer": "tide",
			"xa.newcomer": "", "rilo": "other", "outsider": "", "holder": "tide"} {
			all, err := w.operations.List(t.Context(), w.actor[who], operation.KindOperation, both...)
			w.must(err)
			if got := codes(all); got != want {
				t.Errorf("%s lists %q, want %q", who, got, want)
			}
		}
		if all, err := w.operations.List(t.Context(), w.actor["wco"], operation.KindLibrary); err != nil || len(all) != 0 {
			t.Errorf("libraries: %v, %v", all, err)
		}
		_, err := w.operations.List(t.Context(), access.Actor{}, operation.KindOperation)
		w.missing("nobody lists", err)
	})
}

func codes(all []operation.Summary) string {
	var out []string
	for _, s := range all {
		if s.Operation.Code == "other" || !strings.HasPrefix(string(s.Operation.Code), "tide-") {
			out = append(out, string(s.Operation.Code))
		}
	}
	return strings.Join(out, " ")
}
