package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	consignments "github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// shared gives a warning of the story, and the case that it led to: both carry one
// container.
func (w *world) shared() (warning, found consignments.Named) {
	w.t.Helper()
	c, err := w.app.Links.Same(w.t.Context(), w.sessionOf("coordinator").Actor, action, []consignment.Mark{consignment.Parse("TWDU 482017-4")})
	if err != nil || len(c.Named) < 2 || c.Named[0].Message == nil || c.Named[1].Case == nil {
		w.t.Fatalf("the story's container: %+v, %v", c.Named, err)
	}
	return c.Named[0], c.Named[1]
}

// A warning and a case that carry one container offer to be linked, in every
// language, on a phone and on a desk, with and without scripts; then each shows
// the other with its state, and the link can be taken back.
func TestLinkInChromium(t *testing.T) {
	w := newWorld(t)
	b := browsertest.Open(t)
	warning, found := w.shared()
	at := inAction + "m/" + strconv.FormatInt(warning.Seq(), 10)
	for _, r := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false), webtest.By("ar", 1280, false, false), webtest.By("en", 360, true, true)} {
		p := b.Page(t, browsertest.Options{Width: r.Width, Dark: r.Dark, Lang: r.Lang, NoScripts: r.Plain, Bearer: w.Token("coordinator"),
			Cookies: []*http.Cookie{{Name: "language", Value: r.Lang}}})
		look := func(name string) {
			for _, problem := range browsertest.Check(t, p) {
				t.Errorf("%v %s: %s", r, name, problem)
			}
			if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
				p.Screenshot(filepath.Join(dir, "consignment-"+name+"-"+r.String()+".png"), true)
			}
		}
		p.Go(w.server.URL + at)
		look("named")
		p.Submit(`#named form button`)
		look("linked")
		if got := p.Text("#linked"); !strings.Contains(got, found.Case.Reference) {
			t.Errorf("%v: the warning says %q", r, got)
		}
		p.Go(w.server.URL + inAction + "c/" + found.Case.Reference)
		look("case")
		p.Submit(`#linked form button`)
		if got := w.as("coordinator").get(at).body; strings.Contains(got, `id="linked"`) {
			t.Errorf("%v: still linked", r)
		}
		p.Go(w.server.URL + inAction + "m/new/general?to=enforcement")
		p.Fill(`[name=subject]`, "Container")
		p.Fill(`[name=body]`, "Seen in TWDU4820174.")
		p.Fill(`[name=marks]`, "EBBU6402296")
		p.Submit(`button[value=check]`)
		look("check")
		if got := p.Text("main"); !strings.Contains(got, found.Case.Reference) {
			t.Errorf("%v: the check page says nothing of the same container", r)
		}
		p.Submit(`button[value=change]`)
		look("form")
	}
}

// Linking over HTTP: who may, and what is no record of theirs.
func TestLinkOverHTTP(t *testing.T) {
	w := newWorld(t)
	warning, found := w.shared()
	form := url.Values{"one": {strconv.FormatInt(warning.Seq(), 10)}, "other": {strconv.FormatInt(found.Seq(), 10)}, "back": {"c/" + found.Case.Reference}}
	for _, who := range []string{"right-holder", "observer", "auditor", "stranger"} {
		if a := w.as(who).post(inAction+"link", form); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", who, a.status)
		}
	}
	for _, wrong := range []url.Values{{}, {"one": form["one"], "other": form["one"], "back": {"//evil.example"}}, {"one": form["one"], "other": {"x"}, "back": form["back"]},
		{"one": form["one"], "other": {"999999999"}, "back": form["back"]}, {"one": form["one"], "other": form["other"], "back": {"m/1/../../../me"}}} {
		if a := w.as("coordinator").post(inAction+"link", wrong); a.status != http.StatusNotFound {
			t.Errorf("%v: %d", wrong, a.status)
		}
	}
	if a := w.as("coordinator").post(inAction+"link", form); a.status != http.StatusSeeOther {
		t.Errorf("linking: %d", a.status)
	}
	for _, who := range []string{"right-holder", "observer"} {
		if strings.Contains(w.as(who).get(inAction+"m/").body, found.Case.Reference) {
			t.Errorf("%s is told of the case", who)
		}
	}
}
