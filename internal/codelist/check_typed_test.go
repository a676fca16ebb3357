package codelist_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
)

// What people type, what it is, and what is said of it.
func TestCheckTyped(t *testing.T) {
	for _, c := range []struct {
		kind, typed, canonical string
		ok                     bool
		reason, want           string
	}{
		{"gtin", "5901234123457", "5901234123457", true, "", ""}, // GS1's own example of GTIN-13
		{"gtin", "590-1234 12345-7", "5901234123457", true, "", ""},
		{"gtin", "٥٩٠١٢٣٤١٢٣٤٥٧", "5901234123457", true, "", ""},
		{"gtin", "５９０１２３４１２３４５７", "5901234123457", true, "", ""},
		{"gtin", "๕๙๐๑๒๓๔๑๒๓๔๕๗", "5901234123457", true, "", ""},
		{"gtin", "96385074", "96385074", true, "", ""},             // EAN-8
		{"gtin", "036000291452", "036000291452", true, "", ""},     // UPC-A
		{"gtin", "10614141000415", "10614141000415", true, "", ""}, // GTIN-14
		{"gtin", "4006381333931", "4006381333931", true, "", ""},
		{"gtin", "5901234123450", "5901234123450", false, "check-digit.wrong", "7"},
		{"gtin", "036000291453", "036000291453", false, "check-digit.wrong", "2"},
		{"gtin", "590123412345", "590123412345", false, "check-digit.wrong", "2"}, // twelve digits are a UPC
		{"gtin", "12345", "12345", false, "check-digit.form-gtin", ""},
		{"gtin", "590123412345X", "590123412345X", false, "check-digit.form-gtin", ""},
		{"gtin", "", "", false, "check-digit.form-gtin", ""},
		{"vessel", "IMO 9074729", "9074729", true, "", ""},
		{"vessel", "imo-9074729", "9074729", true, "", ""},
		{"vessel", "9074728", "9074728", false, "check-digit.wrong", "9"},
		{"vessel", "MV Ever", "MVEVER", false, "check-digit.form-vessel", ""},
		{"container", "csqu 305438-3", "CSQU3054383", true, "", ""},
		{"container", "CSQU 305438/4", "CSQU3054384", false, "check-digit.wrong", "3"},
		{"air-waybill", "000-1234 5675", "00012345675", true, "", ""},
		{"postal-item", "RR 473 124 829 GB", "RR473124829GB", true, "", ""},
		{"hs", "6403.99", "640399", true, "", ""},
		{"hs", "64", "64", true, "", ""},
		{"hs", "٦٤٠٣", "6403", true, "", ""},
		{"hs", "7701", "7701", false, "check-digit.hs-chapter", ""},
		{"hs", "0001", "0001", false, "check-digit.hs-chapter", ""},
		{"hs", "9801", "9801", false, "check-digit.hs-chapter", ""},
		{"hs", "64039", "64039", false, "check-digit.form-hs", ""},
		{"hs", "64AB", "64AB", false, "check-digit.form-hs", ""},
		{"locode", "nl rtm", "NLRTM", true, "", ""},
		{"locode", "US2A9", "US2A9", true, "", ""},
		{"locode", "NLRT1", "NLRT1", false, "check-digit.form-locode", ""}, // 0 and 1 look like letters
		{"locode", "ZZRTM", "ZZRTM", false, "check-digit.form-locode", ""},
		{"locode", "RTM", "RTM", false, "check-digit.form-locode", ""},
		{"locode", "ロッテルダ", "ロッテルダ", false, "check-digit.form-locode", ""},
	} {
		got, has := codelist.Check(c.kind, c.typed)
		if !has || got.Kind != c.kind || got.Canonical != c.canonical || got.OK != c.ok || got.Reason != c.reason || got.Want != c.want {
			t.Errorf("%s %q: %v %+v", c.kind, c.typed, has, got)
		}
	}
	if c, has := codelist.Check("seal", "482913"); has {
		t.Errorf("a seal has a check digit: %+v", c)
	}
}

