package publicationpage_test

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// reader is a persona at the pages of the report.
type reader struct {
	w       *webtest.World
	persona string
}

const base = webtest.Inside + "report/"

func (c reader) do(method, path string, form url.Values) (status int, location, body string) {
	c.w.T.Helper()
	req, err := http.NewRequest(method, c.w.Server.URL+base+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.w.T.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.w.Token(c.persona))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		c.w.T.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		c.w.T.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("Location"), string(b)
}

// get wants a page.
func (c reader) get(path string) string {
	c.w.T.Helper()
	status, _, body := c.do(http.MethodGet, path, nil)
	if status != http.StatusOK {
		c.w.T.Fatalf("%s as %s: %d", path, c.persona, status)
	}
	return body
}

// post wants a form to be taken, and gives where it leads.
func (c reader) post(path string, form url.Values) string {
	c.w.T.Helper()
	status, to, body := c.do(http.MethodPost, path, form)
	if status != http.StatusSeeOther {
		c.w.T.Fatalf("%s as %s: %d %s", path, c.persona, status, body)
	}
	to, _, _ = strings.Cut(to, "?")
	return strings.TrimPrefix(to, base)
}

var (
	hidden = regexp.MustCompile(`<input type="hidden" name="([a-z_]+)" value="([^"]*)"`)
	area   = regexp.MustCompile(`(?s)<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)</textarea>`)
	ticked = regexp.MustCompile(`type="checkbox"[^>]* name="([a-z]+)" value="([a-z]+)" checked`)
)

