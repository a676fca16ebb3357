package seizurepage_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

const the = operation.Code("action-ipr-ap-2")

// Photos come to a case by hand, with scripts and without: chosen, looked at,
// described, added; then they stand on its page.
func TestPhotosByHand(t *testing.T) {
	w := webtest.Open(t)
	picture := filepath.Join(t.TempDir(), "crate.png")
	if err := os.WriteFile(picture, webtest.Drawn(1200, 800), 0o600); err != nil {
		t.Fatal(err)
	}
	var page *browsertest.Page
	for _, look := range webtest.Hands() {
		c, err := w.App.Seizures.Report(t.Context(), w.Session("officer").Actor, the, seizure.Draft{ID: seizure.ID(source.Real().ID()), Country: "XA",
			Day: "2017-02-08", Language: "en", Status: "seized", Place: "Quay", Conveyance: goods.Coded{Code: "sea"},
			Goods: []goods.Line{{Category: "FOO", Brand: "Aa"}}})
		if err != nil {
			t.Fatal(err)
		}
		at := "/o/" + string(the) + "/c/" + c.Reference
		page = w.Turn(page, "officer", look)
		page.Go(w.Server.URL + at + "?sent=1")
		w.Check(page, "photo-receipt-"+look.String())
		if status := page.Submit(`#flash a[href$="/photos"]`); status != http.StatusOK {
			t.Fatalf("%v: %d", look, status)
		}
		w.Check(page, "photo-empty-"+look.String())
		page.Choose("#f-photo", picture)
		if !look.Plain {
			page.Wait(`document.querySelector(".files .held [name=attachment]")`)
		}
		if status := page.Submit(`button[value="look"]`); status != http.StatusOK {
			t.Fatalf("%v: looked at: %d", look, status)
		}
		w.Check(page, "photo-look-"+look.String())
		page.Fill(`input[name^="caption-"]`, "The seal, broken")
		if status := page.Submit(`button[value="add"]`); status != http.StatusOK || !strings.Contains(page.URL(), "done=photos-added") {
			t.Fatalf("%v: added: %d at %s", look, status, page.URL())
		}
		w.Check(page, "photo-added-"+look.String())
		page.Go(w.Server.URL + at)
		if !browsertest.Eval[bool](page, `!!document.querySelector("#photos .held img")`) {
			t.Errorf("%v: the case shows no picture", look)
		}
		w.Check(page, "photo-case-"+look.String())
		page.Go(w.Server.URL + at + "/evidence")
		w.Check(page, "evidence-"+look.String())
		page.Go(w.Server.URL + at + "/custody")
		w.Check(page, "custody-"+look.String())
		page.Go(w.Server.URL + at)
		page.Submit(`#photos a[href$="/withdraw"]`)
		w.Check(page, "photo-withdraw-"+look.String())
	}
}

// A case that answers a warning marked for few asks for consent before it leaves.
func TestConsentByHand(t *testing.T) {
	w := webtest.Open(t)
	at := w.Send("coordinator", message.Draft{Template: message.Warning, Subject: "A container", TLP: "RED", ReplyDue: w.App.Clock.Now().Add(time.Hour)})
	warning, err := strconv.ParseInt(at[strings.LastIndexByte(at, '/')+1:], 10, 64)
	if err != nil {
		t.Fatal(at)
	}
	c, err := w.App.Seizures.Report(t.Context(), w.Session("officer").Actor, the, seizure.Draft{ID: seizure.ID(source.Real().ID()), Country: "XA",
		Day: "2017-02-08", Language: "en", Status: "seized", Conveyance: goods.Coded{Code: "sea"}, Goods: []goods.Line{{Category: "FOO"}}, Warning: warning})
	if err != nil {
		t.Fatal(err)
	}
	var page *browsertest.Page
	for _, look := range webtest.Hands() {
		page = w.Turn(page, "officer", look)
		page.Go(w.Server.URL + "/o/" + string(the) + "/c/" + c.Reference + "/evidence")
		w.Check(page, "consent-"+look.String())
		page.Fill(`input[name="purpose"]`, "Case 12/34")
		if status := page.Submit(`main form button`); status != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", look, status)
		}
		w.Check(page, "consent-missing-"+look.String())
	}
}
