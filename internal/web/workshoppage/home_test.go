package workshoppage_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// Home and the first page of the operation lead whoever has something to do for a
// workshop there, and nobody else.
func TestHomeSaysWhatTrainingWants(t *testing.T) {
	w := webtest.Open(t)
	runs := `href="` + w.Attendance("/t/{id}") + `"`
	named := `href="` + w.Workshop("/t/{id}")
	for _, c := range []struct {
		persona      string
		says, silent []string
	}{
		{"officer", []string{runs}, []string{named + "/nominate", named + "/participants"}},
		{"contact-point", []string{named + "/nominate"}, []string{runs, named + "/participants"}},
		{"coordinator", []string{runs, named + "/participants", "1 person is named"}, []string{named + "/nominate"}},
		{"analyst", nil, []string{runs, named}},
	} {
		for _, path := range []string{"/", webtest.Inside} {
			status, body := w.Get(c.persona, path)
			if status != http.StatusOK {
				t.Fatalf("%s: %s gives %d", c.persona, path, status)
			}
			for _, want := range c.says {
				if !bytes.Contains(body, []byte(want)) {
					t.Errorf("%s: %s does not say %s", c.persona, path, want)
				}
			}
			for _, not := range c.silent {
				if bytes.Contains(body, []byte(not)) {
					t.Errorf("%s: %s says %s", c.persona, path, not)
				}
			}
		}
	}
}
