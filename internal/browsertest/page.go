package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Options say who looks at a page, and with what. The zero value is a desktop
// with scripts, light, in the browser's language, signed out.
type Options struct {
	Width, Height int            // CSS pixels; 1280 x 800 when zero, 740 high below 600
	Dark          bool           // prefers-color-scheme
	Lang          string         // Accept-Language, and the lang that Check expects on <html>
	NoScripts     bool           // scripts are off, as some readers have them
	Cookies       []*http.Cookie // sent to the host of the first address opened
	Bearer        string         // Authorization, instead of a cookie
}

// touch tells whether this is a phone.
func (o Options) touch() bool { return o.Width < 600 }

// whole gives the options with what stands for a zero.
func (o Options) whole() Options {
	if o.Width == 0 {
		o.Width = 1280
	}
	if o.Height == 0 {
		o.Height = 800
		if o.touch() {
			o.Height = 740
		}
	}
	return o
}

// patience bounds every single step, so that a page that hangs names itself.
const patience = 30 * time.Second

// Page is one tab. It is closed when the test ends. Not for use by several
// goroutines; open a page for each.
type Page struct {
	t       testing.TB // of whoever opened the page
	ctx     context.Context
	options Options
	heard   *record
	status  int
	url     string
}

// Page opens an empty tab in a profile of its own.
func (b *Browser) Page(t testing.TB, o Options) *Page {
	t.Helper()
	o = o.whole()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx, options: o, heard: newRecord()}
	// The tab lives as long as the context of the first call: not a short one.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	if err := chromedp.Listen(ctx, p.heard.hear); err != nil {
		t.Fatalf("listening to a tab: %v", err)
	}
	p.step("setting up a tab", p.emulate)
	return p
}

// For lets a subtest use the page: what goes wrong until it ends is its failure.
func (p *Page) For(t testing.TB) *Page {
	before := p.t
	p.t = t
	t.Cleanup(func() { p.t = before })
	return p
}

// As has the same tab show what it opens next to another reader: in another
// language, at another width, in other colours, with or without scripts. A tab
// costs more than most pages do. Cookies of the reader before stay where the new
// one brings none of that name.
func (p *Page) As(o Options) *Page {
	p.t.Helper()
	p.options = o.whole()
	p.step("setting up a tab anew", p.emulate)
	return p
}

// emulate makes the tab what the options say.
func (p *Page) emulate(ctx context.Context) error {
	o := p.options
	scheme := "light"
	if o.Dark {
		scheme = "dark"
	}
	headers := network.Headers{}
	if o.Lang != "" {
		headers["Accept-Language"] = o.Lang
	}
	if o.Bearer != "" {
		headers["Authorization"] = "Bearer " + o.Bearer
	}
	return errors.Join(
		call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: int64(o.Width), Height: int64(o.Height), DeviceScaleFactor: 1, Mobile: o.touch(),
		}),
		call(ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: o.touch()}),
		call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			{Name: "prefers-reduced-motion", Value: "reduce"}, // a check must not catch a page in mid-air
		}}),
		call(ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: headers}),
		call(ctx, audits.Enable, cdp.Empty{}),
	)
}

// Go opens an address, waits until it has loaded with its fonts, and gives its
// status. What earlier pages of this tab did wrong is forgotten.
func (p *Page) Go(url string) int {
	p.t.Helper()
	p.step("opening "+url, func(ctx context.Context) error {
		for _, c := range p.options.Cookies {
			set := network.SetCookieParams{Name: c.Name, Value: c.Value, URL: url, Path: "/", HTTPOnly: &c.HttpOnly, Secure: &c.Secure}
			if err := call(ctx, network.SetCookie, set); err != nil {
				return err
			}
		}
		return p.load(ctx, chromedp.Navigate(url))
	})
	return p.status
}

// Submit clicks what leads to another page (a link, a submit button), waits
// until that has loaded, and gives its status.
func (p *Page) Submit(selector string) int {
	p.t.Helper()
	p.step("submitting "+selector, func(ctx context.Context) error {
		return p.load(ctx, chromedp.Click(chromedp.CSS(selector)))
	})
	return p.status
}

// load runs one step that navigates. Scripts that are off are so while the page
// comes in, which passes them over for good, and on again for our own steps.
func (p *Page) load(ctx context.Context, step chromedp.Action[chromedp.Void]) error {
	p.heard.forget()
	if p.options.NoScripts {
		if err := scripts(ctx, false); err != nil {
			return err
		}
	}
	response, err := chromedp.RunResponse(ctx, step)
	if err != nil {
		return err
	}
	if response == nil {
		return fmt.Errorf("there was no response")
	}
	p.status, p.url = int(response.Status), response.URL
	if err := scripts(ctx, true); err != nil { // without them no promise is ever kept
		return err
	}
	_, err = chromedp.Run(ctx, chromedp.Evaluate[bool]("document.fonts.ready.then(() => true)", chromedp.EvalAwaitPromise))
	return err
}

// scripts switches those of the tab on or off.
func scripts(ctx context.Context, on bool) error {
	return call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// Click presses what does not leave the page. Wait for its effect with Wait.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.step("clicking "+selector, func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.Click(chromedp.CSS(selector)))
	})
}

// fill gives the focus to a field and tells whether it takes text; what does
// not (a day, a choice) gets its value here.
const fill = `((selector, value) => {
	const field = document.querySelector(selector)
	field.focus()
	if (field.select && !/^(date|time|datetime-local|month|week|number|range|color)$/.test(field.type)) {
		field.select()
		return true
	}
	field.value = value
	field.dispatchEvent(new Event('input', {bubbles: true}))
	field.dispatchEvent(new Event('change', {bubbles: true}))
	return false
})(%s, %s)`