// form is what a page's form would send.
func form(body string, pairs ...string) url.Values {
	out := url.Values{}
	for _, of := range []*regexp.Regexp{hidden, area} {
		for _, m := range of.FindAllStringSubmatch(body, -1) {
			if !out.Has(m[1]) {
				out.Set(m[1], html.UnescapeString(m[2]))
			}
		}
	}
	for _, m := range ticked.FindAllStringSubmatch(body, -1) {
		out.Add(m[1], m[2])
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

// Every page as everybody who could come to it: what one may not see is the same 404, and
// a right holder finds its own edition alone.
func TestWhoSeesWhat(t *testing.T) {
	w := webtest.Open(t)
	own := strings.TrimPrefix(w.Report("versions/2/editions/{holder}"), base)
	office := strings.TrimPrefix(w.Report("contributions/{org}"), base)
	const all = "director coordinator analyst contact-point officer observer right-holder rival-right-holder"
	for path, readers := range map[string]string{
		"": all, "editions/": all, "versions/2/editions/public": all, "press/en": all,
		"sections/results": "director coordinator analyst", "sections/results/edit": "director coordinator analyst", "sections/results/figures/f2": "director coordinator analyst",
		"preview": "director coordinator analyst", "checks": "director coordinator analyst", "add": "director coordinator analyst", "contributions/": "director coordinator analyst",
		"ask": "director coordinator", "freeze": "director coordinator", "press/en/edit": "director coordinator",
		"versions/": "director coordinator analyst contact-point", "versions/2": "director coordinator analyst contact-point", "versions/2/figures/f5": "director coordinator analyst contact-point",
		"versions/2/cases?figure=f5&value=PHA&split=": "director coordinator analyst contact-point", "versions/compare?from=1&to=2": "director coordinator analyst contact-point",
		"versions/2/clearances": "director coordinator analyst", "contribute": "contact-point", "versions/2/clear": "contact-point", office: "director coordinator analyst contact-point",
		"versions/2/editions/enforcement": "director coordinator analyst contact-point officer", own: "director coordinator analyst right-holder",
		own + "/file?lang=en&format=csv": "director coordinator analyst right-holder", "versions/1/editions/public": "director coordinator analyst",
		"versions/9": "", "versions/0": "", "versions/compare?from=0&to=2": "", "sections/none": "", "sections/results/figures/f99": "", "press/xx": "",
		"versions/2/editions/holder": "", "versions/2/editions/other": "", "versions/2/editions/public/file?lang=en&format=exe": "",
	} {
		for _, persona := range strings.Fields(all) {
			want := http.StatusNotFound
			if strings.Contains(" "+readers+" ", " "+persona+" ") {
				want = http.StatusOK
			}
			if status, _, _ := (reader{w, persona}).do(http.MethodGet, path, nil); status != want {
				t.Errorf("%s as %s: %d, want %d", path, persona, status, want)
			}
		}
	}
	for _, persona := range []string{"officer", "observer", "right-holder"} {
		page := reader{w, persona}.get("")
		if strings.Contains(page, "sections/") || strings.Contains(page, "contributions") {
			t.Errorf("%s finds the writing", persona)
		}
		if strings.Contains(page, own) != (persona == "right-holder") {
			t.Errorf("%s and the right holder's edition", persona)
		}
	}
	for _, format := range []string{"html", "docx", "xlsx", "csv", "json"} {
		if file := (reader{w, "observer"}).get("versions/2/editions/public/file?lang=ar&format=" + format); len(file) < 500 {
			t.Errorf("%s: %d bytes", format, len(file))
		}
	}
	for path, budget := range map[string]int{"versions/2": 20_000, "": 15_000, "checks": 15_000} {
		if n := weight(t, w, path); n > budget {
			t.Errorf("%q weighs %d bytes, at most %d", path, n, budget)
		}
	}
}

// weight is what a page costs its reader, packed.
func weight(t *testing.T, w *webtest.World, path string) int {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, w.Server.URL+base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.Token("director"))
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return len(b)
}

// Two write one chapter: whoever comes second gets back what they typed with what stands
// now beside it, and the next save takes it over. Likewise a contribution and the press
// release.
func TestTwoWriters(t *testing.T) {
	w := webtest.Open(t)
	w.Report("")
	one, two := reader{w, "director"}, reader{w, "coordinator"}
	for path, field := range map[string]string{"sections/aim/edit": "texts.en", "press/en/edit": "body"} {
		page := one.get(path)
		mine, theirs := form(page, field, "Mine, typed slowly.", "title", "Mine"), form(page, field, "Theirs came first.", "title", "Theirs")
		two.post(path, theirs)
		status, _, body := one.do(http.MethodPost, path, mine)
		if status != http.StatusConflict || !strings.Contains(body, "Mine, typed slowly.") || !strings.Contains(body, "Theirs came first.") || !strings.Contains(body, `class="theirs"`) {
			t.Fatalf("%s: %d %s", path, status, body)
		}
		one.post(path, form(body, "title", "Mine"))
		if page := two.get(strings.TrimSuffix(path, "/edit")); !strings.Contains(page, "Mine, typed slowly.") {
			t.Errorf("%s: the second save did not take over", path)
		}
	}
	point := reader{w, "contact-point"}
	page := point.get("contribute")
	point.post("contribute", form(page, "lessons", "A colleague's lesson.", "language", "en", "step", "hand"))
	status, _, body := point.do(http.MethodPost, "contribute", form(page, "lessons", "My lesson.", "language", "en", "step", "hand"))
	if status != http.StatusConflict || !strings.Contains(body, "My lesson.") || !strings.Contains(body, "A colleague&#39;s lesson.") {
		t.Fatalf("contribute: %d", status)
	}
}

// Coordination writes, places a figure, adds a chapter and freezes; a number that is no
// figure and a placeholder that names none are remarked where they stand; each cell of
// the version opens its cases.
func TestFromWritingToClearing(t *testing.T) {
	w := webtest.Open(t)
	w.Report("")
	c := reader{w, "director"}
	figure := c.post("sections/aim/figures/new", form(c.get("sections/aim/figures/new"), "group", "conveyance", "show", "bars", "where.category", "PHA", "title.en", "How medicine came"))
	if page := c.get(figure); !strings.Contains(page, "How medicine came") {
		t.Error("the figure is not listed")
	}
	if status, _, body := c.do(http.MethodPost, "sections/aim/figures/new", form(c.get("sections/aim/figures/new"), "group", "none", "show", "bars")); status != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-group"`) {
		t.Errorf("an unknown dimension: %d", status)
	}
	c.post("sections/aim/edit", form(c.get("sections/aim/edit"), "texts.en", "There were 12,345 cases, {{f99.cases}} and {{f1.cases}}."))
	if page := c.get("sections/aim"); !strings.Contains(page, "{{f99.cases}} and 245.") {
		t.Error("the text is without its live figure")
	}
	checks := c.get("checks")
	if !strings.Contains(checks, "12,345") || !strings.Contains(checks, "sections/aim/edit#f-texts-en") {
		t.Error("the checks are without the number, or do not lead to its field")
	}
	status, _, body := c.do(http.MethodPost, "freeze", form(c.get("freeze"), "note", "Third", "step", "freeze"))
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "Third") {
		t.Errorf("freezing with a placeholder that names no figure: %d", status)
	}
	c.post("sections/aim/edit", form(c.get("sections/aim/edit"), "texts.en", "There were {{f1.cases}} cases."))
	if status, _, _ := c.do(http.MethodPost, "freeze", form(c.get("freeze"), "note", "", "step", "check")); status != http.StatusUnprocessableEntity {
		t.Errorf("without a note: %d", status)
	}
	status, _, body = c.do(http.MethodPost, "freeze", form(c.get("freeze"), "note", "Aim rewritten", "clear_by", w.Day(9), "step", "check"))
	if status != http.StatusOK || !strings.Contains(body, "245") || !strings.Contains(body, "Aim rewritten") {
		t.Fatalf("the look at what will be frozen: %d", status)
	}
	if at := c.post("freeze", form(body, "step", "freeze")); at != "versions/3" {
		t.Fatalf("frozen at %s", at)
	}
	behind := c.get("versions/3/cases?figure=f5&value=PHA&split=")
	if n := strings.Count(behind, webtest.Inside+"c/S-"); n != 38 {
		t.Errorf("%d cases of medicine behind the figure, the story has 38", n)
	}
	point := reader{w, "contact-point"}
	if status, _, _ := point.do(http.MethodPost, "versions/3/clear", url.Values{"state": {publication.Dissents}, "language": {"en"}}); status != http.StatusUnprocessableEntity {
		t.Errorf("a dissent without words: %d", status)
	}
	point.post("versions/3/clear", url.Values{"state": {publication.Embargoes}, "until": {w.Day(3)}, "words": {"A court decides first."}, "language": {"en"}})
	if page := c.get("versions/3/clearances"); !strings.Contains(page, "A court decides first.") {
		t.Error("coordination does not read the embargo")
	}
	if status, _, body := c.do(http.MethodPost, "versions/3/editions/public/issue", nil); status != http.StatusConflict || strings.Contains(body, `action="`+base+"versions/3/editions/public/issue") {
		t.Errorf("issuing under an embargo: %d", status)
	}
	point.post("versions/3/clear", url.Values{"state": {publication.Cleared}, "language": {"en"}})
	c.post("versions/3/editions/public/issue", nil)
	if page := (reader{w, "observer"}).get(""); !strings.Contains(page, "versions/3/editions/public") {
		t.Error("the observer does not find the edition")
	}
}
