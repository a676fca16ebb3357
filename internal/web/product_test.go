package web_test

import (
	"bytes"
	"compress/gzip"
	"image"
	_ "image/jpeg"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// carried are the hidden fields of the last form of a page.
func carried(body string) url.Values {
	values := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"{]*)"`).FindAllStringSubmatch(body, -1) {
		values.Set(m[1], m[2])
	}
	return values
}

// A sheet written by a form without scripts, in two languages, looked at, published,
// found by its code and by words, marked, confirmed and withdrawn.
func TestProductByForms(t *testing.T) {
	w := newWorld(t)
	brand := string(w.Session("right-holder").Organisation.ID) + "/" + string(w.Brand("right-holder", "ORVANELLE SOIE"))
	expert, officer, rival, stranger := w.as("right-holder"), w.as("officer"), w.as("rival-right-holder"), w.as("stranger")
	page := expert.get("/p/new")
	values := carried(page.body)
	for k, v := range map[string]string{"brand": brand, "language.1": "en", "name.1": "Silk mask", "category": "COS", "codes.gtin": webtest.GTIN + "\n5901234123457",
		"valid": "2018-01-31", "features.1.title.1": "Seal", "features.1.genuine.1": "Gold, with twelve dots.", "features.1.fake.1": "Plain.",
		"features.1.spot.1.gx": "500", "features.1.spot.1.gy": "230", "pairs.1.caption.1": "Front"} {
		values.Set(k, v)
	}
	twice := url.Values{}
	for k, v := range values {
		twice[k] = v
	}
	twice.Set("act", "add-language")
	if a := expert.post("/p/new", twice); a.status != http.StatusOK || !strings.Contains(a.body, `name="name.2"`) || !strings.Contains(a.body, "Silk mask") {
		t.Fatalf("another language: %d", a.status)
	}
	values.Set("language.2", "ar")
	values.Set("name.2", "قناع الحرير")
	bad := url.Values{}
	for k, v := range values {
		bad[k] = v
	}
	bad.Set("codes.gtin", "4006381333932")
	if a := expert.post("/p/new", bad); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `href="#f-codes-gtin"`) || !strings.Contains(a.body, "Silk mask") {
		t.Fatalf("a wrong check digit: %d", a.status)
	}
	values.Set("act", "preview")
	kind, body := partForm(values, map[string][]byte{"pairs.1.genuine": webtest.Box(false, false), "pairs.1.fake": webtest.Box(true, false)})
	made := expert.send("/p/new", kind, body)
	at, _, _ := strings.Cut(made.location, "?")
	if made.status != http.StatusSeeOther || !strings.HasPrefix(at, "/p/") {
		t.Fatalf("saved: %d %s", made.status, made.body)
	}
	for name, c := range map[string]*client{"officer": officer, "rival": rival, "stranger": stranger} {
		for _, more := range []string{"", "/compare", "/edit", "/publish", "/use"} {
			if a := c.get(at + more); a.status != http.StatusNotFound {
				t.Errorf("the %s is given a draft at %s: %d", name, more, a.status)
			}
		}
	}
	if a := expert.get(at + "?draft=1"); !strings.Contains(a.body, "Preview") || strings.Count(a.body, "variant=thumbnail") != 2 {
		t.Errorf("a preview without its pictures: %d", a.status)
	}
	ask := expert.get(at + "/publish")
	sending := carried(ask.body)
	if a := expert.post(at+"/publish", sending); a.status != http.StatusUnprocessableEntity {
		t.Errorf("for nobody: %d", a.status)
	}
	sending.Set("to", "all")
	if a := expert.post(at+"/publish", sending); a.status != http.StatusSeeOther {
		t.Fatalf("published: %d", a.status)
	}
	for _, q := range []string{webtest.GTIN, "٤٠٠٦٣٨١٣٣٣٩٣١", "(01)04006381333931", "silk", "الحرير"} {
		a := officer.get("/p/?q=" + url.QueryEscape(q))
		if !strings.Contains(a.body, `href="`+at+`"`) {
			t.Errorf("%q finds nothing: %d", q, a.status)
		}
		if low := strings.ToLower(a.body); strings.Contains(low, "is genuine") || strings.Contains(low, "authentic") {
			t.Errorf("%q: the page says that something is genuine", q)
		}
	}
	found := officer.get("/p/?q=" + webtest.GTIN)
	if !strings.Contains(found.body, "belongs to") || !strings.Contains(found.body, "This is not where the goods come from") || !strings.Contains(found.body, "1 known fake") {
		t.Error("a code that was found does not say what it says and what not")
	}
	none := officer.get("/p/?q=9780201379624")
	if !strings.Contains(none.body, "No sheet") || !strings.Contains(none.body, "/p/request?code=9780201379624") {
		t.Error("a code without a sheet leads nowhere")
	}
	for name, c := range map[string]*client{"rival": rival, "stranger": stranger} {
		if a := c.get(at); a.status != http.StatusNotFound {
			t.Errorf("the %s reads the sheet: %d", name, a.status)
		}
		if a := c.get("/p/?q=" + webtest.GTIN); strings.Contains(a.body, "Compare these features") || strings.Contains(a.body, at) {
			t.Errorf("the %s finds the sheet", name)
		}
	}
	sheet := officer.in("ar").get(at)
	if !strings.Contains(sheet.body, `lang="ar" dir="rtl">قناع الحرير`) || !strings.Contains(sheet.body, `lang="en"`) || !strings.Contains(sheet.body, at+"?lang=en") {
		t.Error("the sheet is not in the reader's language, or does not say which it is in")
	}
	checkCompare(t, officer, at)
	checkMarks(t, officer, expert, at)
	if a := expert.post(at+"/confirm", url.Values{"version": {"1"}, "valid": {"2018-03-01"}}); a.status != http.StatusSeeOther {
		t.Errorf("confirmed: %d", a.status)
	}
	if a := expert.post(at+"/withdraw", url.Values{"reason": {"No longer made."}}); a.status != http.StatusSeeOther {
		t.Errorf("withdrawn: %d", a.status)
	}
	if a := officer.get(at); !strings.Contains(a.body, "No longer made.") || strings.Contains(a.body, "twelve dots") {
		t.Error("what is withdrawn still tells")
	}
}

// partForm is a form with a file for each of some fields.
func partForm(values url.Values, files map[string][]byte) (kind, body string) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, all := range values {
		for _, v := range all {
			_ = m.WriteField(name, v)
		}
	}
	for name, content := range files {
		part, _ := m.CreateFormFile(name, "picture.png")
		_, _ = part.Write(content)
	}
	_ = m.Close()
	return m.FormDataContentType(), b.String()
}

// checkCompare: every step is a link, the genuine picture stands first, and what is
// loaded weighs little.
func checkCompare(t *testing.T, officer *client, at string) {
	t.Helper()
	whole := officer.get(at + "/compare")
	views := regexp.MustCompile(`viewBox="([0-9. ]+)" role="img"`).FindAllStringSubmatch(whole.body, -1)
	if len(views) != 2 || views[0][1] != "0 0 1000 1333" {
		t.Fatalf("two whole pictures: %v", views)
	}
	if g, f := strings.Index(whole.body, "Genuine product, picture 1"), strings.Index(whole.body, "Fake, picture 1"); g < 0 || f < g {
		t.Error("the genuine picture does not stand first, or the two are called alike")
	}
	near := officer.get(at + "/compare?f=1")
	if views := regexp.MustCompile(`viewBox="([0-9. ]+)" role="img"`).FindAllStringSubmatch(near.body, -1); len(views) != 2 || views[0][1] != views[1][1] || views[0][1] == "0 0 1000 1333" {
		t.Errorf("the feature is not looked at on both: %v", views)
	}
	for _, m := range regexp.MustCompile(`<image href="([^"]+)"`).FindAllStringSubmatch(whole.body, -1) {
		a := officer.get(m[1])
		c, _, err := image.DecodeConfig(strings.NewReader(a.body))
		if err != nil || len(a.body) > 45_000 || max(c.Width, c.Height) > 600 || max(c.Width, c.Height) < 500 {
			t.Errorf("a preview of %d bytes, %d by %d: %v", len(a.body), c.Width, c.Height, err)
		}
	}
	for page, most := range map[string]int{"/p/": 15_000, at: 15_000, at + "/compare": 15_000} {
		if n := packedSize(officer.get(page).body); n > most {
			t.Errorf("%s weighs %d bytes compressed, at most %d", page, n, most)
		} else {
			t.Logf("%s weighs %d bytes compressed", page, n)
		}
	}
}

