package web_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

// world is the story served from a copy of its own.
type world struct {
	*webtest.World
	t      testing.TB
	app    *server.App
	server *httptest.Server
	asked  inquiry.ID // of target, once
	known  *known     // of target, once
}

// newWorld copies the told story, so that a test may change it.
func newWorld(t testing.TB) *world {
	t.Helper()
	w := webtest.Open(t)
	return &world{World: w, t: t, app: w.App, server: w.Server}
}

// client asks as somebody; redirects are not followed.
type client struct {
	world *world
	token string
	lang  string
	http  *http.Client
}

// as gives a client for a persona; "" is nobody.
func (w *world) as(persona string) *client {
	w.t.Helper()
	c := &client{world: w, lang: "en", http: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if persona == "" {
		return c
	}
	var err error
	if c.token, err = w.app.Sessions.Token(context.Background(), persona); err != nil {
		w.t.Fatal(err)
	}
	return c
}

// in gives the same client reading another language.
func (c *client) in(lang string) *client {
	other := *c
	other.lang = lang
	return &other
}

// answer is what came back.
type answer struct {
	status   int
	header   http.Header
	body     string
	location string
}

func (c *client) get(path string) answer { return c.do(http.MethodGet, path, nil, nil) }

func (c *client) post(path string, form url.Values) answer {
	return c.do(http.MethodPost, path, form, nil)
}

// send posts a body that is ready.
func (c *client) send(path, kind, body string) answer {
	return c.do(http.MethodPost, path, nil, http.Header{"Content-Type": {kind}, rawBody: {body}})
}

// rawBody carries a body that is no form of values; it is not sent as a head.
const rawBody = "X-Raw-Body"

func (c *client) do(method, path string, form url.Values, header http.Header) answer {
	c.world.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	if raw := header[rawBody]; raw != nil {
		body = strings.NewReader(raw[0])
		header = header.Clone()
		delete(header, rawBody)
	}
	req, err := http.NewRequest(method, c.world.server.URL+path, body)
	if err != nil {
		c.world.t.Fatal(err)
	}
	for k, v := range header {
		req.Header[k] = v
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.AddCookie(&http.Cookie{Name: "language", Value: c.lang})
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		c.world.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.Header.Get("Content-Type") == "text/event-stream" { // it does not end
		return answer{resp.StatusCode, resp.Header, "", ""}
	}
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		c.world.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(b), resp.Header.Get("Location")}
}
