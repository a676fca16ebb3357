package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A trainer opens a code, an officer joins with the phone, certificates are given, and
// somebody without an account checks one: all without scripts.
func TestAttendanceWithoutScripts(t *testing.T) {
	w := newWorld(t)
	address := w.Attendance("/t/{id}")
	list := w.Attendance("/t/{id}/attendance/{session}")
	host, officer, desk, other, nobody := w.as("coordinator"), w.as("officer"), w.as("contact-point"), w.as("right-holder"), w.as("")

	for _, path := range []string{address + "/attendance", list, list + "/code", address + "/certify", address + "/here"} {
		if got := other.get(path); got.status != http.StatusNotFound {
			t.Errorf("a right holder opens %s: %d", path, got.status)
		}
	}
	for path, form := range map[string]url.Values{list: {"shown": {"nonsense"}, "here": {"nonsense"}}, list + "/open": nil, list + "/close": nil, address + "/certify": {"share": {"nonsense"}}, address + "/certify/anew": nil} {
		if got := officer.post(path, form); got.status != http.StatusNotFound {
			t.Errorf("an officer posts to %s: %d", path, got.status)
		}
	}
	// The next session: nobody is marked yet.
	third := list[:len(list)-1] + "3"
	w.app.Clock.Set(w.app.Clock.Now().Truncate(time.Hour).Add(20 * time.Minute))
	if done := host.post(third+"/open", nil); done.status != http.StatusSeeOther || done.location != third+"/code" {
		t.Fatalf("opened: %d to %s", done.status, done.location)
	}
	wall := host.get(third + "/code")
	code := regexp.MustCompile(`wall-code"><bdi dir="ltr">([A-Z0-9]{6})<`).FindStringSubmatch(wall.body)
	if code == nil || !strings.Contains(wall.body, `<svg class="qr"`) {
		t.Fatalf("no code on the wall: %s", wall.body)
	}
	page := host.get(third)
	wants(t, "a wrong code", officer.post(address+"/here", url.Values{"code": {"AAAAAA"}}), http.StatusUnprocessableEntity, "AAAAAA", "This code does not open a session for you now")
	wants(t, "the link", officer.get(address+"/here?code="+code[1]), http.StatusOK, code[1], `name="link"`)
	lacks(t, "a link that was only opened", host.get(third), `checked`)
	for range 2 {
		if done := officer.post(address+"/here", url.Values{"code": {strings.ToLower(code[1])}, "link": {"1"}}); done.status != http.StatusSeeOther || done.location != address+"/attendance?done=attendance-joined" {
			t.Fatalf("joined: %d to %s", done.status, done.location)
		}
	}
	// The list was open before the officer joined; it is saved with another ticked.
	form := url.Values{}
	for _, m := range regexp.MustCompile(`name="(shown|was)" value="([^"]+)"`).FindAllStringSubmatch(page.body, -1) {
		form.Add(m[1], m[2])
	}
	second := form["shown"][1]
	form.Add("here", second)
	if done := host.post(third, form); done.status != http.StatusSeeOther {
		t.Fatalf("recorded: %d", done.status)
	}
	if n := strings.Count(host.get(third).body, " checked"); n != 2 {
		t.Errorf("%d are ticked: who joined while the list was open, and who was ticked, are two", n)
	}
	wants(t, "the contact point", desk.get(address+"/attendance"), http.StatusOK, "Noor Al-Hashimi", "people of your own administration")
	lacks(t, "an officer", officer.get(address+"/attendance"), "Noor Al-Hashimi")

	numbers := regexp.MustCompile(`[2-9A-Z]{4}(-[2-9A-Z]{4}){3}`)
	before := officer.get(w.Attendance("/t/{id}/certificates/{certificate}"))
	wants(t, "the sheet", host.get(address+"/attendance"), http.StatusOK, "Says less than attended", "Give a new one")
	wants(t, "giving", host.get(address+"/certify"), http.StatusOK, "1 participant attended more sessions since")
	wants(t, "no share", host.post(address+"/certify", url.Values{"share": {"half"}}), http.StatusUnprocessableEntity, "half", "from 1 to 100")
	if done := host.post(address+"/certify", url.Values{"share": {"25"}}); done.status != http.StatusSeeOther || !strings.Contains(done.location, "certificates-given") {
		t.Fatalf("given: %d to %s", done.status, done.location)
	}
	paper := officer.get(w.Attendance("/t/{id}/certificates/{certificate}"))
	number := numbers.FindString(strings.ReplaceAll(paper.body, numbers.FindString(before.body), ""))
	name := w.sessionOf("officer").Person.Name
	wants(t, "the certificate", paper, http.StatusOK, name, "Train the trainer", "/certificates/", "<svg")
	if got := other.get(w.Attendance("/t/{id}/certificates/{certificate}")); got.status != http.StatusNotFound {
		t.Errorf("a right holder reads a certificate: %d", got.status)
	}
	check := func(number, name string) string {
		got := nobody.post("/certificates/", url.Values{"number": {number}, "name": {name}})
		for word, in := range map[string]string{"good": "This certificate is good", "revoked": "This certificate was revoked", "replaced": "This certificate was replaced", "unknown": "No such certificate"} {
			if !strings.Contains(got.body, in) {
				continue
			}
			for _, printed := range []string{"Train the trainer: from targeting to release", "Customs Training Centre", w.sessionOf("officer").Organisation.Name} {
				if strings.Contains(got.body, printed) != (word != "unknown") {
					t.Errorf("%s: what the paper says, %q", word, printed)
				}
			}
			lacks(t, "the answer", got, "spelt")
			return word
		}
		t.Fatalf("no answer: %d %s", got.status, got.body)
		return ""
	}
	for what, c := range map[string][3]string{"good": {number, strings.ToUpper(name), "good"}, "another name": {number, "Noor Al-Hashimi", "unknown"}, "no number": {"nonsense", name, "unknown"}} {
		if got := check(c[0], c[1]); got != c[2] {
			t.Errorf("%s: %s", what, got)
		}
	}
	// The officer joined the third session after the certificate of the first was given.
	first := numbers.FindString(before.body)
	sheet := host.get(address + "/attendance")
	wants(t, "my certificates", officer.get("/t/certificates"), http.StatusOK, first, "Replaced")
	lacks(t, "nobody attended more since", sheet, "Says less than attended")
	if got := check(first, name); got != "replaced" {
		t.Errorf("the certificate of before: %s", got)
	}
	wants(t, "the new certificate", paper, http.StatusOK, "Replaces certificate", first, "Attended 3 of 3")
	at := w.Attendance("/t/{id}/certificates/{certificate}/revoke")
	wants(t, "no reason", host.post(at, nil), http.StatusUnprocessableEntity, "Why is it revoked?")
	if got := officer.post(at, nil); got.status != http.StatusNotFound {
		t.Errorf("an officer revokes: %d", got.status)
	}
	if done := host.post(at, url.Values{"reason": {"A mistake."}}); done.status != http.StatusSeeOther {
		t.Fatalf("revoked: %d", done.status)
	}
	if got := check(number, name); got != "revoked" {
		t.Errorf("after it was revoked: %s", got)
	}
	wants(t, "my certificates", officer.get("/t/certificates"), http.StatusOK, number, "Revoked", "Replaced")
}