// Fill puts text into a field in place of what stood there, as if pasted. The
// value of a select or of a date field is its value in HTML.
func (p *Page) Fill(selector, text string) {
	p.t.Helper()
	p.step("filling "+selector, func(ctx context.Context) error {
		expression, err := script(fill, selector, text)
		if err != nil {
			return err
		}
		typed, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		switch {
		case err != nil || !typed:
			return err
		case text == "":
			return chromedp.Do(ctx, chromedp.KeyEvent(kb.Backspace))
		}
		return call(ctx, input.InsertText, input.InsertTextParams{Text: text})
	})
}

// Choose has a field for files hold those of this machine, as if chosen in the
// window that a tap on it opens. Paths are absolute.
func (p *Page) Choose(selector string, paths ...string) {
	p.t.Helper()
	p.step("choosing files in "+selector, func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.SetUploadFiles(chromedp.CSS(selector), paths, chromedp.NodeReady))
	})
}

// Drag presses the pointer at one point of an element, moves it to another, and
// lets it go. Points are parts of the element's width and height, from its left
// and top: 0.5, 0.5 is its middle.
func (p *Page) Drag(selector string, from, to [2]float64) {
	p.t.Helper()
	type box struct{ X, Y, Width, Height float64 }
	p.step("drawing over "+selector, func(ctx context.Context) error {
		find, err := script(`(e => { e.scrollIntoView({block: "center"}); const r = e.getBoundingClientRect(); return {X: r.x, Y: r.y, Width: r.width, Height: r.height} })(document.querySelector(%s))`, selector)
		if err != nil {
			return err
		}
		b, err := chromedp.Run(ctx, chromedp.Evaluate[box](find))
		if err != nil {
			return err
		}
		at := func(kind input.DispatchMouseEventType, part float64) error {
			one := input.DispatchMouseEventParams{Type: kind, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1,
				X: b.X + b.Width*(from[0]+(to[0]-from[0])*part), Y: b.Y + b.Height*(from[1]+(to[1]-from[1])*part)}
			if kind == input.DispatchMouseEventTypeMouseReleased {
				one.Buttons = 0
			}
			return call(ctx, input.DispatchMouseEvent, one)
		}
		err = at(input.DispatchMouseEventTypeMousePressed, 0)
		for n := 1; n <= 20 && err == nil; n++ {
			err = at(input.DispatchMouseEventTypeMouseMoved, float64(n)/20)
		}
		return errors.Join(err, at(input.DispatchMouseEventTypeMouseReleased, 1))
	})
}

// script puts texts into an expression of JavaScript, whose %s stand for them.
func script(expression string, texts ...string) (string, error) {
	args := make([]any, len(texts))
	for i, text := range texts {
		quoted, err := json.Marshal(text)
		if err != nil {
			return "", err
		}
		args[i] = quoted
	}
	return fmt.Sprintf(expression, args...), nil
}

// Wait waits until an expression of JavaScript is true in the page.
func (p *Page) Wait(expression string) {
	p.t.Helper()
	p.step("waiting for "+expression, func(ctx context.Context) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool]("!!("+expression+")"))
		return err
	})
}

// Key presses one key, such as kb.Tab of chromedp.
func (p *Page) Key(key string) {
	p.t.Helper()
	p.step("pressing a key", func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.KeyEvent(key)) })
}

// Text is the text of the first element that matches, as it is shown.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	var text string
	p.step("reading "+selector, func(ctx context.Context) (err error) {
		text, err = chromedp.Run(ctx, chromedp.Text(chromedp.CSS(selector)))
		return err
	})
	return text
}

// Eval gives the value of an expression of JavaScript in the page.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	var value T
	p.step("evaluating "+expression, func(ctx context.Context) (err error) {
		value, err = chromedp.Run(ctx, chromedp.Evaluate[T](expression))
		return err
	})
	return value
}

// Status is that of the page last opened, URL its address after redirects.
func (p *Page) Status() int { return p.status }

// URL is the address of the page last opened, after redirects.
func (p *Page) URL() string { return p.url }

// Screenshot writes a PNG of what the window shows; with full the whole page.
func (p *Page) Screenshot(path string, full bool) {
	p.t.Helper()
	p.step("taking a picture", func(ctx context.Context) error {
		shot := page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng}
		if full {
			size, err := chromedp.Run(ctx, chromedp.Evaluate[[]float64]("[document.documentElement.scrollWidth, document.documentElement.scrollHeight, innerHeight]"))
			if err != nil {
				return err
			}
			if beyond := size[1] > size[2]; beyond { // a clip of just the window moves right-to-left pages aside
				shot.CaptureBeyondViewport = &beyond
				shot.Clip = &page.Viewport{Width: size[0], Height: size[1], Scale: 1}
			}
		}
		if err := scripts(ctx, !p.options.NoScripts); err != nil { // a page may look otherwise without
			return err
		}
		taken, err := chromedp.Call(ctx, page.CaptureScreenshot, shot)
		if err := errors.Join(err, scripts(ctx, true)); err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, taken.Data, 0o644)
	})
}

// step runs one step with a bound on its time, and fails the test by its name.
func (p *Page) step(name string, f func(ctx context.Context) error) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := f(ctx); err != nil {
		p.t.Fatalf("%s (at %s): %v", name, p.url, err)
	}
}

// call runs one command of the protocol whose result does not matter.
func call[P, R any](ctx context.Context, command cdp.Command[P, R], params P) error {
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		return fmt.Errorf("%s: %w", command.Method, err)
	}
	return nil
}
