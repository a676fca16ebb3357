package usagepage_test

import (
	"net/http"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/usage"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// Every page of the room in four looks, as those for whom it is.
func TestPagesInChromium(t *testing.T) {
	w := webtest.Open(t)
	id := w.Covert()
	ctx, officer := t.Context(), w.Session("officer").Actor
	if _, err := w.App.Usages.Consent(ctx, w.Session("contact-point").Actor, usage.Consenting{Openings: true, Figures: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.App.Products.Read(ctx, officer, product.Name{ID: id}, 0); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.App.Inspections.Open(ctx, officer, inspection.Opening{Sheet: product.Name{ID: id}, Kind: inspection.Goods, Number: "CSQU3054383", Place: "Shed 4"}); err != nil {
		t.Fatal(err)
	}
	if err := w.App.Readings.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	rows := w.Masks()
	for _, look := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("fr", 360, false, true), webtest.By("ar", 1280, true, true)} {
		for _, s := range []struct{ name, persona, path string }{
			{"usage", "right-holder", "/p/usage/"}, {"consent", "contact-point", "/p/consent"}, {"import", "right-holder", "/p/import"},
			{"rows", "right-holder", rows},
		} {
			t.Run(s.name+" "+look.String(), func(t *testing.T) {
				p := w.Page(s.persona, look).For(t)
				if status := p.Go(w.Server.URL + s.path); status != http.StatusOK {
					t.Fatalf("%s as %s: %d", s.path, s.persona, status)
				}
				w.Check(p, s.name+"-"+look.String())
			})
		}
	}
	for path, persona := range map[string]string{"/p/usage/": "officer", "/p/consent": "right-holder", "/p/import": "officer", rows: "rival-right-holder", "/p/import/template.xlsx": "officer"} {
		if status, _ := w.Get(persona, path); status != http.StatusNotFound {
			t.Errorf("%s as %s: %d", path, persona, status)
		}
	}
}