// Whoever tries numbers on the open page is slowed by network and told when to come
// again, and neither locks the neighbours out of signing in nor is locked out by them.
func TestCertificateChecksAreSlowed(t *testing.T) {
	here := http.Header{"X-Forwarded-For": {"192.0.2.1"}}
	sign, paper := url.Values{"login": {"a"}, "password": {"b"}}, url.Values{"number": {"2222-2222-2222-2222"}, "name": {"Nobody"}}
	for what, c := range map[string]struct {
		path, other string
		form, free  url.Values
	}{"checks": {"/certificates/", "/signin", paper, sign}, "sign-ins": {"/signin", "/certificates/", sign, paper}} {
		nobody := newWorld(t).limited(0.05, 0).as("")
		n := 0
		for ; nobody.do(http.MethodPost, c.path, c.form, here).status != http.StatusTooManyRequests; n++ {
			if n > 20 {
				t.Fatalf("%s: a network may try for ever", what)
			}
		}
		got := nobody.do(http.MethodPost, c.path, c.form, here)
		if again := got.header.Get("Retry-After"); again == "" || what == "checks" && !strings.Contains(got.body, "Try again in "+again+" second") {
			t.Errorf("%s: again in %q: %.200s", what, again, got.body)
		}
		if got := nobody.do(http.MethodPost, c.other, c.free, here); got.status == http.StatusTooManyRequests {
			t.Errorf("%s use up what is for %s", what, c.other)
		}
	}
}
