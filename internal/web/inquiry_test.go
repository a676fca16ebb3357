package web_test

import (
	"bytes"
	"html"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// photographed gives a case of the officer's administration a photo.
func (w *world) photographed(of seizure.Case) attachment.ID {
	w.t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 120, 90))
	for x := range 120 {
		m.Set(x, x%90, color.RGBA{uint8(x), 200, 3, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		w.t.Fatal(err)
	}
	who := w.sessionOf("officer").Actor
	a, err := w.app.Attachments.Receive(w.t.Context(), who, action, attachment.Draft{ID: attachment.ID(source.Real().ID()), Name: "MSKU1234565.png"}, &b)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.app.Seizures.Attach(w.t.Context(), who, action, of.Seq, []seizure.PhotoDraft{{ID: a.ID}}); err != nil {
		w.t.Fatal(err)
	}
	return a.ID
}

// question asks the right holder about a case, with a picture.
func (w *world) question() inquiry.ID {
	w.t.Helper()
	of, who := w.countedCase(), w.sessionOf("officer").Actor
	photo := w.photographed(of)
	a, err := w.app.Attachments.Copy(w.t.Context(), who, action, attachment.Name{ID: photo}, attachment.ID(source.Real().ID()), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	made, err := w.app.Inquiries.Ask(w.t.Context(), who, action, of.Reference, inquiry.Draft{ID: inquiry.ID(source.Real().ID()), Holder: w.sessionOf("right-holder").Organisation.ID,
		Line: 1, Fields: []string{"nature"}, Question: "Yours?", Language: "en", Pictures: []attachment.ID{a.ID}, Due: w.app.Clock.Now().Add(72 * time.Hour).Format(time.DateOnly)})
	if err != nil {
		w.t.Fatal(err)
	}
	return made.ID
}

var (
	allHidden  = regexp.MustCompile(`<input type="hidden" name="([a-z_]+)" value="([^"]*)"`)
	blackLink  = regexp.MustCompile(`href="(/o/[^"]+/black)"`)
	inquiryRef = regexp.MustCompile(`/inquiries/[0-9a-f-]{36}`)
)

// formIn are all hidden values of a page's forms.
func formIn(body string) url.Values {
	out := url.Values{}
	for _, m := range allHidden.FindAllStringSubmatch(body, -1) {
		out.Add(m[1], html.UnescapeString(m[2]))
	}
	return out
}

// An officer asks from a case, looks at what will be seen, blacks a part out and sends;
// the expert answers and replies; the case shows it. All without scripts.
func TestInquiryByForms(t *testing.T) {
	w := newWorld(t)
	of := w.countedCase()
	photo := w.photographed(of)
	officer, holder, rival := w.as("officer"), w.as("right-holder"), w.as("rival-right-holder")
	kase := inAction + "c/" + of.Reference
	if a := officer.get(kase); !strings.Contains(a.body, kase+"/ask") {
		t.Fatal("the case has no link to ask")
	}
	first := officer.get(kase + "/ask")
	form := typing(formIn(first.body), "holder", string(w.sessionOf("right-holder").Organisation.ID), "line", "1", "fields", "nature", "fields", "quantity",
		"question", "Is the label yours?", "language", "en", "due", w.app.Clock.Now().Add(96*time.Hour).Format(time.DateOnly), "pictures", string(photo))
	bad := url.Values{"id": form["id"], "holder": form["holder"], "line": {"1"}, "fields": {"nature"}, "language": {"en"}, "due": form["due"]}
	if a := officer.post(kase+"/ask", bad); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "f-question") {
		t.Errorf("without a question: %d", a.status)
	}
	look := officer.post(kase+"/ask", form)
	if look.status != http.StatusOK || !strings.Contains(look.body, "Is the label yours?") || strings.Contains(look.body, "MSKU") {
		t.Fatalf("the look: %d %s", look.status, look.body)
	}
	black := blackLink.FindStringSubmatch(look.body)
	if black == nil {
		t.Fatal("nothing can be blacked out")
	}
	if a := officer.post(black[1], url.Values{"square": {attachment.BlackOut{{Left: 0, Top: 0, Width: 1400, Height: 2000}}.String()}}); a.status != http.StatusSeeOther {
		t.Fatalf("blacking out: %d", a.status)
	}
	sent := officer.post(kase+"/ask", typing(formIn(look.body), "send", "1"))
	at := inquiryRef.FindString(sent.header.Get("Location"))
	if sent.status != http.StatusSeeOther || at == "" {
		t.Fatalf("asking: %d %s", sent.status, sent.body)
	}
	if a := rival.get(at); a.status != http.StatusNotFound {
		t.Errorf("the rival: %d", a.status)
	}
	list := holder.get("/inquiries/")
	if !strings.Contains(list.body, at) {
		t.Error("the right holder's list is without it")
	}
	page := holder.get(at)
	for _, hides := range []string{of.Reference, w.sessionOf("officer").Person.Name, "MSKU", "/c/S-"} {
		if page.status != http.StatusOK || strings.Contains(page.body, hides) {
			t.Errorf("%d: the right holder reads %q", page.status, hides)
		}
	}
	if a := holder.get(at + "/pictures/1?variant=thumbnail"); a.status != http.StatusOK || a.header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("the picture: %d", a.status)
	}
	if a := holder.post(at+"/answer", url.Values{"verdict": {"fake"}, "language": {"en"}}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("without reasons: %d", a.status)
	}
	for _, p := range []string{"/answer", "/reply"} {
		if a := holder.get(at + p); a.status != http.StatusOK {
			t.Errorf("%s: %d", p, a.status)
		}
		if a := officer.get(at + p); a.status != http.StatusNotFound {
			t.Errorf("%s as the asker: %d", p, a.status)
		}
	}
	if a := holder.post(at+"/answer", url.Values{"verdict": {"fake"}, "reasons": {"The seam."}, "language": {"en"}, "features": {"٢ 4"}}); a.status != http.StatusSeeOther {
		t.Fatalf("answering: %d %s", a.status, a.body)
	}
	if a := holder.post(at+"/reply", url.Values{"infringes": {"yes"}, "destruction": {"yes"}, "language": {"en"}}); a.status != http.StatusSeeOther {
		t.Fatalf("replying: %d %s", a.status, a.body)
	}
	if a := officer.get(kase); !strings.Contains(a.body, at) {
		t.Error("the case is without its answer")
	}
	read := officer.get(at)
	if !strings.Contains(read.body, "The seam.") || !strings.Contains(read.body, of.Reference) || !strings.Contains(read.body, "/amend?") {
		t.Error("the asker does not read the answer")
	}
	if a := officer.post(at+"/withdraw", url.Values{"reason": {"Released."}}); a.status != http.StatusSeeOther {
		t.Errorf("withdrawing: %d", a.status)
	}
	if a := holder.get(at); !strings.Contains(a.body, "Released.") {
		t.Error("the right holder does not see that it was withdrawn")
	}
}
