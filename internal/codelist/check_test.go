package codelist_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
)

// Numbers that the sources give as right, and what is wrong with others.
func TestCheckDigits(t *testing.T) {
	for _, c := range []struct {
		check func(string) codelist.Checked
		in    string
		ok    bool
		want  string // the digit that would fit
	}{
		{codelist.Container, "CSQU3054383", true, ""}, // ISO 6346's own example
		{codelist.Container, "TEXU3070079", true, ""},
		{codelist.Container, "CMAU5110875", true, ""},
		{codelist.Container, "CSQU3054384", false, "3"},
		{codelist.Container, "CSQA3054383", false, ""}, // no category A
		{codelist.Container, "CSQU305438", false, ""},
		{codelist.Container, "csqu3054383", false, ""}, // not canonical
		{codelist.Container, "", false, ""},
		{codelist.AirWaybill, "00012345675", true, ""}, // 1234567-5, of the Australian Border Force
		{codelist.AirWaybill, "18081140743", true, ""}, // 8114074-3
		{codelist.AirWaybill, "18081140744", false, "3"},
		{codelist.AirWaybill, "1808114074", false, ""},
		{codelist.PostalItem, "RR473124829GB", true, ""}, // of the article on S10
		{codelist.PostalItem, "RR473124820GB", false, "9"},
		{codelist.PostalItem, "RR473124829ZZ", false, ""},
		{codelist.PostalItem, "R1473124829GB", false, ""},
		{codelist.PostalItem, "RR000000005GB", true, ""}, // remainder 0: 11 is written 5
		{codelist.Ship, "9074729", true, ""},
		{codelist.Ship, "9074728", false, "9"},
		{codelist.Ship, "907472", false, ""},
	} {
		got := c.check(c.in)
		if got.OK != c.ok || got.Want != c.want || got.Canonical != c.in || (got.Reason == "") != c.ok || !codelist.Consignment.Has(got.Kind) {
			t.Errorf("%q: %+v", c.in, got)
		}
	}
}

// A container whose remainder is 10 carries 0.
func TestTenIsNought(t *testing.T) {
	found := false
	for n := range 1_000_000 {
		s := "ABCU" + string([]byte{byte('0' + n/100000), byte('0' + n/10000%10), byte('0' + n/1000%10), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
		if slowContainer(s) == 10 {
			found = true
			if !codelist.Container(s + "0").OK {
				t.Fatalf("%s0 is refused", s)
			}
			break
		}
	}
	if !found {
		t.Fatal("no such number")
	}
}

// letterValues stand as the standard prints them.
var letterValues = map[byte]int{'A': 10, 'B': 12, 'C': 13, 'D': 14, 'E': 15, 'F': 16, 'G': 17, 'H': 18, 'I': 19, 'J': 20, 'K': 21, 'L': 23, 'M': 24,
	'N': 25, 'O': 26, 'P': 27, 'Q': 28, 'R': 29, 'S': 30, 'T': 31, 'U': 32, 'V': 34, 'W': 35, 'X': 36, 'Y': 37, 'Z': 38}

func slowContainer(s string) int {
	sum, weight := 0, 1
	for i := range len(s) {
		v, letter := letterValues[s[i]]
		if !letter {
			v = int(s[i] - '0')
		}
		sum += v * weight
		weight *= 2
	}
	return sum % 11
}

// One wrong digit is found, except where the scheme cannot see it.
func TestOneWrongDigit(t *testing.T) {
	for _, scheme := range []struct {
		name, pattern string
		check         func(string) codelist.Checked
		last          int // place of the check digit
		blind         func(good, bad string, at int) bool
	}{
		{"container", "AAAU9999990", codelist.Container, 10, func(good, bad string, _ int) bool {
			a, b := slowContainer(good[:10]), slowContainer(bad[:10])
			return a%10 == b%10 // 10 is written as 0
		}},
		{"air-waybill", "99999999990", codelist.AirWaybill, 10, func(good, bad string, at int) bool {
			d := int(good[at]) - int(bad[at])
			return at < 3 || d == 7 || d == -7 // the airline is not counted
		}},
		{"postal-item", "RR999999990GB", codelist.PostalItem, 10, func(good, bad string, _ int) bool {
			sum := func(s string) (n int) {
				for i, w := range []int{8, 6, 4, 2, 3, 5, 9, 7} {
					n += int(s[2+i]-'0') * w
				}
				return n % 11
			}
			a, b := sum(good), sum(bad)
			return a+b == 6 && a*b == 0 // 0 and 6 are both written 5
		}},
		{"vessel", "9999990", codelist.Ship, 6, func(good, bad string, at int) bool {
			return (int(good[at])-int(bad[at]))*(7-at)%10 == 0
		}},
	} {
		t.Run(scheme.name, rapid.MakeCheck(func(t *rapid.T) {
			b := []byte(scheme.pattern)
			var places []int
			for i, c := range b {
				switch {
				case i == scheme.last:
				case c == 'A':
					b[i] = rapid.SampledFrom([]byte("ABCDEFGHIJKLMNOPQRSTUVWXYZ")).Draw(t, "letter")
				case c == '9':
					b[i] = byte(rapid.IntRange('0', '9').Draw(t, "digit"))
					places = append(places, i)
				}
			}
			fits := 0
			var good string
			for d := byte('0'); d <= '9'; d++ {
				b[scheme.last] = d
				if scheme.check(string(b)).OK {
					good = string(b)
					fits++
				}
			}
			if fits != 1 {
				t.Fatalf("%d check digits fit %s", fits, b)
			}
			at := rapid.SampledFrom(places).Draw(t, "at")
			bad := []byte(good)
			bad[at] = byte(rapid.IntRange('0', '9').Filter(func(d int) bool { return byte(d) != good[at] }).Draw(t, "other"))
			if scheme.check(string(bad)).OK != scheme.blind(good, string(bad), at) {
				t.Fatalf("%s for %s", bad, good)
			}
		}))
	}
}

func FuzzCheckDigits(f *testing.F) {
	for _, s := range []string{"CSQU3054383", "00012345675", "RR473124829GB", "9074729", "", "ＣＳＱＵ", "RR47312482\x009GB"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, check := range []func(string) codelist.Checked{codelist.Container, codelist.AirWaybill, codelist.PostalItem, codelist.Ship} {
			c := check(s)
			if c.Canonical != s || c.OK != (c.Reason == "") || c.OK && c.Want != "" {
				t.Fatalf("%q: %+v", s, c)
			}
			for _, r := range s {
				if c.OK && (r > 'Z' || r < '0') {
					t.Fatalf("%q is right", s)
				}
			}
		}
	})
}
