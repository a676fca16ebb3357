package web_test

import (
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

const inAction = webtest.Inside

var (
	hiddenID  = regexp.MustCompile(`name="id" value="([0-9a-f-]{36})"`)
	memberBox = regexp.MustCompile(`name="organisation" value="([^"]+)"[^>]*> ?<label for="[^"]+"><bdi>([^<]+)</bdi>`)
	nonces    = regexp.MustCompile(`nonce="[^"]*"`)
)

// firstGroup gives what a pattern found, or ends the test.
func firstGroup(t *testing.T, pattern *regexp.Regexp, body string) string {
	t.Helper()
	m := pattern.FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("%s: not in the page", pattern)
	}
	return m[1]
}

// memberIDs reads the organisations that a form offers, by name.
func memberIDs(t *testing.T, body string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range memberBox.FindAllStringSubmatch(body, -1) {
		out[html.UnescapeString(m[2])] = m[1]
	}
	if len(out) < 10 {
		t.Fatalf("the form offers %d organisations: %v", len(out), out)
	}
	return out
}

func wants(t *testing.T, what string, a answer, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("%s: status %d, not %d", what, a.status, status)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("%s: the page lacks %q", what, text)
		}
	}
}

func lacks(t *testing.T, what string, a answer, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			t.Errorf("%s: the page holds %q", what, text)
		}
	}
}

// warningForm is a warning of the coordinator to two administrations.
func warningForm(t *testing.T, w *world) url.Values {
	t.Helper()
	page := w.as("coordinator").get(inAction + "m/new/warning")
	wants(t, "the form", page, http.StatusOK, "Coordination reads along", "Choose who it is for")
	members := memberIDs(t, page.body)
	return url.Values{"id": {firstGroup(t, hiddenID, page.body)}, "to": {"chosen"},
		"organisation": {members["Qasmara Customs Authority"], members["Wendalu Customs Service"]}, "apart": {"along"},
		"subject": {"Container with face packs"}, "body": {"Please examine it on arrival."}, "language": {"en"}, "tlp": {"AMBER"},
		"reply_due": {"2017-04-01"}, "due_time": {"14:30"}, "category": {"COS"}, "conveyance": {"sea"}}
}

