package kit_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// rule is something the sources may not hold.
type rule struct {
	name string
	re   *regexp.Regexp
	cure string
}

var sheetRules = []rule{
	{"physical property", regexp.MustCompile(`(?:^|[\s;{])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius|overflow-[xy])\s*:`), "use the logical property (inline-start, block-size...)"},
	{"physical value", regexp.MustCompile(`(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)`), "use start or end"},
	{"id selector", regexp.MustCompile(`#[a-zA-Z][\w-]*[^;{}]*\{`), "use a class"},
	{"letter spacing, capitals or italics", regexp.MustCompile(`letter-spacing|text-transform|font-style\s*:\s*italic`), "scripts without them break; leave it"},
	{"data address", regexp.MustCompile(`url\(\s*['"]?data:`), "the policy forbids data:; put a file into picture/"},
}

var (
	importantRe = regexp.MustCompile(`!important`)
	colourRe    = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch|hwb|color)\(|:\s*(?:white|black|red|green|blue|gr[ae]y|navy|teal|orange|yellow)\b`)
	shorthandRe = regexp.MustCompile(`(?:^|[\s;{])(?:margin|padding|inset|border-width|border-color|border-style)\s*:\s*([^;}]+)`)
	queryRe     = regexp.MustCompile(`@(?:media|container|supports)[^{]*\{`)
)

// sheetProblems reads one sheet. Width and height in media queries are the
// window's, not a box's.
func sheetProblems(name, src string) []string {
	src = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(src, "")
	src = queryRe.ReplaceAllString(src, "@query {")
	var out []string
	for i, line := range strings.Split(src, "\n") {
		say := func(what, cure string) {
			out = append(out, name+":"+itoa(i+1)+": "+what+": "+cure+": "+strings.TrimSpace(line))
		}
		for _, r := range sheetRules {
			if r.name == "physical property" && strings.Contains(line, "overflow-x: auto") {
				line = strings.Replace(line, "overflow-x: auto", "", 1) // no logical name in all engines yet
			}
			if r.re.MatchString(line) {
				say(r.name, r.cure)
			}
		}
		if importantRe.MatchString(line) && !strings.HasPrefix(line, "[hidden]") {
			say("!important", "layers decide; only [hidden] may")
		}
		if name != "tokens.css" && colourRe.MatchString(line) {
			say("colour outside tokens", "give it a name in tokens.css")
		}
		for _, m := range shorthandRe.FindAllStringSubmatch(line, -1) {
			if v := split(m[1]); len(v) == 4 && v[1] != v[3] {
				say("four values", "the second is the right side in every direction: use -inline-start and -end")
			}
		}
	}
	return out
}

// split cuts a value at its spaces, not inside parentheses.
func split(value string) []string {
	var out []string
	depth, start := 0, 0
	value = strings.TrimSpace(value) + " "
	for i, r := range value {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ' ' && depth == 0:
			if i > start {
				out = append(out, value[start:i])
			}
			start = i + 1
		}
	}
	return out
}

func itoa(n int) string {
	if n >= 10 {
		return itoa(n/10) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

var markupRules = []rule{
	{"inline style", regexp.MustCompile(`\sstyle\s*=|<style\b`), "write a class; the policy has no inline styles"},
	{"inline script", regexp.MustCompile(`<script(?:\s[^>]*)?>\s*[^<\s]`), "put it into internal/web/assets/ts"},
	{"inline handler", regexp.MustCompile(`(?i)\son[a-z]+\s*=`), "use a form or a link"},
	{"hx-on", regexp.MustCompile(`hx-on|hx-live|hx-boost|hx-vals|hx-headers`), "not on the list of attributes"},
	{"javascript address", regexp.MustCompile(`(?i)["'{=\s](?:js|javascript):`), "use a form or a link"},
	{"bare hx attribute", regexp.MustCompile(`\s(?:data-)?hx-[a-z:-]+\s*=`), "write it with { page.HX(...)... }, which adds the nonce"},
	{"raw markup", regexp.MustCompile(`templ\.Raw\(|@templ\.Raw|unsafe(?:HTML|URL)`), "write a component"},
	{"templ script or css block", regexp.MustCompile(`(?m)^(?:script|css) \w+\(`), "they become inline code"},
}

func markupProblems(name, src string) []string {
	var out []string
	for _, r := range markupRules {
		if loc := r.re.FindStringIndex(src); loc != nil {
			line := 1 + strings.Count(src[:loc[0]], "\n")
			out = append(out, name+":"+itoa(line)+": "+r.name+": "+r.cure)
		}
	}
	return out
}

// TestSheets holds the sheets to their rules.
func TestSheets(t *testing.T) {
	files, err := filepath.Glob("../assets/css/*.css")
	if err != nil || len(files) < 8 {
		t.Fatalf("found %d sheets: %v", len(files), err)
	}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range sheetProblems(filepath.Base(f), string(src)) {
			t.Error(p)
		}
	}
}

// TestMarkup holds every template of the pages to the policy.
func TestMarkup(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".templ" {
			return err
		}
		seen++
		src, err := os.ReadFile(path)
		for _, p := range markupProblems(path, string(src)) {
			t.Error(p)
		}
		return err
	})
	if err != nil || seen < 5 {
		t.Fatalf("read %d templates: %v", seen, err)
	}
}

// TestRulesBite shows each rule something it must refuse, and what it must not.
func TestRulesBite(t *testing.T) {
	for _, bad := range []string{
		".a { margin-left: 1px; }", ".a{right:0}", ".a { text-align: left; }", ".a { width: 3rem; }", "#top { color: inherit; }",
		".a { display: none !important; }", ".a { color: #fff; }", ".a { color: rgb(1 2 3); }", ".a { background: white; }",
		".a { margin: 0 1px 0 2px; }", ".a { background: url(data:x); }", ".a { letter-spacing: 1px; }", "@media print { .a { max-width: 2px; } }",
	} {
		if len(sheetProblems("x.css", bad)) == 0 {
			t.Errorf("sheet rule missing for %s", bad)
		}
	}
	for _, good := range []string{
		"@media (max-width: 40em) and (min-height: 2em) {", ".a { margin-inline-start: 1px; }", "[hidden] { display: none !important; }",
		".a { padding: 0 1px 2px 1px; color: var(--ink); text-align: start; }", ".a { margin-inline: calc(-1 * var(--s6)); }",
	} {
		if p := sheetProblems("x.css", good); len(p) > 0 {
			t.Errorf("refused what is right: %v", p)
		}
	}
	for _, bad := range []string{
		`<p style="x">`, `<style>p{}</style>`, `<script>x()</script>`, `<a onclick="x">`, `<a href="javascript:x">`, `<a hx-get="/x">`,
		`<a hx-on:click="x">`, `{ templ.Raw(x) }`, "script go() {", `<a data-hx-get="/x">`,
	} {
		if len(markupProblems("x.templ", bad)) == 0 {
			t.Errorf("markup rule missing for %s", bad)
		}
	}
	for _, good := range []string{`<script src={ x } nonce={ n } defer></script>`, `<a href="/x" class="on">`, `{ p.HX("get", "/x")... }`} {
		if p := markupProblems("x.templ", good); len(p) > 0 {
			t.Errorf("refused what is right: %v", p)
		}
	}
}
