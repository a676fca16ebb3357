package operation

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestShiftedPhases keep their lengths and distances, over leap days and summer time too.
func TestShiftedPhases(t *testing.T) {
	o := Operation{Phases: []Phase{{Kind: "training", Starts: "2016-02-22", Ends: "2016-02-26"}, {Kind: "operational", Name: "Sea", Starts: "2016-03-14", Ends: "2016-04-01"}}}
	want := []Phase{{Kind: "training", Starts: "2017-02-20", Ends: "2017-02-24"}, {Kind: "operational", Name: "Sea", Starts: "2017-03-13", Ends: "2017-03-31"}}
	if got := o.Again("2016-05-01"); got != "2017-02-20" {
		t.Error("again on", got)
	}
	if diff := cmp.Diff(want, o.Shifted("2017-02-20")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(o.Phases, o.Shifted("no day")); diff != "" {
		t.Error(diff)
	}
}