func with(form url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for name, values := range form {
		out[name] = values
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

// TestWarningIsCheckedSentAndAnswered follows a warning without scripts: who will
// see it, the check, the sending (twice), one answer of two, and everybody else.
func TestWarningIsCheckedSentAndAnswered(t *testing.T) {
	w := newWorld(t)
	coordinator, path := w.as("coordinator"), inAction+"m/new/warning"
	form := warningForm(t, w)
	preview := coordinator.post(path, with(form, "step", "preview"))
	wants(t, "preview", preview, http.StatusOK, "4 organisations will see this", "Container with face packs", "Wendalu Customs Service")
	check := coordinator.post(path, with(form, "step", "check"))
	wants(t, "check", check, http.StatusOK, "Check before you send", "4 organisations will see this", "1 Apr 2017, 05:30 UTC", "TLP:AMBER")
	sent := coordinator.post(path, with(form, "step", "send"))
	if sent.status != http.StatusSeeOther || !strings.HasSuffix(sent.location, "?done=message-sent") {
		t.Fatalf("sending: %d to %q", sent.status, sent.location)
	}
	if again := coordinator.post(path, with(form, "step", "send")); again.location != sent.location {
		t.Errorf("sent twice: %q, then %q", sent.location, again.location)
	}
	at := strings.TrimSuffix(sent.location, "?done=message-sent")
	wants(t, "sent", coordinator.get(sent.location), http.StatusOK, "The message was sent.", "Answered by 0 of 2.", "Not answered", "4 organisations can see this")

	officer := w.as("officer")
	page := officer.get(at)
	wants(t, "officer", page, http.StatusOK, "Waits for your organisation", "Give feedback", "Please examine it on arrival.")
	answer := url.Values{"id": {firstGroup(t, hiddenID, page.body)}, "as": {"feedback"}, "body": {"Opened: counterfeit."},
		"language": {"en"}, "tlp": {"AMBER"}, "to": {"readers"}, "step": {"send"}}
	refused := officer.post(at, answer)
	wants(t, "without an outcome", refused, http.StatusUnprocessableEntity, "<title>Error: ", `href="#f-outcome"`, "Choose what became of the shipment.", "Opened: counterfeit.")
	if done := officer.post(at, with(answer, "outcome", "hit")); done.status != http.StatusSeeOther {
		t.Fatalf("feedback: %d %s", done.status, done.body)
	}
	wants(t, "answered", coordinator.get(at), http.StatusOK, "Answered by 1 of 2.", "Outcome so far: Found.", "Opened: counterfeit.")
	lacks(t, "answered", officer.get(at), "Waits for your organisation")
	for _, other := range []string{"observer", "right-holder", "rival-right-holder", "auditor", "stranger"} {
		if a := w.as(other).get(at); a.status != http.StatusNotFound {
			t.Errorf("%s reads the warning: %d", other, a.status)
		}
	}
}

// TestForbiddenMessageLooksLikeNone: what one may not see does not exist.
func TestForbiddenMessageLooksLikeNone(t *testing.T) {
	w := newWorld(t)
	sent := w.as("coordinator").post(inAction+"m/new/warning", with(warningForm(t, w), "step", "send"))
	at := strings.TrimSuffix(sent.location, "?done=message-sent")
	seq := at[strings.LastIndexByte(at, '/')+1:]
	for _, persona := range []string{"observer", "right-holder", "auditor", "stranger"} {
		c := w.as(persona)
		hidden, none := c.get(at), c.get(inAction+"m/999999")
		plain := func(a answer, n string) string {
			return strings.ReplaceAll(nonces.ReplaceAllString(a.body, ""), n, "N")
		}
		if hidden.status != http.StatusNotFound || plain(hidden, seq) != plain(none, "999999") {
			t.Errorf("%s can tell a hidden message (%d) from none (%d)", persona, hidden.status, none.status)
		}
		if a := c.post(at, url.Values{"body": {"x"}, "step": {"send"}, "language": {"en"}, "tlp": {"RED"}}); a.status != http.StatusNotFound {
			t.Errorf("%s answers a hidden message: %d", persona, a.status)
		}
	}
	if a := w.as("").get(at); a.status != http.StatusUnauthorized {
		t.Errorf("nobody: %d", a.status)
	}
	for _, bad := range []string{"m/abc", "m/-1", "m/new/feedback", "m/new/x", "m/9999999999999999999999"} {
		if a := w.as("coordinator").get(inAction + bad); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", bad, a.status)
		}
	}
}

func TestRefusedMessageKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	c, path := w.as("coordinator"), inAction+"m/new/warning"
	form := warningForm(t, w)
	for name, bad := range map[string]struct {
		change []string
		texts  []string
	}{
		"no subject":       {[]string{"subject", " "}, []string{`href="#f-subject"`, "Please examine it on arrival."}},
		"nobody":           {[]string{"to", ""}, []string{`href="#f-to"`, "Container with face packs"}},
		"no such day":      {[]string{"reply_due", "2017-02-30"}, []string{`href="#f-reply-due"`, `value="2017-02-30"`, "that exist"}},
		"the past":         {[]string{"reply_due", "2017-01-01"}, []string{`href="#f-reply-due"`, "later than now"}},
		"unknown code":     {[]string{"category", "NOPE"}, []string{`href="#f-category"`}},
		"another's id":     {[]string{"organisation", "01890a5d-ac96-774b-bcce-b302099a8057"}, []string{`href="#f-to"`}},
		"reversed text":    {[]string{"subject", "abc\u202egnp.exe"}, []string{`href="#f-subject"`}},
		"no TLP":           {[]string{"tlp", "PINK"}, []string{`href="#f-tlp"`}},
		"malformed id":     {[]string{"id", "'; drop table"}, []string{"Container with face packs"}},
		"unknown language": {[]string{"language", "xx-!"}, []string{`href="#f-language"`}},
	} {
		for _, step := range []string{"check", "send"} {
			a := c.post(path, with(with(form, bad.change...), "step", step))
			wants(t, name+", "+step, a, http.StatusUnprocessableEntity, append(bad.texts, "<title>Error: ", `id="error-summary"`)...)
		}
	}
	arabic := c.in("ar").post(path, with(form, "step", "check", "reply_due", "٢٠١٧-٠٤-٠١", "due_time", "١٤:٣٠"))
	wants(t, "Arabic digits", arabic, http.StatusOK, `dir="rtl"`, "05:30 UTC")
}

// TestConflictingMessageGoesOnAsANewOne: the id was used for another text.
func TestConflictingMessageGoesOnAsANewOne(t *testing.T) {
	w := newWorld(t)
	c, path := w.as("coordinator"), inAction+"m/new/warning"
	form := warningForm(t, w)
	first := c.post(path, with(form, "step", "send"))
	second := with(form, "step", "send", "subject", "Another container")
	refused := c.post(path, second)
	wants(t, "same id, other text", refused, http.StatusConflict, "Another container", "Please examine it on arrival.")
	id := firstGroup(t, hiddenID, refused.body)
	if id == form.Get("id") {
		t.Fatal("the form keeps the id that is taken")
	}
	if sent := c.post(path, with(second, "id", id)); sent.status != http.StatusSeeOther || sent.location == first.location {
		t.Errorf("sent as a new message: %d %q", sent.status, sent.location)
	}
}

func TestReadersPartIsAskedAlone(t *testing.T) {
	w := newWorld(t)
	form := with(warningForm(t, w), "subject", "")
	htmx := http.Header{"Hx-Request": {"true"}}
	part := w.as("coordinator").do(http.MethodPost, inAction+"m/new/warning", form, htmx)
	wants(t, "readers", part, http.StatusOK, `id="readers"`, "4 organisations will see this")
	lacks(t, "readers", part, "<html", "<form")
	list := w.as("coordinator").do(http.MethodGet, inAction+"m/?template=warning", nil, htmx)
	wants(t, "list", list, http.StatusOK, `id="messages"`, `class="letter warn"`)
	lacks(t, "list", list, "<html", `class="letter neutral"`)
}

