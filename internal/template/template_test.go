package template_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/template"
)

func own(fields ...template.Field) template.Definition {
	return template.Definition{Name: "parcels", Base: template.Request, Title: template.Text{"en": "Parcels"}, Fields: fields}
}

// Every ready-made field is named in the catalogues and holds what exists.
func TestReady(t *testing.T) {
	p := i18n.NewPrinter(i18n.English)
	for _, f := range template.Ready() {
		if !p.Has("template.field." + f.Key) {
			t.Errorf("%s has no name", f.Key)
		}
		if l, ok := codelist.Named(f.List); f.Kind == template.Code && (!ok || l.Len() == 0) {
			t.Errorf("%s: no list %s", f.Key, f.List)
		}
	}
	for _, base := range template.Bases() {
		d, ok := template.BuiltIn(base)
		if clean, err := d.Clean(); !ok || err != nil || clean.String() != d.String() {
			t.Errorf("%s as built in is not clean: %v", base, err)
		}
		for _, f := range d.Fields {
			if !p.Has("template.field." + f.Key) {
				t.Errorf("%s has no name", f.Key)
			}
		}
	}
}

// What Clean refuses, and where it says so.
func TestCleanRefuses(t *testing.T) {
	label := template.Text{"en": "Colour"}
	many := make([]template.Option, template.MaxChoices+1)
	for i := range many {
		many[i] = template.Option{Code: "c" + strings.Repeat("x", i), Label: label}
	}
	for name, try := range map[string]struct {
		d    template.Definition
		path string
	}{
		"base":           {template.Definition{Name: "x", Base: "x"}, "base"},
		"name":           {template.Definition{Name: "Käse", Base: "general", Title: label}, "name"},
		"name of a base": {template.Definition{Name: "warning", Base: "general", Title: label}, "name"},
		"no title":       {template.Definition{Name: "x", Base: "general"}, "title"},
		"retired base":   {template.Definition{Name: "general", Base: "general", Retired: true}, "title"},
		"renamed base":   {template.Definition{Name: "general", Base: "general", Title: label}, "title"},
		"key":            {own(template.Field{Key: "A b", Kind: template.Line, Label: label}), "fields.A b"},
		"reserved":       {own(template.Field{Key: "outcome", Kind: template.Line, Label: label}), "fields.outcome"},
		"kind":           {own(template.Field{Key: "a", Kind: "poem", Label: label}), "fields.a"},
		"standing kind":  {own(template.Field{Key: "a", Kind: template.Standing, Label: label}), "fields.a"},
		"no label":       {own(template.Field{Key: "a", Kind: template.Line}), "fields.a.label"},
		"label of lines": {own(template.Field{Key: "a", Kind: template.Line, Label: template.Text{"en": "a\nb"}}), "fields.a.label"},
		"long label":     {own(template.Field{Key: "a", Kind: template.Line, Label: template.Text{"en": strings.Repeat("x", 101)}}), "fields.a.label"},
		"language":       {own(template.Field{Key: "a", Kind: template.Line, Label: template.Text{"tlh": "a"}}), "fields.a.label"},
		"list":           {own(template.Field{Key: "a", Kind: template.Code, List: "nothing", Label: label}), "fields.a.list"},
		"no choices":     {own(template.Field{Key: "a", Kind: template.Choice, Label: label}), "fields.a.choices"},
		"many choices":   {own(template.Field{Key: "a", Kind: template.Choice, Label: label, Choices: many}), "fields.a.choices"},
		"twice":          {own(template.Field{Key: "brand"}, template.Field{Key: "brand"}), "fields.brand"},
	} {
		_, err := try.d.Clean()
		if !slices.Contains(paths(err), try.path) {
			t.Errorf("%s: %v, want %s", name, paths(err), try.path)
		}
	}
	var fields []template.Field
	for i := range template.MaxFields {
		fields = append(fields, template.Field{Key: "a" + strings.Repeat("x", i%39) + string(rune('a'+i/39)), Kind: template.Line, Label: label})
	}
	if _, err := own(fields...).Clean(); !slices.Contains(paths(err), "fields") {
		t.Errorf("too many fields: %v", paths(err))
	}
}

