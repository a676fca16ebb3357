package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/export"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/guess"
)

type world struct {
	*operationtest.World
	cases   *seizure.Store
	lists   *caselist.Store
	exports *export.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d)}
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	w.lists = caselist.NewStore(d, w.Source, register.New())
	w.exports = export.NewStore(w.lists)
	w.exports.Item = func(c seizure.Case, from organisation.Organisation) any {
		return map[string]any{"reference": c.Reference, "from": from.ID}
	}
	return w
}

func (w *world) report(d seizure.Draft) seizure.Case {
	w.T.Helper()
	d.ID = seizure.ID(w.Source.ID())
	c, err := w.cases.Report(w.T.Context(), w.Actor["xa.officer"], operationtest.Code, d)
	w.Must(err)
	return c
}

func (w *world) export(who, format, lang string) []byte {
	w.T.Helper()
	var b bytes.Buffer
	_, err := w.exports.Cases(w.T.Context(), w.Actor[who], operationtest.Code, export.Request{Format: format, Printer: i18n.NewPrinter(i18n.Lang(lang))}, &b, nil)
	w.Must(err)
	return b.Bytes()
}

// full is a case that says everything that a case can say.
func full() seizure.Draft {
	return seizure.Draft{
		Country: "XA", Place: "Pier 4", Location: "XAPOR", Day: "2017-02-07", Time: "14:05", Direction: goods.Coded{Code: "import", Typed: "by the book"},
		Conveyance: goods.Coded{Code: "sea"}, Carrier: "MSC Anna", Detection: goods.Coded{Typed: "a hunch"}, Concealment: goods.Coded{Code: "cover-load"},
		Origin: goods.Coded{Code: "CN"}, Transit: goods.Coded{Typed: "somewhere"}, Destination: goods.Coded{Code: "KE"}, Hidden: "under rice", Cover: "rice",
		Loading: "full", Legs: []seizure.Leg{{Kind: "loading", Country: "CN", Place: "Shanghai", Mode: "sea", Day: "2017-01-02"}},
		Status: "detained", StatusDay: "2017-02-08", Custody: []seizure.Custody{{Kind: "sample", Day: "2017-02-08", Note: "two"}},
		Yields:  []seizure.Yield{{Kind: "arrests", Count: 2}, {Kind: "cash", Value: goods.Value{Micro: 10_500_000, Currency: "EUR"}}},
		Remarks: "line one\nline two", Language: "fr", Marks: []consignment.Mark{{Kind: "seal", Value: "AB12"}},
		Goods: []goods.Line{
			{Category: "FTW", Sub: "sport", Description: "shoes", HS: "640411", HSEdition: "2017", GTIN: "4006381333931", Batch: "L-7", Brand: "Acme", Holder: "Acme SA",
				Violations: []string{"ipr", "product-safety"}, IPR: goods.Coded{Code: "trade-mark"}, Right: "TM 1", Hazard: true,
				Quantities: []goods.Quantity{{Micro: 120_000_000, Unit: "H87", Basis: "counted"}, {Micro: 36_500_000, Unit: "KGM"}},
				Value:      goods.Value{Micro: 1_999_990_000, Currency: "USD", Basis: "genuine-retail"}, Verdict: "fake", By: "laboratory",
				Declared: goods.Declared{Description: "slippers", HS: "6405", Quantity: goods.Quantity{Micro: 5_000_000, Unit: "KGM"}, Value: goods.Value{Micro: 7_000_000, Currency: "EUR"}}},
			{Category: "CLO", Description: "123456789012.123456", Quantities: []goods.Quantity{{Micro: 123_456_789_012_345, Unit: "LTR"}}, Verdict: "suspected"},
		},
	}
}

