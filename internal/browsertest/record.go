package browsertest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// record is what a tab was heard to do since its page was asked for. Its
// listener runs on the goroutine that reads the browser's messages.
type record struct {
	sync.Mutex
	requests  []*network.Request
	responses []*network.EventResponseReceived
	errors    []logged // of the console and of the browser about the page
	policy    []string // violations of the Content-Security-Policy or of Trusted Types
}

type logged struct {
	text, url string
	network   bool
}

func newRecord() *record { return &record{} }

func (r *record) forget() {
	r.Lock()
	defer r.Unlock()
	r.requests, r.responses, r.errors, r.policy = nil, nil, nil, nil
}

func (r *record) hear(event any) {
	r.Lock()
	defer r.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		r.requests = append(r.requests, e.Request)
	case *network.EventResponseReceived:
		r.responses = append(r.responses, e)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			r.errors = append(r.errors, logged{e.Entry.Text, e.Entry.URL, e.Entry.Source == log.EntrySourceNetwork})
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		r.errors = append(r.errors, logged{text: text})
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			r.errors = append(r.errors, logged{text: said(e.Args)})
		}
	case *audits.EventIssueAdded:
		if d := e.Issue.Details.ContentSecurityPolicyIssueDetails; d != nil {
			r.policy = append(r.policy, fmt.Sprintf("%s %s %s", d.ViolatedDirective, d.ContentSecurityPolicyViolationType, d.BlockedURL))
		}
	}
}

// said is what a call of console.error said.
func said(args []*runtime.RemoteObject) string {
	var parts []string
	for _, a := range args {
		if a.Description != "" {
			parts = append(parts, a.Description)
		} else {
			parts = append(parts, strings.Trim(string(a.Value), `"`))
		}
	}
	return strings.Join(parts, " ")
}

// problems says what went over the wire or into the console that should not
// have: C24 (other hosts), C25 (console, policy), C26 (caching).
func (r *record) problems(page string) []string {
	r.Lock()
	defer r.Unlock()
	var found []string
	home, _ := url.Parse(page)
	for _, q := range r.requests {
		// Native controls draw themselves from data; a page's own is a matter of
		// its policy. Neither leaves the machine.
		if strings.HasPrefix(q.URL, "data:") || strings.HasPrefix(q.URL, "blob:") {
			continue
		}
		if u, err := url.Parse(q.URL); err != nil || u.Host != home.Host {
			found = append(found, "C24: asks another host: "+clip(q.URL))
		}
	}
	for _, e := range r.errors {
		// The browser logs the status of a page that is rightly a 404 or 422.
		if e.network && e.url == page {
			continue
		}
		found = append(found, "C25: console error: "+clip(e.text)+" "+clip(e.url))
	}
	for _, v := range r.policy {
		found = append(found, "C25: Content-Security-Policy violated: "+clip(v))
	}
	return append(found, r.caching()...)
}

// caching: pages with data are never stored, assets are stored for ever under
// a name made from their content.
func (r *record) caching() []string {
	var found []string
	for _, e := range r.responses {
		held := strings.ToLower(header(e.Response.Headers, "Cache-Control"))
		switch e.Type {
		case network.ResourceTypeDocument:
			if !strings.Contains(held, "no-store") {
				found = append(found, fmt.Sprintf("C26: a page must say Cache-Control: no-store, not %q: %s", held, clip(e.Response.URL)))
			}
		case network.ResourceTypeScript, network.ResourceTypeStylesheet:
			if !strings.Contains(held, "immutable") {
				found = append(found, fmt.Sprintf("C26: an asset must say Cache-Control: immutable, not %q: %s", held, clip(e.Response.URL)))
			}
		}
	}
	return found
}

// document is the request that brought the page, the last if there were redirects.
func (r *record) document() (network.RequestID, bool) {
	r.Lock()
	defer r.Unlock()
	for _, e := range slices.Backward(r.responses) {
		if e.Type == network.ResourceTypeDocument {
			return e.RequestID, true
		}
	}
	return "", false
}

func header(h network.Headers, name string) string {
	for k, v := range h {
		if strings.EqualFold(k, name) {
			return fmt.Sprint(v)
		}
	}
	return ""
}

// clip keeps one problem on one line.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}