func paths(err error) []string {
	var out []string
	f, _ := err.(*fault.Fault)
	if f != nil {
		for _, field := range f.Fields {
			out = append(out, field.Path)
		}
	}
	return out
}

// A base's own fields can be moved, hidden and required, never renamed or made
// something else; what makes a warning a warning stays.
func TestStanding(t *testing.T) {
	d := template.Definition{Name: "warning", Base: "warning", Fields: []template.Field{
		{Key: "category", Kind: template.Line, Label: template.Text{"en": "Mine"}, Required: true},
		{Key: "reply_due", Hidden: true}, {Key: "urgent", Required: true}, {Key: "source", Hidden: true, Required: true}}}
	d, err := d.Clean()
	if err != nil {
		t.Fatal(err)
	}
	want := []template.Field{{Key: "category", Kind: template.Standing, Required: true}, {Key: "reply_due", Kind: template.Standing, Required: true},
		{Key: "urgent", Kind: template.Standing}, {Key: "source", Kind: template.Standing, Hidden: true}}
	for i, f := range want {
		if got := d.Fields[i]; got.Key != f.Key || got.Kind != f.Kind || got.Required != f.Required || got.Hidden != f.Hidden || got.Own() {
			t.Errorf("%v, want %v", got, f)
		}
	}
	if f, ok := d.Field("arrival"); !ok || !f.Hidden {
		t.Error("what is not named is not hidden")
	}
}

func every() template.Definition {
	label := template.Text{"en": "A label", "ar": "تسمية"}
	fields := template.Ready()
	for _, k := range template.OwnKinds() {
		f := template.Field{Key: "own_" + strings.ReplaceAll(string(k), "-", "_"), Kind: k, Label: label}
		switch k {
		case template.Choice:
			f.Choices = []template.Option{{Code: "red", Label: label}, {Code: "B-2", Label: label}}
		case template.Code:
			f.List = "region"
		}
		fields = append(fields, f)
	}
	return own(fields...)
}

func nothing(string) bool { return false }

// Values of every kind: as typed, and as stored; an empty want is refused.
func TestCanonical(t *testing.T) {
	d := every()
	for _, try := range [][3]string{
		{"brand", "  Tide  ", "Tide"}, {"brand", "a\nb", ""}, {"brand", strings.Repeat("x", 201), ""},
		{"own_long_text", "a\nb", "a\nb"}, {"own_long_text", strings.Repeat("x", 4001), ""},
		{"direction", "import", "import"}, {"direction", "sideways", ""}, {"handling", "h1", "H1"}, {"transit_country", "fr", "FR"},
		{"own_choice", "red", "red"}, {"own_choice", "Red", ""}, {"own_yes_no", "yes", "yes"}, {"own_yes_no", "maybe", ""},
		{"containers", "١٢", "12"}, {"containers", "012", ""}, {"containers", "-1", ""}, {"containers", "1.5", ""},
		{"quantity", "12,5 KGM", "12.5 KGM"}, {"quantity", "12.50 KGM", "12.5 KGM"}, {"quantity", "12", ""}, {"quantity", "12 XXX", ""},
		{"quantity", "-3 KGM", ""}, {"event_date", "2017-02-06", "2017-02-06"}, {"event_date", "2017-02-30", ""},
		{"own_moment", "2017-02-06T14:30Z", "2017-02-06T14:30Z"}, {"own_moment", "2017-02-06T14:30:00+02:00", "2017-02-06T12:30Z"},
		{"own_moment", "yesterday", ""}, {"hs", "6403.99", "640399"}, {"hs", "640", ""}, {"hs", "64039999001", ""},
		{"imo", "IMO 9074729", "9074729"}, {"imo", "9074728", ""}, {"imo", "٩٠٧٤٧٢٩", "9074729"},
	} {
		f, ok := d.Field(try[0])
		got, err := f.Canonical(try[1])
		if !ok || got != try[2] || (err != nil) != (try[2] == "") {
			t.Errorf("%s %q: %q %v, want %q", try[0], try[1], got, err, try[2])
		}
	}
}

