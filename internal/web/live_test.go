package web_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// send writes to enforcement as a persona.
func (w *world) send(persona, subject string) {
	w.t.Helper()
	s, err := w.app.Sessions.Resolve(w.t.Context(), w.Token(persona))
	if err != nil {
		w.t.Fatal(err)
	}
	_, err = w.app.Messages.Send(w.t.Context(), s.Actor, "action-ipr-ap-2", message.Draft{Template: message.General, Subject: subject,
		Body: "Read this.", Language: "en", TLP: "GREEN", To: audience.Address{Sides: []access.Side{access.Enforcement}}})
	if err != nil {
		w.t.Fatal(err)
	}
}

// A page that lies open is told what is new: a link above the list, in the
// reader's language, and figures that change in place. What is read stays where
// it is, and the focus where it was.
func TestOpenPagesAreTold(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { w.app.Live.Run(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended })
	b := browsertest.Open(t)
	for _, r := range []webtest.Look{webtest.By("en", 1280, false, false), webtest.By("ar", 360, true, false)} {
		page := b.Page(t, browsertest.Options{Width: r.Width, Dark: r.Dark, Lang: r.Lang, Bearer: w.Token("officer"),
			Cookies: []*http.Cookie{{Name: "language", Value: r.Lang}}})
		over := b.Page(t, browsertest.Options{Width: r.Width, Dark: r.Dark, Lang: r.Lang, Bearer: w.Token("coordinator"),
			Cookies: []*http.Cookie{{Name: "language", Value: r.Lang}}})
		page.Go(w.server.URL + inAction + "m/")
		over.Go(w.server.URL + inAction)
		first := `document.querySelector("ol.letters > li").getBoundingClientRect().top`
		before := browsertest.Eval[float64](page, first)
		figures := over.Text("#figures")
		w.send("coordinator", "First")
		w.send("coordinator", "Second")
		page.Wait(`!document.getElementById("fresh").hidden`)
		want := map[string]string{"en": "Show 2 new messages", "ar": "عرض رسالتين جديدتين"}[r.Lang]
		if got := page.Text("#fresh a"); got != want {
			t.Errorf("%v: the link says %q, want %q", r, got, want)
		}
		if after := browsertest.Eval[float64](page, first); after != before {
			t.Errorf("%v: the first message moved from %v to %v", r, before, after)
		}
		over.Wait(`document.getElementById("figures").innerText !== ` + strconv.Quote(figures))
		if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
			page.Screenshot(filepath.Join(dir, "live-"+r.String()+".png"), false)
			over.Screenshot(filepath.Join(dir, "live-overview-"+r.String()+".png"), false)
		}
		for _, problem := range append(browsertest.Check(t, page), browsertest.Check(t, over)...) {
			t.Errorf("%v: %s", r, problem)
		}
		page.Submit("#fresh a")
		if got := page.Text("ol.letters > li h3"); got != "Second" {
			t.Errorf("%v: the newest message is %q", r, got)
		}
	}
}
