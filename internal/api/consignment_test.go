package api_test

import (
	"strings"
	"testing"
)

const ap2 = "/api/v1/operations/action-ipr-ap-2"

// A number goes in as it stands on a paper and comes out with what its check digit
// says; the same record again is the same; and who reads it finds it by its number.
func TestMarks(t *testing.T) {
	w := newWorld(t)
	officer := w.as("officer")
	marks := `"marks":[{"kind":"container","value":"csqu 305438-4","check":"ok"},{"kind":"seal","value":"0482913","found":false}]`
	letter := strings.TrimSuffix(plainLetter, "}") + "," + marks + "}"
	id := nextID()
	var sent struct {
		Marks []struct{ Kind, Value, Check string }
	}
	if a := officer.do("PUT", ap2+"/messages/"+id, letter); a.status != 201 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := officer.do("PUT", ap2+"/messages/"+id, letter); a.status != 200 {
		t.Errorf("again: %d %s", a.status, a.body)
	}
	if a := officer.do("PUT", ap2+"/messages/"+id, strings.Replace(letter, "0482913", "0482914", 1)); a.status != 409 {
		t.Errorf("another seal: %d %s", a.status, a.body)
	}
	officer.get(ap2+"/messages/"+id).decode(t, &sent)
	if len(sent.Marks) != 2 || sent.Marks[0].Check != "failed" || sent.Marks[0].Value != "csqu 305438-4" || sent.Marks[1].Check != "none" {
		t.Errorf("%+v", sent.Marks)
	}
	kase := nextID()
	if a := officer.do("PUT", ap2+"/cases/"+kase, strings.TrimSuffix(plainCase, "}")+`,"marks":[{"kind":"container","value":"CSQU3054384"}]}`); a.status != 201 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for who, want := range map[string][]string{"officer": {id, kase}, "right-holder": nil, "rival-right-holder": nil} {
		var found struct {
			Items   []struct{ Kind, ID, Reference string }
			TooMany bool `json:"too_many"`
		}
		w.as(who).get(ap2+"/consignments?mark=CSQU+305.438-4").decode(t, &found)
		var got []string
		for _, i := range found.Items {
			got = append(got, i.ID)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") || found.TooMany {
			t.Errorf("%s: %v, want %v", who, got, want)
		}
	}
	if a := officer.get(ap2 + "/consignments?mark=1"); a.status != 400 {
		t.Errorf("too short: %d", a.status)
	}
	if a := officer.do("PUT", ap2+"/messages/"+nextID(), strings.TrimSuffix(plainLetter, "}")+`,"marks":[{"kind":"lorry","value":"12345"}]}`); a.status != 422 {
		t.Errorf("no such kind: %d", a.status)
	}
	if a := w.as("stranger").get(ap2 + "/consignments?mark=CSQU3054384"); a.status != 404 {
		t.Errorf("a stranger: %d", a.status)
	}
}
