package web_test

import (
	"log/slog"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// The log of a crawl, of forms that are refused and of links that are none holds
// no mark of any free text, no operation, no person, no token, no address.
func TestLogOfACrawl(t *testing.T) {
	c := &cage{newTwin(t, 0), map[string][]string{}}
	c.messages()
	c.cases()
	c.elsewhere()
	var logged strings.Builder
	app := *c.app
	app.Config.Log = slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	seen := *c.world
	seen.app, seen.server = &app, httptest.NewServer(app.Observed(app.Site()))
	never := []string{"127.0.0.1", string(action)}
	for _, persona := range []string{"officer", "coordinator", "right-holder", "administrator", ""} {
		client := seen.as(persona)
		if _, pages := crawl(client, 8); persona == "officer" && len(pages) < 20 {
			t.Fatalf("only %d pages", len(pages))
		}
		client.get("/o/canary-code/c/canary-ref?q=canary-query")
		client.get("/invitation/canary-link")
		client.post("/signin", url.Values{"login": {"canary-login"}, "password": {"canary-password"}})
		client.post("/o/"+string(action)+"/m/new/general", url.Values{"subject": {"canary-subject"}})
		if persona != "" {
			s := seen.sessionOf(persona)
			never = append(never, client.token, s.Person.Name, string(s.Person.ID), string(s.ID), s.Organisation.Name)
		}
	}
	seen.server.Close() // every request has its line
	text := logged.String()
	if n := strings.Count(text, `"msg":"request"`); n < 50 || n != strings.Count(text, "\n") {
		t.Errorf("%d requests in %d lines", n, strings.Count(text, "\n"))
	}
	if found := canary.FindString(text); found != "" || strings.Contains(text, "canary") {
		t.Errorf("the log holds %s", found)
	}
	for _, n := range never {
		if strings.Contains(text, n) {
			t.Errorf("the log holds %q", n)
		}
	}
	if !strings.Contains(text, `"route":"/o/{op}/m/{seq}"`) {
		t.Error("the log does not name routes")
	}
}
