package operationpage

import (
	"bytes"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// A part that cannot be counted says so, and when; the rest of the page stands.
func TestAPartMayFail(t *testing.T) {
	p := &kit.Page{Printer: i18n.NewPrinter(i18n.English), Nonce: "n", Path: "/"}
	o := overviewView{Overview: results.Overview{Figures: &results.Figures{Cases: 7, Totals: results.Totals{"H87": 3e6}}}, base: "/o/x/",
		beside: beside{failed: map[string]bool{"progress": true, "routes": true, "members": true, "clocks": true}}}
	var b bytes.Buffer
	for _, part := range []templ.Component{overviewTiles(p, o), overviewFlows(p, o), overviewContributions(p, o)} {
		if err := part.Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
	}
	text := b.String()
	if n := strings.Count(text, "Could not be counted at 00:00 UTC."); n != 3 || !strings.Contains(text, ">7<") || !strings.Contains(text, `href="/o/x/"`) {
		t.Errorf("%d parts say so: %s", n, text)
	}
	if n, over := o.ending(); n != 0 || over != 0 || o.unrouted() != 0 {
		t.Error("what could not be counted is a number")
	}
}
