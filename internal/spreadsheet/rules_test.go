package spreadsheet

import (
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		text, decimal, group string
		micro                int64
		reason               string
	}{
		{"3", ".", "", 3_000_000, ""},
		{" 12.5 ", ".", "", 12_500_000, ""},
		{"+7", ".", "", 7_000_000, ""},
		{"0.000001", ".", "", 1, ""},
		{"0.0000010", ".", "", 1, ""},
		{"999999999999.999999", ".", "", 999_999_999_999_999_999, ""},
		{"1,234", ",", "", 1_234_000, ""},
		{"1,234", ".", ",", 1_234_000_000, ""},
		{"1 234 567,8", ",", " ", 1_234_567_800_000, ""},
		{"1\u202f234,8", ",", " ", 1_234_800_000, ""},
		{"1’234.5", ".", "'", 1_234_500_000, ""},
		{"٣٫٥", "٫", "", 3_500_000, ""},
		{"٥٠٠", ".", "", 500_000_000, ""},
		{"1,234", ".", "", 0, "ambiguous"},
		{"1.234", ",", "", 0, "ambiguous"},
		{"1.5", ",", "", 0, "ambiguous"},
		{"12,34", ".", ",", 0, "malformed"},
		{"1,2345", ".", ",", 0, "malformed"},
		{"1234,567", ".", ",", 0, "malformed"},
		{"-3", ".", "", 0, "negative"},
		{"−3.5", ".", "", 0, "negative"},
		{"0", ".", "", 0, "zero"},
		{"0.00", ".", "", 0, "zero"},
		{"1e3", ".", "", 0, "exponent"},
		{"1.5E+3", ".", "", 0, "exponent"},
		{"0.0000001", ".", "", 0, "precision"},
		{"1000000000000", ".", "", 0, "absurd"},
		{"1.", ".", "", 0, "malformed"},
		{".5", ".", "", 0, "malformed"},
		{"1.2.3", ".", "", 0, "malformed"},
		{"twelve", ".", "", 0, "malformed"},
		{"12 kg", ".", "", 0, "malformed"},
		{"--3", ".", "", 0, "negative"},
		{"", ".", "", 0, "malformed"},
	} {
		micro, reason := typed.Number(c.text, c.decimal, c.group)
		if c.reason != "" {
			c.reason = "spreadsheet.number." + c.reason
		}
		if micro != c.micro || reason != c.reason {
			t.Errorf("%q with %q and %q: %d %q, want %d %q", c.text, c.decimal, c.group, micro, reason, c.micro, c.reason)
		}
	}
}

// What is taken is exactly what was written: printed and read again, compared
// with big decimals.
func TestNumbersAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Int64Range(1, 999_999_999_999_999_999).Draw(t, "micro")
		text := i18n.Decimal(want)
		comma := strings.Replace(text, ".", ",", 1)
		for _, c := range [][3]string{{text, ".", ""}, {comma, ",", ""}} {
			if micro, reason := typed.Number(c[0], c[1], c[2]); micro != want || reason != "" {
				t.Fatalf("%q: %d %s", c[0], micro, reason)
			}
		}
		if outcome.Decimal(big.NewInt(want)) != text {
			t.Fatalf("%s, want %s", outcome.Decimal(big.NewInt(want)), text)
		}
	})
}

func TestParseDates(t *testing.T) {
	for _, c := range []struct{ pattern, text, day, time string }{
		{"d-mmm-yy", "18-Jan-09", "2009-01-18", ""},
		{"d-mmm-yy", "3-Feb-69", "2069-02-03", ""},
		{"d-mmm-yy", "3-Feb-70", "1970-02-03", ""},
		{"d-mmm-yy", "30-Feb-09", "", ""},
		{"dd/mm/yyyy", "31/04/2017", "", ""},
		{"dd/mm/yyyy", "1/04/2017", "", ""},
		{"d/m/yyyy", "29/2/2016", "2016-02-29", ""},
		{"d/m/yyyy", "29/2/2017", "", ""},
		{"d/m/yyyy", "29/2/17", "", ""},
		{"m/d/yyyy", "2/13/2017", "2017-02-13", ""},
		{"yyyy-mm-ddTHH:MM:SS", "2017-02-06T23:59:00", "2017-02-06", "23:59"},
		{"yyyy-mm-dd HH:MM", "2017-02-06 24:00", "", ""},
		{"d mmmm yyyy", "6 février 2017", "2017-02-06", ""},
		{"d mmm yyyy", "6 févr. 2017", "2017-02-06", ""},
		{"d 'de' mmmm 'de' yyyy", "6 de febrero de 2017", "2017-02-06", ""},
		{"d mmmm yyyy", "6 شباط 2017", "2017-02-06", ""},
		{"yyyy/m/d", "٢٠١٧/٢/٦", "2017-02-06", ""},
		{"yyyy-mm-dd", "2017-02-06 ", "2017-02-06", ""},
		{"yyyy-mm-dd", "2017-02-06x", "", ""},
		{"yyyy-mm-dd", "2017-02-0", "", ""},
		{"yyyy-mm-dd", "0000-00-00", "", ""},
	} {
		p, ok := typed.ParsePattern(c.pattern)
		if !ok {
			t.Fatal(c.pattern)
		}
		m, ok := p.Parse(c.text, 1970)
		if ok != (c.day != "") || m.Day != c.day || m.Time != c.time {
			t.Errorf("%s %q: %+v, want %s %s", c.pattern, c.text, m, c.day, c.time)
		}
	}
	for _, bad := range []string{"", "yyyy-mm", "d/d/yyyy", "d/m/y", "dd/mm/yyyy hh:mm", "d/m/yyyyy", "d-m-yyyy HH", "x d m yyyy"} {
		if _, ok := typed.ParsePattern(bad); ok {
			t.Errorf("%q is taken for a pattern", bad)
		}
	}
}