func packedSize(body string) int {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(body))
	_ = z.Close()
	return b.Len()
}

func checkMarks(t *testing.T, officer, expert *client, at string) {
	t.Helper()
	form := carried(officer.get(at).body)
	form.Set("kind", product.Misleading)
	if a := officer.post(at+"/mark", form); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Say what misled") {
		t.Errorf("misled without a note: %d", a.status)
	}
	form.Set("note", "The dots are eleven")
	for range 2 { // the same again is the same
		if a := officer.post(at+"/mark", form); a.status != http.StatusSeeOther {
			t.Errorf("misled: %d", a.status)
		}
	}
	name := officer.world.Session("officer").Person.Name
	if a := expert.get(at); !strings.Contains(a.body, "The dots are eleven") || strings.Contains(a.body, name) {
		t.Error("the holder does not read the note, or reads whose it is")
	}
}

// Covert features are written again and again, with pictures, in all their languages.
func TestCovertByForms(t *testing.T) {
	w := newWorld(t)
	at := "/p/" + string(w.ProductSheet())
	expert, officer := w.as("right-holder"), w.as("officer")
	before := strings.Count(expert.get(at+"/part/covert").body, `class="slot"`)
	values := carried(expert.get(at + "/part/covert").body)
	for k, v := range map[string]string{"language.1": "en", "language.2": "ar", "features.1.title.1": "Thread", "features.1.title.2": "خيط", "features.1.genuine.1": "Glows green", "act": "save"} {
		values.Set(k, v)
	}
	kind, body := partForm(values, map[string][]byte{"pairs.1.genuine": webtest.Box(false, true)})
	if a := expert.send(at+"/part/covert", kind, body); a.status != http.StatusSeeOther || before < 2 {
		t.Fatalf("saved: %d, %d slots: %s", a.status, before, a.body)
	}
	page := expert.get(at + "/part/covert")
	again := carried(page.body)
	if !strings.Contains(page.body, "Glows green") || !strings.Contains(page.body, "خيط") || again.Get("pairs.1.genuine") == "" || again.Get("version") == "0" {
		t.Fatalf("the form does not start with what stands there: %v", again)
	}
	for k, v := range map[string]string{"language.1": "en", "language.2": "ar", "features.1.title.1": "Thread", "features.1.title.2": "خيط", "features.1.genuine.1": "Glows blue", "act": "save"} {
		again.Set(k, v)
	}
	kind, body = partForm(again, nil)
	if a := expert.send(at+"/part/covert", kind, body); a.status != http.StatusSeeOther {
		t.Fatalf("saved again: %d %s", a.status, a.body)
	}
	if a := expert.send(at+"/part/covert", kind, body); a.status != http.StatusSeeOther {
		t.Errorf("the same again: %d", a.status)
	}
	page = expert.get(at + "/part/covert")
	if kept := carried(page.body); !strings.Contains(page.body, "Glows blue") || kept.Get("pairs.1.genuine") != again.Get("pairs.1.genuine") {
		t.Error("the second save lost something")
	}
	for _, c := range []*client{officer, w.as("rival-right-holder")} {
		if a := c.get(at + "/part/covert"); a.status != http.StatusNotFound {
			t.Errorf("somebody else opens the form: %d", a.status)
		}
	}
	if a := officer.get(at); strings.Contains(a.body, "Glows") || strings.Contains(a.body, again.Get("pairs.1.genuine")) {
		t.Error("the sheet tells what is covert")
	}
}

