package i18n

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// TestCatalogues holds the build to what a reader needs: every text in every
// launch language, nothing twice, the same arguments, all plural forms.
func TestCatalogues(t *testing.T) {
	if err := Check(); err != nil {
		t.Errorf("catalogues cannot be read whole:\n%v", err)
	}
	en := catalogueOf(English)
	if len(en.entries) < 200 {
		t.Fatalf("only %d English texts: the catalogue was not embedded", len(en.entries))
	}
	for _, lang := range Languages() {
		c := catalogueOf(lang)
		for _, problem := range compare(en, c) {
			t.Error(problem)
		}
	}
}

// compare tells what a language's catalogue lacks, beside the English one.
func compare(en, c *catalogue) (problems []string) {
	say := func(file string, key, what string) { problems = append(problems, file+": "+key+": "+what) }
	for key, e := range en.entries {
		if _, ok := c.entries[key]; !ok {
			say(strings.Replace(e.file, "/en/", "/"+string(c.lang)+"/", 1), key, "is missing")
		}
	}
	for key, e := range c.entries {
		source, ok := en.entries[key]
		if !ok {
			say(e.file, key, "has no English text")
			continue
		}
		want := source.forms["other"].args()
		if got := e.forms["other"].args(); !slices.Equal(got, want) {
			say(e.file, key, "takes {"+strings.Join(got, "} {")+"}, English takes {"+strings.Join(want, "} {")+"}")
		}
		for form, p := range e.forms {
			// Forms for few things may put the number in words ("يومين").
			got, wantHere := without(p.args(), "count"), without(want, "count")
			if !slices.Equal(got, wantHere) {
				say(e.file, key, "form "+form+" takes other arguments than the English text")
			}
		}
		need := []string{"other"}
		if len(source.forms) > 1 {
			need = c.plurals.forms()
		}
		for _, form := range need {
			if _, ok := e.forms[form]; !ok {
				say(e.file, key, "lacks the plural form "+form)
			}
		}
		for form := range e.forms {
			if !slices.Contains(need, form) {
				say(e.file, key, "has a plural form "+form+" which English or the language does not have")
			}
		}
	}
	slices.Sort(problems)
	return problems
}

func (p pattern) args() (names []string) {
	for _, s := range p {
		if s.arg != "" && !slices.Contains(names, s.arg) {
			names = append(names, s.arg)
		}
	}
	slices.Sort(names)
	return names
}

func without(names []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == name })
}

// forms lists the plural forms a language really uses, found by trying.
func (r *pluralRule) forms() (forms []string) {
	tries := []string{"0", "1", "2", "3", "5", "11", "21", "100", "1000000", "0.5"}
	for _, n := range tries {
		if f := r.form(n); !slices.Contains(forms, f) {
			forms = append(forms, f)
		}
	}
	return forms
}

// TestCompareFinds proves that the test above can fail.
func TestCompareFinds(t *testing.T) {
	fsys := fstest.MapFS{
		"catalogue/en/a.toml": {Data: []byte(`"a.one" = "One"
"a.two" = "Two {name}"
"a.many" = { one = "{count} thing", other = "{count} things" }`)},
		"catalogue/ar/a.toml": {Data: []byte(`"a.two" = "اثنان {nom}"
"a.many" = { one = "شيء", other = "{count} شيء" }
"a.more" = "زائد"`)},
	}
	en, err := load(fsys, English)
	if err != nil {
		t.Fatal(err)
	}
	ar, err := load(fsys, Arabic)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(compare(en, ar), "\n")
	for _, want := range []string{
		"ar/a.toml: a.one: is missing",
		"a.two: takes {nom}, English takes {name}",
		"a.many: lacks the plural form two", "a.many: lacks the plural form zero",
		"a.many: lacks the plural form few", "a.many: lacks the plural form many",
		"a.more: has no English text",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("not found: %q in\n%s", want, got)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ one, two, want string }{
		"twice in two files": {`"k" = "a"`, `"k" = "b"`, `key "k" stands in catalogue/en/one.toml already`},
		"twice in one file":  {"\"k\" = \"a\"\n\"k\" = \"b\"", ``, "already been defined"},
		"not quoted":         {`seizure.title = "a"`, ``, "written flat and quoted"},
		"no other":           {`"k" = { one = "a" }`, ``, `"other" is missing`},
		"open brace":         {`"k" = "a {b"`, ``, "do not pair"},
		"close brace":        {`"k" = "a b}"`, ``, "without {"},
		"template":           {`"k" = "{{.Name}}"`, ``, "is no placeholder"},
		"capital":            {`"k" = "{Name}"`, ``, "is no placeholder"},
		"empty":              {`"k" = " "`, ``, "empty"},
		"number":             {`"k" = 3`, ``, "not a text"},
	} {
		fsys := fstest.MapFS{
			"catalogue/en/one.toml": {Data: []byte(c.one)},
			"catalogue/en/two.toml": {Data: []byte(c.two + "\n\"kept\" = \"Kept\"")},
		}
		cat, err := load(fsys, English)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
		if _, ok := cat.entries["kept"]; !ok {
			t.Errorf("%s: one bad line took the whole language away", name)
		}
	}
}

