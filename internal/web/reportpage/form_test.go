package reportpage

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// anyDraft is a draft as Draft.Check leaves it.
func anyDraft(t *rapid.T) seizure.Draft {
	of := func(l codelist.List, label string) string {
		return rapid.SampledFrom(append([]string{""}, l.Codes()...)).Draw(t, label)
	}
	word := rapid.SampledFrom([]string{"", "Port", "مركز البريد", "a & b <c>", "line\nline"})
	coded := func(l codelist.List, label string) goods.Coded {
		return goods.Coded{Code: of(l, label), Typed: rapid.SampledFrom([]string{"", "lorry", "شاحنة"}).Draw(t, label+" typed")}
	}
	money := func(label string) goods.Value {
		return rapid.SampledFrom([]goods.Value{{}, {Micro: 12_500_000, Currency: "USD"}, {Micro: 1, Currency: "JPY", Basis: "customs"}}).Draw(t, label)
	}
	d := seizure.Draft{ID: "01890a5d-ac96-774b-bcce-b302099a8057", Country: "XA", Place: word.Draw(t, "place"), Location: rapid.SampledFrom([]string{"", "XACIT"}).Draw(t, "location"),
		Hidden: word.Draw(t, "hidden"), Cover: word.Draw(t, "cover"), Loading: of(codelist.LoadingStatus, "loading"), StatusDay: rapid.SampledFrom([]string{"", "2017-02-08"}).Draw(t, "status day"), Day: "2017-02-07",
		Time: rapid.SampledFrom([]string{"", "14:05"}).Draw(t, "time"), Direction: coded(codelist.Direction, "direction"),
		Conveyance: coded(codelist.Conveyance, "conveyance"), Carrier: word.Draw(t, "carrier"), Detection: coded(codelist.Detection, "detection"),
		Concealment: coded(codelist.Concealment, "concealment"), Origin: coded(codelist.Country, "origin"),
		Transit: coded(codelist.Country, "transit"), Destination: coded(codelist.Country, "destination"), Status: "seized",
		Remarks: word.Draw(t, "remarks"), Language: "ar", Warning: rapid.Int64Range(0, 9).Draw(t, "warning")}
	for range rapid.IntRange(0, 3).Draw(t, "legs") {
		d.Legs = append(d.Legs, seizure.Leg{Kind: of(codelist.Leg, "leg"), Place: word.Draw(t, "leg place"), Mode: of(codelist.Conveyance, "mode"), Day: "2017-02-01"})
	}
	for range rapid.IntRange(0, 3).Draw(t, "steps") {
		d.Custody = append(d.Custody, seizure.Custody{Kind: of(codelist.Custody, "custody"), Day: "2017-02-09", Note: word.Draw(t, "note")})
	}
	if rapid.Bool().Draw(t, "yields") {
		d.Yields = []seizure.Yield{{Kind: "arrests", Count: 3}, {Kind: "cash", Value: goods.Value{Micro: 7_000_000, Currency: "EUR"}}}
	}
	for range rapid.IntRange(1, 12).Draw(t, "lines") {
		l := goods.Line{Category: of(codelist.Category, "category"), Description: word.Draw(t, "description"), Brand: word.Draw(t, "brand"),
			HS: rapid.SampledFrom([]string{"", "30", "300490"}).Draw(t, "hs"), IPR: coded(codelist.IPRType, "ipr"), Verdict: "fake", By: of(codelist.VerdictBy, "by"),
			Sub: word.Draw(t, "sub"), GTIN: rapid.SampledFrom([]string{"", "5901234123457"}).Draw(t, "gtin"), Batch: word.Draw(t, "batch"), Holder: word.Draw(t, "holder"),
			Right: word.Draw(t, "right"), Hazard: rapid.Bool().Draw(t, "hazard"), Value: money("value"),
			Violations: rapid.SampledFrom([][]string{nil, {"ipr"}, {"ipr", "food-safety"}}).Draw(t, "violations")}
		if rapid.Bool().Draw(t, "declared") {
			l.Declared = goods.Declared{Description: word.Draw(t, "declared description"), HS: "30", Quantity: goods.Quantity{Micro: 5, Unit: "KGM"}, Value: money("declared value")}
		}
		for _, unit := range rapid.SliceOfNDistinct(rapid.SampledFrom(codelist.Unit.Codes()), 0, codelist.Unit.Len(), rapid.ID).Draw(t, "units") {
			l.Quantities = append(l.Quantities, goods.Quantity{Micro: rapid.Int64Range(1, goods.MaxQuantity-1).Draw(t, "micro"), Unit: unit, Basis: of(codelist.QuantityBasis, "basis")})
		}
		d.Goods = append(d.Goods, l)
	}
	return d
}

