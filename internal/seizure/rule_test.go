package seizure

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

func counting(change func(r *operation.Counting)) operation.Operation {
	o := operation.Operation{Counting: operation.Counting{Phase: "operational", Statuses: []string{"seized", "detained"}, Checked: true},
		Phases: []operation.Phase{{Kind: "training", Starts: "2017-01-30", Ends: "2017-02-05"}, {Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}}
	if change != nil {
		change(&o.Counting)
	}
	return o
}

// TestClass is the counting rule as a table.
func TestClass(t *testing.T) {
	lines := func(verdicts ...string) (out []goods.Line) {
		for _, v := range verdicts {
			out = append(out, goods.Line{Category: "FOO", Verdict: v})
		}
		return out
	}
	good := Case{State: Released, Draft: Draft{Day: "2017-02-06", Status: "seized", Goods: lines("fake")}}
	for name, c := range map[string]struct {
		change func(c *Case)
		rule   func(r *operation.Counting)
		want   string
	}{
		"counted":                      {nil, nil, Counted},
		"last day":                     {func(c *Case) { c.Day = "2017-02-24" }, nil, Counted},
		"the day after":                {func(c *Case) { c.Day = "2017-02-25" }, nil, OutsidePhase},
		"another phase":                {func(c *Case) { c.Day = "2017-02-05" }, nil, OutsidePhase},
		"any day":                      {func(c *Case) { c.Day = "2016-02-05" }, func(r *operation.Counting) { r.Phase = "" }, Counted},
		"draft":                        {func(c *Case) { c.State = Saved }, nil, IsDraft},
		"draft, unchecked rule":        {func(c *Case) { c.State = Saved }, func(r *operation.Counting) { r.Checked = false }, IsDraft},
		"waiting":                      {func(c *Case) { c.State = Reported }, nil, IsDraft},
		"waiting, unchecked rule":      {func(c *Case) { c.State = Reported }, func(r *operation.Counting) { r.Checked = false }, Counted},
		"withdrawn":                    {func(c *Case) { c.State = Withdrawn; c.DuplicateOf = 3 }, nil, IsWithdrawn},
		"genuine":                      {func(c *Case) { c.Goods = lines("genuine", "genuine") }, nil, Genuine},
		"partly genuine":               {func(c *Case) { c.Goods = lines("genuine", "fake") }, nil, Counted},
		"genuine counts":               {func(c *Case) { c.Goods = lines("genuine") }, func(r *operation.Counting) { r.Genuine = true }, Counted},
		"genuine before double":        {func(c *Case) { c.Goods = lines("genuine"); c.DuplicateOf = 3 }, nil, Genuine},
		"double":                       {func(c *Case) { c.DuplicateOf = 3 }, nil, Duplicate},
		"doubles count":                {func(c *Case) { c.DuplicateOf = 3 }, func(r *operation.Counting) { r.Doubles = true }, Counted},
		"double before outside":        {func(c *Case) { c.DuplicateOf = 3; c.Day = "2017-01-01" }, nil, Duplicate},
		"status":                       {func(c *Case) { c.Status = "released" }, nil, OtherStatus},
		"outside before status":        {func(c *Case) { c.Status = "released"; c.Day = "2017-01-01" }, nil, OutsidePhase},
		"all statuses":                 {func(c *Case) { c.Status = "released" }, func(r *operation.Counting) { r.Statuses = nil }, Counted},
		"no goods is not all genuine":  {func(c *Case) { c.Goods = nil }, nil, Counted},
		"no day lies outside any time": {func(c *Case) { c.Day = "" }, nil, OutsidePhase},
	} {
		x := good
		if c.change != nil {
			c.change(&x)
		}
		if got := x.ClassIn(counting(c.rule)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestReferences: each is taken as valid, any one wrong digit and any two
// swapped neighbours are found.
func TestReferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.IntRange(minDigits, maxDigits).Draw(t, "digits")
		ref := reference(rapid.IntRange(2000, 2099).Draw(t, "year"), rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "random"), digits)
		if got, ok := ValidReference(" " + strings.ToLower(ref[:4]) + " " + ref[4:] + " "); !ok || got != ref {
			t.Fatalf("%s is not valid", ref)
		}
		for i := range ref {
			if ref[i] < '0' || ref[i] > '9' {
				continue
			}
			for d := byte('0'); d <= '9'; d++ {
				if wrong := ref[:i] + string(d) + ref[i+1:]; d != ref[i] {
					if read, ok := ValidReference(wrong); ok || read != wrong {
						t.Fatalf("%s mistyped as %s: %v", ref, wrong, ok)
					}
				}
			}
		}
		at := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, ref)
		for i := 1; i < len(at); i++ {
			b := []byte(at)
			b[i-1], b[i] = b[i], b[i-1]
			wrong := "S-" + string(b[:2]) + "-" + string(b[2:]) + ref[len(ref)-2:]
			if _, ok := ValidReference(wrong); ok && wrong != ref {
				t.Fatalf("%s swapped to %s is taken", ref, wrong)
			}
		}
	})
	for _, bad := range []string{"", "S", "S-17-4821-A", "S-17-1234567890123-A", "S-1-48213-H", "17-48213-H", "S-17-48a13-H", "S-17-٤٨٢١٣-H", "S-17-48213-HH"} {
		if read, ok := ValidReference(bad); ok || read != "" {
			t.Errorf("%q is read as %q", bad, read)
		}
	}
	if _, ok := ValidReference("S-17-48213-H"); !ok {
		t.Error("the example of the pages is not valid")
	}
}

