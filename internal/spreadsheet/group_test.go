package spreadsheet

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
)

const lines = `
[sheet]
encoding = "utf-8"
delimiter = ","
decimal = "."
dates = ["yyyy-mm-dd"]
[key]
columns = ["Case"]
lines = true
[fields.day]
column = "Date"
[fields.country]
column = "Country"
[fields.remarks]
column = "Remarks"
[fields.category]
column = "Goods"
[fields.violations]
column = "Offences"
[fields.hazard]
column = "Danger"
[fields.verdict_by]
column = "Said by"
[[quantities]]
column = "Number"
unit_column = "Unit"
basis_column = "How"
[value]
column = "Worth"
currency = "EUR"
basis_column = "Means"
[declared]
value = { column = "Declared", currency_column = "Money" }
quantity = { column = "Papers", unit = "KGM" }
[[marks]]
column = "Container"
kind = "container"
`

const lineHead = "Case,Date,Country,Remarks,Goods,Offences,Danger,Said by,Number,Unit,How,Worth,Means,Declared,Money,Papers,Container\n"

func TestRowsOfOneCase(t *testing.T) {
	result, rows := run1(t, mustParse(t, lines), lineHead+
		"A1,2017-02-06,KE,seen,FTW,ipr; product safety,yes,laboratory,10,pieces,Counted,12.50,customs,3,USD,4,CSQU3054383\n"+
		"A1,,,heard,CLO,,,,2.5,KGM,,,,,,,\n"+
		"B2,2017-02-07,KE,,COS,,no,,1,H87,,,,,,,\n")
	if result.Accepted != 3 || result.Cases != 2 || len(rows) != 2 {
		t.Fatalf("%+v", result.Print(func(k string, _ ...fault.Args) string { return k }))
	}
	want := seizure.Draft{ID: rows[0].ID, Day: "2017-02-06", Country: "KE", Remarks: "seen\nheard", Marks: []consignment.Mark{{Kind: "container", Value: "CSQU3054383"}},
		Goods: []goods.Line{
			{Category: "FTW", Violations: []string{"ipr", "product-safety"}, Hazard: true, By: "laboratory",
				Quantities: []goods.Quantity{{Micro: 10_000_000, Unit: "H87", Basis: "counted"}},
				Value:      goods.Value{Micro: 12_500_000, Currency: "EUR", Basis: "customs"},
				Declared:   goods.Declared{Quantity: goods.Quantity{Micro: 4_000_000, Unit: "KGM"}, Value: goods.Value{Micro: 3_000_000, Currency: "USD"}}},
			{Category: "CLO", Quantities: []goods.Quantity{{Micro: 2_500_000, Unit: "KGM"}}},
		}}
	if diff := cmp.Diff(want, rows[0].Draft); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCasesAreWholeOrRefused(t *testing.T) {
	row := func(id, day, goods string) string {
		return id + "," + day + ",KE,," + goods + strings.Repeat(",", 12) + "\n"
	}
	for name, c := range map[string]struct {
		text string
		want string // line: key, ...
	}{
		"one row is wrong":          {row("A", "2017-02-06", "FTW") + row("A", "2017-02-06", "shoes") + row("B", "2017-02-06", "FTW"), "2 row.case-refused, 3 cell.no-code"},
		"another day":               {row("A", "2017-02-06", "FTW") + row("A", "2017-02-07", "FTW"), "2 row.case-refused, 3 row.case-differs"},
		"apart":                     {row("A", "2017-02-06", "FTW") + row("B", "2017-02-06", "FTW") + row("A", "2017-02-06", "CLO"), "4 row.key-apart"},
		"no case":                   {row("A", "2017-02-06", "FTW") + row(" ", "2017-02-06", "FTW"), "3 row.no-key"},
		"a broken row between":      {row("A", "2017-02-06", "FTW") + "A\n" + row("A", "2017-02-06", "FTW"), "2 row.case-broken, 3 row.fewer-cells, 4 row.case-refused"},
		"a broken row at the edge":  {row("A", "2017-02-06", "FTW") + "A\n" + row("B", "2017-02-06", "FTW"), "2 row.case-broken, 3 row.fewer-cells, 4 row.case-broken"},
		"a day that does not exist": {row("A", "2017-02-30", "FTW"), "2 cell.date"},
	} {
		t.Run(name, func(t *testing.T) {
			result, _ := run1(t, mustParse(t, lines), lineHead+c.text)
			var got []string
			for _, r := range result.Refusals {
				got = append(got, fmt.Sprint(r.Row, " ", strings.TrimPrefix(r.Problems[0].Key, "spreadsheet.")))
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("%s\nwant %s", s, c.want)
			}
		})
	}
}

// The same rows again are the same case; a row more, fewer or changed is not.
func TestCaseOfManyLines(t *testing.T) {
	var b strings.Builder
	b.WriteString(lineHead)
	for i := range seizure.MaxLines {
		fmt.Fprintf(&b, "A,2017-02-06,KE,,FTW,,,,%d,H87,,,,,,,\n", i+1)
	}
	m, s := mustParse(t, lines), newStore()
	do := func(text string) *outcome.Result {
		r, err := s.job(m).Import(context.Background(), strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := do(b.String()); r.Accepted != seizure.MaxLines || len(s.rows) != 1 || len(s.rows[0].Draft.Goods) != seizure.MaxLines {
		t.Fatalf("%d accepted, %d cases", r.Accepted, len(s.rows))
	}
	if _, err := s.rows[0].Draft.Check("2026-11-24"); err != nil {
		t.Error(err)
	}
	if r := do(b.String()); r.Unchanged != seizure.MaxLines || r.Accepted != 0 {
		t.Errorf("again: %d unchanged, %d accepted", r.Unchanged, r.Accepted)
	}
	if r := do(strings.Replace(b.String(), ",777,", ",778,", 1)); r.Refused != seizure.MaxLines {
		t.Errorf("changed: %d refused", r.Refused)
	}
	if r := do(b.String() + "A,2017-02-06,KE,,FTW,,,,1,H87,,,,,,,\n"); r.Refused != seizure.MaxLines+1 {
		t.Errorf("one more than a case holds: %d refused of %d", r.Refused, r.Rows)
	}
}

// A workbook gives the same cases as the delimited file with the same rows.
func TestWorkbookAsText(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	f.SetSheetName("Sheet1", "Cases")
	for i, line := range strings.Split(strings.TrimSpace(lineHead+
		"A1,2017-02-06,KE,seen,FTW,ipr,yes,laboratory,10,H87,,12.50,,,,,CSQU3054383\nA1,,,,CLO,,,,2.5,KGM,,,,,,,\nB,2017-02-30,KE,,CLO,,,,1,KGM,,,,,,,\n"), "\n") {
		for j, v := range strings.Split(line, ",") {
			name, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if v != "" {
				f.SetCellStr("Cases", name, v)
			}
		}
	}
	f.SetCellValue("Cases", "I2", 10)
	f.SetCellValue("Cases", "I3", 2.5)
	style, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	f.SetCellValue("Cases", "B2", 42772)
	f.SetCellStyle("Cases", "B2", "B2", style)
	f.SetCellFormula("Cases", "L2", "1/0")
	f.SetCellValue("Cases", "L2", 12.5)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	m := mustParse(t, strings.NewReplacer(`"utf-8"`, `"xlsx"`+"\n"+`name = "cases"`, `delimiter = ","`, "", `decimal = "."`, `decimal = ","`).Replace(lines))
	s := newStore()
	r, err := s.job(m).Import(context.Background(), bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if r.Accepted != 2 || r.Refused != 1 || r.Refusals[0].Row != 4 || r.Refusals[0].Problems[0].Key != "spreadsheet.cell.date" {
		t.Fatalf("%+v", r)
	}
	d := s.rows[0].Draft
	if d.Day != "2017-02-06" || len(d.Goods) != 2 || d.Goods[1].Quantities[0].Micro != 2_500_000 || d.Goods[0].Value.Micro != 12_500_000 {
		t.Errorf("%+v", d)
	}
	if r, err := s.job(m).Import(context.Background(), bytes.NewReader(b.Bytes())); err != nil || r.Unchanged != 2 {
		t.Errorf("again: %+v, %v", r, err)
	}
	if _, err := s.job(m).Import(context.Background(), strings.NewReader(lineHead)); err == nil {
		t.Error("a text file was read as a workbook")
	}
}
