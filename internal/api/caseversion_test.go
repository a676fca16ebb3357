package api_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// Every version of a case, with the fields in which it differs; what was written
// before others could see the case stays at home.
func TestCaseVersions(t *testing.T) {
	each(t, func(t *testing.T, w *small) {
		officer, at := w.as("xa.officer"), tide+"/cases/"+nextID()
		draft := strings.Replace(plainCase, `{"country"`, `{"draft":true,"place":"Quay 1","country"`, 1)
		if a := officer.put(at, draft); a.status != 201 {
			t.Fatalf("%d %s", a.status, a.body)
		}
		sent := strings.Replace(plainCase, `{"country"`, `{"place":"Quay 2","country"`, 1)
		if a := officer.put(at, sent); a.status != 201 && a.status != 200 {
			t.Fatalf("%d %s", a.status, a.body)
		}
		amended := strings.Replace(sent, `"unit":"KGM"}]`, `"unit":"KGM","basis":"weighed"}],"brand":"Sailor"`, 1)
		amended = strings.Replace(amended, `{"place"`, `{"reason":"read again","place"`, 1)
		if a := officer.put(at, amended, "If-Match", `"2"`); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.body)
		}
		type version struct {
			Version int64
			Act     string
			Reason  string
			Place   string
			Changed []string
		}
		of := func(who, query string) (out struct{ Items []version }) {
			t.Helper()
			a := w.as(who).get(at + "/versions" + query)
			if a.status != 200 {
				t.Fatalf("%s: %d %s", who, a.status, a.body)
			}
			w.must(json.Unmarshal([]byte(a.body), &out))
			return out
		}
		own := of("xa.officer", "").Items
		if len(own) != 3 || own[0].Place != "Quay 1" || strings.Join(own[1].Changed, " ") != "place" ||
			strings.Join(own[2].Changed, " ") != "goods.1.brand goods.1.quantities.1.basis" || own[2].Reason != "read again" || own[2].Act != "seizure.amend" {
			t.Errorf("own: %+v", own)
		}
		theirs := of("xb.officer", "?organisation="+string(w.body["xa"].ID)).Items
		if len(theirs) != 2 || theirs[0].Version != 2 || len(theirs[0].Changed) != 0 {
			t.Errorf("of another: %+v", theirs)
		}
		for _, who := range []string{"holder", "xz"} {
			if a := w.as(who).get(at + "/versions?organisation=" + string(w.body["xa"].ID)); a.status != 404 {
				t.Errorf("%s: %d %s", who, a.status, a.body)
			}
		}
	})
}
