package api_test

import (
	"testing"
)

// Other systems read what the page shows: coordination all administrations, a contact
// point its own; nobody else that there is such a thing.
func TestTrainingEffect(t *testing.T) {
	w := newWorld(t)
	type row struct {
		Organisation string
		After        struct{ Cases int64 }
		Untrained    bool
		Measures     []struct{ Name string }
		Posts        []struct{ Post string }
	}
	read := func(who string) (out struct {
		Operation  string
		Operations []string
		Countries  []row
	}) {
		a := w.as(who).get(ap2 + "/training/effect")
		if a.status != 200 {
			t.Fatalf("%s: %d %s", who, a.status, a.body)
		}
		a.decode(t, &out)
		return out
	}
	all, own := read("coordinator"), read("contact-point")
	if len(own.Countries) != 1 || len(all.Countries) < 10 || own.Countries[0].After.Cases == 0 || own.Countries[0].Organisation == "" || own.Operation != "action-ipr-ap-2" ||
		len(own.Operations) == 0 || own.Operations[len(own.Operations)-1] != own.Operation {
		t.Errorf("own %+v, all %d", own, len(all.Countries))
	}
	for _, who := range []string{"officer", "right-holder", "observer", "stranger", "auditor"} {
		if a := w.as(who).get(ap2 + "/training/effect"); a.status != 404 {
			t.Errorf("%s: %d", who, a.status)
		}
	}
}
