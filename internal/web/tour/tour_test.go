package tour_test

import (
	"fmt"
	"html"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/web"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

const op = webtest.Inside

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

// waiting is the contact point of the body that was invited and has not accepted.
const waiting = "qv.ncp"

// stop is a page of the tour: a route, who opens it, and where. After each
// "~" stands the form of a link: the first such link on the page before it is followed.
type stop struct{ pattern, persona, path string }

// tour visits every page once, as somebody for whom it is meant.
var tour = append(reportTour, []stop{
	{"/signin", "", "/signin"},
	{"/{$}", "coordinator", "/"},
	{"/{$}", "officer", "/"},
	{"/{$}", "right-holder", "/"},
	{"/{$}", "auditor", "/"},
	{"/{$}", "administrator", "/"},
	{"/o/{$}", "analyst", "/o/"},
	{"/find", "coordinator", "/find?q=container"},
	{"/find", "right-holder", "/find?q=nothing+holds+this"},
	{"/codes/{$}", "officer", "/codes/"},
	{"/codes/hs", "officer", "/codes/hs?q=shoes"},
	{"/codes/hs", "analyst", "/codes/hs?below=64"},
	{"/codes/places", "officer", "/codes/places?q=ro"},
	{"/p/{id}/inspect", "officer", "inspect"},
	{"/p/usage/{$}", "right-holder", "/p/usage/"},
	{"/p/consent", "contact-point", "/p/consent"},
	{"/p/import", "right-holder", "/p/import"},
	{"/p/import/rows", "right-holder", "rows"},
	{"/me", "officer", "/me"},
	{"/me/password", "officer", "/me/password"},
	{"/me/token", "officer", "/me/token"},
	{"/me/systems", "officer", "/me/systems"},
	{"/notices", "officer", "/notices"},
	{"/me/notices", "officer", "/me/notices"},
	{"/o/{op}/{$}", "coordinator", op},
	{"/o/{op}/{$}", "officer", op},
	{"/o/{op}/{$}", "observer", op},
	{"/o/{op}/{$}", "right-holder", op},
	{"/o/{op}/m/{$}", "coordinator", op + "m/"},
	{"/o/{op}/m/{seq}", "coordinator", op + "m/?template=warning ~" + op + "m/[0-9]+"},
	{"/o/{op}/m/{seq}", "contact-point", op + "m/?state=open ~" + op + "m/[0-9]+"},
	{"/o/{op}/warnings/{$}", "coordinator", op + "warnings/"},
	{"/o/{op}/warnings/{$}", "contact-point", op + "warnings/"},
	{"/o/{op}/why/m/{seq}", "coordinator", op + "m/?template=warning ~" + op + "m/[0-9]+ ~" + op + "why/m/[0-9]+"},
	{"/o/{op}/c/{ref}/why", "coordinator", op + "c/ ~" + op + "c/S-[0-9A-Z-]+ /why"},
	{"/o/{op}/settings/templates/{$}", "director", op + "settings/templates/"},
	{"/o/{op}/settings/templates/new", "director", op + "settings/templates/new?base=warning"},
	{"/o/{op}/settings/templates/{name}", "director", op + "settings/templates/warning"},
	{"/o/{op}/import/{$}", "officer", op + "import/"},
	{"/o/{op}/import/{sheet}", "officer", "sheet"},
	{"/o/{op}/export", "coordinator", op + "export"},
	{"/o/{op}/documents/{$}", "coordinator", op + "documents/"},
	{"/o/{op}/documents/{$}", "right-holder", op + "documents/"},
	{"/o/{op}/documents/{$}", "contact-point", op + "documents/?kind=training"},
	{"/o/{op}/documents/new", "coordinator", op + "documents/new"},
	{"/o/{op}/documents/{seq}", "contact-point", op + "documents/?kind=operational-plan ~" + op + "documents/[0-9]+"},
	{"/o/{op}/documents/{seq}", "officer", op + "documents/?kind=risk-profile ~" + op + "documents/[0-9]+"},
	{"/o/{op}/documents/{seq}", "observer", op + "documents/ ~" + op + "documents/[0-9]+"},
	{"/o/{op}/documents/{seq}", "director", op + "documents/ ~" + op + "documents/[0-9]+"},
	{"/o/{op}/documents/{seq}/revise", "director", op + "documents/?kind=operational-plan ~" + op + "documents/[0-9]+ /revise"},
	{"/o/{op}/documents/{seq}/withdraw", "director", op + "documents/ ~" + op + "documents/[0-9]+ /withdraw"},
	{"/p/{$}", "officer", "product /p/?q=" + webtest.GTIN},
	{"/p/{$}", "officer", "product /p/?q=9780201379624"},
	{"/p/scan", "officer", "product /p/scan"},
	{"/p/{id}", "officer", "product {id}"},
	{"/p/{id}", "right-holder", "product {id}?draft=1"},
	{"/p/{id}/compare", "officer", "product {id}/compare"},
	{"/p/{id}/compare", "officer", "product {id}/compare?f=1"},
	{"/p/{id}/use", "officer", "product {id}/use"},
	{"/p/own/{$}", "right-holder", "product /p/own/"},
	{"/p/new", "right-holder", "product /p/new"},
	{"/p/{id}/edit", "right-holder", "product {id}/edit"},
	{"/p/{id}/publish", "right-holder", "product {id}/publish"},
	{"/p/{id}/confirm", "right-holder", "product {id}/confirm"},
	{"/p/{id}/withdraw", "right-holder", "product {id}/withdraw"},
	{"/p/{id}/part/{kind}", "right-holder", "product {id}/part/traders"},
	{"/p/{id}/part/{kind}", "right-holder", "product {id}/part/covert"},
	{"/o/{op}/c/new", "officer", "product " + op + "c/new?sheet={sheet}"},
	{"/o/{op}/m/new", "coordinator", op + "m/new"},
	{"/o/{op}/m/new/{template}", "coordinator", op + "m/new/warning"},
	{"/o/{op}/m/new/{template}", "right-holder", op + "m/new/general"},
	{"/o/{op}/a/{file}/black", "officer", "black"},
	{"/o/{op}/m/{seq}", "contact-point", "photo"},
	{"/o/{op}/c/{$}", "officer", op + "c/"},
	{"/o/{op}/c/keep", "officer", op + "c/keep"},
	{"/o/{op}/duplicates/{$}", "coordinator", op + "duplicates/"},
	{"/o/{op}/duplicates/settle", "coordinator", op + "c/?class=duplicate ~" + op + "c/S-[0-9A-Z-]+ ~" + op + `duplicates/settle\?one=[^"]+`},
	{"/o/{op}/c/new", "officer", op + "c/new"},
	{"/o/{op}/c/batch", "officer", op + "c/batch"},
	{"/o/{op}/numbers", "officer", op + "numbers"},
	{"/o/{op}/c/{ref}", "coordinator", op + "c/ ~" + op + "c/S-[0-9A-Z-]+"},
	{"/o/{op}/c/{ref}/double", "coordinator", op + "c/ ~" + op + "c/S-[0-9A-Z-]+ /double"},
	{"/o/{op}/c/{ref}/check", "coordinator", op + "c/ ~" + op + "c/S-[0-9A-Z-]+ /check"},
	{"/o/{op}/c/{ref}/return", "contact-point", own + ref + " /return"},
	{"/o/{op}/c/{ref}", "officer", own + ref},
	{"/o/{op}/c/{ref}/amend", "officer", own + ref + " /amend"},
	{"/o/{op}/c/{ref}/status", "officer", own + ref + " /status"},
	{"/o/{op}/c/{ref}/withdraw", "officer", own + ref + " /withdraw"},
	{"/o/{op}/c/{ref}/recall", "contact-point", own + ref + " /recall"},
	{"/o/{op}/c/{ref}/release", "contact-point", op + "c/?state=reported ~" + op + "c/S-[0-9A-Z-]+ /release"},
	{"/o/{op}/c/{ref}/photos", "officer", own + ref + " /photos"},
	{"/o/{op}/c/{ref}/photos/{photo}/withdraw", "officer", "case-photo"},
	{"/o/{op}/c/{ref}/custody", "coordinator", op + "c/ ~" + op + "c/S-[0-9A-Z-]+ /custody"},
	{"/o/{op}/c/{ref}/evidence", "officer", own + ref + " /evidence"},
	{"/o/{op}/settings/originals", "director", op + "settings/originals"},
	{"/o/{op}/c/{ref}/clock", "coordinator", op + "c/ ~" + op + "c/S-[0-9A-Z-]+ /clock"},
	{"/o/{op}/c/{ref}/clock/start", "officer", own + ref + " /clock/start"},
	{"/o/{op}/c/{ref}/clock", "officer", "clock "},
	{"/o/{op}/c/{ref}/clock/note", "officer", "clock /note"},
	{"/o/{op}/c/{ref}/clock/note", "officer", "clock /note?kind=reply"},
	{"/o/{op}/c/{ref}/clock/disclose", "officer", "clock /disclose"},
	{"/o/{op}/c/{ref}/clock/told/{seq}", "officer", "clock /told"},
	{"/o/{op}/c/{ref}/clock/letter/{kind}", "officer", "clock /letter/declarant"},
	{"/o/{op}/c/{ref}/ask", "officer", own + ref + " /ask"},
	{"/inquiries/{id}", "right-holder", "inquiry "},
	{"/inquiries/{id}/answer", "right-holder", "inquiry /answer"},
	{"/inquiries/{id}/reply", "right-holder", "inquiry /reply"},
	{"/inquiries/{id}", "officer", "answered "},
	{"/inquiries/{id}", "coordinator", "answered "},
	{"/inquiries/{id}/withdraw", "officer", "inquiry /withdraw"},
	{"/inquiries/{$}", "right-holder", "/inquiries/"},
	{"/inquiries/{$}", "officer", "/inquiries/"},
	{"/inquiries/times", "right-holder", "/inquiries/times"},
	{"/inquiries/times", "coordinator", "/inquiries/times"},
	{"/o/{op}/request", "officer", "request"},
	{"/o/{op}/people/{$}", "director", op + "people/"},
	{"/o/{op}/people/invite", "director", op + "people/invite"},
	{"/o/{op}/people/{org}", "director", op + "people/ ~" + op + "people/[0-9a-f-]{36}"},
	{"/o/{op}/people/{org}/end", "director", op + "people/ ~" + op + "people/[0-9a-f-]{36} /end"},
	{"/o/{op}/people/{org}/roles/{person}", "director", op + "people/ ~" + op + "people/[0-9a-f-]{36} ~" + op + "people/[0-9a-f-]{36}/roles/[0-9a-f-]{36}"},
	{"/o/{op}/accept", "waiting", op + "accept"},
	{"/o/{op}/quarantine/{$}", "contact-point", op + "quarantine/"},
	{"/o/{op}/nil/{day}", "officer", op + "nil/2017-02-20"},
	{"/o/{op}/coverage/{$}", "coordinator", op + "coverage/"},
	{"/o/{op}/coverage/{$}", "contact-point", op + "coverage/"},
	{"/o/{op}/m/new/{template}", "coordinator", op + "m/new/situation-report?situation=2017-02-20"},
	{"/o/{op}/tasks/{$}", "coordinator", op + "tasks/"},
	{"/o/{op}/tasks/new", "director", op + "tasks/new"},
	{"/o/{op}/tasks/{seq}", "contact-point", op + "tasks/ ~" + op + "tasks/[0-9]+"},
	{"/o/{op}/roster/{$}", "contact-point", op + "roster/"},
	{"/o/{op}/roster/new", "contact-point", op + "roster/new"},
	{"/o/{op}/roster/{seq}", "contact-point", op + "roster/ ~" + op + "roster/[0-9]+"},
	{"/o/{op}/recall/{seq}", "coordinator", op + "m/?template=warning ~" + op + "m/[0-9]+ ~" + op + "recall/[0-9]+"},
	{"/o/{op}/receipts/{kind}/{seq}", "coordinator", op + "m/?template=warning ~" + op + "m/[0-9]+ ~" + op + "receipts/message/[0-9]+"},
	{"/o/{op}/erase/{kind}/{seq}", "contact-point", own + ref + " ~" + op + "erase/case/[0-9]+"},
	{"/o/{op}/withdrawn/{$}", "officer", op + "withdrawn/"},
	{"/o/{op}/erasures/{$}", "director", op + "erasures/"},
	{"/o/{op}/journal/{$}", "director", op + "journal/"},
	{"/o/{op}/journal/{seq}", "director", op + "journal/ ~" + op + "journal/[0-9]+"},
	{"/o/{op}/journal/{seq}", "auditor", op + "journal/ ~" + op + "journal/[0-9]+"},
	{"/admin/{$}", "administrator", "/admin/"},
	{"/admin/organisations/{$}", "administrator", "/admin/organisations/"},
	{"/admin/organisations/new", "administrator", "/admin/organisations/new"},
	{"/admin/organisations/{id}", "contact-point", "/admin/organisations/ ~/admin/organisations/[0-9a-f-]{36}"},
	{"/admin/people/{$}", "contact-point", "/admin/people/"},
	{"/admin/people/new", "contact-point", "/admin/people/new"},
	{"/admin/people/{id}", "contact-point", "/admin/people/ ~/admin/people/[0-9a-f-]{36}"},
	{"/admin/people/{id}/suspend", "administrator", "/admin/people/ ~/admin/people/[0-9a-f-]{36} /suspend"},
	{"/admin/operations/new", "administrator", "/admin/operations/new"},
	{"/invitation/{token}", "", "invitation"},
	{"/holders/{$}", "director", "holders /holders/"},
	{"/holders/{$}", "right-holder", "holders /holders/"},
	{"/holders/{$}", "rival-right-holder", "holders /holders/"},
	{"/holders/apply", "rival-right-holder", "holders /holders/apply"},
	{"/holders/mandate", "right-holder", "holders /holders/mandate"},
	{"/holders/{org}", "director", "holders /holders/{rival}"},
	{"/holders/{org}", "director", "holders /holders/{own}"},
	{"/holders/{org}/vettings/{id}/vet", "director", "holders /holders/{rival}/vettings/{vetting}/vet"},
	{"/holders/{org}/vettings/{id}/revoke", "director", "holders /holders/{rival}/vettings/{vetting}/revoke"},
	{"/holders/{org}/mandates/{id}/check", "director", "holders /holders/{own}/mandates/{mandate}/check"},
	{"/holders/{org}/mandates/{id}/revoke", "rival-right-holder", "holders /holders/{own}/mandates/{mandate}/revoke"},
	{"/holders/{org}/brands/new", "right-holder", "holders /holders/{own}/brands/new"},
	{"/holders/{org}/brands/{id}", "right-holder", "holders /holders/{own}/brands/{brand}"},
	{"/holders/{org}/brands/{id}/amend", "right-holder", "holders /holders/{own}/brands/{brand}/amend"},
	{"/contacts/{$}", "officer", "holders /contacts/"},
	{"/contacts/{$}", "right-holder", "holders /contacts/?language=fr"},
	{"/contacts/new", "director", "holders /contacts/new"},
	{"/contacts/{org}/{id}", "officer", "holders /contacts/{own}/{contact}"},
	{"/contacts/{org}/{id}", "right-holder", "holders /contacts/{own}/{contact}"},
	{"/contacts/{org}/{id}/amend", "right-holder", "holders /contacts/{own}/{contact}/amend"},
	{"/alerts/{$}", "officer", "alert /alerts/"},
	{"/alerts/{$}", "right-holder", "alert /alerts/"},
	{"/alerts/new", "right-holder", "alert /alerts/new"},
	{"/alerts/new", "coordinator", "alert /alerts/new"},
	{"/alerts/{id}", "officer", "alert /alerts/{id}?of={of}"},
	{"/alerts/{id}", "coordinator", "alert /alerts/{id}"},
	{"/alerts/{id}/withdraw", "coordinator", "alert /alerts/{id}/withdraw"},
	{"/applications/{$}", "officer", "application /applications/"},
	{"/applications/{$}", "right-holder", "application /applications/"},
	{"/applications/new", "right-holder", "application /applications/new"},
	{"/applications/new", "contact-point", "application /applications/new"},
	{"/applications/{id}", "officer", "application /applications/{id}?of={of}"},
	{"/applications/{id}", "right-holder", "application /applications/{id}"},
	{"/applications/{id}/amend", "contact-point", "application /applications/{id}/amend?of={of}"},
	{"/applications/{id}/amend", "right-holder", "application /applications/{id}/amend"},
	{"/measures/{$}", "officer", "application /measures/"},
	{"/measures/set", "contact-point", "application /measures/set"},
	{"not found", "officer", "/o/no-such-operation/"},
}...)

const (
	own = op + "c/?organisation=own&state=released ~"
	ref = op + "c/S-[0-9A-Z-]+"
)

// notPages are answers that are no page.
var notPages = map[string]string{
	"/inquiries/{id}/pictures/{place}": "a picture, not a page",
	"/p/request":                       "leads to the form in the library",
	"/o/{op}/a/{file}":                 "a photo or a document, not a page",
	"/language":                        "redirects",
	"/o/{op}/results":                  "a file",
	"/o/{op}/watch/conditions":         "a file",

	"/p/import/template.xlsx":        "a file",
	"/p/{id}/inspect/pictures/{n}":   "a picture",
	"/o/{op}/import/template.xlsx":   "a file",
	"/o/{op}/import/template.csv":    "a file",
	"/o/{op}/import/{sheet}/refused": "a file",
	"/o/{op}/live":                   "a stream",

	"/o/{op}/report/versions/{n}/editions/{edition}/file": "a file",
}

func TestTourIsWhole(t *testing.T) {
	visited := map[string]bool{}
	for _, s := range tour {
		visited[s.pattern] = true
	}
	for _, r := range web.Routes() {
		if r.Method == http.MethodGet && !visited[r.Pattern] && notPages[r.Pattern] == "" {
			t.Errorf("no stop of the tour opens %s: add one to tour in tour_test.go", r.Pattern)
		}
	}
}

// Every page, in English and Arabic, on a phone and on a desk, light and dark,
// with and without scripts: none of our own checks finds anything, nor does axe
// in the two looks that differ in everything it looks at.
func TestEveryPageInChromium(t *testing.T) {
	w := webtest.Open(t)
	b := browsertest.Open(t)
	tokens := map[string]string{"waiting": w.SignedIn(waiting)}
	pages := map[string]*browsertest.Page{} // a tab for each persona
	for _, look := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("ar", 1280, true, false), webtest.By("en", 360, false, true)} {
		looking := map[string]bool{} // whose tab has this look
		for i, s := range tour {
			if testing.Short() && i%4 != 0 {
				continue
			}
			t.Run(fmt.Sprint(look, " ", s.persona, " ", strings.ReplaceAll(s.pattern, "/", "_")), func(t *testing.T) {
				if tokens[s.persona] == "" {
					tokens[s.persona] = w.Token(s.persona)
				}
				if o := options(look, tokens[s.persona]); pages[s.persona] == nil {
					pages[s.persona] = b.Page(w.T, o)
				} else if !looking[s.persona] {
					pages[s.persona].For(t).As(o)
				}
				looking[s.persona] = true
				page := pages[s.persona].For(t)
				path := resolve(t, w, s)
				status := page.Go(w.Server.URL + path)
				if want := map[bool]int{true: 404, false: 200}[s.pattern == "not found"]; status != want {
					t.Fatalf("%s as %q: status %d", path, s.persona, status)
				}
				check := browsertest.CheckOwn
				if look == webtest.By("en", 1280, false, false) || look == webtest.By("ar", 360, true, false) {
					check = browsertest.Check
				}
				for _, problem := range check(t, page) {
					t.Errorf("%s as %q: %s", path, s.persona, problem)
				}
				if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
					page.Screenshot(filepath.Join(dir, fmt.Sprintf("%02d-%s-%s.png", i, s.persona, look)), true)
				}
			})
		}
	}
}

