package duplicatepage_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

const home = "/o/" + string(webtest.Operation) + "/"

// find reports a case with a number as a persona, and releases it.
func find(w *webtest.World, persona, place, number string) seizure.Case {
	w.T.Helper()
	d := seizure.Draft{ID: seizure.ID(source.Real().ID()), Country: "XA", Place: place, Day: "2017-02-20", Status: "seized", Language: "en",
		Goods: []goods.Line{{Category: "PHA", Brand: "LENSORVE", Description: "Blisters without a leaflet",
			Quantities: []goods.Quantity{{Micro: 1200e6, Unit: "H87"}}}}, Marks: []consignment.Mark{{Kind: consignment.Container, Value: number}}}
	c, err := w.App.Seizures.Report(w.T.Context(), w.Session(persona).Actor, webtest.Operation, d)
	if err != nil {
		w.T.Fatal(err)
	}
	return c
}

// By hand: coordination finds two hints, says of one pair that they are one case
// and of the other that they are two; then nothing is open.
func TestSettling(t *testing.T) {
	for _, look := range webtest.Hands() {
		t.Run(look.String(), func(t *testing.T) {
			w := webtest.Open(t)
			a, b := find(w, "officer", "North quay", "CSQU3054383"), find(w, "contact-point", "North quay", "CSQU3054383")
			c, d := find(w, "officer", "Yard", "TEXU3070079"), find(w, "contact-point", "Yard", "TEXU3070079")
			page := w.Page("coordinator", look)
			page.Go(w.Server.URL + home + "c/" + b.Reference)
			w.Check(page, "case-"+look.String())
			if text := page.Text("main"); !strings.Contains(text, a.Reference) {
				t.Errorf("the case does not name its double")
			}
			page.Go(w.Server.URL + home + "duplicates/")
			w.Check(page, "duplicates-"+look.String())
			settle := func(one, other seizure.Case) {
				t.Helper()
				page.Go(w.Server.URL + home + "duplicates/settle?one=" + one.Reference + "&other=" + other.Reference)
			}
			settle(a, b)
			w.Check(page, "settle-"+look.String())
			if status := page.Submit(`form[action$="/one"] .secondary`); status != http.StatusUnprocessableEntity {
				t.Errorf("without a reason: %d", status)
			}
			w.Check(page, "no-reason-"+look.String())
			page.Fill("#f-why", "One container, one day")
			if status := page.Submit(`form[action$="/one"] .secondary`); status != http.StatusOK {
				t.Fatalf("they are one: %d", status)
			}
			settle(c, d)
			page.Fill("#f-reason", "part-consignment")
			if status := page.Submit(`form[action$="/apart"] .secondary`); status != http.StatusOK {
				t.Fatalf("they are two: %d", status)
			}
			w.Check(page, "settled-"+look.String())
			text := page.Text("main")
			for _, x := range []seizure.Case{a, b} {
				if strings.Contains(text, x.Reference) {
					t.Errorf("%s is settled and still open", x.Reference)
				}
			}
			settle(a, b)
			w.Check(page, "again-"+look.String())
		})
	}
}
