package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestBatch: eighty numbers from a hand scanner, two of them apart, one scanned
// twice, become one case, as the operation's rule says, and two drafts.
func TestBatch(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	form := typed(c.get(cases + "batch").body)
	var lines []string
	for i := range 80 {
		lines = append(lines, fmt.Sprintf("RB%08d5SG", i))
	}
	lines = append(lines, lines[7], "RB473124829SG,3")
	form = with(form, "act", "check", "items", strings.Join(lines, "\r\n"), "goods.1.category", "WAT", "goods.1.brand", "TIDEMARK",
		"goods.1.quantity", "1", "goods.1.unit", "H87")
	a := c.post(cases+"batch", form)
	wants(t, "check", a, http.StatusOK, "81 items.", "1 number was scanned twice", "The check digit does not fit", `name="item.81.quantity"`, `value="3"`, "a batch is one case")
	send := with(typed(a.body), "act", "send", "item.1.apart", "1", "item.2.apart", "1")
	for range 2 { // pressed twice
		a = c.post(cases+"batch", send)
		if a.status != http.StatusSeeOther {
			t.Fatalf("sent: %d %s", a.status, a.body)
		}
	}
	list := c.get(cases)
	if n := strings.Count(list.body, "Draft S-17-"); n < 2 {
		t.Errorf("%d drafts, want those of the two items that stand apart", n)
	}
	found := c.get(cases + "?q=TIDEMARK")
	wants(t, "found", found, http.StatusOK, "81 pieces")
	empty := c.post(cases+"batch", with(form, "items", " \r\n "))
	wants(t, "empty", empty, http.StatusUnprocessableEntity, `href="#f-items"`)
	wrong := c.post(cases+"batch", with(form, "day", "2017-02-31"))
	wants(t, "a bad day", wrong, http.StatusUnprocessableEntity, `href="#f-day"`, "RB000000075SG")
	many := c.post(cases+"batch", with(form, "items", strings.Repeat("A", 70)))
	wants(t, "a long number", many, http.StatusUnprocessableEntity, `href="#f-items"`)
	for _, who := range []string{"observer", "right-holder", "stranger", "coordinator"} {
		if a := w.as(who).get(cases + "batch"); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", who, a.status)
		}
	}
}
