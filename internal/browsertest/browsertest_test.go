package browsertest_test

import (
	"fmt"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
)

// policy is the product's, so that the checks are seen to work under it.
const policy = "default-src 'none'; script-src 'self' 'nonce-N'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
	"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types htmx app"

// page is one page of a case: a sound one, in which a case exchanges parts.
type page struct {
	status                         int
	lang, dir, title, head, before string
	nav, main                      string
	style                          string
	store                          string
}

func sound() page {
	return page{
		status: 200, lang: "en", dir: "ltr", title: "Cases - Action - Tidewaiter", store: "no-store",
		before: `<a class="skip" href="#main">Skip to content</a>`,
		nav:    `<a href="/a">Alpha</a><a href="/b">Beta</a>`,
		main: `<h1>Cases</h1><p>Some words and <a href="/c">a link</a> among them, 12 of 30.</p>
			<form action="/x" method="post"><label for="q">Words</label> <input id="q" name="q"> <button class="button primary">Send</button></form>`,
	}
}

const sheet = `body{margin:0;font:16px/1.5 sans-serif;color:#111;background:#fff;overflow-wrap:anywhere}
.skip{position:absolute;inset-block-start:-99px;inset-inline-start:0;background:#fff;padding:1rem}.skip:focus{inset-block-start:0}
nav{display:flex}nav a,.button,input{display:inline-flex;min-block-size:44px;min-inline-size:44px;align-items:center;box-sizing:border-box;font:inherit}
nav a{padding-inline:1rem}header{padding:1rem}h1{font-size:1.5rem}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}.skip{background:#111}input,button{background:#222;color:#eee}}
`

