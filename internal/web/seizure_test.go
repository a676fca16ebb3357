package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

const cases = "/o/action-ipr-ap-2/c/"

var (
	refInPage  = regexp.MustCompile(`href="/o/action-ipr-ap-2/c/(S-17-[0-9]+-[A-Z])"`)
	inputTag   = regexp.MustCompile(`<input[^>]*>`)
	selectTag  = regexp.MustCompile(`(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>`)
	optionTag  = regexp.MustCompile(`<option value="([^"]*)" selected`)
	textTag    = regexp.MustCompile(`(?s)<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>`)
	attribute  = regexp.MustCompile(`([a-z]+)="([^"]*)"`)
	mainOfPage = regexp.MustCompile(`(?s)<main.*</main>`)
)

// typed is what a browser would send of the forms of a page.
func typed(page string) url.Values {
	page = mainOfPage.FindString(page)
	out := url.Values{}
	for _, tag := range inputTag.FindAllString(page, -1) {
		at := map[string]string{}
		for _, m := range attribute.FindAllStringSubmatch(tag, -1) {
			at[m[1]] = html.UnescapeString(m[2])
		}
		if at["type"] != "radio" && at["type"] != "checkbox" || strings.Contains(tag, " checked") {
			out.Set(at["name"], at["value"])
		}
	}
	for _, m := range selectTag.FindAllStringSubmatch(page, -1) {
		out.Set(m[1], "")
		if o := optionTag.FindStringSubmatch(m[2]); o != nil {
			out.Set(m[1], html.UnescapeString(o[1]))
		}
	}
	for _, m := range textTag.FindAllStringSubmatch(page, -1) {
		out.Set(m[1], html.UnescapeString(m[2]))
	}
	return out
}

// newCase is a filled form of a case that counts.
func newCase(t *testing.T, c *client) url.Values {
	t.Helper()
	a := c.get(cases + "new")
	wants(t, "new", a, http.StatusOK, `name="id"`)
	return with(typed(a.body), "day", "2017-02-20", "goods.1.category", "FOO", "goods.1.quantity", "1 200", "goods.1.unit", "H87")
}

// send sends a form and gives the case's number.
func send(t *testing.T, c *client, form url.Values) string {
	t.Helper()
	a := c.post(cases+"new", with(form, "act", "send"))
	if a.status != http.StatusSeeOther || !strings.HasSuffix(a.location, "?sent=1") {
		t.Fatalf("sending: %d %s %.2000s", a.status, a.location, mainOfPage.FindString(a.body))
	}
	return strings.TrimSuffix(strings.TrimPrefix(a.location, cases), "?sent=1")
}

// TestCaseList: the figures, the filter, and pages that lose and repeat nothing.
func TestCaseList(t *testing.T) {
	w := newWorld(t)
	c := w.as("coordinator")
	a := c.get(cases)
	wants(t, "list", a, http.StatusOK, "245 cases counted", "12 not counted", "?class=genuine", "?class=outside-phase")
	seen, next := map[string]bool{}, cases
	for pages := 0; next != ""; pages++ {
		if pages > 10 {
			t.Fatal("the pages do not end")
		}
		a := c.get(next)
		for _, m := range refInPage.FindAllStringSubmatch(a.body, -1) {
			if seen[m[1]] {
				t.Errorf("%s is listed twice", m[1])
			}
			seen[m[1]] = true
		}
		next = ""
		if m := regexp.MustCompile(`rel="next" href="([^"]*)"`).FindStringSubmatch(a.body); m != nil {
			next = html.UnescapeString(m[1])
		}
	}
	if len(seen) < 250 {
		t.Errorf("%d cases on all pages", len(seen))
	}
	a = c.get(cases + "?class=genuine&conveyance=%3Cnonsense%3E&from=2017-02-31&organisation=-4")
	wants(t, "filter", a, http.StatusOK, "3 cases match", "Found genuine")
	lacks(t, "filter", answer{body: mainOfPage.FindString(a.body)}, "nonsense", "2017-02-31")
	if n := len(refInPage.FindAllString(a.body, -1)); n != 3 {
		t.Errorf("%d genuine cases listed", n)
	}
	wants(t, "a code that no list has any more", c.get(cases+"?class=genuine&conveyance=sledge"), http.StatusOK, "No case matches the filter", "sledge",
		"Without “Carried by: sledge”: 3 cases")
	wants(t, "none", c.get(cases+"?from=2017-02-10&to=2017-02-01"), http.StatusOK, "No case matches the filter", "Show all cases")
	part := c.do("GET", cases+"?class=genuine", nil, http.Header{"Hx-Request": {"true"}})
	wants(t, "part", part, http.StatusOK, `id="cases"`)
	lacks(t, "part", part, "<html", "<h1")
}

