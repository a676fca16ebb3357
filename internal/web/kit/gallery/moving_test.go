package gallery_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// moving is a page with everything htmx does in the product: a form that is
// answered with 422, a preview that follows typing, a stream, a part that asks
// again when the stream says so, and markup without the nonce.
func moving(p *kit.Page) templ.Component {
	p.Live, p.Flash = "/events", nil
	return within(p, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if err := kit.Title(p, kit.Heading{Title: "Moving"}).Render(ctx, w); err != nil {
			return err
		}
		_, _ = io.WriteString(w, `<form id="box" method="post" action="/moving" novalidate`+
			attributes(p.HX("post", "/moving", "target", "#answer", "swap", "innerHTML"))+`><div id="answer"></div>`+
			`<label for="what">What</label><input id="what" name="what"`+
			attributes(p.HX("get", "/preview", "target", "#preview", "trigger", "input changed delay:50ms"))+`>`+
			`<button class="button" id="go">Go</button></form><div id="preview"></div>`+
			`<div id="tiles"`+attributes(p.HX("get", "/preview", "trigger", "messages from:#live"))+`></div>`+
			`<div id="planted" hx-get="/preview" hx-trigger="load"></div>`)
		return nil
	}))
}

func attributes(at templ.Attributes) string {
	var b strings.Builder
	_ = templ.RenderAttributes(context.Background(), &b, at)
	return b.String()
}

func within(p *kit.Page, c templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return kit.Layout(p).Render(templ.WithChildren(ctx, c), w)
	})
}

func answer(p *kit.Page) templ.Component {
	var wrong fault.Problems
	wrong.Add("what", "fault.required")
	return kit.ErrorSummary(p, kit.FormOf(nil, wrong.Fault()))
}

func preview(p *kit.Page) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<p class="preview">34</p><button class="again"`+
			attributes(p.HX("get", "/preview", "target", "#preview"))+`>again</button>`)
		return err
	})
}

// TestMovesUnderThePolicy does with htmx what the pages do, under the policy of
// the product: Trusted Types enforced, no eval, another nonce in each answer.
func TestMovesUnderThePolicy(t *testing.T) {
	b := browsertest.Open(t)
	srv := serve(t)
	p := b.Page(t, browsertest.Options{Lang: "en"})
	p.Go(srv.URL + "/moving")

	p.Click("#go")
	p.Wait(`document.querySelector("#answer .error-summary")`)
	p.Wait(`document.activeElement.id === "error-summary"`)
	if got := p.URL(); got != srv.URL+"/moving" {
		t.Errorf("the form left the page for %s", got)
	}

	p.Fill("#what", "tins")
	p.Wait(`document.querySelector("#preview .preview")`)
	if !browsertest.Eval[bool](p, `document.activeElement.id === "what"`) {
		t.Error("a preview took the focus from the field")
	}
	// What came with an answer works too: its nonce was another one.
	p.Click("#preview .again")
	p.Wait(`!document.querySelector("#preview .again") || document.querySelector("#preview .again").getAttribute("hx-nonce") === document.querySelector("#what").getAttribute("hx-nonce")`)

	// The stream: the part asked again, and of fifty sentences at most two were said.
	p.Wait(`document.querySelector("#tiles .preview")`)
	if got := p.Text("#status"); got != "burst 0" {
		t.Errorf("the live line says %q; the first of a burst is said at once and the rest wait", got)
	}

	// Planted markup without the nonce stays inert.
	if browsertest.Eval[bool](p, `document.querySelector("#planted").childElementCount > 0 || document.querySelector("#planted").hasAttribute("hx-get")`) {
		t.Error("an element without the page's nonce was obeyed")
	}

	for _, problem := range browsertest.Check(t, p) {
		// The extension says on the console what it stripped, the form's own 422
		// is logged by the browser: both are what this test asks for.
		if strings.Contains(problem, "[hx-csp] blocked <div#planted>") || strings.Contains(problem, "422") || problem == "C26: hx- without hx-nonce: div#planted" {
			continue
		}
		t.Error(problem)
	}
}

// TestMenusCloseOnEscape: a menu opens without scripts; Escape closes it and
// gives the focus back.
func TestMenusCloseOnEscape(t *testing.T) {
	b := browsertest.Open(t)
	srv := serve(t)
	p := b.Page(t, browsertest.Options{Width: 360, Lang: "ar"})
	p.Go(srv.URL + "/gallery")
	began := time.Now()
	p.Click("details.menu:last-of-type > summary")
	p.Wait(`document.querySelector("details.menu:last-of-type").open`)
	p.Key("\u001b")
	p.Wait(`!document.querySelector("details.menu[open]")`)
	p.Wait(`document.activeElement.closest("details.menu") === document.querySelector("details.menu:last-of-type")`)
	t.Logf("took %v", time.Since(began))
}
