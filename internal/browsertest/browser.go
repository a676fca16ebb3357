package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
)

// Browser is the Chromium of this test process.
type Browser struct {
	ctx      context.Context
	lifeline *os.File // open as long as the process lives; see reaper
}

// errNoChromium says that there is no browser to test with.
var errNoChromium = errors.New("no Chromium is installed (Debian: apt-get install chromium fonts-noto-core fonts-noto-cjk)")

// Open gives the process's browser, started at the first call. It skips the
// test, or fails it where Chromium is required, when there is none.
func Open(t testing.TB) *Browser {
	t.Helper()
	b, err := browser()
	switch {
	case err == nil:
		return b
	case errors.Is(err, errNoChromium) && os.Getenv("CI") != "true" && os.Getenv("TIDEWAITER_REQUIRE_CHROMIUM") != "1":
		t.Skipf("NOT RUN IN A BROWSER: %v", err)
	default:
		t.Fatalf("starting Chromium: %v", err)
	}
	return nil
}

var browser = sync.OnceValues(start)

func start() (*Browser, error) {
	path := find()
	if path == "" {
		return nil, errNoChromium
	}
	profile, err := os.MkdirTemp("", "tidewaiter-chromium.")
	if err != nil {
		return nil, err
	}
	lifeline, err := reap(profile)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(profile))
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(profile),
		// Its settings folder too, so that nothing is read from or left in a home.
		chromedp.Env("HOME="+profile, "XDG_CONFIG_HOME="+profile, "XDG_CACHE_HOME="+profile),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "en"),
		// One site, in few processes: to start one for each page and keep the page
		// before it took a tenth of all the browser's work.
		chromedp.Flag("process-per-site", true),
		chromedp.Flag("renderer-process-limit", "1"),
		chromedp.Flag("disable-site-isolation-trials", true),
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,BackForwardCache,SpareRendererForSitePerProcess,ProactivelySwapBrowsingInstance"),
		// No other machine is reached, whatever a page asks for.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
	)
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // its sandbox refuses root
	}
	ctx, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil { // starts the browser
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &Browser{ctx: ctx, lifeline: lifeline}, nil
}

func find() string {
	for _, name := range []string{os.Getenv("TIDEWAITER_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	return ""
}

// reaper waits on its standard input, a pipe that the test process holds, and
// removes the profile when that ends. The browser, whose own pipe ended at the
// same moment, may still write for a little while.
const reaper = `
cat >/dev/null
n=0
while [ -e "$1" ] && [ $n -lt 100 ]; do
  rm -rf "$1" 2>/dev/null
  n=$((n + 1))
  sleep 0.1
done
`

func reap(dir string) (*os.File, error) {
	reads, writes, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("/bin/sh", "-c", reaper, "sh", dir)
	cmd.Dir = os.TempDir()
	cmd.Stdin = reads
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return writes, reads.Close()
}