// TestCaseNumbers: a number may be typed as it is heard; a slip is told, and what
// is not open looks like what does not exist.
func TestCaseNumbers(t *testing.T) {
	w := newWorld(t)
	officer := w.as("officer")
	ref := refInPage.FindStringSubmatch(officer.get(cases).body)[1]
	if a := officer.get(cases + "?ref=" + url.QueryEscape(" "+strings.ToLower(ref)+" ")); a.location != cases+ref {
		t.Errorf("typed in lower case: %d %s", a.status, a.location)
	}
	if a := officer.get(cases + strings.ToLower(ref)); a.location != cases+ref {
		t.Errorf("lower case in the address: %d %s", a.status, a.location)
	}
	slip := ref[:len(ref)-1] + map[bool]string{true: "B", false: "A"}[ref[len(ref)-1] == 'A']
	wants(t, "slip", officer.get(cases+"?ref="+slip), http.StatusUnprocessableEntity, "its last letter does not fit", `value="`+slip+`"`)
	wants(t, "slip in the address", officer.get(cases+slip), http.StatusNotFound, "its last letter does not fit")
	draft := send(t, officer, newCase(t, officer)) // waits for release: others must not see it
	hidden := w.as("right-holder").get(cases + draft)
	for _, who := range []string{"observer", "right-holder", "rival-right-holder", "trainer", "auditor", "administrator", "stranger"} {
		for _, path := range []string{"", "new", ref, ref + "/amend", ref + "/release", ref + "/double"} {
			a, none := w.as(who).get(cases+path), w.as(who).get("/o/none/c/"+path)
			if a.status != http.StatusNotFound || len(refInPage.FindAllString(a.body, -1)) > 0 ||
				strings.Contains(a.body, "Action IPR") && !strings.Contains(none.body, "Action IPR") {
				t.Errorf("%s at %s: %d", who, path, a.status)
			}
		}
	}
	if hidden.status != http.StatusNotFound {
		t.Errorf("right holder reads a case: %d", hidden.status)
	}
}

// TestCaseReport: from an empty form to a receipt, without scripts.
func TestCaseReport(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	form := newCase(t, c)
	if form.Get("country") == "" || form.Get("id") == "" || form.Get("version") != "0" {
		t.Errorf("not filled in: %v", form)
	}
	bad := with(form, "act", "check", "day", "2017-02-31", "goods.1.quantity", "1,234", "goods.1.unit", "KGM", "remarks", `<script>x</script>`,
		"place", "a\u202eb")
	a := c.post(cases+"new", bad)
	wants(t, "refused", a, http.StatusUnprocessableEntity, "<title>Error: ", `id="error-summary"`, `value="1,234"`, `value="2017-02-31"`,
		"&lt;script&gt;x&lt;/script&gt;", `href="#f-day"`, `href="#f-place"`, `href="#f-goods-1-quantity"`, "This date does not exist", "invisible characters")
	lacks(t, "refused", a, "<script>x")
	a = c.post(cases+"new", with(form, "act", "add-goods"))
	wants(t, "second line", a, http.StatusOK, `name="goods.2.category"`, `value="1 200"`, `value="remove-goods.2"`)
	two := with(typed(a.body), "goods.2.category", "WIL", "goods.2.quantity", "٣", "goods.2.unit", "KGM")
	a = c.post(cases+"new", with(two, "act", "remove-goods.1"))
	wants(t, "first line removed", a, http.StatusOK, `value="٣"`)
	lacks(t, "first line removed", a, `value="1 200"`, `name="goods.2.category"`)
	a = c.post(cases+"new", with(two, "act", "check"))
	wants(t, "check", a, http.StatusOK, "will see this", "Nothing has been sent yet", "1,200", "lie outside what this operation looks for",
		"Once your contact point releases it")
	carried := typed(a.body)
	ref := send(t, c, carried)
	receipt := c.get(cases + ref + "?sent=1")
	wants(t, "receipt", receipt, http.StatusOK, "The case has been sent", ref, "Waits for release", "1,200", "Report another seizure")
	if again := send(t, c, carried); again != ref {
		t.Errorf("sent again it became %s, was %s", again, ref)
	}
	wants(t, "other content", c.post(cases+"new", with(carried, "act", "send", "place", "Elsewhere")), http.StatusConflict,
		"A different case has already been reported", `value="Elsewhere"`)
	if a := w.as("coordinator").get(cases + ref); a.status != http.StatusOK {
		t.Errorf("coordination: %d", a.status)
	}
	wants(t, "signed out", w.as("").post(cases+"new", with(carried, "act", "send")), http.StatusUnauthorized, "goods.1.category")
}