// TestHostileTextIsInert: markup is shown as it was written.
func TestHostileTextIsInert(t *testing.T) {
	w := newWorld(t)
	c, path := w.as("coordinator"), inAction+"m/new/general"
	page := c.get(path)
	hostile := `<img src=x onerror=alert(1)>"'</bdi><script>alert(2)</script>`
	form := url.Values{"id": {firstGroup(t, hiddenID, page.body)}, "to": {"all"}, "subject": {hostile}, "body": {hostile}, "language": {"ar"},
		"tlp": {"CLEAR"}, "step": {"check"}}
	check := c.post(path, form)
	sent := c.post(path, with(form, "step", "send"))
	if sent.status != http.StatusSeeOther {
		t.Fatalf("sending: %d", sent.status)
	}
	for _, persona := range []string{"coordinator", "observer", "right-holder"} {
		for what, a := range map[string]answer{"check": check, "message": w.as(persona).get(sent.location),
			"list": w.as(persona).get(inAction + "m/"), "overview": w.as(persona).get(inAction)} {
			wants(t, persona+" "+what, a, http.StatusOK, "&lt;img src=x onerror=alert(1)&gt;", `lang="ar"`)
			lacks(t, persona+" "+what, a, "<img src=x", "<script>alert")
		}
	}
}

// TestRightHolderSeesOnlyWhatIsAddressed, and never who the members are.
func TestRightHolderSeesOnlyWhatIsAddressed(t *testing.T) {
	w := newWorld(t)
	holder := w.as("right-holder")
	list := holder.get(inAction + "m/")
	wants(t, "list", list, http.StatusOK, "New message")
	lacks(t, "list", list, `class="letter warn"`, "Answered by", "All organisations")
	form := holder.get(inAction + "m/new/general")
	wants(t, "form", form, http.StatusOK, "The coordination only")
	lacks(t, "form", form, "Chosen organisations", "Qasmara", "Coordination reads along")
	sent := holder.post(inAction+"m/new/general", url.Values{"id": {firstGroup(t, hiddenID, form.body)}, "to": {"coordination"},
		"subject": {"A question"}, "body": {"May we help?"}, "language": {"en"}, "tlp": {"GREEN"}, "step": {"send"}})
	page := holder.get(sent.location)
	wants(t, "own message", page, http.StatusOK, "May we help?")
	lacks(t, "own message", page, "can see this", "RILO A/P")
	at := strings.TrimSuffix(sent.location, "?done=message-sent")
	wants(t, "coordination", w.as("coordinator").get(at), http.StatusOK, "May we help?", "can see this")
	if a := w.as("rival-right-holder").get(at); a.status != http.StatusNotFound {
		t.Errorf("the rival reads it: %d", a.status)
	}
	if a := holder.get(inAction + "m/new/warning"); a.status != http.StatusNotFound {
		t.Errorf("a right holder warns: %d", a.status)
	}
}

// TestMessageListIsNarrowedAndPaged: every message once, whatever the page.
func TestMessageListIsNarrowedAndPaged(t *testing.T) {
	w := newWorld(t)
	c := w.as("coordinator")
	link := regexp.MustCompile(`href="/o/action-ipr-ap-2/m/(\d+)"`)
	next := regexp.MustCompile(`rel="next" href="([^"]+)"`)
	seen := map[string]bool{}
	for path := inAction + "m/"; path != ""; {
		page := c.get(path)
		for _, m := range link.FindAllStringSubmatch(page.body, -1) {
			if seen[m[1]] {
				t.Errorf("message %s stands on two pages", m[1])
			}
			seen[m[1]] = true
		}
		path = ""
		if m := next.FindStringSubmatch(page.body); m != nil {
			path = html.UnescapeString(m[1])
		}
	}
	first := c.get(inAction + "m/")
	if want := firstGroup(t, regexp.MustCompile(`(\d+) messages are open to you`), first.body); len(seen) < 51 || want != itoa(len(seen)) {
		t.Errorf("%d messages in the pages, %s said", len(seen), want)
	}
	open := c.get(inAction + "m/?state=open&template=warning")
	wants(t, "open warnings", open, http.StatusOK, `class="chips"`, `href="/o/action-ipr-ap-2/m/?template=warning"`, "overdue by")
	lacks(t, "open warnings", open, `class="letter good"`, `class="letter neutral"`)
	none := c.get(inAction + "m/?organisation=01890a5d-ac96-774b-bcce-b302099a8057")
	wants(t, "a stranger's", none, http.StatusOK, "No messages match", "Show all messages")
	waiting := w.as("officer").get(inAction + "m/?state=waiting")
	wants(t, "waiting", waiting, http.StatusOK, "Waits for your organisation")
}
