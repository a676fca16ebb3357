package house_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/tidewaiter/tidewaiter"

// root is the folder of go.mod.
var root = filepath.Join("..", "..")

// source is one Go file of the product's module.
type source struct {
	path      string // from the root, with slashes
	dir       string
	ast       *ast.File
	lines     int
	test      bool
	generated bool
}

var files = token.NewFileSet()

// sources parses every Go file of the module once, tools apart (they are a
// module of their own).
var sources = sync.OnceValues(func() ([]source, error) {
	var all []source
	for _, top := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil && top == "cmd" && os.IsNotExist(err):
				return nil
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return filepath.SkipDir
			case d.IsDir() || !strings.HasSuffix(name, ".go"):
				return nil
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			from, err := filepath.Rel(root, name)
			if err != nil {
				return err
			}
			from = filepath.ToSlash(from)
			parsed, err := parser.ParseFile(files, from, text, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			all = append(all, source{
				path: from, dir: path.Dir(from), ast: parsed, lines: bytes.Count(text, []byte("\n")),
				test: strings.HasSuffix(from, "_test.go"), generated: ast.IsGenerated(parsed) || isGenerated(from),
			})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
})

func isGenerated(name string) bool {
	return strings.HasSuffix(name, "_templ.go") || strings.HasSuffix(name, "_gen.go")
}

func parsed(t *testing.T) []source {
	t.Helper()
	all, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d files found: the walls look in the wrong place", len(all))
	}
	return all
}

// room is the folder below internal: "seizure", "web/kit". Commands are "cmd".
func (s source) room() string { return roomOf(s.dir) }

func roomOf(dir string) string {
	if below, ok := strings.CutPrefix(dir, "internal/"); ok {
		return below
	}
	return "cmd"
}

// imports gives what a file imports.
func (s source) imports() []string {
	var all []string
	for _, i := range s.ast.Imports {
		all = append(all, strings.Trim(i.Path.Value, `"`))
	}
	return all
}

// committed lists every file that is, or may be, committed.
var committed = sync.OnceValues(func() ([]string, error) {
	cmd := exec.Command("git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	names := strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
	slices.Sort(names)
	return slices.Compact(names), nil
})

// texts calls f with every committed file of text, other people's apart.
func texts(t *testing.T, f func(name, text string)) {
	t.Helper()
	names, err := committed()
	if err != nil {
		t.Skipf("NOT LOOKED AT: files that are committed: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) { // deleted, not yet committed
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "third_party/") || len(text) > 4<<20 || bytes.IndexByte(text[:min(len(text), 8000)], 0) >= 0 {
			continue
		}
		f(name, string(text))
	}
}

// wall collects what breaks a rule, lets reviewed exceptions through, and fails
// for those that are no longer needed.
type wall struct {
	t       *testing.T
	cure    string
	allowed map[string]string // place -> reason
	used    map[string]bool
}

func newWall(t *testing.T, cure string, allowed map[string]string) *wall {
	w := &wall{t: t, cure: cure, allowed: allowed, used: map[string]bool{}}
	t.Cleanup(func() {
		for place := range allowed {
			if !w.used[place] {
				t.Errorf("%s: the exception is not needed any more (cure: take it out of exception_test.go)", place)
			}
		}
	})
	return w
}

// broken reports a place that breaks the rule.
func (w *wall) broken(place, format string, args ...any) {
	w.t.Helper()
	if _, ok := w.allowed[place]; ok {
		w.used[place] = true
		return
	}
	w.t.Errorf("%s: "+format+"\n\tcure: %s", append(append([]any{place}, args...), w.cure)...)
}
