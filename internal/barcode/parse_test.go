package barcode

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
)

func TestParse(t *testing.T) {
	const gs = "\u001d"
	full := Code{GTIN: gtin, Batch: "ABC123", Serial: "77", Expiry: "2027-12-31"}
	for typed, want := range map[string]Code{
		"":                  {},
		"9506000134352":     {Text: "9506000134352", GTIN: gtin},
		" 9 506000 134352 ": {Text: "9506000134352", GTIN: gtin},
		"9506000134352\r\n": {Text: "9506000134352", GTIN: gtin},
		"950-6000-134352":   {Text: "9506000134352", GTIN: gtin},
		"٩٥٠٦٠٠٠١٣٤٣٥٢":     {Text: "9506000134352", GTIN: gtin},
		"۹۵۰۶۰۰۰۱۳۴۳۵۲":     {Text: "9506000134352", GTIN: gtin},
		"９５０６０００１３４３５２": {Text: "9506000134352", GTIN: gtin},
		"036000291452":   {Text: "036000291452", GTIN: "00036000291452"},
		"96385074":       {Text: "96385074", GTIN: "00000096385074"},
		"01234565":       {Text: "01234565", GTIN: "00012345000065"}, // fits as a GTIN-8 too, which would be a company's own
		"04252614":       {Text: "04252614", GTIN: "00042100005264"}, // a UPC-E only
		"19506000134359": {Text: "19506000134359", GTIN: "19506000134359"},
		"9506000134353":  {Text: "9506000134353"}, // the check digit fails
		"0000000000000":  {Text: "0000000000000"},
		"TW-2026/4711":   {Text: "TW-2026/4711"},
		"4006381":        {Text: "4006381"},

		"(01)09506000134352(17)271231(10)ABC123(21)77":             want("(01)09506000134352(17)271231(10)ABC123(21)77", "", full),
		"（０１）０９５０６０００１３４３５２（１０）ABC123":                             {Text: "(01)09506000134352(10)ABC123", GTIN: gtin, Batch: "ABC123"},
		"]C1010950600013435217271231" + "10ABC123" + gs + "2177":   want("010950600013435217271231"+"10ABC123"+gs+"2177", Code128, full),
		"]d2010950600013435217271231" + "10ABC123" + gs + "2177":   want("010950600013435217271231"+"10ABC123"+gs+"2177", DataMatrix, full),
		"]Q3010950600013435217271231" + "10ABC123" + gs + "2177":   want("010950600013435217271231"+"10ABC123"+gs+"2177", QR, full),
		"]d2" + gs + "0109506000134352":                            {Format: DataMatrix, Text: "0109506000134352", GTIN: gtin},
		gs + "010950600013435217271231" + "10ABC123" + gs + "2177": want("010950600013435217271231"+"10ABC123"+gs+"2177", "", full),
		"010950600013435217271231" + "10ABC123<GS>2177":            want("010950600013435217271231"+"10ABC123"+gs+"2177", "", full),
		"010950600013435217271231" + "10ABC123{FNC1}2177":          want("010950600013435217271231"+"10ABC123"+gs+"2177", "", full),
		"0109506000134352" + "240X" + gs + "10ABC123":              {Text: "0109506000134352" + "240X" + gs + "10ABC123", GTIN: gtin, Batch: "ABC123"},
		"0109506000134352" + "3103001750" + "10A":                  {Text: "0109506000134352" + "3103001750" + "10A", GTIN: gtin, Batch: "A"},
		"]E09506000134352":                     {Format: EAN13, Text: "9506000134352", GTIN: gtin},
		"]E00036000291452":                     {Format: UPCA, Text: "036000291452", GTIN: "00036000291452"},
		"]E496385074":                          {Format: EAN8, Text: "96385074", GTIN: "00000096385074"},
		"]C0ABC":                               {Format: Code128, Text: "ABC"},
		"0109506000134353" + "10ABC":           {Text: "0109506000134353" + "10ABC"}, // the check digit fails
		"(01)09506000134352(10)A(B)(21)7":      {Text: "(01)09506000134352(10)A(B)(21)7", GTIN: gtin, Batch: "A(B)", Serial: "7"},
		"(17)271331(01)09506000134352":         {Text: "(17)271331(01)09506000134352", GTIN: gtin}, // there is no month 13
		"https://id.gs1.org/01/09506000134352": {Text: "https://id.gs1.org/01/09506000134352", GTIN: gtin},
		"https://example.com/a/b/01/9506000134352/10/A%2F1?17=271200": {Text: "https://example.com/a/b/01/9506000134352/10/A%2F1?17=271200", GTIN: gtin, Batch: "A/1", Expiry: "2027-12"},
		"http://example.com/gtin/09506000134352/lot/X/ser/Y":          {Text: "http://example.com/gtin/09506000134352/lot/X/ser/Y", GTIN: gtin, Batch: "X", Serial: "Y"},
		"https://example.com/10/X":                                    {Text: "https://example.com/10/X"},
		"https://example.com/01/09506000134353":                       {Text: "https://example.com/01/09506000134353"},
		"javascript://x/01/09506000134352":                            {Text: "javascript://x/01/09506000134352"},
	} {
		if got := Parse(typed); got != want {
			t.Errorf("%q:\n got %+v\nwant %+v", typed, got, want)
		}
	}
}

