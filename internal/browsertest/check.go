package browsertest

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

//go:embed check.js
var checks string

// tall is how far down a phone's first screen reaches, for C44.
const tall = 740

// Check gives what is wrong with the page last opened, sorted; nothing when it
// is as it should be. Every problem begins with the name of its check (C1 is
// axe-core, the others are our own, ux.md 13) and names an element where it can.
// It presses Tab and Enter: open the page anew before doing more with it.
func Check(t testing.TB, p *Page) []string {
	t.Helper()
	return check(t, p, axe)
}

// CheckOwn is Check without axe-core, which takes as long as all the rest: for a
// page that axe has seen already in the same theme, or at the same width.
func CheckOwn(t testing.TB, p *Page) []string {
	t.Helper()
	return check(t, p, func(context.Context, runtime.ExecutionContextID) ([]string, error) { return nil, nil })
}

func check(t testing.TB, p *Page, axe func(context.Context, runtime.ExecutionContextID) ([]string, error)) []string {
	t.Helper()
	p.For(t)
	found := p.heard.problems(p.url)
	p.step("checking", func(ctx context.Context) error {
		world, err := isolated(ctx)
		if err != nil {
			return err
		}
		own, err := p.own(ctx, world)
		if err != nil {
			return fmt.Errorf("own checks: %w", err)
		}
		violations, err := axe(ctx, world)
		if err != nil {
			return fmt.Errorf("axe: %w", err)
		}
		skip, err := skipLink(ctx, world)
		if err != nil {
			return fmt.Errorf("skip link: %w", err)
		}
		found = slices.Concat(found, own, violations, skip)
		return nil
	})
	slices.Sort(found)
	return slices.Compact(found)
}

// isolated makes a world beside the page's scripts: the same document, but
// neither their variables nor their policy.
func isolated(ctx context.Context) (runtime.ExecutionContextID, error) {
	tree, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		return 0, err
	}
	world, err := chromedp.Call(ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{
		FrameID: tree.FrameTree.Frame.ID, WorldName: "checks", ContentSecurityPolicy: "script-src 'none'",
	})
	return world.ExecutionContextID, err
}

// within evaluates an expression, or a promise, in a world.
func within[T any](ctx context.Context, world runtime.ExecutionContextID, expression string) (T, error) {
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise, func(p *runtime.EvaluateParams) {
		p.ContextID = world
	}))
}

// own runs check.js.
func (p *Page) own(ctx context.Context, world runtime.ExecutionContextID) ([]string, error) {
	source, err := p.source(ctx)
	if err != nil {
		return nil, err
	}
	args, err := json.Marshal(map[string]any{
		"lang": p.options.Lang, "touch": p.options.touch(), "width": p.options.Width, "tall": tall,
		"status": p.status, "source": source,
	})
	if err != nil {
		return nil, err
	}
	return within[[]string](ctx, world, "("+checks+")("+string(args)+")")
}

// source is the page as it came over the wire, before any script touched it.
func (p *Page) source(ctx context.Context) (string, error) {
	id, ok := p.heard.document()
	if !ok {
		return "", fmt.Errorf("no page was opened")
	}
	body, err := chromedp.Call(ctx, network.GetResponseBody, network.GetResponseBodyParams{RequestID: id})
	return string(body.Body), err
}

// skipLink is C3: the first Tab reaches a link to the content, which is seen
// when it has the focus and leads there. A page that sets the focus itself (to
// its error summary) is judged by the order of the document alone.
func skipLink(ctx context.Context, world runtime.ExecutionContextID) ([]string, error) {
	const focus = `(() => {
		const at = document.activeElement
		const href = at?.getAttribute('href') ?? ''
		const r = at?.getBoundingClientRect()
		const top = r && document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2)
		return {tag: at?.localName ?? '', href, seen: !!r && r.width > 1 && r.height > 1 && (top === at || at.contains(top)),
			leads: href.length > 1 && href[0] === '#' && !!document.getElementById(href.slice(1)), hash: location.hash}
	})()`
	type state struct {
		Tag, Href, Hash string
		Seen, Leads     bool
	}
	before, err := within[state](ctx, world, focus)
	if err != nil || before.Tag != "body" {
		return nil, err
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
		return nil, err
	}
	at, err := within[state](ctx, world, focus)
	if err != nil {
		return nil, err
	}
	switch {
	case at.Tag != "a" || !strings.HasPrefix(at.Href, "#"):
		return []string{fmt.Sprintf("C3: the first Tab must reach a link to the content, not <%s href=%q>", at.Tag, at.Href)}, nil
	case !at.Leads:
		return []string{fmt.Sprintf("C3: the skip link leads to %s, which is not there", at.Href)}, nil
	case !at.Seen:
		return []string{"C3: the skip link is not seen when it has the focus"}, nil
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		return nil, err
	}
	if at, err = within[state](ctx, world, focus); err == nil && at.Hash == "" {
		return []string{"C3: the skip link does nothing"}, nil
	}
	return nil, err
}