func (p page) serve(t *testing.T) string {
	mux := http.NewServeMux()
	asset := func(path, kind, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Cache-Control", "max-age=31536000, immutable")
			_, _ = io.WriteString(w, body)
		})
	}
	asset("/sheet.css", "text/css", sheet+p.style)
	mux.HandleFunc("/mutable.css", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/css") })
	mux.HandleFunc("/gone.js", http.NotFound)
	asset("/thrower.js", "text/javascript", "throw new Error('thrown')")
	asset("/sayer.js", "text/javascript", "console.error('said')")
	asset("/writer.js", "text/javascript", "document.body.innerHTML += '<p>written</p>'")
	asset("/marker.js", "text/javascript", "document.querySelector('h1').dataset.ran = 'yes'")
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", p.store)
		w.WriteHeader(p.status)
		cookie, _ := r.Cookie("session")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="%s" dir="%s"><head><meta charset="utf-8"><title>%s</title>
			<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
			<link rel="icon" href="/sheet.css"><link rel="stylesheet" href="/sheet.css">%s</head>
			<body>%s<header><nav aria-label="Main">%s</nav></header><main id="main" tabindex="-1">%s</main>
			<footer data-cookie="%v" data-bearer="%s" data-language="%s"></footer></body></html>`,
			p.lang, p.dir, p.title, p.head, p.before, p.nav, p.main, cookie, r.Header.Get("Authorization"), r.Header.Get("Accept-Language"))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

func TestSoundPageHasNoProblems(t *testing.T) {
	b := browsertest.Open(t)
	for name, o := range map[string]browsertest.Options{
		"desktop":  {Lang: "en"},
		"phone":    {Lang: "en", Width: 360},
		"narrow":   {Lang: "en", Width: 320, Dark: true},
		"scripts":  {Lang: "en", NoScripts: true},
		"unstated": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := b.Page(t, o)
			if status := p.Go(sound().serve(t)); status != 200 {
				t.Errorf("status %d", status)
			}
			for _, problem := range browsertest.Check(t, p) {
				t.Error(problem)
			}
		})
	}
	t.Run("arabic", func(t *testing.T) {
		s := sound()
		s.lang, s.dir = "ar", "rtl"
		s.main = `<h1>الحالات</h1><p>المجموع <bdi dir="ltr" data-num>1 204 331</bdi> من \u2068345\u2069</p>`
		s.main = strings.NewReplacer(`\u2068`, "\u2068", `\u2069`, "\u2069").Replace(s.main)
		p := b.Page(t, browsertest.Options{Lang: "ar", Width: 360})
		p.Go(s.serve(t))
		for _, problem := range browsertest.Check(t, p) {
			t.Error(problem)
		}
	})
	t.Run("refused form", func(t *testing.T) {
		s := sound()
		s.status, s.title = 422, "Error: Cases - Tidewaiter"
		p := b.Page(t, browsertest.Options{})
		if status := p.Go(s.serve(t)); status != 422 {
			t.Errorf("status %d", status)
		}
		for _, problem := range browsertest.Check(t, p) {
			t.Error(problem)
		}
	})
}

// TestEveryCheckCanFail breaks the sound page in one way at a time and wants
// the problem that says so.
func TestEveryCheckCanFail(t *testing.T) {
	b := browsertest.Open(t)
	arabic := func(p *page) { p.lang, p.dir = "ar", "rtl" }
	tests := []struct {
		want  string
		phone bool
		spoil func(p *page)
	}{
		{"C1: axe color-contrast", false, func(p *page) { p.style = "p{color:#bbb}" }},
		{"C1: axe label", false, func(p *page) { p.main += `<input name="z">` }},
		{"C1: axe region", false, func(p *page) { p.before += `<p>astray</p>` }},
		{"C2: a page has one h1, not 2", false, func(p *page) { p.main += "<h1>Again</h1>" }},
		{"C2: h3 follows h1", false, func(p *page) { p.main += "<h3>Deep</h3>" }},
		{"C2: the page has no title", false, func(p *page) { p.title = "" }},
		{"C2: a title reads", false, func(p *page) { p.title = "Cases" }},
		{"C2: the title of a refused form", false, func(p *page) { p.status = 422 }},
		{"C3: the first Tab must", false, func(p *page) { p.before = "" }},
		{"C3: the skip link leads to #away", false, func(p *page) { p.before = `<a class="skip" href="#away">Skip</a>` }},
		{"C3: the skip link is not seen", false, func(p *page) { p.style = ".skip:focus{inset-block-start:-99px}" }},
		{"C6: a target is at least 24", false, func(p *page) { p.style = ".button{min-block-size:0;block-size:20px}" }},
		{"C6: a target is at least 44", true, func(p *page) { p.style = ".button{min-block-size:30px}" }},
		{"C7: the page is", true, func(p *page) { p.main += `<div class="w">wide</div>`; p.style = ".w{inline-size:600px}" }},
		{"C13: <html lang> is", false, func(p *page) { p.lang = "fr" }},
		{"C13: <html dir> must be", false, func(p *page) { p.lang = "ar" }},
		{"C14: a number, date or code", false, func(p *page) { arabic(p) }},
		{"C14: a number is shown backwards", false, func(p *page) {
			arabic(p)
			p.main += `<p><span data-num class="n">123</span></p>`
			p.style = ".n{unicode-bidi:bidi-override;direction:rtl}"
		}},
		{"C15: the navigation is not mirrored", false, func(p *page) { arabic(p); p.style = "nav{direction:ltr}" }},
		{"C15: the navigation is not mirrored", false, func(p *page) { p.style = "nav{flex-direction:row-reverse}" }},
		{"C16: text runs out", false, func(p *page) {
			p.main += `<svg width="40" height="20" role="img" aria-label="x"><text x="10" y="15">very long words</text></svg>`
		}},
		{"C24: asks another host", false, func(p *page) { p.main += `<img alt="" src="http://elsewhere.example/x.png">` }},
		{"C25: console error: Uncaught Error: thrown", false, func(p *page) { p.head = `<script src="/thrower.js" defer></script>` }},
		{"C25: console error: said", false, func(p *page) { p.head = `<script src="/sayer.js" defer></script>` }},
		{"C25: console error: Failed to load", false, func(p *page) { p.head = `<script src="/gone.js" defer></script>` }},
		{"C25: Content-Security-Policy violated: style-src-attr", false, func(p *page) { p.main += `<p style="color:red">x</p>` }},
		{"C25: Content-Security-Policy violated: script-src-elem", false, func(p *page) { p.head = `<script>1</script>` }},
		{"C25: Content-Security-Policy violated: require-trusted-types-for", false, func(p *page) { p.head = `<script src="/writer.js" defer></script>` }},
		{"C26: inline style:", false, func(p *page) { p.main += `<p style="color:red">x</p>` }},
		{"C26: inline style sheet", false, func(p *page) { p.head = `<style>p{}</style>` }},
		{"C26: inline script", false, func(p *page) { p.head = `<script nonce="N">1</script>` }},
		{"C26: inline handler onclick", false, func(p *page) { p.main += `<p onclick="x()">x</p>` }},
		{"C26: hx-on:click is forbidden", false, func(p *page) { p.main += `<p hx-on:click="x()">x</p>` }},
		{"C26: script in href", false, func(p *page) { p.main += `<p><a href="javascript:x()">x</a></p>` }},
		{"C26: hx- without hx-nonce", false, func(p *page) { p.main += `<p hx-get="/x">x</p>` }},
		{"C26: a page must say", false, func(p *page) { p.store = "" }},
		{"C26: an asset must say", false, func(p *page) { p.head = `<link rel="stylesheet" href="/mutable.css">` }},
		{"C44: one primary button a page, not 2", false, func(p *page) { p.main += `<p><a class="button primary" href="/n">New</a></p>` }},
		{"C44: the h1 begins below", true, func(p *page) { p.style = "h1{margin-block-start:900px}" }},
		{"C44: the primary button ends", true, func(p *page) { p.style = "h1{margin-block-end:900px}" }},
	}
	// A tab that has run the checks once runs them four times as fast.
	desk := b.Page(t, browsertest.Options{Lang: "en"})
	phone := b.Page(t, browsertest.Options{Lang: "en", Width: 360})
	mirrored := b.Page(t, browsertest.Options{Lang: "ar"})
	for _, test := range tests {
		t.Run(test.want, func(t *testing.T) {
			s := sound()
			test.spoil(&s)
			p := desk
			switch {
			case strings.HasPrefix(test.want, "C14") || s.dir == "rtl":
				p = mirrored
			case test.phone:
				p = phone
			}
			p.For(t).Go(s.serve(t))
			found := browsertest.Check(t, p)
			if !slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, test.want) }) {
				t.Errorf("not found; what was:\n%s", strings.Join(found, "\n"))
			}
		})
	}
}

func TestPageIsWhoItSaysItIs(t *testing.T) {
	b := browsertest.Open(t)
	url := func() string { s := sound(); s.head = `<script src="/marker.js" defer></script>`; return s.serve(t) }()
	data := func(p *browsertest.Page, name string) string {
		return browsertest.Eval[string](p, "document.querySelector('footer').dataset."+name)
	}
	ran := "document.querySelector('h1').dataset.ran ?? ''"

	p := b.Page(t, browsertest.Options{Lang: "fr", Bearer: "token", Cookies: []*http.Cookie{{Name: "session", Value: "s1"}}})
	p.Go(url)
	if c, a, l := data(p, "cookie"), data(p, "bearer"), data(p, "language"); c != "session=s1" || a != "Bearer token" || l != "fr" {
		t.Errorf("cookie %q, bearer %q, language %q", c, a, l)
	}
	if got := browsertest.Eval[string](p, ran); got != "yes" {
		t.Errorf("the page's script ran: %q", got)
	}

	p = b.Page(t, browsertest.Options{NoScripts: true, Dark: true})
	for range 2 { // Check switches scripts on for itself; the next page must be without again
		p.Go(url)
		_ = browsertest.Check(t, p)
		if got := browsertest.Eval[string](p, ran); got != "" {
			t.Errorf("a script ran on a page without scripts: %q", got)
		}
	}
	if c := data(p, "cookie"); c == "session=s1" {
		t.Error("the cookie of one page reached another")
	}
	const dark, wide = "matchMedia('(prefers-color-scheme: dark)').matches", "innerWidth"
	if !browsertest.Eval[bool](p, dark) {
		t.Error("not dark")
	}
	p.As(browsertest.Options{Lang: "ar", Width: 360, Bearer: "other"}).Go(url) // everything is another reader's
	if l, a := data(p, "language"), data(p, "bearer"); l != "ar" || a != "Bearer other" || browsertest.Eval[bool](p, dark) ||
		browsertest.Eval[int](p, wide) != 360 || browsertest.Eval[string](p, ran) != "yes" {
		t.Errorf("as another reader: language %q, bearer %q, dark %t, %d wide", l, a, browsertest.Eval[bool](p, dark), browsertest.Eval[int](p, wide))
	}
	p.As(browsertest.Options{NoScripts: true, Dark: true}).Go(url)
	if l, a := data(p, "language"), data(p, "bearer"); l == "ar" || a != "" || browsertest.Eval[int](p, wide) != 1280 {
		t.Errorf("and as nobody: language %q, bearer %q, %d wide", l, a, browsertest.Eval[int](p, wide))
	}
	for _, text := range []string{"typed", "كتب \"'\\", ""} {
		p.Fill("#q", text)
		if got := browsertest.Eval[string](p, "document.querySelector('#q').value"); got != text {
			t.Errorf("typed %q, stands there %q", text, got)
		}
	}
	if p.Submit(".button.primary"); !strings.HasSuffix(p.URL(), "/x") {
		t.Errorf("submitting led to %s", p.URL())
	}
}

func TestScreenshot(t *testing.T) {
	p := browsertest.Open(t).Page(t, browsertest.Options{Width: 360})
	s := sound()
	s.style = "main{min-block-size:2000px}"
	p.Go(s.serve(t))
	for _, full := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "deep", "shot.png")
		p.Screenshot(path, full)
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		picture, err := png.Decode(f)
		if err != nil {
			t.Fatal(err)
		}
		if size := picture.Bounds().Size(); size.X != 360 || (size.Y > 2000) != full {
			t.Errorf("full %v: %v", full, size)
		}
	}
}
