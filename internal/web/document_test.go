package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const pdf = "%PDF-1.4\n"

// document is one of the officer's administration, for everybody.
func (w *world) document() string {
	w.t.Helper()
	ctx, who := w.t.Context(), w.sessionOf("contact-point").Actor
	a, err := w.app.Attachments.Receive(ctx, who, action, attachment.Draft{ID: attachment.ID(source.Real().ID()), Name: "plan.pdf"}, bytes.NewReader([]byte(pdf)))
	if err != nil {
		w.t.Fatal(err)
	}
	d, _, err := w.app.Documents.Publish(ctx, who, action, document.Draft{Kind: "training", Title: "A lesson", Language: "en", TLP: "GREEN",
		To: audience.Address{Sides: access.Sides()}, File: a.ID})
	if err != nil {
		w.t.Fatal(err)
	}
	return fmt.Sprint(d.Seq)
}

// A document published by a form without scripts, revised by two people at once,
// and withdrawn.
func TestDocumentByForms(t *testing.T) {
	w := newWorld(t)
	c, reader := w.as("contact-point"), w.as("observer")
	send := func(path string, values url.Values, files map[string][]byte) answer {
		t.Helper()
		kind, body := fileForm(values, files)
		return c.send(path, kind, body)
	}
	form := func(path string) url.Values {
		t.Helper()
		page := c.get(path)
		values := url.Values{}
		for _, m := range regexp.MustCompile(`<input type="hidden" name="(id|version)" value="([^"]*)"`).FindAllStringSubmatch(page.body, -1) {
			values.Set(m[1], m[2])
		}
		return values
	}
	values := form(inAction + "documents/new")
	for k, v := range map[string]string{"title": "Harbour of Qasr", "kind": "training", "note": "Berths", "language": "en", "tlp": "GREEN", "to": "observers", "step": "publish"} {
		values.Set(k, v)
	}
	bare := send(inAction+"documents/new", values, nil)
	if bare.status != http.StatusUnprocessableEntity || !strings.Contains(bare.body, "Attach the file") || !strings.Contains(bare.body, "Harbour of Qasr") {
		t.Fatalf("without a file: %d", bare.status)
	}
	if wrong := send(inAction+"documents/new", values, map[string][]byte{"plan.pdf": []byte("no document")}); wrong.status != http.StatusUnprocessableEntity {
		t.Errorf("a file that is none: %d", wrong.status)
	}
	made := send(inAction+"documents/new", values, map[string][]byte{"plan.pdf": []byte(pdf)})
	at, _, _ := strings.Cut(made.header.Get("Location"), "?")
	if made.status != http.StatusSeeOther || !strings.HasPrefix(at, inAction+"documents/") {
		t.Fatalf("published: %d %q", made.status, at)
	}
	file := regexp.MustCompile(`href="(/o/[^"]+/a/[0-9]+)"`)
	page := reader.get(at)
	href := firstGroup(t, file, page.body)
	if got := reader.get(href); got.status != http.StatusOK || got.body != pdf {
		t.Errorf("the file: %d %q", got.status, got.body)
	}
	if other := w.as("right-holder"); other.get(at).status != http.StatusNotFound || other.get(href).status != http.StatusNotFound {
		t.Error("a right holder is given what is for observers")
	}
	first, second := form(at+"/revise"), form(at+"/revise")
	first.Set("note", "One more berth")
	second.Set("note", "Two more berths")
	if a := send(at+"/revise", first, map[string][]byte{"plan.pdf": []byte(pdf + "1")}); a.status != http.StatusSeeOther {
		t.Fatalf("revised: %d", a.status)
	}
	late := send(at+"/revise", second, map[string][]byte{"plan.pdf": []byte(pdf + "2")})
	if late.status != http.StatusConflict || !strings.Contains(late.body, "Somebody else has published version 2") || !strings.Contains(late.body, "Two more berths") {
		t.Fatalf("the second who revises: %d", late.status)
	}
	again := url.Values{"note": {"Two more berths"}}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="(id|version|attachment)" value="([^"{]+)"`).FindAllStringSubmatch(late.body, -1) {
		again.Add(m[1], m[2])
	}
	if a := send(at+"/revise", again, nil); a.status != http.StatusSeeOther {
		t.Errorf("published as the next: %d", a.status)
	}
	if body := reader.get(at).body; !strings.Contains(body, "One more berth") || !strings.Contains(body, "Two more berths") || !strings.Contains(body, "Open version 3") {
		t.Error("a version is lost")
	}
	if a := c.post(at+"/withdraw", url.Values{"reason": {""}}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", a.status)
	}
	c.post(at+"/withdraw", url.Values{"reason": {"The harbour is closed."}})
	page = reader.get(at)
	if !strings.Contains(page.body, "Withdrawn, do not use") || !strings.Contains(page.body, "The harbour is closed.") || file.MatchString(page.body) {
		t.Error("what is withdrawn does not say so, or still leads to a file")
	}
	if got := reader.get(href); got.status != http.StatusNotFound {
		t.Errorf("the file of what is withdrawn: %d", got.status)
	}
}
