package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var filled = regexp.MustCompile(`class="button primary"`)

// Everybody finds a home with one thing to do first, and nobody finds what is
// not theirs.
func TestHomeOfEachPersona(t *testing.T) {
	w := newWorld(t)
	for who, c := range map[string]struct{ says, silent []string }{
		"director":           {[]string{"You direct", "Action IPR A/P 2", "Invite an organisation", "Open the operation"}, []string{"Report a seizure"}},
		"coordinator":        {[]string{"You coordinate", "Invite an organisation"}, []string{"Report a seizure"}},
		"analyst":            {[]string{"Act for another organisation"}, nil},
		"contact-point":      {[]string{"You are a contact point", "Report a seizure", "waits for its release", "overdue by", "Give your people their roles"}, nil},
		"officer":            {[]string{"You report seizures", "Report a seizure", "overdue by"}, []string{"waits for its release", "/admin/", "journal/", "Say what you think"}},
		"observer":           {[]string{"addressed to observers", "See the results"}, []string{"Report a seizure", "Read the cases", "journal/"}},
		"right-holder":       {[]string{"Cases are not shown to right holders", "Read the messages", "Say what you think", "Its evaluation is open until"}, []string{"/c/", "See the results", "journal/"}},
		"rival-right-holder": {[]string{"Cases are not shown to right holders"}, []string{"/c/", "Orvanelle"}},
		"trainer":            {[]string{"You teach", "Read the messages", "Go to training"}, []string{"/c/", "journal/"}},
		"auditor":            {[]string{"without content", "Read the journal"}, []string{"/c/", "/m/", "See the training"}},
		"administrator":      {[]string{"You keep the installation", "Go to administration"}, []string{"Action IPR", "/o/"}},
		"stranger":           {[]string{"Harbour Light"}, []string{"Action IPR"}},
	} {
		a := w.as(who).get("/")
		a.isStatus(t, who, http.StatusOK)
		a.says(t, who, c.says...)
		a.silent(t, who, c.silent...)
		if n := len(filled.FindAllString(a.body, -1)); n != 1 {
			t.Errorf("%s: %d filled buttons", who, n)
		}
		list := w.as(who).get("/o/")
		list.isStatus(t, who+" lists operations", http.StatusOK)
		if strings.Contains(list.body, "Action IPR") != (who != "administrator" && who != "stranger") {
			t.Errorf("%s: the list of operations is another's", who)
		}
	}
	for _, path := range []string{"/", "/o/", "/me", "/me/password", "/admin/", "/o/action-ipr-ap-2/people/", "/o/action-ipr-ap-2/journal/"} {
		w.as("").get(path).isStatus(t, "nobody asks for "+path, http.StatusUnauthorized)
	}
}

// The door of the demonstration offers everybody but the stranger, in order.
func TestDoorOfTheDemonstration(t *testing.T) {
	w := newWorld(t)
	a := w.as("").get("/signin")
	a.says(t, "the door", "Enter as the coordinator", "Hana Ryuseki", "Orvanelle Laboratories", "never a case", `name="password"`)
	a.silent(t, "the door", "Sefina Lotorangi", `value="stranger"`)
	at := -1
	for _, who := range []string{"director", "coordinator", "analyst", "contact-point", "officer", "right-holder", "auditor", "administrator"} {
		next := strings.LastIndex(a.body, `value="`+who+`"`)
		if next < at {
			t.Errorf("%s does not stand in order", who)
		}
		at = next
	}
	w.as("").in("ar").get("/signin").says(t, "in Arabic", `dir="rtl"`, "منسقة")
	w.as("").post("/signin/persona", url.Values{"persona": {"stranger"}}).isStatus(t, "the stranger", http.StatusNotFound)
}

// A form that meets an ended session is kept, offered again, and its password dropped.
func TestExpiredSessionKeepsTheForm(t *testing.T) {
	w := newWorld(t)
	a := w.as("").post("/admin/people/new", url.Values{"name": {"Layla <Noor>"}, "login": {"layla"}, "password": {"secret"}})
	a.isStatus(t, "an ended session", http.StatusUnauthorized)
	a.says(t, "an ended session", "layla", "What you typed is kept")
	a.silent(t, "an ended session", "secret")
	kept, back := a.value(t, "kept"), a.value(t, "back")
	a = w.as("").post("/signin/persona", url.Values{"persona": {"contact-point"}, "kept": {strings.ReplaceAll(kept, "&amp;", "&")}, "back": {back}})
	a.isStatus(t, "signed in again", http.StatusOK)
	a.says(t, "signed in again", `action="/admin/people/new"`, `name="name" value="Layla &lt;Noor&gt;"`, `name="login" value="layla"`)
	if a.header.Get("Set-Cookie") == "" {
		t.Error("no session was given")
	}
	for _, evil := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)"} {
		a = w.as("").post("/signin/persona", url.Values{"persona": {"officer"}, "back": {evil}})
		if a.location != "/" {
			t.Errorf("%s leads to %s", evil, a.location)
		}
	}
}

func TestErrorPagesSayWhatToDo(t *testing.T) {
	w := newWorld(t)
	for _, who := range []string{"", "officer"} {
		a := w.as(who).get("/no/such/page")
		a.isStatus(t, who, http.StatusNotFound)
		a.says(t, who, "Error: ", "not open to you", `href="/"`, "lang=\"en\"")
	}
	part := w.as("officer").do(http.MethodGet, "/o/action-ipr-ap-2/journal/", nil, http.Header{"Hx-Request": {"true"}})
	part.isStatus(t, "a part", http.StatusNotFound)
	part.silent(t, "a part", "<html")
}
