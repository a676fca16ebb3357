package sheet

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func records(t testing.TB, text string, delim byte) (list []Record) {
	t.Helper()
	in := NewReader(strings.NewReader(text), delim)
	for {
		rec, err := in.Next()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, *rec)
	}
}

func TestRecords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []Record
	}{
		{"plain", "a,b\n1,2\n", []Record{{Line: 1, Cells: []string{"a", "b"}}, {Line: 2, Cells: []string{"1", "2"}}}},
		{"no line end at the end", "a\r\n1", []Record{{Line: 1, Cells: []string{"a"}}, {Line: 2, Cells: []string{"1"}}}},
		{"old Macintosh", "a,b\r1,2\r", []Record{{Line: 1, Cells: []string{"a", "b"}}, {Line: 2, Cells: []string{"1", "2"}}}},
		{"a quoted line break is one row", "\"a\nb\",c\n1,2", []Record{{Line: 1, Cells: []string{"a\nb", "c"}}, {Line: 2, Cells: []string{"1", "2"}}}},
		{"an empty line is a row of the sheet", "a\n\n1", []Record{{Line: 1, Cells: []string{"a"}}, {Line: 2, Cells: []string{""}}, {Line: 3, Cells: []string{"1"}}}},
		{"quotes in quotes", `"say ""no""",19" screen`, []Record{{Line: 1, Cells: []string{`say "no"`, `19" screen`}}}},
		{"blank behind a quote", `"a" ,b`, []Record{{Line: 1, Cells: []string{"a", "b"}}}},
		{"text behind a quote", "\"a\"b,c\nd", []Record{
			{Line: 1, Cells: []string{"a", "c"}, Fault: "spreadsheet.row.bad-quote", Text: `"a"b,c`}, {Line: 2, Cells: []string{"d"}}}},
		{"a quote never closed loses one row", "a\n\"b,c\nd\ne", []Record{{Line: 1, Cells: []string{"a"}},
			{Line: 2, Fault: "spreadsheet.row.unclosed-quote", Text: `"b,c`}, {Line: 3, Cells: []string{"d"}}, {Line: 4, Cells: []string{"e"}}}},
		{"nothing", "", nil},
	} {
		if d := cmp.Diff(c.want, records(t, c.text, ',')); d != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, d)
		}
	}
}

// Whatever is in cells, written as RFC 4180 says, comes out as it was.
func TestRecordsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("ab ,;\"\n\r\té")))
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 4), 1, 5).Draw(t, "rows")
		var b strings.Builder
		for _, row := range rows {
			for i, c := range row {
				if i > 0 {
					b.WriteByte(';')
				}
				b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
			}
			b.WriteString("\r\n")
		}
		in := NewReader(strings.NewReader(b.String()), ';')
		for i, row := range rows {
			rec, err := in.Next()
			if err != nil || rec.Fault != "" || rec.Line != i+1 || !cmp.Equal(rec.Cells, row) {
				t.Fatalf("row %d: %q, want %q (%v)", i, rec.Cells, row, err)
			}
		}
	})
}

func TestRecordLimits(t *testing.T) {
	long := records(t, "a\n"+strings.Repeat("x", maxRecord+10)+"\nb", ',')
	if len(long) != 3 || long[1].Fault != "spreadsheet.row.too-long" || long[2].Line != 3 || long[2].Cells[0] != "b" {
		t.Errorf("a line without end: %d rows", len(long))
	}
	wide := records(t, strings.Repeat(",", MaxColumns+5)+"\nb", ',')
	if len(wide) != 2 || wide[0].Fault != "spreadsheet.row.too-many-cells" {
		t.Errorf("too many cells: %v", wide)
	}
	open := records(t, "a\n\"b\n"+strings.Repeat("y\n", maxRecord/2), ',')
	if len(open) != 2+maxRecord/2 || open[1].Fault != "spreadsheet.row.unclosed-quote" || open[2].Cells[0] != "y" {
		t.Errorf("a quote never closed: %d rows", len(open))
	}
}

func FuzzRecords(f *testing.F) {
	for _, s := range []string{"a,b\n\"1\n2\",3\r\n", "\"\"\"\n", "a\r\rb", "\"a\"x\n\"b", ",,,\n\n,", "\"a\nb\nc"} {
		f.Add(s, byte(','))
	}
	f.Fuzz(func(t *testing.T, s string, delim byte) {
		if delim == '"' || delim == '\n' || delim == '\r' {
			return
		}
		for i, rec := range records(t, s, delim) {
			if rec.Line != i+1 || (rec.Fault == "" && len(rec.Cells) == 0) {
				t.Fatalf("row %d: %+v", i, rec)
			}
		}
	})
}
