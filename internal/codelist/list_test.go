package codelist_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Every code has a label in every language, and no label is left without a code.
func TestLabels(t *testing.T) {
	for _, lang := range i18n.Languages() {
		known := map[string]bool{}
		for _, key := range i18n.Keys(lang) {
			known[key] = true
		}
		p := i18n.NewPrinter(lang)
		wanted := map[string]bool{}
		for _, l := range codelist.All() {
			labels := map[string]string{}
			for _, code := range l.Codes() {
				key := l.Key(code)
				wanted[key] = true
				if !known[key] {
					t.Errorf("%s: no text %q", lang, key)
					continue
				}
				label := p.Code(l.Name(), code)
				if other, ok := labels[label]; ok {
					t.Errorf("%s: %s: %s and %s are both called %q", lang, l.Name(), other, code, label)
				}
				labels[label] = code
			}
		}
		for key := range known {
			if strings.HasPrefix(key, "code.") && !wanted[key] {
				t.Errorf("%s: %q is the label of no code", lang, key)
			}
		}
		for _, code := range codelist.Unit.Codes() {
			if !known["unit."+code] {
				t.Errorf("%s: quantities in %s cannot be printed: no text %q", lang, code, "unit."+code)
			}
		}
		for _, code := range codelist.Language.Codes() {
			if p.Language(code) == code {
				t.Errorf("%s: the language %s has no name", lang, code)
			}
		}
		for _, code := range codelist.Country.Codes() {
			if named := p.Country(code) != code; named == codelist.UserAssigned(code) {
				t.Errorf("%s: the country %s is called %q", lang, code, p.Country(code))
			}
		}
	}
}

func TestTLPIsNeverTranslated(t *testing.T) {
	for _, lang := range i18n.Languages() {
		for _, code := range codelist.TLP.Codes() {
			if got := i18n.NewPrinter(lang).Code("tlp", code); got != "TLP:"+code {
				t.Errorf("%s: %s is called %q", lang, code, got)
			}
		}
	}
}

func TestLists(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	own := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$|^[A-Z0-9]+(\+[A-Z]+)?$`)
	for _, n := range codelist.Names() {
		l, ok := codelist.Named(n)
		if !ok || l.Name() != n || !name.MatchString(n) {
			t.Errorf("list %q", n)
		}
		if l.Len() == 0 || l.Len() != len(l.Codes()) {
			t.Errorf("%s has %d codes", n, l.Len())
		}
		for i, code := range l.Codes() {
			if !l.Has(code) || l.Index(code) != i || !own.MatchString(code) {
				t.Errorf("%s: %q", n, code)
			}
			if l.Has(strings.ToUpper(code)+"x") || l.Has(" "+code) {
				t.Errorf("%s takes more than its codes", n)
			}
		}
		if l.Has("") || l.Index("") != -1 {
			t.Errorf("%s holds nothing as a code", n)
		}
	}
	if len(codelist.All())+3 != len(codelist.Names()) {
		t.Error("a list stands twice in All, or is missing")
	}
	codelist.Side.Codes()[0] = "changed"
	if codelist.Side.Has("changed") || codelist.Side.Codes()[0] != "coordination" {
		t.Error("a caller can change a list")
	}
	if _, ok := codelist.Named("nothing"); ok {
		t.Error("a list that does not exist is found")
	}
}

// The codes other programs rely on; order is display order.
func TestFixedCodes(t *testing.T) {
	for _, c := range []struct {
		list codelist.List
		want string
	}{
		{codelist.Category, "ACC CLO PHA PHO ELE MOB COS WAT COM TOY FTW FOO DRK ALC TOB TEX SPA SPO MED WIL PKG HOU OTH"},
		{codelist.Unit, "H87 KGM GRM TNE LTR MLT MTQ MTR MTK CTM PR STK E27 HEA NMP XBX XPC"},
		{codelist.TLP, "RED AMBER+STRICT AMBER GREEN CLEAR"},
		{codelist.Counted, "counted genuine duplicate outside-phase withdrawn draft status"},
		{codelist.Feedback, "hit clean not-checked released moved-on surveillance not-arrived"},
		{codelist.Role, "director coordinator analyst contact-point officer observer right-holder trainer auditor"},
	} {
		if got := c.list.Codes(); !slices.Equal(got, strings.Fields(c.want)) {
			t.Errorf("%s is %v", c.list.Name(), got)
		}
	}
	if n := codelist.Country.Len(); n != 249+26+14 {
		t.Errorf("%d countries and areas, want 249 assigned and 40 user-assigned", n)
	}
}

func TestRec19(t *testing.T) {
	for code, want := range map[string]string{"sea": "1", "rail": "2", "road": "3", "air": "4", "mail": "5", "inland-water": "8", "unknown": "0"} {
		if got, ok := codelist.Rec19(code); !ok || got != want {
			t.Errorf("Rec19(%s) = %s, %v", code, got, ok)
		}
		if !codelist.Conveyance.Has(code) {
			t.Errorf("%s is no conveyance", code)
		}
	}
	for _, code := range []string{"express", "passenger", "other", "", "SEA"} {
		if got, ok := codelist.Rec19(code); ok {
			t.Errorf("Rec19(%q) = %s", code, got)
		}
	}
}

// Members of the story's regions, one of each region, and who stands in none.
func TestRegions(t *testing.T) {
	for country, want := range map[string]string{"TH": "AP", "FR": "EUR", "MA": "NCA", "KE": "ESA", "SN": "WCA", "BR": "AMS", "XA": "", "AQ": "", "": ""} {
		if got := codelist.RegionOf(country); got != want {
			t.Errorf("%s: %s, want %s", country, got, want)
		}
	}
}