// resolve finds the address of a stop.
func resolve(t *testing.T, w *webtest.World, s stop) string {
	t.Helper()
	switch s.path {
	case "black":
		return op + "a/" + string(w.Photo().ID) + "/black"
	case "photo":
		_, page := w.SendPhoto()
		return page
	case "case-photo":
		return w.CasePhoto() + "/withdraw"
	case "sheet":
		return op + "import/" + w.Sheet(s.persona)
	case "inspect":
		return "/p/" + string(w.Covert()) + "/inspect"
	case "rows":
		return w.Masks()
	case "request":
		w.Library()
		return "/o/library/request"
	case "invitation":
		return "/invitation/" + w.Invite(waiting)
	}
	if more, ok := strings.CutPrefix(s.path, "clock "); ok {
		return w.Clock(more)
	}
	if more, ok := strings.CutPrefix(s.path, "inquiry "); ok {
		return w.Inquiry(false, more)
	}
	if more, ok := strings.CutPrefix(s.path, "answered "); ok {
		return w.Inquiry(true, more)
	}
	if path, ok := strings.CutPrefix(s.path, "product "); ok {
		id := string(w.ProductSheet())
		return strings.NewReplacer("{id}", "/p/"+id, "{sheet}", id).Replace(path)
	}
	if at, ok := strings.CutPrefix(s.path, "situation "); ok {
		return w.Situation(op + at)
	}
	if at, ok := strings.CutPrefix(s.path, "alert "); ok {
		return w.Alert(at)
	}
	for prefix, address := range built {
		if at, ok := strings.CutPrefix(s.path, prefix); ok {
			return address(w, at)
		}
	}
	if at, ok := strings.CutPrefix(s.path, "application "); ok {
		return w.Application(at)
	}
	if at, ok := strings.CutPrefix(s.path, "holders "); ok {
		return w.Holders(at)
	}
	hops := strings.Split(s.path, " ~")
	path := hops[0]
	for _, hop := range hops[1:] {
		pattern, suffix, _ := strings.Cut(hop, " ")
		if strings.Contains(path, "organisation=own") {
			path = strings.ReplaceAll(path, "organisation=own", fmt.Sprint("organisation=", w.Session(s.persona).Actor.Organisation))
		}
		status, body := w.Get(s.persona, path)
		found := regexp.MustCompile(`href="(` + pattern + `)["?#]`).FindSubmatch(body)
		if found == nil {
			t.Fatalf("%s as %q has no link to %s (status %d)", path, s.persona, pattern, status)
		}
		path = html.UnescapeString(string(found[1])) + suffix
	}
	return path
}

// TestScreenshots makes the pictures of README and docs (make screenshots).
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("TIDEWAITER_SCREENSHOTS")
	if dir == "" {
		t.Skip("make screenshots runs this")
	}
	w := webtest.Open(t)
	b := browsertest.Open(t)
	for _, shot := range []struct {
		name, persona, path, lang string
		width                     int
		dark                      bool
	}{
		{"overview", "coordinator", op, "en", 1280, false},
		{"case-phone", "officer", op + "c/new", "en", 360, false},
		{"warning", "coordinator", op + "m/?template=warning ~" + op + "m/[0-9]+", "en", 1280, false},
		{"arabic", "contact-point", op, "ar", 1280, true},
	} {
		page := b.Page(t, browsertest.Options{Width: shot.width, Dark: shot.dark, Lang: shot.lang, Bearer: w.Token(shot.persona),
			Cookies: []*http.Cookie{{Name: "language", Value: shot.lang}}})
		path := resolve(t, w, stop{persona: shot.persona, path: shot.path})
		if status := page.Go(w.Server.URL + path); status != http.StatusOK {
			t.Fatalf("%s: status %d", path, status)
		}
		page.Screenshot(filepath.Join(dir, shot.name+".png"), false)
	}
}