func sound() Draft {
	return Draft{ID: "01890a5d-ac96-774b-bcce-b302099a8057", Country: "XA", Day: "2017-02-07", Status: "seized",
		Goods: []goods.Line{{Category: "FOO", Quantities: []goods.Quantity{{Micro: 12e6, Unit: "H87"}, {Micro: 5e5, Unit: "KGM"}}}}}
}

const latest = "2017-02-10"

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change      func(d *Draft)
		want, saved string // path: key
	}{
		"sound":       {func(*Draft) {}, "", ""},
		"last day":    {func(d *Draft) { d.Day = latest }, "", ""},
		"future":      {func(d *Draft) { d.Day = "2017-02-11" }, "day: fault.future-date", "day: fault.future-date"},
		"no day":      {func(d *Draft) { d.Day = "" }, "day: fault.required", ""},
		"31 February": {func(d *Draft) { d.Day = "2017-02-31" }, "day: fault.date-does-not-exist", "day: fault.date-does-not-exist"},
		"day first":   {func(d *Draft) { d.Day = "7/2/2017" }, "day: fault.not-a-date", "day: fault.not-a-date"},
		"1989":        {func(d *Draft) { d.Day = "1989-12-31" }, "day: seizure.day-too-early", "day: seizure.day-too-early"},
		"25 o'clock":  {func(d *Draft) { d.Time = "25:00" }, "time: seizure.time-form", "time: seizure.time-form"},
		"no id":       {func(d *Draft) { d.ID = "7" }, "id: fault.malformed-id", "id: fault.malformed-id"},
		"no country":  {func(d *Draft) { d.Country = "" }, "country: fault.required", ""},
		"UK":          {func(d *Draft) { d.Country = "UK" }, "country: fault.unknown-code", "country: fault.unknown-code"},
		"no goods":    {func(d *Draft) { d.Goods = nil }, "goods: seizure.goods-missing", ""},
		"too many":    {func(d *Draft) { d.Goods = make([]goods.Line, MaxLines+1) }, "goods: seizure.too-many-lines", "goods: seizure.too-many-lines"},
		"no category": {func(d *Draft) { d.Goods[0].Category = "" }, "goods.1.category: fault.required", ""},
		"bidi":        {func(d *Draft) { d.Place = "a\u202eb" }, "place: fault.direction-character", "place: fault.direction-character"},
		"NUL":         {func(d *Draft) { d.Remarks = "a\x00" }, "remarks: fault.control-character", "remarks: fault.control-character"},
		"typed bidi":  {func(d *Draft) { d.Origin.Typed = "a\u202eb" }, "origin: fault.direction-character", "origin: fault.direction-character"},
		"HS":          {func(d *Draft) { d.Goods[0].HS = "300" }, "goods.1.hs: seizure.hs-form", "goods.1.hs: seizure.hs-form"},
		"negative": {func(d *Draft) { d.Goods[0].Quantities[0].Micro = -1 }, "goods.1.quantity: fault.quantity.not-positive",
			"goods.1.quantity: fault.quantity.not-positive"},
		"absurd": {func(d *Draft) { d.Goods[0].Quantities[0].Micro = goods.MaxQuantity }, "goods.1.quantity: seizure.quantity-too-large",
			"goods.1.quantity: seizure.quantity-too-large"},
		"absurd together": {func(d *Draft) {
			d.Goods = []goods.Line{{Category: "FOO", Quantities: []goods.Quantity{{Micro: goods.MaxQuantity - 1, Unit: "H87"}}}, {Category: "FOO", Quantities: []goods.Quantity{{Micro: 1, Unit: "H87"}, {Micro: 1, Unit: "KGM"}}}}
		}, "goods.2.quantity: seizure.sum-too-large", "goods.2.quantity: seizure.sum-too-large"},
		"unit twice": {func(d *Draft) { d.Goods[0].Quantities[1].Unit = "H87" }, "goods.1.unit.2: seizure.unit-twice", "goods.1.unit.2: seizure.unit-twice"},
		"no unit":    {func(d *Draft) { d.Goods[0].Quantities[1].Unit = "" }, "goods.1.unit.2: fault.unknown-code", "goods.1.unit.2: fault.unknown-code"},
		"warning":    {func(d *Draft) { d.Warning = -1 }, "warning: fault.malformed-id", "warning: fault.malformed-id"},
	} {
		d := sound()
		c.change(&d)
		_, err := d.Check(latest)
		if got := problems(err); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		_, err = d.CheckSaved(latest)
		if got := problems(err); got != c.saved {
			t.Errorf("%s, saved: %q, want %q", name, got, c.saved)
		}
	}
}