// TestCaseDraft: kept, found again, finished; nobody else sees it.
func TestCaseDraft(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	a := c.post(cases+"new", url.Values{"id": newCase(t, c)["id"], "version": {"0"}, "place": {"Half a draft"}, "act": {"save"}})
	if a.status != http.StatusSeeOther || !strings.Contains(a.location, "new?draft=") {
		t.Fatalf("saved: %d %s", a.status, a.location)
	}
	ref := regexp.MustCompile(`S-17-[0-9]+-[A-Z]`).FindString(a.location)
	again := c.get(a.location)
	wants(t, "draft", again, http.StatusOK, `value="Half a draft"`, "The draft is saved", `name="version" value="1"`)
	wants(t, "list", c.get(cases), http.StatusOK, "Draft "+ref)
	for _, who := range []string{"coordinator", "director", "analyst"} {
		if a := w.as(who).get(cases + ref); a.status != http.StatusNotFound {
			t.Errorf("%s reads a draft: %d", who, a.status)
		}
	}
	colleague := with(typed(again.body), "place", "By a colleague", "act", "save")
	if a := w.as("contact-point").post(cases+"new", colleague); a.status != http.StatusSeeOther {
		t.Fatalf("colleague: %d", a.status)
	}
	mine := with(typed(again.body), "place", "Mine", "day", "2017-02-20", "country", "QM", "goods.1.category", "FOO", "act", "send")
	wants(t, "over a colleague", c.post(cases+"new", mine), http.StatusConflict, `value="Mine"`, "This draft changed meanwhile")
}

// TestCaseAmend: a correction with its reason, what it changes, and its trace.
func TestCaseAmend(t *testing.T) {
	w := newWorld(t)
	c, other := w.as("officer"), w.as("contact-point")
	ref := send(t, c, newCase(t, c))
	at := cases + ref + "/amend"
	form := typed(c.get(at).body)
	wants(t, "no reason", c.post(at, with(form, "place", "New place", "act", "check")), http.StatusUnprocessableEntity, `href="#f-reason"`, `value="New place"`)
	a := c.post(at, with(form, "place", "New place", "reason", "Misheard.", "act", "check"))
	wants(t, "check", a, http.StatusOK, "What changes", "New place", "will see this", "Misheard.")
	a = c.post(at, with(typed(a.body), "act", "send"))
	if a.location != cases+ref+"?done=case-amended" {
		t.Fatalf("amended: %d %s", a.status, a.location)
	}
	wants(t, "history", c.get(a.location), http.StatusOK, "The correction is sent", "Amended", "Misheard.", "<ins>", "<del>", "New place")

	stale := with(form, "place", "My place", "remarks", "My remark", "reason", "I know better.", "act", "send")
	a = c.post(at, stale)
	wants(t, "conflict", a, http.StatusConflict, "New place", "My place", "My remark", "Both of you changed this", "<title>Error: ")
	choice := typed(a.body)
	if choice.Get("choose.remarks") != "mine" || choice.Has("choose.place") || choice.Get("place") != "My place" {
		t.Errorf("preset: %v", choice)
	}
	wants(t, "nothing chosen", c.post(at, with(choice, "act", "settle")), http.StatusConflict, `href="#f-choose-place"`, "My remark")
	a = c.post(at, with(choice, "act", "settle", "choose.place", "theirs"))
	wants(t, "settled", a, http.StatusOK, "What changes", "My remark")
	lacks(t, "settled", a, "My place")
	a = c.post(at, with(typed(a.body), "act", "send"))
	if a.status != http.StatusSeeOther {
		t.Fatalf("settled and sent: %d", a.status)
	}
	page := other.get(cases + ref)
	wants(t, "result", page, http.StatusOK, "New place", "My remark")
	lacks(t, "result", page, "My place")
	wants(t, "print", other.get(cases+ref+"?view=print"), http.StatusOK, "Back to the case", "My remark")
}

