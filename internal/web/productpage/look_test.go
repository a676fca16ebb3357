package productpage_test

import (
	"net/http"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// Every page of the room in four looks, as those for whom it is.
func TestPagesInChromium(t *testing.T) {
	w := webtest.Open(t)
	id := w.ProductSheet()
	at := "/p/" + string(id)
	for _, look := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("fr", 360, false, true), webtest.By("ar", 1280, true, true)} {
		for _, s := range []struct{ name, persona, path string }{
			{"find", "officer", "/p/"}, {"code", "officer", "/p/?q=" + webtest.GTIN}, {"none", "officer", "/p/?q=5901234123457"}, {"words", "officer", "/p/?q=mask"},
			{"scan", "officer", "/p/scan"}, {"sheet", "officer", at}, {"compare", "officer", at + "/compare"}, {"feature", "officer", at + "/compare?f=1"},
			{"own", "right-holder", "/p/own/"}, {"new", "right-holder", "/p/new"}, {"edit", "right-holder", at + "/edit"}, {"draft", "right-holder", at + "?draft=1"},
			{"mine", "right-holder", at}, {"publish", "right-holder", at + "/publish"}, {"confirm", "right-holder", at + "/confirm"},
			{"withdraw", "right-holder", at + "/withdraw"}, {"traders", "right-holder", at + "/part/" + product.Traders}, {"covert", "right-holder", at + "/part/" + product.Covert},
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
}