func problems(err error) string {
	if err == nil {
		return ""
	}
	var out []string
	for _, p := range err.(*fault.Fault).Fields {
		out = append(out, p.Path+": "+p.Key)
	}
	return strings.Join(out, ", ")
}

// FuzzCheck: whatever comes in, a draft that is taken is in normal form: checked
// again it is the same, written and read it is the same, and its sums fit.
func FuzzCheck(f *testing.F) {
	good, _ := sound().canonical()
	f.Add([]byte(good))
	f.Add([]byte(`{"id":"01890a5d-ac96-774b-bcce-b302099a8057","country":"XA","day":"2017-02-07","place":" a ","goods":[{"category":"FOO","quantities":[]},{}]}`))
	f.Add([]byte(`{"goods":[{"quantities":[{"micro":"999999999999999999","unit":"H87"},{"micro":"1","unit":"H87"}]}],"remarks":"\u202e","warning":-1}`))
	f.Add([]byte(`{"time":"24:00","day":"2017-13-40","language":"xx","origin":{"code":"XX","typed":"\u0000"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var d Draft
		if json.Unmarshal(raw, &d) != nil {
			return
		}
		before := time.Now()
		saved, err := d.CheckSaved(latest)
		if err == nil {
			normal(t, saved, Draft.CheckSaved)
		}
		if checked, err := d.Check(latest); err == nil {
			normal(t, checked, Draft.Check)
			if _, err := d.CheckSaved(latest); err != nil {
				t.Errorf("may be reported but not saved: %v", err)
			}
			Case{Draft: checked}.figures()
		}
		if time.Since(before) > 5*time.Second {
			t.Error("too slow")
		}
	})
}

func normal(t *testing.T, d Draft, check func(Draft, string) (Draft, error)) {
	t.Helper()
	again, err := check(d, latest)
	if err != nil || !same(d, again) {
		t.Errorf("checked again: %v\n%+v\n%+v", err, d, again)
	}
	text, err := d.canonical()
	if err != nil {
		t.Fatal(err)
	}
	var back Draft
	if err := json.Unmarshal([]byte(text), &back); err != nil {
		t.Fatal(err)
	}
	if twice, _ := back.canonical(); twice != text {
		t.Errorf("not stable:\n%s\n%s", text, twice)
	}
	sum := map[string]int64{}
	for _, l := range d.Goods {
		for _, q := range l.Quantities {
			if sum[q.Unit] += q.Micro; q.Micro <= 0 || sum[q.Unit] < 0 || sum[q.Unit] >= goods.MaxQuantity {
				t.Errorf("%d of %s in all", sum[q.Unit], q.Unit)
			}
		}
	}
}

// TestFigures: a case counts once in the total and once in each of its
// categories; units never mix.
func TestFigures(t *testing.T) {
	c := Case{Audience: 4, Class: Counted, Draft: Draft{Country: "XA", Day: "2017-02-07", Conveyance: goods.Coded{Code: "sea"}, Goods: []goods.Line{
		{Category: "FOO", Quantities: []goods.Quantity{{Micro: 5, Unit: "H87"}, {Micro: 7, Unit: "KGM"}}}, {Category: "FOO", Quantities: []goods.Quantity{{Micro: 1, Unit: "H87"}}}, {Category: "TOY"}}}}
	want := map[Cell]int64{}
	for _, d := range [][2]string{{ByTotal, ""}, {ByCountry, "XA"}, {ByConveyance, "sea"}, {ByDay, "2017-02-07"}, {ByCategory, "FOO"}} {
		want[Cell{d[0], 4, Counted, d[1], ""}] = 1
		want[Cell{d[0], 4, Counted, d[1], "H87"}] = 6
		want[Cell{d[0], 4, Counted, d[1], "KGM"}] = 7
	}
	want[Cell{ByCategory, 4, Counted, "TOY", ""}] = 1
	if got := c.figures(); !reflect.DeepEqual(got, want) {
		t.Errorf("figures %v", got)
	}
}