// again imports a file with the mapping that is made for it, and gives its drafts.
func again(t *testing.T, file []byte) []seizure.Draft {
	t.Helper()
	g, err := guess.Make(bytes.NewReader(file), time.Date(2017, 3, 1, 0, 0, 0, 0, time.UTC), guess.Choices{})
	if err != nil || !g.Own {
		t.Fatalf("own: %v, %v", g.Own, err)
	}
	m, err := spreadsheet.ParseMapping(g.Mapping)
	if err != nil {
		t.Fatalf("%v\n%s", err, g.Mapping)
	}
	var out []seizure.Draft
	job := spreadsheet.Job{Operation: "0190a5e0-0000-7000-8000-000000000001", Mapping: m, Report: func(_ context.Context, rows []spreadsheet.Row) ([]spreadsheet.Outcome, error) {
		for _, r := range rows {
			d, err := r.Draft.Check("2017-03-01")
			if err != nil {
				t.Errorf("row %d: %v", r.Line, err)
			}
			out = append(out, d)
		}
		return make([]spreadsheet.Outcome, len(rows)), nil
	}}
	result, err := job.Import(t.Context(), bytes.NewReader(file))
	if err != nil || result.Refused > 0 {
		t.Fatalf("%+v, %v", result, err)
	}
	return out
}

// What is exported comes in again without a mapping, and says what it said.
func TestRoundTrip(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		second := full()
		second.Day, second.Goods = "2017-02-08", second.Goods[1:]
		var want []seizure.Draft
		for _, draft := range []seizure.Draft{full(), second} {
			want = append([]seizure.Draft{w.report(draft).Draft}, want...) // newest first
		}
		for _, format := range []string{export.XLSX, export.CSV} {
			for _, lang := range []string{"en", "fr", "ar"} {
				got := again(t, w.export("xa.officer", format, lang))
				if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(seizure.Draft{}, "ID", "Sheet"), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s in %s (-was +is)\n%s", format, lang, diff)
				}
			}
		}
	})
}

// payloads are texts that spreadsheet programs have computed.
var payloads = []string{"=1+1", "+1", "-1+2", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "''=1", " =1", "＝1+1", "=HYPERLINK(\"http://x\")", "=a;b\",c"}

// Every field times every payload: nothing is a formula, and nothing is lost.
func TestNothingIsComputed(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	for _, text := range payloads {
		d := full()
		coded := goods.Coded{Typed: text}
		d.Place, d.Carrier, d.Hidden, d.Cover, d.Remarks = text, text, text, text, text
		d.Direction, d.Conveyance, d.Detection, d.Concealment, d.Origin, d.Transit, d.Destination = coded, coded, coded, coded, coded, coded, coded
		g := &d.Goods[0]
		g.Sub, g.Description, g.Batch, g.Brand, g.Holder, g.Right, g.IPR, g.Declared.Description = text, text, text, text, text, text, coded, text
		w.report(d)
	}
	for i, row := range table(t, w.export("xa.officer", export.CSV, "en")) {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("row %d: %q", i, cell)
			}
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(w.export("xa.officer", export.XLSX, "en")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	texts := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x, text := range row {
				name, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, _ := f.GetCellFormula(sheet, name); formula != "" {
					t.Errorf("%s %s is the formula %q", sheet, name, formula)
				}
				if kind, _ := f.GetCellType(sheet, name); strings.HasPrefix(text, "=") {
					if texts++; kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
						t.Errorf("%s %s: %q is of type %v", sheet, name, text, kind)
					}
				}
			}
		}
	}
	if texts < 50 {
		t.Errorf("only %d payloads were looked at", texts)
	}
	for _, format := range []string{export.CSV, export.XLSX} {
		for i, d := range again(t, w.export("xa.officer", format, "en")) {
			if want := strings.TrimSpace(payloads[len(payloads)-1-i]); d.Place != want || d.Goods[0].Brand != want || d.Detection.Typed != want {
				t.Errorf("%s: %q, %q, %q, want %q", format, d.Place, d.Goods[0].Brand, d.Detection.Typed, want)
			}
		}
	}
}

