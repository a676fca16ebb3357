package inspectpage_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// hide gives a sheet covert features with a pair of pictures.
func hide(w *webtest.World, id product.ID) {
	w.T.Helper()
	who := w.Session("right-holder").Actor
	old, err := w.App.Products.Read(w.T.Context(), who, product.Name{ID: id}, 0)
	if err != nil {
		w.T.Fatal(err)
	}
	if old.Covert {
		return
	}
	_, err = w.App.Products.SetPart(w.T.Context(), who, product.Name{ID: id}, product.Parting{Kind: product.Covert, Language: "en",
		Features: []product.Feature{
			{Title: product.Text{"en": "Thread in the flap", "ar": "خيط في الطيّة"}, Genuine: product.Text{"en": "Glows green under ultraviolet light of 365 nm."}, Fake: product.Text{"en": "Does not glow."}},
			{Title: product.Text{"en": "Micro-text on the seal"}, Genuine: product.Text{"en": "Reads ORVANELLE twelve times."}, Fake: product.Text{"en": "A grey line."}},
		},
		Pairs: []product.Pair{{Genuine: w.Upload("right-holder", "covert-genuine.png", webtest.Box(false, true)), Fake: w.Upload("right-holder", "covert-fake.png", webtest.Box(true, true))}}})
	if err != nil {
		w.T.Fatal(err)
	}
}

// Both states of the page in four looks.
func TestPagesInChromium(t *testing.T) {
	w := webtest.Open(t)
	id := w.ProductSheet()
	hide(w, id)
	for _, open := range []bool{false, true} {
		name := "closed"
		if open {
			name = "open"
			_, _, err := w.App.Inspections.Open(t.Context(), w.Session("officer").Actor, inspection.Opening{Sheet: product.Name{ID: id}, Kind: inspection.Goods, Number: "CSQU3054383", Place: "Shed 4"})
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, look := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("fr", 360, false, true), webtest.By("ar", 1280, true, true)} {
			t.Run(name+" "+look.String(), func(t *testing.T) {
				p := w.Page("officer", look).For(t)
				if status := p.Go(w.Server.URL + "/p/" + string(id) + "/inspect"); status != http.StatusOK {
					t.Fatalf("%d", status)
				}
				w.Check(p, "inspect-"+name+"-"+look.String())
			})
		}
	}
}

// A covert picture is given only while an inspection runs, never the same twice to two
// people, and is not kept on the way.
func TestPicturesOverHTTP(t *testing.T) {
	w := webtest.Open(t)
	id := w.ProductSheet()
	hide(w, id)
	at := fmt.Sprintf("/p/%s/inspect/pictures/1", id)
	for _, persona := range []string{"right-holder", "rival-right-holder", "observer", "coordinator"} {
		if status, _ := w.Get(persona, at); status != http.StatusNotFound {
			t.Errorf("%s gets %d", persona, status)
		}
	}
	var got [][]byte
	for _, persona := range []string{"officer", "contact-point"} {
		if persona == "contact-point" {
			if status, _ := w.Get(persona, at); status != http.StatusNotFound {
				t.Errorf("open to a colleague: %d", status)
			}
		}
		_, _, err := w.App.Inspections.Open(t.Context(), w.Session(persona).Actor, inspection.Opening{Sheet: product.Name{ID: id}, Kind: inspection.Goods, Number: "CSQU3054383", Place: "Shed 4"})
		if err != nil {
			t.Fatal(err)
		}
		status, body := w.Get(persona, at)
		if status != http.StatusOK || !strings.HasPrefix(string(body), "\xff\xd8\xff") {
			t.Fatalf("%s gets %d, %d bytes", persona, status, len(body))
		}
		got = append(got, body)
	}
	if bytes.Equal(got[0], got[1]) {
		t.Error("two readers have one picture")
	}
}
