package browsertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/chromedp/cdproto/runtime"
)

// axeFile is test data: it is never linked into the product nor served by it.
const axeFile = "third_party/js/axe-core-4.14.1/axe.min.js"

var axeSource = sync.OnceValues(func() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(root, axeFile))
	return string(source), err
})

// moduleRoot is the folder of go.mod, above the folder that a test runs in.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// axeRun is C1: WCAG 2.2 level AA and axe's best practice.
const axeRun = `axe.run(document, {
	runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
	resultTypes: ['violations'],
}).then(result => result.violations.flatMap(v => v.nodes.slice(0, 5).map(n =>
	'C1: axe ' + v.id + ': ' + v.help + ': ' + n.target.join(' ') + ' ' +
	[...n.any, ...n.all, ...n.none].map(c => c.message).slice(0, 2).join('; '))))`

// axe gives the violations that axe-core finds.
func axe(ctx context.Context, world runtime.ExecutionContextID) ([]string, error) {
	source, err := axeSource()
	if err != nil {
		return nil, err
	}
	if _, err := within[bool](ctx, world, source+"\n;true"); err != nil {
		return nil, err
	}
	found, err := within[[]string](ctx, world, axeRun)
	for i := range found {
		found[i] = clip(found[i])
	}
	return found, err
}
