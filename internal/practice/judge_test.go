package practice_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/practice"
)

// What is said of a field follows from what was expected and what was written.
func TestJudge(t *testing.T) {
	pieces := practice.Expected{Path: "goods.quantity", Micro: 1200e6, Unit: "H87", Tolerance: 2, Hint: "count"}
	for name, c := range map[string]struct {
		want       practice.Expected
		got        practice.Value
		grade, why string
	}{
		"the same":                {practice.Expected{Path: "conveyance", Value: "sea"}, practice.Value{Text: "sea"}, practice.Right, ""},
		"another":                 {practice.Expected{Path: "conveyance", Value: "sea"}, practice.Value{Text: "air"}, practice.Wrong, "other"},
		"nothing":                 {practice.Expected{Path: "conveyance", Value: "sea"}, practice.Value{}, practice.Missing, "missing"},
		"heading only":            {practice.Expected{Path: "goods.hs", Value: "300490"}, practice.Value{Text: "300420"}, practice.Near, "subheading"},
		"four digits":             {practice.Expected{Path: "goods.hs", Value: "300490"}, practice.Value{Text: "3004"}, practice.Near, "subheading"},
		"chapter only":            {practice.Expected{Path: "goods.hs", Value: "300490"}, practice.Value{Text: "300610"}, practice.Wrong, "heading"},
		"another chapter":         {practice.Expected{Path: "goods.hs", Value: "300490"}, practice.Value{Text: "950300"}, practice.Wrong, "chapter"},
		"within tolerance":        {pieces, practice.Value{Micro: 1210e6, Unit: "H87"}, practice.Right, ""},
		"another unit":            {pieces, practice.Value{Micro: 1200e6, Unit: "KGM"}, practice.Near, "unit"},
		"a little off":            {pieces, practice.Value{Micro: 1300e6, Unit: "H87"}, practice.Near, "amount-near"},
		"another amount":          {pieces, practice.Value{Micro: 12e6, Unit: "H87"}, practice.Wrong, "amount"},
		"the day before":          {practice.Expected{Path: "day", Value: "2026-03-01"}, practice.Value{Text: "2026-02-28"}, practice.Near, "day-near"},
		"another day":             {practice.Expected{Path: "day", Value: "2026-03-01"}, practice.Value{Text: "2026-01-03"}, practice.Wrong, "day"},
		"a name in other letters": {practice.Expected{Path: "goods.brand", Value: "Nordavil"}, practice.Value{Text: "NORDAVIL"}, practice.Right, ""},
		"a part of a name":        {practice.Expected{Path: "goods.brand", Value: "Nordavil"}, practice.Value{Text: "Nordavil forte"}, practice.Near, "name-part"},
		"a number in a sentence":  {practice.Expected{Path: "reference", Value: "S-17-48213-H"}, practice.Value{Text: "It is s-17-48213-h."}, practice.Right, ""},
		"no number":               {practice.Expected{Path: "reference", Value: "S-17-48213-H"}, practice.Value{Text: "It is there."}, practice.Near, "no-number"},
	} {
		r := practice.Judge([]practice.Expected{c.want}, practice.Values{c.want.Path: c.got})[0]
		if r.Grade != c.grade || r.Why != c.why {
			t.Errorf("%s: %s %q, want %s %q", name, r.Grade, r.Why, c.grade, c.why)
		}
		if (r.Hint != "") != (c.want.Hint != "" && r.Grade != practice.Right) {
			t.Errorf("%s: the hint is %q", name, r.Hint)
		}
	}
	swapped := practice.Judge([]practice.Expected{{Path: "origin", Value: "CN"}}, practice.Values{"origin": {Text: "FR"}, "destination": {Text: "CN"}})
	if swapped[0].Why != "swapped" {
		t.Errorf("both ends mixed up: %+v", swapped[0])
	}
}