// A day written by any pattern is read as that day.
func TestDatesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 36_000).Draw(t, "day"))
		text := rapid.SampledFrom([]string{"2-1-2006", "02/01/2006", "2006-01-02", "2 January 2006", "Jan 2, 2006", "02-Jan-06"}).Draw(t, "layout")
		patterns := map[string]string{"2-1-2006": "d-m-yyyy", "02/01/2006": "dd/mm/yyyy", "2006-01-02": "yyyy-mm-dd",
			"2 January 2006": "d mmmm yyyy", "Jan 2, 2006": "mmm d, yyyy", "02-Jan-06": "dd-mmm-yy"}
		p, _ := typed.ParsePattern(patterns[text])
		if m, ok := p.Parse(day.Format(text), 1970); !ok || m.Day != day.Format(time.DateOnly) {
			t.Fatalf("%s: %+v", day.Format(text), m)
		}
	})
}

func TestCountries(t *testing.T) {
	f := &Field{kind: kinds["origin"], Part: "last", PartSign: ",", Separate: []string{";"}}
	for _, c := range []struct {
		text, code     string
		whole, several bool
	}{
		{"Kenya", "KE", true, false}, {"KE", "KE", true, false}, {"KEN", "KE", true, false}, {"ke", "", false, false},
		{"New York, USA", "US", false, false}, {"UK", "GB", true, false}, {"Viet Nam", "VN", true, false},
		{"Hong Kong, China", "HK", true, false}, {"Taipei, Taiwan, China", "TW", false, false}, {"Paris, France", "FR", false, false},
		{"Kinshasa, DR Congo", "CD", false, false}, {"Bukavu, Congo", "", false, false}, {"Congo", "", false, false},
		{"Côte d'Ivoire", "CI", true, false}, {"الإمارات", "AE", true, false}, {"Alemania", "DE", true, false}, {"XA", "XA", true, false},
		{"Dubai, UAE; Bangkok, Thailand", "", false, true}, {"Boa Vista, Brazil; Sao Paulo, Brazil", "BR", false, false},
		{"Africa", "", false, false}, {"Guinea", "GN", true, false}, {"Niger", "NE", true, false}, {"ZZ", "", false, false},
	} {
		code, whole, several := f.Code(c.text)
		if code != c.code || whole != c.whole || (several != "") != c.several {
			t.Errorf("%q: %q %v %q", c.text, code, whole, several)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1,234", "-3", "1e9", "٣٫٥", "1 234,5", "0.0000001", "1’000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, signs := range [][2]string{{".", ""}, {",", "."}, {".", ","}, {",", " "}, {".", "'"}, {"٫", "٬"}} {
			micro, reason := typed.Number(s, signs[0], signs[1])
			if (reason == "") != (micro > 0) || micro > 999_999_999_999_999_999 {
				t.Fatalf("%q: %d %q", s, micro, reason)
			}
			// Taken numbers hold only digits and the two signs, and say their value.
			if f, err := strconv.ParseFloat(s, 64); err == nil && reason == "" && signs[0] == "." && signs[1] == "" {
				if d := f*1e6 - float64(micro); d > 1+f || d < -1-f {
					t.Fatalf("%q: %d", s, micro)
				}
			}
		}
	})
}

func FuzzDate(f *testing.F) {
	f.Add("d-mmm-yy", "18-Jan-09")
	f.Add("d 'de' mmmm 'de' yyyy HH:MM", "6 de febrero de 2017 10:00")
	f.Add("yyyy-mm-dd", "2017-02-30")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		p, ok := typed.ParsePattern(pattern)
		if !ok {
			return
		}
		if m, ok := p.Parse(text, 1970); ok {
			if d, err := time.Parse(time.DateOnly, m.Day); err != nil || d.Format(time.DateOnly) != m.Day {
				t.Fatalf("%q %q: %+v", pattern, text, m)
			}
		}
	})
}
