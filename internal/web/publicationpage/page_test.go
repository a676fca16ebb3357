package publicationpage_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// reader is a persona at the pages of the report.
type reader struct {
	w       *webtest.World
	persona string
}

const base = webtest.Inside + "report/"

func (c reader) do(method, path string, form url.Values) (status int, location, body string) {
	c.w.T.Helper()
	req, err := http.NewRequest(method, c.w.Server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.w.T.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.w.Token(c.persona))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		c.w.T.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		c.w.T.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("Location"), string(b)
}

// get wants a page.
func (c reader) get(path string) string {
	c.w.T.Helper()
	status, _, body := c.do(http.MethodGet, base+path, nil)
	if status != http.StatusOK {
		c.w.T.Fatalf("%s as %s: %d %s", path, c.persona, status, body)
	}
	return body
}

// post wants a form to be taken, and gives where it leads.
func (c reader) post(path string, form ...string) string {
	c.w.T.Helper()
	status, to, body := c.do(http.MethodPost, base+path, values(form...))
	if status != http.StatusSeeOther {
		c.w.T.Fatalf("%s as %s: %d %s", path, c.persona, status, body)
	}
	to, _, _ = strings.Cut(to, "?")
	return strings.TrimPrefix(to, base)
}

func values(pairs ...string) url.Values {
	out := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		out.Add(pairs[i], pairs[i+1])
	}
	return out
}

func TestFirst(t *testing.T) {
	w := webtest.Open(t)
	w.Report("")
	c := reader{w, "director"}
	for _, p := range []string{"", "sections/results", "sections/results/edit", "sections/results/figures/f2", "sections/results/figures/new", "add", "contributions/", "ask", "checks", "freeze", "versions/", "versions/1", "versions/1/clearances"} {
		c.get(p)
	}
	n := reader{w, "contact-point"}
	for _, p := range []string{"", "contribute", "versions/", "versions/1", "versions/1/clear"} {
		n.get(p)
	}
}
