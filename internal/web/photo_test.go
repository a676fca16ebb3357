package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// ownCase reports a case as a persona and gives its address.
func (w *world) ownCase(persona string) string {
	w.t.Helper()
	c, err := w.app.Seizures.Report(w.t.Context(), w.sessionOf(persona).Actor, action, seizure.Draft{ID: seizure.ID(nextID()), Country: "XA", Day: "2017-02-08",
		Language: "en", Status: "seized", Place: "Quay", Conveyance: goods.Coded{Code: "sea"}, Goods: []goods.Line{{Category: "FOO", Brand: "Aa"}}})
	if err != nil {
		w.t.Fatal(err)
	}
	return inAction + "c/" + c.Reference
}

// Without scripts: files come with the form, are shown to be looked at and
// described, and stand with the case for who reads it, and for nobody else.
func TestPhotosOfACase(t *testing.T) {
	w := newWorld(t)
	officer := w.as("officer")
	at := w.ownCase("officer")
	page := officer.get(at + "/photos")
	wants(t, "the form", page, http.StatusOK, `enctype="multipart/form-data"`, `capture="environment"`, `name="label"`, "Next: look and describe")
	kind, body := fileForm(url.Values{"step": {"look"}}, map[string][]byte{"crate.png": webtest.Drawn(900, 600), "list.pdf": []byte("%PDF-1.7")})
	a := officer.send(at+"/photos", kind, body)
	wants(t, "looked at", a, http.StatusOK, "crate.jpg", "list.pdf", "Add to the case", "/black")
	ids := heldID.FindAllStringSubmatch(a.body, -1)
	if len(ids) != 2 {
		t.Fatalf("it holds %d files", len(ids))
	}
	form := url.Values{"step": {"add"}, "language": {"en"}, "attachment": {ids[0][1], ids[1][1]},
		"kind-" + ids[0][1]: {"x-ray"}, "caption-" + ids[0][1]: {"Crate in the <scanner>"}, "kind-" + ids[1][1]: {"film"}}
	kind, body = fileForm(form, nil)
	wants(t, "an unknown kind", officer.send(at+"/photos", kind, body), http.StatusUnprocessableEntity, "Crate in the", "X-ray image or a document")
	form.Set("kind-"+ids[1][1], "document")
	kind, body = fileForm(form, nil)
	wants(t, "added", officer.send(at+"/photos", kind, body), http.StatusSeeOther)
	a = officer.get(at)
	wants(t, "the case", a, http.StatusOK, "Crate in the &lt;scanner&gt;", "X-ray image", "list.pdf")
	file := firstGroup(t, regexp.MustCompile(`href="(/o/[^"]+/a/\d+)"`), a.body)
	if a := w.as("coordinator").get(file + "?variant=thumbnail"); a.status != http.StatusOK {
		t.Errorf("coordination: %d", a.status)
	}
	for _, other := range []string{"right-holder", "observer"} {
		if a := w.as(other).get(file); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", other, a.status)
		}
		if a := w.as(other).get(at + "/photos"); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", other, a.status)
		}
	}
	lacks(t, "coordination adds nothing", w.as("coordinator").get(at+"/photos"), `name="photo"`)
	if a := w.as("coordinator").send(at+"/photos", kind, body); a.status != http.StatusNotFound {
		t.Errorf("coordination adds: %d", a.status)
	}
	strike := firstGroup(t, regexp.MustCompile(`href="(/o/[^"]+/photos/\d+/withdraw)"`), officer.get(at+"/photos").body)
	wants(t, "withdraw", officer.get(strike), http.StatusOK, "It stays with the case")
	wants(t, "without a reason", officer.post(strike, url.Values{}), http.StatusUnprocessableEntity)
	wants(t, "withdrawn", officer.post(strike, url.Values{"reason": {"another crate"}}), http.StatusSeeOther)
	wants(t, "shown as withdrawn", officer.get(at+"/photos"), http.StatusOK, "Withdrawn", "another crate")
}

// The director says whether originals are kept; nobody else.
func TestOriginals(t *testing.T) {
	w := newWorld(t)
	const at = inAction + "settings/originals"
	for _, other := range []string{"officer", "coordinator", "contact-point"} {
		if a := w.as(other).get(at); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", other, a.status)
		}
	}
	director := w.as("director")
	wants(t, "not kept", director.get(at), http.StatusOK, `value="false" checked`)
	wants(t, "kept", director.post(at, url.Values{"kept": {"true"}}), http.StatusSeeOther)
	wants(t, "kept", director.get(at), http.StatusOK, `value="true" checked`)
}

// Who had the case in hand is for its organisation and coordination; a bundle is
// for its organisation alone, says what it is for, and is what it says.
func TestEvidence(t *testing.T) {
	w := newWorld(t)
	officer := w.as("officer")
	at := w.ownCase("officer")
	wants(t, "the case", officer.get(at), http.StatusOK, at+"/custody", at+"/evidence")
	lacks(t, "coordination", w.as("coordinator").get(at), at+"/evidence")
	kind, body := fileForm(url.Values{"step": {"look"}}, map[string][]byte{"crate.png": webtest.Drawn(90, 60)})
	id := firstGroup(t, heldID, officer.send(at+"/photos", kind, body).body)
	kind, body = fileForm(url.Values{"step": {"add"}, "attachment": {id}, "kind-" + id: {"photo"}, "caption-" + id: {"The seal"}}, nil)
	wants(t, "added", officer.send(at+"/photos", kind, body), http.StatusSeeOther)
	wants(t, "the form", officer.get(at+"/evidence"), http.StatusOK, "1 photo or document", "the original is not held")
	wants(t, "for nothing", officer.post(at+"/evidence", url.Values{}), http.StatusUnprocessableEntity, "Fill in this field")
	a := officer.post(at+"/evidence", url.Values{"purpose": {"Case 12/34"}, "recipient": {"Court"}})
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/zip" || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment; filename=S-") {
		t.Fatalf("%d %v", a.status, a.header)
	}
	c, err := evidence.Check(strings.NewReader(a.body), int64(len(a.body)), w.app.Signer.Verifier())
	if err != nil || !c.Fine() || c.Manifest.Made.Purpose != "Case 12/34" || len(c.Manifest.Photos) != 1 {
		t.Errorf("%+v %v", c, err)
	}
	for _, other := range []string{"coordinator", "right-holder", "observer", "stranger", "auditor"} {
		if a := w.as(other).post(at+"/evidence", url.Values{"purpose": {"p"}}); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", other, a.status)
		}
	}
	for _, reader := range []string{"officer", "coordinator"} {
		wants(t, reader, w.as(reader).get(at+"/custody"), http.StatusOK, "Case reported", "File received and kept", "Photos added to a case", "Evidence bundle made", "The seal")
	}
	for _, other := range []string{"right-holder", "observer", "stranger", "auditor"} {
		if a := w.as(other).get(at + "/custody"); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", other, a.status)
		}
	}
}
