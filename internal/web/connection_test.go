package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"time"
)

// What somebody says of a link, and a value on the list, go through forms without
// scripts; what is wrong comes back with what was typed; the list goes out as a file that
// no spreadsheet program computes.
func TestConnectionsWithoutScripts(t *testing.T) {
	w := newWorld(t)
	officer, desk, stranger := w.as("officer"), w.as("contact-point"), w.as("right-holder")
	page := officer.get(inAction + "c/?organisation=&state=released")
	refs := regexp.MustCompile(`/c/(S-[0-9]+-[0-9]+-[A-Z])"`).FindAllStringSubmatch(page.body, -1)
	if len(refs) < 2 {
		t.Fatal("no two cases in the list")
	}
	ref, other := refs[0][1], refs[1][1]
	links := inAction + "analysis/links"
	chart := links + "?from=" + ref
	wants(t, "the case", officer.get(inAction+"c/"+ref), http.StatusOK, "What connects this case")
	lacks(t, "who does not judge", officer.get(chart), "links/judge")
	wants(t, "no reference", officer.get(links+"?from=nonsense"), http.StatusUnprocessableEntity, "This is no number of a case.")
	for _, path := range []string{links, chart, inAction + "watch/", inAction + "watch/conditions?format=csv"} {
		if got := stranger.get(path); got.status != http.StatusNotFound {
			t.Errorf("a right holder opens %s: %d", path, got.status)
		}
	}
	judged := url.Values{"from": {ref}, "via": {ref}, "other": {other}, "state": {"confirmed"}}
	wants(t, "no reason", desk.post(links+"/judge", judged), http.StatusUnprocessableEntity, "Why")
	judged.Set("reason", "One driver.\r\nTwo loads.")
	if done := desk.post(links+"/judge", judged); done.status != http.StatusSeeOther || done.location != chart+"&done=connection-confirmed" {
		t.Fatalf("confirmed: %d to %s", done.status, done.location)
	}
	wants(t, "confirmed", officer.get(chart), http.StatusOK, other, "Confirmed", "One driver.")
	if done := officer.post(links+"/retract", judged); done.status != http.StatusNotFound {
		t.Errorf("an officer takes it back: %d", done.status)
	}
	if done := desk.post(links+"/retract", judged); done.status != http.StatusSeeOther {
		t.Errorf("taken back: %d", done.status)
	}
	lacks(t, "taken back", officer.get(chart), "One driver.")
	seen := url.Values{"from": {ref}, "id": {"01890a5d-ac96-774b-bccd-0000000000f1"}, "words": {"At Pier 2."}}
	wants(t, "nothing said", officer.post(links+"/say", seen), http.StatusUnprocessableEntity, "At Pier 2.")
	seen.Set("state", "seen-here")
	if done := officer.post(links+"/say", seen); done.status != http.StatusSeeOther {
		t.Errorf("said: %d", done.status)
	}
	wants(t, "said", desk.get(chart), http.StatusOK, "seen here too", "At Pier 2.")

	until := w.app.Clock.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	value := url.Values{"id": {"01890a5d-ac96-774b-bccd-0000000000f2"}, "list": {"watch"}, "kind": {"route"}, "value": {"CN-KE"}, "note": {"=1+1"}, "until": {until}, "to": {"own"}}
	wants(t, "no route", desk.post(inAction+"watch/", value), http.StatusUnprocessableEntity, "CN-KE", "Type the two codes")
	value.Set("value", "cn>ke")
	if done := desk.post(inAction+"watch/", value); done.status != http.StatusSeeOther || done.location != inAction+"watch/?done=watch-set" {
		t.Fatalf("set: %d to %s", done.status, done.location)
	}
	at := inAction + "watch/" + value.Get("id")
	wants(t, "on the list", officer.get(inAction+"watch/"), http.StatusOK, "Kenya", value.Get("id"))
	lacks(t, "an officer", officer.get(at), "Take it off the list")
	wants(t, "as CSV", officer.get(inAction+"watch/conditions?format=csv"), http.StatusOK, "route,CN>KE,'=1+1,"+until+",watch,")
	wants(t, "as JSON", officer.get(inAction+"watch/conditions"), http.StatusOK, `"tidewaiter-conditions/1"`)
	if got := officer.get(inAction + "watch/conditions?format=xml"); got.status != http.StatusNotFound {
		t.Errorf("another form: %d", got.status)
	}
	if got := w.as("coordinator").get(at); got.status != http.StatusNotFound {
		t.Errorf("coordination opens what is the administration's own: %d", got.status)
	}
	if done := desk.post(at+"/drop", nil); done.status != http.StatusSeeOther {
		t.Errorf("dropped: %d", done.status)
	}
	lacks(t, "dropped", officer.get(inAction+"watch/"), value.Get("id"))
}