// TestCaseActs: release, recall, status, double, withdraw, each with its reason,
// by who may.
func TestCaseActs(t *testing.T) {
	w := newWorld(t)
	officer, contact, coordinator, analyst := w.as("officer"), w.as("contact-point"), w.as("coordinator"), w.as("analyst")
	ref := send(t, officer, newCase(t, officer))
	at := cases + ref
	act := func(c *client, name string, pairs ...string) answer {
		t.Helper()
		a := c.get(at + "/" + name)
		if a.status != http.StatusOK {
			return a
		}
		return c.post(at+"/"+name, with(typed(a.body), pairs...))
	}
	done := func(c *client, name string, pairs ...string) {
		t.Helper()
		if a := act(c, name, pairs...); a.location != at+"?done=case-"+name {
			t.Fatalf("%s: %d %s", name, a.status, a.location)
		}
	}
	for _, c := range []*client{officer, coordinator, analyst} {
		if a := act(c, "release"); a.status != http.StatusNotFound {
			t.Errorf("release by who may not: %d", a.status)
		}
	}
	wants(t, "release", contact.get(at+"/release"), http.StatusOK, "will see this", "leaves your administration")
	old := typed(contact.get(at + "/release").body)
	done(contact, "release")
	if a := contact.post(at+"/release", old); a.location != at {
		t.Errorf("released twice: %d %s", a.status, a.location)
	}
	wants(t, "released", analyst.get(at), http.StatusOK, "Counted", "This case counts")
	wants(t, "recall without reason", act(contact, "recall"), http.StatusUnprocessableEntity, `href="#f-reason"`)
	wants(t, "a correction will wait", officer.get(at+"/status"), http.StatusOK, "Your contact point releases the correction")
	lacks(t, "the contact point's will not", contact.get(at+"/status"), "Your contact point releases the correction")
	done(officer, "status", "status", "destroyed", "reason", "Burnt.")
	stale := with(typed(officer.get(at+"/status").body), "status", "released", "reason", "Too late.")
	done(contact, "status", "status", "forfeited", "reason", "Court.")
	wants(t, "stale", officer.post(at+"/status", stale), http.StatusConflict, "Too late.", "This case changed after you opened it")
	wants(t, "an officer's correction waits", analyst.get(at), http.StatusOK, "Waits for release")
	done(contact, "release")
	first := refInPage.FindStringSubmatch(coordinator.get(cases + "?class=counted&state=released&organisation=").body)[1]
	if first == ref {
		first = refInPage.FindAllStringSubmatch(coordinator.get(cases+"?class=counted").body, 2)[1][1]
	}
	wants(t, "double of nothing", act(coordinator, "double", "of", "S-17-00000-A", "reason", "x"), http.StatusUnprocessableEntity, `href="#f-of"`, "S-17-00000-A")
	done(coordinator, "double", "of", strings.ToLower(first), "reason", "Same container.")
	wants(t, "double", officer.get(at), http.StatusOK, "Reported twice", first)
	done(coordinator, "double", "of", "", "reason", "Not the same.")
	done(contact, "recall", "reason", "Check again.")
	done(officer, "withdraw", "reason", "Never happened.")
	page := officer.get(at)
	wants(t, "withdrawn", page, http.StatusOK, "has been withdrawn", "Never happened.", "Recalled", "Destroyed", "Forfeited")
	if a := act(officer, "amend"); a.status != http.StatusNotFound {
		t.Errorf("a withdrawn case can be amended: %d", a.status)
	}
}

// TestCaseFromWarning: a hit fills the new case in and stays linked to it.
func TestCaseFromWarning(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	seq := regexp.MustCompile(`/m/([0-9]+)"`).FindStringSubmatch(c.get("/o/action-ipr-ap-2/m/?type=warning").body)
	if seq == nil {
		t.Fatal("no warning in the list")
	}
	for _, m := range regexp.MustCompile(`/m/([0-9]+)"`).FindAllStringSubmatch(c.get("/o/action-ipr-ap-2/m/?type=warning").body, -1) {
		a := c.get(cases + "new?warning=" + m[1])
		if form := typed(a.body); form.Get("warning") == m[1] {
			if form.Get("detection") != "warning" {
				t.Errorf("not filled in: %v", form)
			}
			ref := send(t, c, with(form, "day", "2017-02-20", "goods.1.category", "FOO"))
			wants(t, "case", c.get(cases+ref), http.StatusOK, "/m/"+m[1]+`"`)
			if a := c.get(cases + "new?warning=999999"); a.status != http.StatusNotFound {
				t.Errorf("an unknown warning: %d", a.status)
			}
			return
		}
	}
	t.Error("no message of the list is a warning that fills in a case")
}

// TestCaseLanguages: the pages speak the reader's language throughout.
func TestCaseLanguages(t *testing.T) {
	w := newWorld(t)
	for lang, words := range map[string]string{"fr": "Signaler une saisie", "ar": "الإبلاغ عن ضبطية"} {
		c := w.as("officer").in(lang)
		for _, path := range []string{"", "new", "?class=withdrawn"} {
			a := c.get(cases + path)
			wants(t, lang+" "+path, a, http.StatusOK, words)
			lacks(t, lang+" "+path, a, "«casepage", "«seizure", "«web.done")
		}
	}
}
