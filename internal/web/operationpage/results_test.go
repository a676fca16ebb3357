package operationpage

import (
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/results"
)

// TestNoCellIsAFormula: an operation names its countries itself, so a name may
// begin like a formula.
func TestNoCellIsAFormula(t *testing.T) {
	f := results.Figures{Cases: 1, Countries: []results.Group{{Value: "XA", Cases: 1, Totals: results.Totals{"H87": 5_000_000}}}}
	for name, want := range map[string]string{"=1+1": "'=1+1", "+x": "'+x", "-x": "'-x", "@sum": "'@sum", "\tx": "'\tx", "Xa, \"b\"": "\"Xa, \"\"b\"\"\"", "Xa": "Xa"} {
		got := string(resultsCSV(f, "", func(string, string) string { return name }))
		if !strings.Contains(got, "country,XA,"+want+",H87,5\n") {
			t.Errorf("%q: no line with %q in\n%s", name, want, got)
		}
	}
}
