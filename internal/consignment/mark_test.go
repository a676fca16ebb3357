package consignment_test

import (
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ line, kind, value, canonical string }{
		{"CSQU3054383", consignment.Container, "CSQU3054383", "CSQU3054383"},
		{" csqu 305438-3 ", consignment.Container, "csqu 305438-3", "CSQU3054383"},
		{"ＣＳＱＵ３０５４３８３", consignment.Container, "ＣＳＱＵ３０５４３８３", "CSQU3054383"},
		{"CSQU٣٠٥٤٣٨٣", consignment.Container, "CSQU٣٠٥٤٣٨٣", "CSQU3054383"},
		{"CSQU3054384", consignment.Container, "CSQU3054384", "CSQU3054384"}, // false, and still one
		{"180-8114 0743", consignment.AirWaybill, "180-8114 0743", "18081140743"},
		{"18081140743", consignment.AirWaybill, "18081140743", "18081140743"},
		{"18081140744", consignment.Other, "18081140744", "18081140744"}, // nothing says what it is
		{"180-81140744", consignment.AirWaybill, "180-81140744", "18081140744"},
		{"RR 473 124 829 GB", consignment.PostalItem, "RR 473 124 829 GB", "RR473124829GB"},
		{"IMO 9074729", consignment.Vessel, "IMO 9074729", "9074729"},
		{"vessel: 9074729", consignment.Vessel, "9074729", "9074729"},
		{"MAEU123456789", consignment.BillOfLading, "MAEU123456789", "MAEU123456789"},
		{"QR 4471 AD", consignment.Vehicle, "QR 4471 AD", "QR4471AD"},
		{"Seal: 0482913", consignment.Seal, "0482913", "0482913"},
		{"seal：０４８", consignment.Seal, "０４８", "048"},
		{"12:34", consignment.Other, "12:34", "1234"},
		{"", consignment.Other, "", ""},
	} {
		m := consignment.Parse(c.line)
		if m.Kind != c.kind || m.Value != c.value || m.Canonical() != c.canonical {
			t.Errorf("%q: %+v, compared as %q", c.line, m, m.Canonical())
		}
	}
}

// Prose gives no marks: only what has a check digit, and a right one.
func TestFound(t *testing.T) {
	text := "货柜CSQU3054383及 csqu 305438 4，运单180-81140743, item RR 473 124 829 GB of 2017-02-10, order 18081140743, IMO: 9074729, IMO 9074728, tel. 0123 4567 890"
	var got []string
	for _, m := range consignment.Found(text) {
		got = append(got, m.Kind+" "+m.Canonical()+" "+m.Check)
	}
	want := []string{"container CSQU3054383 ok", "postal-item RR473124829GB ok", "air-waybill 18081140743 ok", "vessel 9074729 ok"}
	if !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
}

// What is listed keeps its place and its writing; each number stands once; a false
// check digit is told and taken.
func TestClean(t *testing.T) {
	var p fault.Problems
	got := consignment.Clean(&p, "marks", []consignment.Mark{
		{Kind: consignment.Container, Value: "CSQU 305438-4", Check: consignment.Fits}, {Value: "CSQU3054384"},
		{Kind: consignment.Seal, Value: " 0482913 "}, {Kind: consignment.Other, Value: "gone", Found: true},
	}, "CSQU3054383 and again CSQU 3054383")
	want := []consignment.Mark{{Kind: consignment.Container, Value: "CSQU 305438-4", Check: consignment.Failed},
		{Kind: consignment.Seal, Value: "0482913", Check: consignment.None},
		{Kind: consignment.Container, Value: "CSQU3054383", Check: consignment.Fits, Found: true}}
	if p.Fault() != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, p.Fault())
	}
	again := consignment.Clean(&p, "marks", got, "CSQU3054383 and again CSQU 3054383")
	if !slices.Equal(again, want) {
		t.Errorf("cleaned again: %+v", again)
	}
	many := make([]consignment.Mark, consignment.MaxListed+1)
	for i := range many {
		many[i] = consignment.Mark{Kind: consignment.Other, Value: "123" + string(rune('A'+i))}
	}
	for _, wrong := range [][]consignment.Mark{many, {{Kind: "lorry", Value: "1234"}}, {{Value: "1-2"}}, {{Value: ""}}, {{Value: "12\x003456"}},
		{{Value: "ABC\n123456"}}, {{Value: string(make([]byte, 65))}}, {{Value: "12345\u202e6"}}} {
		var p fault.Problems
		consignment.Clean(&p, "marks", wrong)
		if f, ok := p.Fault().(*fault.Fault); !ok || f.Fields[0].Path != "marks" {
			t.Errorf("%q is taken", wrong[0].Value)
		}
	}
}

// Nobody sees a link who does not read both records, and of those only who
// controls goods.
func TestCommon(t *testing.T) {
	sides := map[int64]access.Side{1: access.Coordination, 2: access.Enforcement, 3: access.Enforcement, 4: access.ObserverSide, 5: access.RightHolderSide}
	all := []audience.Value{{}, {Organisations: []int64{2}}, {Sides: []access.Side{access.Enforcement}}, {Sides: []access.Side{access.Coordination}, Organisations: []int64{3, 5}},
		{Sides: access.Sides(), Organisations: []int64{2}}, {Organisations: []int64{2, 3, 4, 5, 9}}, {Sides: []access.Side{access.Enforcement, access.ObserverSide}, Organisations: []int64{1}}}
	for _, a := range all {
		for _, b := range all {
			v := consignment.Common(a, b, sides)
			for n, side := range sides {
				want := a.Has(n, side) && b.Has(n, side) && (side == access.Coordination || side == access.Enforcement)
				if v.Has(n, side) != want {
					t.Errorf("%s and %s: %d: %v", a, b, n, v.Has(n, side))
				}
			}
			if v.Has(9, access.Enforcement) && !(slices.Contains(a.Sides, access.Enforcement) && slices.Contains(b.Sides, access.Enforcement)) {
				t.Errorf("%s and %s: who is no member is named", a, b)
			}
		}
	}
}

func FuzzMarks(f *testing.F) {
	for _, s := range []string{"CSQU3054383", "seal: 12", "ＣＳＱＵ３０５４３８３", "RR 473 124 829 GB", "IMO9074729", "180-81140743", "\u1100-\u1161", "ß", "\xff", "İ１"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := consignment.Parse(s)
		if !codelist.Consignment.Has(m.Kind) {
			t.Fatalf("%q is a %q", s, m.Kind)
		}
		once := m.Canonical()
		for _, r := range once {
			if utf8.ValidString(s) && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				t.Fatalf("%q is compared as %q", s, once)
			}
		}
		var p fault.Problems
		first := consignment.Clean(&p, "marks", []consignment.Mark{m}, s)
		if len(first) > consignment.MaxMarks {
			t.Fatalf("%d marks", len(first))
		}
		if p.Fault() == nil && utf8.ValidString(s) {
			if again := consignment.Clean(&p, "marks", first, s); !slices.Equal(first, again) {
				t.Fatalf("%+v, and again %+v", first, again)
			}
		}
		for _, found := range consignment.Found(s) {
			if c, has := found.Checked(); !has || !c.OK {
				t.Fatalf("found %+v in %q", found, s)
			}
		}
	})
}