// A code on a package fills the line of a case, and the sheet is told that it was used.
func TestCaseFromSheet(t *testing.T) {
	w := newWorld(t)
	id := w.ProductSheet()
	officer := w.as("officer")
	form := carried(officer.get(inAction + "c/new").body)
	form.Set("goods.1.gtin", webtest.GTIN)
	form.Set("goods.1.brand", "as typed")
	form.Set("act", "look-1")
	filled := officer.post(inAction+"c/new", form)
	for _, want := range []string{`value="as typed"`, "Orvanelle", "/p/" + string(id), `value="3304"`, `value="COS" selected`} {
		if !strings.Contains(filled.body, want) {
			t.Errorf("the form does not hold %s", want)
		}
	}
	form.Set("goods.1.gtin", "9780201379624")
	if a := officer.post(inAction+"c/new", form); a.status != http.StatusOK || !strings.Contains(a.body, "No sheet has this code") {
		t.Errorf("an unknown code: %d", a.status)
	}
	if a := officer.get("/p/" + string(id) + "/use"); a.status != http.StatusOK && a.status != http.StatusSeeOther {
		t.Errorf("use in a case: %d", a.status)
	}
	fresh := officer.get(inAction + "c/new?sheet=" + string(id))
	if !strings.Contains(fresh.body, "ORVANELLE") || !strings.Contains(fresh.body, `name="sheet" value="`+string(id)+`"`) {
		t.Error("the form does not begin with the sheet")
	}
	if a := w.as("officer").get(inAction + "c/new?sheet=01890a5d-ac96-774b-bcce-b302099a8057"); a.status != http.StatusNotFound {
		t.Errorf("of no sheet: %d", a.status)
	}
}

// A photo without a code, one that is none, and none at all.
func TestScanByForm(t *testing.T) {
	w := newWorld(t)
	w.ProductSheet()
	officer := w.as("officer")
	for name, c := range map[string]struct {
		content []byte
		status  int
		says    string
	}{"no code": {webtest.Drawn(300, 200), http.StatusOK, "No code was found"}, "no picture": {[]byte("text"), http.StatusUnprocessableEntity, "Photo of the code"}} {
		kind, body := partForm(nil, map[string][]byte{"file": c.content})
		if a := officer.send("/p/scan", kind, body); a.status != c.status || !strings.Contains(a.body, c.says) {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	if a := officer.post("/p/scan", url.Values{}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("without a photo: %d", a.status)
	}
	if a := w.as("stranger").get("/p/scan"); a.status != http.StatusNotFound {
		t.Errorf("a stranger scans: %d", a.status)
	}
}
