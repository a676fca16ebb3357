package api_test

import (
	"strings"
	"testing"
)

// A case is asked about by its reference or its id; what connects it comes with
// strength and reasons, and only what the asker may read counts.
func TestLinks(t *testing.T) {
	w := newWorld(t)
	officer := w.as("officer")
	var refs, ids []string
	for range 2 {
		id := nextID()
		a := officer.do("PUT", ap2+"/cases/"+id, strings.TrimSuffix(plainCase, "}")+`,"marks":[{"kind":"consignor","value":"EX 4471-90"}]}`)
		if a.status != 201 {
			t.Fatalf("%d %s", a.status, a.body)
		}
		var made struct{ Reference string }
		a.decode(t, &made)
		refs, ids = append(refs, made.Reference), append(ids, id)
	}
	for _, name := range []string{refs[0], ids[0]} {
		var got struct {
			Case  struct{ Reference string }
			Links []struct {
				Case     struct{ ID, Reference string }
				Via      string
				Strength string
				Reasons  []struct {
					Kind, Value string
					Cases       int
				}
			}
			Hidden, Left_out []struct{}
		}
		officer.get(ap2+"/links?depth=2&case="+name).decode(t, &got)
		if got.Case.Reference != refs[0] || len(got.Links) == 0 || got.Links[0].Case.ID != ids[1] || got.Links[0].Via != refs[0] || got.Links[0].Strength != "strong" ||
			got.Links[0].Reasons[0].Kind != "consignor" || got.Links[0].Reasons[0].Cases != 2 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for path, want := range map[string]int{"/links": 400, "/links?case=" + refs[0] + "&depth=4": 400, "/links?case=" + refs[0] + "&depth=x": 400, "/links?case=S-17-1-A": 404, "/links?case=" + nextID(): 404} {
		if a := officer.get(ap2 + path); a.status != want {
			t.Errorf("%s: %d, want %d", path, a.status, want)
		}
	}
	for _, who := range []string{"right-holder", "observer", "stranger"} {
		if a := w.as(who).get(ap2 + "/links?case=" + refs[0]); a.status != 404 {
			t.Errorf("%s: %d", who, a.status)
		}
		if a := w.as(who).get(ap2 + "/watch/conditions"); a.status != 404 {
			t.Errorf("%s: %d", who, a.status)
		}
	}
	if a := officer.get(ap2 + "/watch/conditions"); a.status != 200 || !strings.Contains(string(a.body), `"tidewaiter-conditions/1"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
}