func table(t *testing.T, b []byte) [][]string {
	t.Helper()
	if !bytes.HasPrefix(b, []byte("\ufeff")) {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(b[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// A reader gets what a list would show, whatever the format; a stranger nothing.
func TestWhoGetsWhat(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	c := w.report(full())
	w.Leave("gone")
	_, err := w.cases.Save(t.Context(), w.Actor["xa.officer"], operationtest.Code, seizure.Draft{ID: seizure.ID(w.Source.ID()), Place: "a secret draft"}, 0)
	w.Must(err)
	for _, format := range export.Formats() {
		own, others := w.export("xa.officer", format, "en"), w.export("xb.officer", format, "en")
		if format != export.XLSX && (bytes.Count(own, []byte("S-17-")) < 2 || !bytes.Contains(others, []byte(c.Reference)) || bytes.Contains(others, []byte("secret"))) {
			t.Errorf("%s: %d and %d bytes", format, len(own), len(others))
		}
		for _, who := range []string{"observer", "holder", "gone.officer"} {
			w.Missing(who, func(a access.Actor) error {
				_, err := w.exports.Cases(t.Context(), a, operationtest.Code, export.Request{Format: format, Printer: i18n.NewPrinter("en")}, io.Discard, nil)
				return err
			})
		}
	}
	var all []map[string]any
	if err := json.Unmarshal(w.export("xb.officer", export.JSON, "en"), &all); err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
	_, err = w.exports.Cases(t.Context(), w.Actor["xa.officer"], operationtest.Code, export.Request{Format: "pdf", Printer: i18n.NewPrinter("en")}, io.Discard, nil)
	if err == nil {
		t.Error("a format that there is not")
	}
}

// More is handed out than the queue of what is read holds: it is written down as
// the export goes.
func TestReadingsAreWrittenAlong(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.lists.Readings = reading.NewLog(w.DB, journal.New(w.Source), w.Source)
	const n = 11 * seizure.PageLimit
	for i := range n {
		d := full()
		d.Goods, d.Legs, d.Place = d.Goods[1:], nil, fmt.Sprint("place ", i)
		w.report(d)
	}
	w.export("xb.officer", export.Lines, "en")
	noted := int64(0)
	w.Must(w.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		noted, err = journal.Size(tx, reading.Journal(1))
		return err
	}))
	if noted == 0 {
		t.Error("nothing was written down before the end")
	}
}

// Pages follow one another without a gap or a double.
func TestManyPages(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	const n = seizure.PageLimit + 3
	for i := range n {
		d := full()
		d.Goods, d.Place = d.Goods[1:], fmt.Sprint("place ", i)
		w.report(d)
	}
	rows := table(t, w.export("xa.officer", export.CSV, "en"))
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		seen[row[0]] = true
	}
	if len(rows) != n+1 || len(seen) != n {
		t.Errorf("%d rows, %d cases", len(rows), len(seen))
	}
}

// A file holds what the list showed, by whichever of its filters it was narrowed.
func TestNarrowedAsTheList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.report(full())
		other := full()
		other.Country, other.Day, other.Remarks = "XB", "2017-02-08", "nothing else"
		other.Direction, other.Origin, other.Destination, other.Detection = goods.Coded{}, goods.Coded{}, goods.Coded{}, goods.Coded{}
		other.Goods = other.Goods[1:]
		w.report(other)
		_, err := w.cases.Save(t.Context(), w.Actor["xa"], operationtest.Code, seizure.Draft{ID: seizure.ID(w.Source.ID())}, 0)
		w.Must(err)
		for _, text := range []string{"q=line", "brand=acme", "violation=ipr", "direction=import", "origin=CN", "destination=KE", "detection=dog", "mine=1", "waits=1",
			"photos=1", "country=XB", "category=FTW", "state=saved", "status=detained", "class=counted", "from=2017-02-08", "to=2017-02-07", "conveyance=sea",
			"organisation=999", "q=line&direction=import&before=1"} {
			q, err := url.ParseQuery(text)
			w.Must(err)
			f, clean := caselist.Parse(q)
			f.Before = 0
			page, err := w.lists.List(t.Context(), w.Actor["xa.officer"], operationtest.Code, f)
			w.Must(err)
			var want, got bytes.Buffer
			for _, c := range page.Items {
				fmt.Fprintf(&want, "{\"from\":%q,\"reference\":%q}\n", page.Organisations[c.Organisation].ID, c.Reference)
			}
			f, _ = caselist.Parse(q)
			n, err := w.exports.Cases(t.Context(), w.Actor["xa.officer"], operationtest.Code, export.Request{Format: export.Lines, Filter: f, Printer: i18n.NewPrinter("en")}, &got, nil)
			w.Must(err)
			if got.String() != want.String() || n == 3 || len(clean) == 0 {
				t.Errorf("%s: %d cases\n%swhere the list has\n%s", text, n, got.String(), want.String())
			}
		}
	})
}
