package spreadsheet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

const head = "No,Date,Country,Goods,Mode,Status,Pieces,Officer\n"

func run1(t interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}, m *Mapping, text string) (*outcome.Result, []Row) {
	t.Helper()
	s := newStore()
	r, err := s.job(m).Import(context.Background(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if r.Rows != r.Accepted+r.Refused+r.Unchanged || len(r.Refusals) != r.Refused {
		t.Fatalf("%+v", r)
	}
	return r, s.rows
}

func TestRefusals(t *testing.T) {
	m := mustParse(t, small)
	for _, c := range []struct{ name, row, want string }{
		{"ragged, short", "1,2017-02-06,Kenya", "2   fewer-cells"},
		{"ragged, long", "1,2017-02-06,Kenya,shoes,,,3,x,y", "2   more-cells"},
		{"no day", "1,,Kenya,shoes,,,3,x", "2 Date  cell.missing"},
		{"impossible day", "1,2017-02-30,Kenya,shoes,,,3,x", "2 Date 2017-02-30 cell.date"},
		{"unknown country", "1,2017-02-06,Atlantis,shoes,,,3,x", "2 Country Atlantis cell.no-code"},
		{"two countries", "1,2017-02-06,Kenya; Uganda,shoes,,,3,x", "2 Country Kenya; Uganda cell.several"},
		{"unknown category", "1,2017-02-06,Kenya,shoez,,,3,x", "2 Goods shoez cell.no-code"},
		{"comma in a number", `1,2017-02-06,Kenya,shoes,,,"1,234",x`, "2 Pieces 1,234 number.ambiguous"},
		{"negative", "1,2017-02-06,Kenya,shoes,,,-3,x", "2 Pieces -3 number.negative"},
		{"no key", ",2017-02-06,Kenya,shoes,,,3,x", "2 No  no-key"},
		{"control character", "1,2017-02-06,Kenya,shoes,,,3,\x07", "2 Officer \x07 cell.control"},
		{"direction", "1,2017-02-06,Kenya,shoes,,,3,a\u202eb", "2 Officer a\u202eb cell.direction"},
		{"no UTF-8", "1,2017-02-06,Kenya,shoes,,,3,\xe9", "2 Officer \ufffd cell.encoding"},
	} {
		r, _ := run1(t, m, head+c.row+"\n")
		if r.Refused != 1 {
			t.Errorf("%s: %+v", c.name, r)
			continue
		}
		p := r.Refusals[0].Problems[0]
		value := p.Value
		if strings.HasPrefix(c.name, "ragged") {
			value = ""
		}
		key := strings.TrimPrefix(strings.TrimPrefix(p.Key, "spreadsheet."), "row.")
		if got := fmt.Sprint(r.Refusals[0].Row, " ", p.Column, " ", value, " ", key); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	r, _ := run1(t, m, head+"1,2017-02-30,Atlantis,shoes,,,0,x\n")
	if n := len(r.Refusals[0].Problems); n != 3 {
		t.Errorf("%d problems of one row, want all 3", n)
	}
}

func TestValues(t *testing.T) {
	m := mustParse(t, small)
	_, rows := run1(t, m, head+
		"1,2017-02-06,Kenya,SHOES , airfrieght ,seized,3,unit 4\n"+
		"2,2017-02-06,Kenya,shoes,pipeline,thrown away,,\n"+
		"3,2017-02-06,Kenya,shoes,Airfrieght; lorry,,1,\n"+
		"4,2017-02-06,Kenya,shoes,air; Airfrieght,,1,\n"+
		"5,2017-02-06,Kenya,shoes,By lorry  over the pass,,1,\n")
	want := []seizure.Draft{
		{Conveyance: goods.Coded{Code: "air"}, Status: "seized", Remarks: "Officer: unit 4"},
		{Conveyance: goods.Coded{Typed: "pipeline"}, Remarks: "Status: thrown away"},
		{Conveyance: goods.Coded{Typed: "Airfrieght; lorry"}},
		{Conveyance: goods.Coded{Code: "air", Typed: "air; Airfrieght"}},
		{Conveyance: goods.Coded{Code: "road", Typed: "By lorry  over the pass"}},
	}
	for i, row := range rows {
		got := seizure.Draft{Conveyance: row.Draft.Conveyance, Status: row.Draft.Status, Remarks: row.Draft.Remarks}
		if d := cmp.Diff(want[i], got); d != "" {
			t.Errorf("row %d (-want +got)\n%s", row.Line, d)
		}
	}
	first := mustParse(t, strings.Replace(small, `separators = [";"]`, "separators = [\";\"]\nseveral = \"first\"", 1))
	if _, rows = run1(t, first, head+"3,2017-02-06,Kenya,shoes,tube; lorry; Airfrieght,,1,\n"); rows[0].Draft.Conveyance != (goods.Coded{Code: "road", Typed: "tube; lorry; Airfrieght"}) {
		t.Errorf("first: %+v", rows[0].Draft.Conveyance)
	}
	refuse := mustParse(t, strings.Replace(small, `separators = [";"]`, "separators = [\";\"]\nseveral = \"refuse\"", 1))
	if r, _ := run1(t, refuse, head+"3,2017-02-06,Kenya,shoes,lorry; Airfrieght,,1,\n"); r.Refused != 1 {
		t.Errorf("refuse: %+v", r)
	}
}

func TestHeadings(t *testing.T) {
	m := mustParse(t, strings.NewReplacer(`"Pieces"`, `"Number [2]"`, `"Status"`, `"#3"`).Replace(small))
	r, rows := run1(t, m, "No , DATE,,country,Goods,Mode,Number,Number\n1,2017-02-06,seized,Kenya,shoes,,77,5\n\n,,,,,,,\n")
	if r.Accepted != 1 || rows[0].Draft.Goods[0].Quantities[0].Micro != 5_000_000 || rows[0].Draft.Status != "seized" || rows[0].Draft.Remarks != "Number [1]: 77" {
		t.Errorf("%+v %+v", r, rows)
	}
	if last := r.Notes[len(r.Notes)-1]; last.Key != "spreadsheet.note.empty-lines" || last.Args["count"] != int64(2) {
		t.Errorf("%+v", last)
	}
	for _, text := range []string{"", "\n", "No,Date\n", "No,Date,Country,Goods,Mode,Status,Pieces,Pieces\n", "PK\x03\x04"} {
		_, err := newStore().job(mustParse(t, small)).Import(context.Background(), strings.NewReader(text))
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
	utf16 := mustParse(t, strings.Replace(small, "utf-8", "windows-1252", 1))
	if _, err := newStore().job(utf16).Import(context.Background(), strings.NewReader("\ufeffNo,Date")); !fault.Is(err, fault.Invalid) {
		t.Errorf("another encoding than the mapping says: %v", err)
	}
}

func TestIdentity(t *testing.T) {
	keyed, content := mustParse(t, small), mustParse(t, strings.Replace(small, "[key]\ncolumns = [\"No\"]", "", 1))
	text := head + "1,2017-02-06,Kenya,shoes,,,3,x\n1,2017-02-06,Kenya,shoes,,,3,x\n"

	r, rows := run1(t, keyed, text)
	if r.Accepted != 1 || r.Refused != 1 || r.Refusals[0].Problems[0].Key != "spreadsheet.row.key-twice" || r.Refusals[0].Problems[0].Args["row"] != int64(2) {
		t.Errorf("one key twice: %+v", r)
	}
	if id := string(rows[0].ID); len(id) != 36 || id[14] != '8' || !strings.ContainsRune("89ab", rune(id[19])) || rows[0].Draft.ID != rows[0].ID {
		t.Errorf("%q is no UUID of version 8", id)
	}
	r, rows = run1(t, content, text)
	if r.Accepted != 2 || rows[0].ID == rows[1].ID || rows[0].Digest != rows[1].Digest {
		t.Errorf("the same content twice is two cases: %+v", r)
	}

	s := newStore()
	for i, step := range []struct {
		text                         string
		accepted, unchanged, refused int
	}{
		{head + "1,2017-02-06,Kenya,shoes,,,3,x\n", 1, 0, 0},
		{head + "1, 2017-02-06 ,Kenya,shoes,,,3,x\n", 0, 1, 0},
		{"Officer,No,Date,Country,Goods,Mode,Status,Pieces,More\nx,1,2017-02-06,Kenya,shoes,,,3,\n", 0, 1, 0},
		{head + "1,2017-02-06,Kenya,shoes,,,4,x\n", 0, 0, 1},
	} {
		r, err := s.job(keyed).Import(context.Background(), strings.NewReader(step.text))
		if err != nil || r.Accepted != step.accepted || r.Unchanged != step.unchanged || r.Refused != step.refused {
			t.Errorf("step %d: %+v %v", i, r, err)
		}
	}
	other := s.job(keyed)
	other.Operation = "0190a5e0-0000-7000-8000-000000000002"
	if r, _ := other.Import(context.Background(), strings.NewReader(head+"1,2017-02-06,Kenya,shoes,,,4,x\n")); r.Accepted != 1 {
		t.Errorf("a key holds in its operation only: %+v", r)
	}
}

// long is a sheet of n rows, each seventh with a day that does not exist.
func long(n int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		day := "06"
		if i%7 == 6 {
			day = "30"
		}
		fmt.Fprintf(&b, "%d,2017-02-%s,Kenya,shoes,,,1.5,x\n", i+1, day)
	}
	return b.String()
}

// A run that dies anywhere and is started again ends as one that did not.
func TestResume(t *testing.T) {
	m := mustParse(t, small)
	whole, wholeRows := run1(t, m, long(900))
	rapid.Check(t, func(t *rapid.T) {
		s := newStore()
		broken := errors.New("the disk is full")
		stop := rapid.IntRange(0, 2).Draw(t, "stop")
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		byContext := rapid.Bool().Draw(t, "by context")
		s.fail = func(batch int) error {
			if batch != stop {
				return nil
			}
			if byContext {
				cancel()
				return nil
			}
			return broken
		}
		r, err := s.job(m).Import(ctx, strings.NewReader(long(900)))
		if !errors.Is(err, broken) && !errors.Is(err, context.Canceled) || !r.Stopped || r.Rows != r.Accepted+r.Refused+r.Unchanged {
			t.Fatalf("%v, stopped %v after %d", err, r.Stopped, r.Rows)
		}
		before := len(s.rows)
		s.fail = nil
		r, err = s.job(m).Import(context.Background(), strings.NewReader(long(900)))
		if err != nil || r.Stopped || r.Rows != 900 || r.Unchanged != before || r.Accepted != whole.Accepted-before || r.Refused != whole.Refused {
			t.Fatalf("%v: %d accepted, %d unchanged, %d refused after %d", err, r.Accepted, r.Unchanged, r.Refused, before)
		}
		if !cmp.Equal(ids(s.rows), ids(wholeRows)) || outcome.Decimal(r.Totals["H87"]) != outcome.Decimal(whole.Totals["H87"]) {
			t.Fatal("another result than in one run")
		}
	})
}

func ids(rows []Row) (list []seizure.ID) {
	for _, r := range rows {
		list = append(list, r.ID)
	}
	slices.Sort(list)
	return list
}

func TestBatchesAndProgress(t *testing.T) {
	s := newStore()
	job := s.job(mustParse(t, small))
	var steps []int
	job.Progress = func(done, total int) {
		if total != 1000 || (len(steps) > 0 && done < steps[len(steps)-1]) {
			t.Errorf("%d of %d after %v", done, total, steps)
		}
		steps = append(steps, done)
	}
	r, err := job.Import(context.Background(), strings.NewReader(long(1000)))
	if err != nil || steps[len(steps)-1] != 1000 || slices.Max(s.batches) != BatchRows {
		t.Errorf("%v %v %v", err, steps, s.batches)
	}
	if r.Refused != 142 || outcome.Decimal(r.Totals["H87"]) != "1287" {
		t.Errorf("%d refused, %v", r.Refused, r.Totals)
	}
}

func TestPrinted(t *testing.T) {
	r, _ := run1(t, mustParse(t, small), head+"1,2017-02-06,Kenya,shoes,,,0.25,x\n2,2017-02-06,Kenya,shoes,,,x,\n")
	b, err := json.Marshal(r.Print(func(key string, _ ...fault.Args) string { return key }))
	want := `{"rows":2,"accepted":1,"refused":1,"unchanged":0,"totals":{"H87":"0.25"},` +
		`"refusals":[{"row":3,"column":"Pieces","value":"x","reason":"spreadsheet.number.malformed"}],` +
		`"notes":[{"column":"Officer","note":"spreadsheet.note.column-remarks"}]}`
	if err != nil || string(b) != want {
		t.Errorf("%s\n%s", b, want)
	}
}

// Nothing is lost: every cell of an accepted row stands in the draft, as its
// code or as its text.
func TestNothingIsLost(t *testing.T) {
	m := mustParse(t, small)
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-zé]{1,6}( [a-z]{1,250})?(; ?[a-z]{1,5})?`)
		mode, status, officer := word.Draw(t, "mode"), word.Draw(t, "status"), word.Draw(t, "officer")
		line := fmt.Sprintf("1,2017-02-06,Kenya,shoes,%s,%s,3,%s\n", mode, status, officer)
		_, rows := run1(t, m, head+line)
		d := rows[0].Draft
		said := strings.Join([]string{d.Conveyance.Code, d.Conveyance.Typed, d.Status, d.Remarks}, "\n")
		for _, cell := range []string{mode, status, officer} {
			if !strings.Contains(said, sheet.Trim(cell)) {
				t.Fatalf("%q is not in %q", cell, said)
			}
		}
	})
}

func BenchmarkImport(b *testing.B) {
	m := mustParse(b, small)
	text := long(50_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		job := Job{Operation: "x", Mapping: m, Report: func(_ context.Context, rows []Row) ([]Outcome, error) { return make([]Outcome, len(rows)), nil }}
		if _, err := job.Import(context.Background(), strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
