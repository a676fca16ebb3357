package seizurepage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

const cases = "/o/" + string(webtest.Operation) + "/c/"

// overflow is by how much a page is wider than its window.
const overflow = `document.documentElement.scrollWidth - document.documentElement.clientWidth`

// By hand: choose a filter, keep it under a name, share it, choose all columns,
// open the kept filter as a colleague, and delete it.
func TestKeepingFilters(t *testing.T) {
	for _, look := range webtest.Hands() {
		t.Run(look.String(), func(t *testing.T) {
			w := webtest.Open(t)
			page := w.Page("officer", look)
			page.Go(w.Server.URL + cases)
			w.Check(page, "cases-"+look.String())
			page.Go(w.Server.URL + cases + "?category=PHA&class=counted")
			w.Check(page, "filtered-"+look.String())
			if n := browsertest.Eval[float64](page, overflow); n > 0 {
				t.Errorf("the list is %v pixels too wide", n)
			}
			if status := page.Submit(`a[href*="/c/keep?"]`); status != http.StatusOK {
				t.Fatalf("keeping: %d", status)
			}
			page.Fill("#f-name", "Medicines that count")
			page.Click("#f-shared")
			w.Check(page, "keep-"+look.String())
			if status := page.Submit(`.buttons .primary`); status != http.StatusOK || !strings.Contains(page.URL(), "category=PHA") {
				t.Fatalf("kept: %d %s", status, page.URL())
			}
			page.Go(w.Server.URL + cases + "keep")
			for _, c := range []string{"place", "brand", "route", "direction", "detection", "marks", "reported"} {
				page.Click(`[name="column"][value="` + c + `"]`)
			}
			w.Check(page, "columns-"+look.String())
			if status := page.Submit(`form[action$="/columns"] .secondary`); status != http.StatusOK {
				t.Fatalf("columns: %d", status)
			}
			w.Check(page, "all-columns-"+look.String())
			if n := browsertest.Eval[float64](page, overflow); n > 0 {
				t.Errorf("with all columns the list is %v pixels too wide", n)
			}
			for _, c := range []string{"day", "country", "conveyance", "direction", "detection", "status", "counts"} { // the widest stay
				page.Go(w.Server.URL + cases + "keep")
				page.Click(`[name="column"][value="` + c + `"]`)
				page.Submit(`form[action$="/columns"] .secondary`)
			}
			w.Check(page, "wide-columns-"+look.String())
			page.Go(w.Server.URL + cases + "?category=PHA&conveyance=rail&brand=none")
			w.Check(page, "empty-"+look.String())
			colleague := w.Page("contact-point", look)
			colleague.Go(w.Server.URL + cases)
			if same := w.Session("officer").Actor.Organisation == w.Session("contact-point").Actor.Organisation; same != strings.Contains(colleague.Text("#cases"), "Medicines that count") {
				t.Errorf("a colleague (%v) sees %q", same, colleague.Text("#cases"))
			}
			page.Go(w.Server.URL + cases + "keep")
			if status := page.Submit(`form[action$="/keep/drop"] button`); status != http.StatusOK || strings.Contains(page.Text("main"), "Medicines that count") {
				t.Errorf("deleted: %d", status)
			}
		})
	}
}