// What is required is missed, what is unknown or hidden refused, each by name.
func TestCheck(t *testing.T) {
	d, err := template.Definition{Name: "warning", Base: "warning", Fields: []template.Field{{Key: "brand", Required: true},
		{Key: "category", Required: true}, {Key: "reply_due"}, {Key: "hs"}}}.Clean()
	if err != nil {
		t.Fatal(err)
	}
	var p fault.Problems
	d.Check(map[string]string{"brand": " ", "nothing": "x", "category": "FOO", "hs": "1"}, func(key string) bool { return key == "source" }, &p)
	got := paths(p.Fault())
	slices.Sort(got)
	want := []string{"category", "fields.brand", "fields.category", "fields.hs", "fields.nothing", "source"}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	p = fault.Problems{}
	if out := d.Check(map[string]string{"brand": "Tide", "hs": ""}, func(key string) bool { return key == "category" }, &p); p.Fault() != nil ||
		len(out) != 1 || out["brand"] != "Tide" {
		t.Errorf("%v %v", out, p.Fault())
	}
}

// What Check accepts is shown again the same: accepted a second time, unchanged.
func TestCheckedStays(t *testing.T) {
	d := every()
	rapid.Check(t, func(t *rapid.T) {
		values := map[string]string{}
		for _, f := range d.Fields {
			samples := append(slices.Clone(seeds), f.List)
			if l, ok := codelist.Named(f.List); ok {
				samples = append(samples, l.Codes()...)
			}
			if rapid.Bool().Draw(t, "filled") {
				values[f.Key] = rapid.OneOf(rapid.SampledFrom(samples), rapid.String()).Draw(t, f.Key)
			}
		}
		checkStays(t, d, values)
	})
}

var seeds = []string{"12 KGM", "1,5 H87", "2017-02-06", "2017-02-06T10:00Z", "yes", "red", "9074729", "640399", "7", "٧", " a ", "é", "é"}

func checkStays(t interface{ Fatalf(string, ...any) }, d template.Definition, values map[string]string) {
	for key, v := range values {
		f, ok := d.Field(key)
		if !ok {
			continue
		}
		once, err := f.Canonical(v)
		if err != nil {
			continue
		}
		var p fault.Problems
		out := d.Check(map[string]string{key: once}, nothing, &p)
		if p.Fault() != nil || out[key] != once {
			t.Fatalf("%s: %q was taken as %q and is then %q (%v)", key, v, once, out[key], p.Fault())
		}
	}
}

// No value makes the check fall over, or changes by being checked again.
func FuzzValues(f *testing.F) {
	for _, s := range seeds {
		f.Add("quantity", s)
		f.Add("own_moment", s)
	}
	d := every()
	f.Fuzz(func(t *testing.T, key, value string) {
		for _, field := range d.Fields {
			checkStays(t, d, map[string]string{field.Key: value})
		}
		var p fault.Problems
		d.Check(map[string]string{key: value}, nothing, &p)
	})
}

// Whatever is parsed and cleaned is written, parsed and cleaned the same.
func FuzzDefinition(f *testing.F) {
	f.Add(every().String())
	for _, base := range template.Bases() {
		d, _ := template.BuiltIn(base)
		f.Add(d.String())
	}
	f.Add(`{"Name":"a","Base":"general","Title":{"en":"x"},"Fields":[{"Key":"b","Kind":"choice","Label":{"en":"y"},"Choices":[{"Code":"c","Label":{"fr":"z"}}]}]}`)
	f.Add(`{"Name":"a"} {}`)
	f.Fuzz(func(t *testing.T, text string) {
		d, err := template.Parse(text)
		if err != nil {
			return
		}
		clean, err := d.Clean()
		if err != nil {
			return
		}
		again, err := template.Parse(clean.String())
		if err != nil {
			t.Fatalf("%s: %v", clean, err)
		}
		twice, err := again.Clean()
		if err != nil || twice.String() != clean.String() {
			t.Fatalf("%s is then %s (%v)", clean, twice, err)
		}
	})
}
