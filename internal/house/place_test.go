package house_test

import (
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNothingNamesAMachine: neither where something was built, nor where
// packages were fetched from. The names are put together here, or this file
// would be found.
func TestNothingNamesAMachine(t *testing.T) {
	dot, slash := ".", "/"
	hosts := regexp.MustCompile(`(?i)` + strings.ReplaceAll(strings.Join([]string{
		"proxy golang org", "sum golang org", "goproxy [a-z]+", "registry npmjs org", "registry yarnpkg com",
		"deb debian org", "security debian org", "snapshot debian org", "pypi org", "files pythonhosted org", "static crates io",
	}, "|"), " ", `\`+dot))
	paths := regexp.MustCompile("(^|[\\s\"'`=(:])" + slash + `(work|root|tmp|home|Users)` + slash + `[\w.-]`)
	for _, planted := range []string{"GOPROXY=https://proxy" + dot + "golang" + dot + "org", "x deb" + dot + "debian" + dot + "org"} {
		if !hosts.MatchString(planted) {
			t.Errorf("%s: not seen", planted)
		}
	}
	if !paths.MatchString(`"` + slash + "tmp" + slash + `x"`) {
		t.Error("a path is not seen")
	}
	w := newWall(t, "name packages by name only, and folders from the root or through os.MkdirTemp", placeExceptions)
	texts(t, func(name, text string) {
		if hit := hosts.FindString(text); hit != "" {
			w.broken(name, "names a package registry: %s", hit)
		}
		if hit := paths.FindString(text); hit != "" {
			w.broken(name, "names a folder of one machine: %s", strings.TrimSpace(hit))
		}
	})
}

var (
	physical = []*regexp.Regexp{
		regexp.MustCompile(`(margin|padding|border|scroll-margin|scroll-padding|inset)-(left|right)\b`),
		regexp.MustCompile(`border-(top|bottom)-(left|right)-radius`),
		regexp.MustCompile(`(^|[;{\s])(left|right)\s*:`),
		regexp.MustCompile(`(text-align|float|clear|caption-side)\s*:\s*(left|right)\b`),
	}
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	important  = regexp.MustCompile(`[^{}]*\{[^{}]*!important`)
	idRule     = regexp.MustCompile(`(?m)(^|[},\s])#[a-zA-Z][\w-]*[^;{}]*\{`)
)

// faults tells what of a style sheet does not mirror, or cannot be overruled.
func faults(css string) []string {
	css = cssComment.ReplaceAllString(css, "")
	var found []string
	for _, p := range physical {
		if hit := p.FindString(css); hit != "" {
			found = append(found, strings.TrimSpace(hit)+": use the logical property (inline-start, inline-end)")
		}
	}
	for _, hit := range important.FindAllString(css, -1) {
		if !strings.Contains(hit, "[hidden]") {
			found = append(found, "!important outside [hidden]: "+strings.Join(strings.Fields(hit), " "))
		}
	}
	if hit := idRule.FindString(css); hit != "" {
		found = append(found, "a rule for an id: "+strings.TrimSpace(hit))
	}
	return found
}

func TestFaultsOfStyleSheetsAreSeen(t *testing.T) {
	for _, css := range []string{"a{margin-left:1px}", "a{left:0}", "a{text-align:right}", "a{float:left}", "a{color:red!important}", "#x{color:red}", "a{border-top-left-radius:0}", "a{padding-right:0}"} {
		if faults(css) == nil {
			t.Errorf("%s: not seen", css)
		}
	}
	for _, css := range []string{"a{margin-inline-start:1px}", "[hidden]{display:none!important}", "/* left: */ a{color:#fff}", "a{inset-inline-end:0;text-align:start}", "a{background-position:left top}"} {
		if found := faults(css); found != nil {
			t.Errorf("%s: %v", css, found)
		}
	}
}

func TestStyleSheetsMirror(t *testing.T) {
	w := newWall(t, "logical properties only, no !important outside [hidden], no ids", styleExceptions)
	err := filepath.WalkDir(filepath.Join(root, "internal/web"), func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".css" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		from, _ := filepath.Rel(root, name)
		for _, f := range faults(string(text)) {
			w.broken(filepath.ToSlash(from), "%s", f)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestClockIsInjected: only source reads the clock, so that stories and tests
// run on theirs.
func TestClockIsInjected(t *testing.T) {
	w := newWall(t, "take a *source.Source as a field, set in server", clockExceptions)
	for _, s := range parsed(t) {
		// Measuring how long something took is the business of these.
		if s.test || strings.HasPrefix(s.dir, "internal/bench") || s.dir == "internal/db" || s.dir == "internal/db/dbtest" || s.dir == "internal/browsertest" || s.dir == "internal/server" || strings.HasPrefix(s.dir, "cmd/") {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				switch name := types.ExprString(sel); name {
				case "time.Now", "time.Since", "time.Until":
					w.broken(s.path, "line %d: %s", files.Position(n.Pos()).Line, name)
				}
			}
			return true
		})
	}
}