// Whatever is written, there is one remark for each expected field, in their order, and
// what is written as expected is done.
func TestJudgeAlways(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []practice.Expected
		right, other := practice.Values{}, practice.Values{}
		for _, path := range rapid.SliceOfNDistinct(rapid.SampledFrom(practice.Fields()), 1, 10, rapid.ID[string]).Draw(t, "paths") {
			v := map[string]string{"day": "2026-03-01", "goods.hs": "300490"}[path]
			if v == "" {
				v = "one"
			}
			want = append(want, practice.Expected{Path: path, Value: v, Micro: 5e6, Unit: "H87"})
			right[path] = practice.Value{Text: v, Micro: 5e6, Unit: "H87"}
			other[path] = practice.Value{Text: rapid.String().Draw(t, "text"), Micro: rapid.Int64().Draw(t, "micro")}
		}
		if !practice.Done(practice.Judge(want, right)) {
			t.Fatal("what was expected is not done")
		}
		for i, r := range practice.Judge(want, other) {
			if r.Path != want[i].Path || r.Grade == "" || r.Grade != practice.Right && r.Why == "" {
				t.Fatalf("%+v", r)
			}
		}
	})
}

// Ready-made tasks have their words in every language.
func TestReadyTasksSpeak(t *testing.T) {
	if len(practice.ReadyTasks()) != 6 {
		t.Errorf("%d ready-made tasks", len(practice.ReadyTasks()))
	}
	for _, lang := range i18n.Languages() {
		p := i18n.NewPrinter(lang)
		for _, task := range practice.ReadyTasks() {
			keys := []string{"practice.ready." + task.Ready + ".title", "practice.ready." + task.Ready + ".text"}
			for _, e := range task.Expect {
				keys = append(keys, e.Hint, "practice.field."+e.Path)
			}
			for _, key := range keys {
				if !p.Has(key) {
					t.Errorf("%s lacks %q", lang, key)
				}
			}
		}
	}
}

// What would leave a practice, or ask somebody outside, does not hold there.
func TestNothingLeavesAPractice(t *testing.T) {
	for _, p := range []access.Permission{access.InquiryAsk, access.InquiryRead, access.ProductInspect, access.SituationIssue, access.SituationRead, access.ReportOpen, access.ReportRead, access.ReportFreeze,
		access.EditionRead, access.EditionIssue, access.PressWrite, access.OperationExport, access.EvidenceBundle, access.DetentionDisclose, access.ReferenceLoad, access.WorkshopPlan, access.PracticeOpen,
		access.LearntRecord, access.CourseRecord, access.EffectRead, access.AlertIssue} {
		if access.InPractice(p) {
			t.Errorf("%s holds in a practice", p)
		}
	}
}

// What nobody could ever write is not expected, and a task that expects nothing could
// never be done.
func TestOwnTasksCanBeDone(t *testing.T) {
	own := func(all ...practice.Expected) error {
		return practice.Draft{Name: "Dry run", Tasks: []practice.Task{{Kind: practice.Report, Title: map[string]string{"ar": "\u0645\u0647\u0645\u0629"}, Text: map[string]string{"ar": "\u0646\u0635"}, Expect: all}}}.Check()
	}
	for _, e := range []practice.Expected{{Path: "conveyance", Value: "sea"}, {Path: "goods.category", Value: "PHA"}, {Path: "country", Value: practice.Own}, {Path: "origin", Value: "CN"},
		{Path: "day", Value: practice.Today}, {Path: "day", Value: "2026-11-30"}, {Path: "goods.hs", Value: "300490"}, {Path: "goods.brand", Value: "Nordavil"},
		{Path: "goods.quantity", Value: "1200", Micro: 1200e6, Unit: "H87"}} {
		if err := own(e); err != nil {
			t.Errorf("%+v: %v", e, err)
		}
	}
	for want, e := range map[string]practice.Expected{"practice.no-code": {Path: "conveyance", Value: "by ship"}, "practice.no-day": {Path: "day", Value: "30.11.2026"},
		"practice.no-hs": {Path: "goods.hs", Value: "watches"}, "practice.no-quantity": {Path: "goods.quantity", Value: "many", Unit: "H87"},
		"practice.no-field": {Path: "", Value: "sea"}, "fault.required": {Path: "day"}} {
		if err := own(practice.Expected{Path: "goods.brand", Value: "Nordavil"}, e); err == nil || !strings.Contains(err.Error(), "tasks.1.expect.2: "+want) {
			t.Errorf("%+v: %v", e, err)
		}
	}
	if err := own(); err == nil || !strings.Contains(err.Error(), "tasks.1.expect.1: practice.no-fact") {
		t.Errorf("expects nothing: %v", err)
	}
}