func want(text string, f Format, c Code) Code {
	c.Text, c.Format = text, f
	return c
}

// TestUPCEIsItsUPCA goes through the four ways in which zeros are left out.
func TestUPCEIsItsUPCA(t *testing.T) {
	for e, a := range map[string]string{
		"01234505": "", "04252614": "042100005264", "01234565": "012345000065", "01201303": "012000000133",
		"01234531": "", "01234543": "", "05430900": "", "21234565": "", "0123456": "",
	} {
		got := wideUPC(e)
		if a != "" && got != a {
			t.Errorf("%s is %q, want %s", e, got, a)
		}
		if len(e) == 8 && e[0] <= '1' && len(got) != 12 || (len(e) != 8 || e[0] > '1') && got != "" {
			t.Errorf("%s is %q", e, got)
		}
	}
}

func TestPrefix(t *testing.T) {
	for gtin, want := range map[string]string{
		"00036000291452": "US", "09506000134352": "", "04006381333931": "DE", "00000096385074": "", "00000040123455": "DE",
		"06901234567892": "CN", "16901234567899": "CN", "02012345678902": "", "09780306406157": "", "06111234567890": "MA",
		"05449000000996": "BE", "": "", "123": "", "0400638133393x": "",
	} {
		if got := Prefix(gtin); got != want {
			t.Errorf("%q: %q, want %q", gtin, got, want)
		}
	}
	last := -1
	for _, o := range offices() {
		if o.from <= last || o.to < o.from || o.to > 999 {
			t.Errorf("%v: not in order, or twice", o)
		}
		last = o.to
		if !codelist.Country.Has(o.country) {
			t.Errorf("%v: no such country", o)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"9506000134352", "]d20109506000134352\u001d10A", "(01)09506000134352(10)A", "https://id.gs1.org/01/09506000134352/21/7?17=271200", "٩٥", "((((", "]C1", "01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		c := Parse(typed)
		sound(t, c)
		if len(c.Text) < maxTyped && c.Format == "" && !strings.HasPrefix(c.Text, "]") {
			if again := Parse(c.Text); again.GTIN != c.GTIN {
				t.Errorf("%q is %+v, read again %+v", typed, c, again)
			}
		}
	})
}

// sound checks what holds of every code.
func sound(t *testing.T, c Code) {
	t.Helper()
	if !utf8.ValidString(c.Text) {
		t.Errorf("%+q: not UTF-8", c)
	}
	if c.GTIN != "" && (len(c.GTIN) != 14 || !codelist.CheckGTIN(c.GTIN).OK) {
		t.Errorf("%+v: GTIN", c)
	}
	if len(c.Batch) > maxElement || len(c.Serial) > maxElement || len(c.Expiry) > len("2006-01-02") {
		t.Errorf("%+v: too long", c)
	}
}