// TestFormKeepsTheCase: what the form shows is what it reads back, so that an
// amendment never changes what nobody touched.
func TestFormKeepsTheCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDraft(t)
		form := tidyLines(caseForm(d, 3), true, "")
		got, wrong := caseDraft(form)
		if len(wrong) > 0 || !reflect.DeepEqual(got, d) {
			t.Fatalf("written %+v\nread %+v\nwrong %v", d, got, wrong)
		}
		if casepart.VersionOf(form) != 3 {
			t.Fatal("the version is lost")
		}
		if names := conflictNames(form, caseForm(d, 3)); len(names) > 0 {
			t.Fatalf("a case differs from itself in %v", names)
		}
	})
}

// TestSettled: whatever is chosen, each part is wholly mine or wholly theirs.
func TestSettled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mine, theirs := anyDraft(t), anyDraft(t)
		f := seizure.File{Case: seizure.Case{Draft: theirs, Version: 8}}
		values := caseForm(mine, 7)
		values.Set("reason", "why")
		names := conflictNames(values, caseForm(theirs, 8))
		for _, name := range names {
			values.Set("choose."+name, rapid.SampledFrom([]string{"mine", "theirs"}).Draw(t, name))
		}
		form, open := settled(f, values)
		if len(open) > 0 {
			t.Fatalf("chosen everywhere, but %v is open", open)
		}
		if form.Get("reason") != "why" || casepart.VersionOf(form) != 8 {
			t.Fatalf("reason or version lost: %v", form)
		}
		for _, name := range names {
			want := part(caseForm(mine, 0), name)
			if values.Get("choose."+name) == "theirs" {
				want = part(caseForm(theirs, 0), name)
			}
			if got := part(form, name); got != want {
				t.Errorf("%s: got %s, want %s", name, got, want)
			}
		}
		if len(names) > 0 {
			values.Del("choose." + names[0])
			if _, open := settled(f, values); len(open) != 1 || open[0] != names[0] {
				t.Errorf("no choice for %s, but open is %v", names[0], open)
			}
		}
	})
}

func TestTidyLines(t *testing.T) {
	form := url.Values{"goods.2.category": {"FOO"}, "goods.7.category": {""}, "goods.7.verdict": {"fake"}, "goods.9.brand": {"B"},
		"goods.9999999999.brand": {"far"}, "place": {"Port"}}
	for name, c := range map[string]struct {
		empty   bool
		without string
		want    string
	}{
		"all":           {true, "", "goods.1.category=FOO goods.2.category= goods.2.verdict=fake goods.3.brand=B"},
		"written":       {false, "", "goods.1.category=FOO goods.2.brand=B"},
		"without":       {true, "goods.7.", "goods.1.category=FOO goods.2.brand=B"},
		"without first": {true, "goods.2.", "goods.1.category= goods.1.verdict=fake goods.2.brand=B"},
	} {
		got := tidyLines(form, c.empty, c.without)
		var parts []string
		for _, field := range sortedNames(got) {
			if strings.HasPrefix(field, "goods.") && len(field) < 20 {
				parts = append(parts, field+"="+got.Get(field))
			}
		}
		if s := strings.Join(parts, " "); s != c.want || got.Get("place") != "Port" {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
	if got := tidyLines(url.Values{}, false, ""); lineCount(got) != 1 {
		t.Errorf("a form without lines has %d", lineCount(got))
	}
}

// TestQuantityTyped: the fault stays at the field whose text cannot be read.
func TestQuantityTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"40|H87": "", "٤٠|H87": "", "1 234,5|KGM": "", "1,234|KGM": "goods.1.quantity: fault.quantity.ambiguous",
		"-3|KGM": "goods.1.quantity: fault.quantity.signed", "12|": "goods.1.unit: seizure.unit-missing", "|KGM": "goods.1.quantity: fault.required",
		"|": "", "ten|H87": "goods.1.quantity: fault.quantity.not-a-number",
	} {
		number, unit, _ := strings.Cut(typed, "|")
		_, wrong := caseDraft(url.Values{"goods.1.quantity": {number}, "goods.1.unit": {unit}})
		got := ""
		for _, f := range wrong {
			got += f.Path + ": " + f.Key
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

// TestProblemsInOrder: the summary follows the form.
func TestProblemsInOrder(t *testing.T) {
	p := &kit.Page{Printer: i18n.NewPrinter("en")}
	form := url.Values{"goods.1.category": {""}, "goods.2.category": {""}}
	order, labels := caseOrder(p, form)
	unread := []fault.Field{{Path: "goods.2.quantity", Key: "x"}}
	err := merged(unread, &fault.Fault{Kind: fault.Invalid, Key: "fault.invalid", Fields: []fault.Field{{Path: "remarks"}, {Path: "goods.1.category"},
		{Path: "day"}}}, order)
	f, _ := frame.AsFault(err)
	var got []string
	for _, x := range f.Fields {
		got = append(got, x.Path)
		if labels[x.Path] == "" {
			t.Errorf("%s has no label", x.Path)
		}
	}
	if s := strings.Join(got, " "); s != "day goods.1.category goods.2.quantity remarks" {
		t.Errorf("order %s", s)
	}
	if merged(nil, nil, order) != nil {
		t.Error("nothing is wrong, but merged says so")
	}
}