// A number whose remainder is 10 fits, and is remarked on.
func TestRemainderTenIsNoted(t *testing.T) {
	if c := codelist.CheckContainer("CSQU3054383"); !c.OK || c.Note != "" {
		t.Errorf("%+v", c)
	}
	noted := 0
	for _, last := range "0123456789" {
		for n := range 1000 {
			digits := "000000" + itoa(n)
			c := codelist.CheckContainer("ABCU" + digits[len(digits)-6:] + string(last))
			if c.Note != "" {
				noted++
				if !c.OK || last != '0' {
					t.Fatalf("%+v", c)
				}
			}
		}
	}
	if noted == 0 {
		t.Error("none was noted")
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// GTIN finds every wrong digit, and neighbours that changed places unless they
// differ by 5.
func TestGTINFindsWrongDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{8, 12, 13, 14}).Draw(t, "length")
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(rapid.IntRange('0', '9').Draw(t, "digit"))
		}
		fits := ""
		for d := byte('0'); d <= '9'; d++ {
			b[n-1] = d
			if codelist.CheckGTIN(string(b)).OK {
				fits += string(b)
			}
		}
		if len(fits) != n {
			t.Fatalf("not one check digit fits: %q", fits)
		}
		bad := []byte(fits)
		at := rapid.IntRange(0, n-1).Draw(t, "at")
		bad[at] = byte(rapid.IntRange('0', '9').Filter(func(d int) bool { return byte(d) != fits[at] }).Draw(t, "other"))
		if codelist.CheckGTIN(string(bad)).OK {
			t.Fatalf("%s for %s", bad, fits)
		}
		swapped := []byte(fits)
		i := rapid.IntRange(0, n-2).Draw(t, "swap")
		swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
		d := int(swapped[i]) - int(swapped[i+1])
		if blind := d == 0 || d == 5 || d == -5; codelist.CheckGTIN(string(swapped)).OK != blind {
			t.Fatalf("%s for %s", swapped, fits)
		}
	})
}

// A mode of Recommendation 19 comes back as the conveyance that gave it.
func TestConveyanceOf(t *testing.T) {
	for _, conveyance := range codelist.Conveyance.Codes() {
		if code, ok := codelist.Rec19(conveyance); ok {
			if back, ok := codelist.ConveyanceOf(code); !ok || back != conveyance {
				t.Errorf("%s is %s, which is %s", conveyance, code, back)
			}
		}
	}
	for code, want := range map[string]string{"5": "mail", "6": "other", "7": "other", "9": "other", "": "", "10": "", "x": ""} {
		if got, ok := codelist.ConveyanceOf(code); got != want || ok != (want != "") {
			t.Errorf("%q: %q", code, got)
		}
	}
	for _, conveyance := range []string{"express", "passenger"} {
		if code, ok := codelist.Rec19(conveyance); ok {
			t.Errorf("%s has the code %s", conveyance, code)
		}
	}
}

func FuzzCheckTyped(f *testing.F) {
	for _, s := range []string{"590-1234 12345-7", "IMO 9074729", "csqu 305438-3", "6403.99", "nl rtm", "٥٩٠١٢٣٤", "", "\x00\xff", "ﬁ", "①②"} {
		f.Add(s)
	}
	kinds := append(codelist.Consignment.Codes(), codelist.KindGTIN, codelist.KindHS, codelist.KindLocode)
	f.Fuzz(func(t *testing.T, s string) {
		for _, kind := range kinds {
			c, has := codelist.Check(kind, s)
			if !has {
				continue
			}
			if c.Kind != kind || c.OK != (c.Reason == "") || c.OK && c.Want != "" || c.Note != "" && !c.OK {
				t.Fatalf("%s %q: %+v", kind, s, c)
			}
			if again, _ := codelist.Check(kind, c.Canonical); again != c {
				t.Fatalf("%s %q: %+v, then %+v", kind, s, c, again)
			}
			if c.OK && strings.TrimLeft(c.Canonical, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
				t.Fatalf("%q is right", s)
			}
		}
	})
}