func TestT(t *testing.T) {
	fsys := fstest.MapFS{
		"catalogue/en/a.toml": {Data: []byte(`"only.english" = "Only English {name}"
"greet" = "Hello {name}, case {ref}"`)},
		"catalogue/ar/a.toml": {Data: []byte(`"greet" = "مرحبًا {name}، القضية {ref}"`)},
	}
	make := func(lang Lang) *Printer {
		p := NewPrinter(lang)
		p.cat, _ = load(fsys, lang)
		p.en, _ = load(fsys, English)
		return p
	}
	en, ar := make(English), make(Arabic)
	for _, c := range []struct {
		p    *Printer
		key  string
		args []fault.Args
		want string
	}{
		{en, "greet", []fault.Args{{"name": "Ann", "ref": "S-1"}}, "Hello Ann, case S-1"},
		{en, "greet", []fault.Args{{"name": "Ann", "ref": "S-1"}, {"ref": "S-2"}}, "Hello Ann, case S-2"},
		{en, "greet", []fault.Args{{"name": "سارة", "ref": "S-1"}}, "Hello \u2068سارة\u2069, case S-1"},
		{ar, "greet", []fault.Args{{"name": "سارة", "ref": "S-1"}}, "مرحبًا سارة، القضية \u2068S-1\u2069"},
		// What people typed is not looked at for placeholders again.
		{en, "greet", []fault.Args{{"name": "{ref}", "ref": "S-1"}}, "Hello {ref}, case S-1"},
		{en, "greet", nil, "Hello {name}, case {ref}"},
		{ar, "only.english", []fault.Args{{"name": "x"}}, "Only English \u2068x\u2069"},
		{en, "no.such", nil, "«no.such»"},
		{ar, "no.such", nil, "«no.such»"},
	} {
		if got := c.p.T(c.key, c.args...); got != c.want {
			t.Errorf("%s: T(%q, %v) = %q, want %q", c.p.Lang(), c.key, c.args, got, c.want)
		}
	}
	if ar.TextLang("only.english") != English || ar.TextLang("greet") != Arabic {
		t.Error("TextLang does not tell what is said in English instead")
	}
	if ar.Has("no.such") || !ar.Has("only.english") {
		t.Error("Has is wrong")
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		accept, chosen string
		want           Lang
	}{
		{"", "", English},
		{"fr-CA,fr;q=0.9,en;q=0.5", "", French},
		{"ar-EG", "", Arabic},
		{"ja,ar;q=0.3", "", Arabic},
		{"ja", "", English},
		{"de-DE,de;q=0.9", "", English},
		{"fr", "ar", Arabic},
		{"fr", "xx", French},
		{"fr", "en-XA", French}, // pseudo-languages are never offered
		{"\x00;;;q=9,,", "", English},
		{strings.Repeat("fr,", 5000), "", English},
	} {
		if got := Match(c.accept, c.chosen); got != c.want {
			t.Errorf("Match(%.40q, %q) = %s, want %s", c.accept, c.chosen, got, c.want)
		}
	}
}

func TestLanguages(t *testing.T) {
	want := map[Lang][2]string{English: {"English", "ltr"}, French: {"Français", "ltr"}, Arabic: {"العربية", "rtl"}}
	for _, l := range Languages() {
		if got := [2]string{l.Name(), l.Dir()}; got != want[l] {
			t.Errorf("%s is %v, want %v", l, got, want[l])
		}
	}
	if len(Languages()) != len(want) {
		t.Errorf("languages are %v", Languages())
	}
	if PseudoMirror.Dir() != "rtl" || PseudoLong.Dir() != "ltr" {
		t.Error("the pseudo-languages stand in the wrong direction")
	}
}

func TestPseudo(t *testing.T) {
	long, mirror := NewPrinter(PseudoLong), NewPrinter(PseudoMirror)
	english := NewPrinter(English)
	text := english.T("fault.future-date")
	if got := long.T("fault.future-date"); !strings.HasPrefix(got, "[") || len([]rune(got)) < len([]rune(text))*13/10 {
		t.Errorf("en-XA does not grow by a third: %q", got)
	}
	if got := long.T("fault.too-long", fault.Args{"max": 20}); !strings.Contains(got, "20") {
		t.Errorf("en-XA lost its argument: %q", got)
	}
	if got := mirror.T("kit.save"); got != "\u202eSave\u202c" {
		t.Errorf("ar-XB says %q", got)
	}
	if got := long.Country("FR"); got == "France" {
		t.Errorf("en-XA does not change names: %q", got)
	}
}
