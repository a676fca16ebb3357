package web_test

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// fileForm is a form with files, as browsers send it.
func fileForm(values url.Values, files map[string][]byte) (kind, body string) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, all := range values {
		for _, v := range all {
			_ = m.WriteField(name, v)
		}
	}
	_, _ = m.CreateFormFile("photo", "") // chosen nothing
	for _, name := range slices.Sorted(maps.Keys(files)) {
		p, _ := m.CreateFormFile("file", name)
		_, _ = p.Write(files[name])
	}
	_ = m.Close()
	return m.FormDataContentType(), b.String()
}

var heldID = regexp.MustCompile(`name="attachment" value="([0-9a-f-]{36})"`)

// Without scripts: a form that is refused keeps the photo that came with it; what
// is sent then shows it to who reads the message, and to nobody else.
func TestPhotoWithAForm(t *testing.T) {
	w := newWorld(t)
	officer := w.as("officer")
	page := officer.get(inAction + "m/new/general")
	wants(t, "the form", page, http.StatusOK, `enctype="multipart/form-data"`, `capture="environment"`, `accept="image/jpeg,image/png,image/webp,application/pdf`)
	form := url.Values{"id": {firstGroup(t, hiddenID, page.body)}, "to": {"enforcement"}, "language": {"en"}, "tlp": {"AMBER"}, "step": {"check"}}
	send := func(form url.Values, files map[string][]byte) answer {
		kind, body := fileForm(form, files)
		return officer.send(inAction+"m/new/general", kind, body)
	}
	a := send(form, map[string][]byte{"crate.png": webtest.Drawn(900, 600), "list.pdf": []byte("%PDF-1.7"), "run.html": []byte("<script>1</script>")})
	wants(t, "a file that is refused", a, http.StatusUnprocessableEntity, "crate.jpg", "list.pdf", "This kind of file is not taken")
	ids := heldID.FindAllStringSubmatch(a.body, -1)
	if len(ids) != 2 {
		t.Fatalf("it holds %d files", len(ids))
	}
	form["attachment"] = []string{ids[0][1], ids[1][1]}
	a = send(form, nil)
	wants(t, "without a subject", a, http.StatusUnprocessableEntity, "crate.jpg", "list.pdf")
	form.Set("subject", "A crate")
	form["drop"] = []string{ids[1][1]}
	a = send(form, nil)
	wants(t, "the check", a, http.StatusOK, `name="attachment" value="`+ids[0][1])
	lacks(t, "the check", a, ids[1][1])
	form.Set("step", "send")
	a = send(form, nil)
	wants(t, "sent", a, http.StatusSeeOther)
	at, _, _ := strings.Cut(a.header.Get("Location"), "?")
	a = officer.get(at)
	wants(t, "the message", a, http.StatusOK, `loading="lazy"`, "KB")
	file := firstGroup(t, regexp.MustCompile(`href="(/o/[^"]+/a/\d+)"`), a.body)
	for _, variant := range []string{"", "?variant=thumbnail"} {
		a := w.as("contact-point").get(file + variant)
		if a.status != http.StatusOK || a.header.Get("Content-Type") != "image/jpeg" || !strings.Contains(a.header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%q: %d %v", variant, a.status, a.header)
		}
		if a := w.as("right-holder").get(file + variant); a.status != http.StatusNotFound {
			t.Errorf("a right holder: %d", a.status)
		}
	}
	list := officer.get(inAction + "m/")
	wants(t, "the list", list, http.StatusOK, file+"?variant=thumbnail")
}

// Two taps: a photo, and send.
func TestPhotoAsAnAnswer(t *testing.T) {
	w := newWorld(t)
	officer := w.as("officer")
	list := officer.get(inAction + "m/")
	at := firstGroup(t, regexp.MustCompile(`href="(/o/[^"]+/m/\d+)"`), list.body)
	page := officer.get(at + "?as=general")
	form := url.Values{"id": {firstGroup(t, hiddenID, page.body)}, "as": {"general"}, "to": {"readers"}, "language": {"en"}, "tlp": {"AMBER"}, "step": {"send"}}
	kind, body := fileForm(form, map[string][]byte{"crate.png": webtest.Drawn(600, 900)})
	wants(t, "a photo without a word", officer.send(at, kind, body), http.StatusSeeOther)
}

func TestBlackOutPage(t *testing.T) {
	w := newWorld(t)
	officer := w.as("officer")
	at := inAction + "a/" + string(w.Photo().ID)
	page := officer.get(at + "/black")
	wants(t, "the page", page, http.StatusOK, `type="checkbox" name="square" value="0,0,14.28,20"`)
	wants(t, "nothing ticked", officer.post(at+"/black", url.Values{}), http.StatusUnprocessableEntity, "Tick at least one square")
	wants(t, "ticked", officer.post(at+"/black", url.Values{"square": {"0,0,14.28,20", "14.28,0,14.29,20"}}), http.StatusSeeOther)
	for _, who := range []string{"contact-point", "coordinator", "right-holder"} {
		wants(t, who, w.as(who).get(at+"/black"), http.StatusNotFound)
	}
}
