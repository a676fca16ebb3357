package analysisitem_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/api/analysisitem"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/results"
)

// What is written by hand is what encoding/json would write, whatever brands are called.
func TestJSONIsWhatMarshalMakes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		totals := rapid.Map(rapid.MapOfN(rapid.SampledFrom([]string{"H87", "KGM", "LTR"}), rapid.Int64Range(1, 1<<60), 0, 3),
			func(m map[string]int64) results.Totals { return m })
		var v analysis.View
		v.Standing.Operation.Code = "tide-17"
		v.Organisations = map[int64]organisation.Organisation{7: {ID: "01890a5d-ac96-774b-bcce-000000000007"}}
		v.Answer = analysis.Answer{AsOf: 12, Cases: 3, Totals: totals.Draw(t, "totals"), Question: analysis.Question{
			Group: rapid.SampledFrom(analysis.Dimensions()).Draw(t, "group"), Split: rapid.SampledFrom([]string{"", analysis.ByBrand, analysis.ByReporter}).Draw(t, "split"),
			Where: map[string]string{"brand": rapid.String().Draw(t, "brand")}}}
		for range rapid.IntRange(0, 4).Draw(t, "groups") {
			value := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"CN>TH", "7", "8", "", `"<&`, "a\x00b", "\xff"}))
			v.Answer.Groups = append(v.Answer.Groups, analysis.Group{Value: value.Draw(t, "value"), Split: value.Draw(t, "split"), Cases: 2, Totals: totals.Draw(t, "of")})
		}
		want, err := json.Marshal(analysisitem.Of(v))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := analysisitem.JSON(v, ""); err != nil || string(got) != string(want) {
			t.Fatalf("%s %v\nwant\n%s", got, err, want)
		}
	})
}
