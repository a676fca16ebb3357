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

// Both states of the page in four looks.
func TestPagesInChromium(t *testing.T) {
	w := webtest.Open(t)
	id := w.Covert()
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
	id := w.Covert()
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
