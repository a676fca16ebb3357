// Package browsertest opens pages in headless Chromium, as their readers do.
//
// Open gives the one browser of the test process; each Page is a tab in a
// profile of its own, so cookies never leak from one to the next. Check runs
// axe-core and our own checks (ux.md 13, named C2, C3 and so on) on a page and
// gives back what is wrong, in sentences for the person who must cure it. The
// checks run in a world of their own beside the page's scripts: the page keeps
// its strict Content-Security-Policy and Trusted Types, so violations of them
// are seen as they happen to a reader, and axe runs all the same.
//
// A tab that has run the checks before runs them four times as fast: open one
// Page for each reader (options, cookies), Go from address to address, and turn
// it to another look with As.
//
// Names resolve to this machine only: whatever a page asks of another host is
// reported and goes nowhere. The browser and its profile are gone when the test
// process ends, however it ends.
//
// Where Chromium is missing tests are skipped with a line that says so; with
// CI=true or TIDEWAITER_REQUIRE_CHROMIUM=1 they fail. Only tests import this.
package browsertest
