package house_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

const (
	maxDependencies = 27
	dependencyFile  = "docs/decisions/0002-dependencies.md"
)

func modules(t *testing.T, name string) *modfile.File {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := modfile.Parse(name, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// direct gives the modules that the product's own files import, tests included.
func direct(t *testing.T) []string {
	t.Helper()
	var all []string
	required := modules(t, filepath.Join(root, "go.mod")).Require
	for _, s := range parsed(t) {
		for _, path := range s.imports() {
			best := ""
			for _, r := range required {
				if (path == r.Mod.Path || strings.HasPrefix(path, r.Mod.Path+"/")) && len(r.Mod.Path) > len(best) {
					best = r.Mod.Path
				}
			}
			if best != "" && !slices.Contains(all, best) {
				all = append(all, best)
			}
		}
	}
	slices.Sort(all)
	return all
}

func TestDependenciesAreFew(t *testing.T) {
	if all := direct(t); len(all) > maxDependencies || len(all) < 5 {
		t.Errorf("%d direct dependencies, at most %d: %v\n\tcure: do without one, or say in a decision why not", len(all), maxDependencies, all)
	}
}

func TestModuleFileSaysWhatIsDirect(t *testing.T) {
	all := direct(t)
	for _, r := range modules(t, filepath.Join(root, "go.mod")).Require {
		if r.Indirect && slices.Contains(all, r.Mod.Path) {
			t.Errorf("go.mod: %s is imported by our own files but marked indirect (cure: go mod tidy)", r.Mod.Path)
		}
	}
}

// TestEveryDependencyIsDecided: each has a line that says who keeps it, its
// licence, and what it replaces.
func TestEveryDependencyIsDecided(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, dependencyFile))
	if err != nil {
		t.Fatal(err)
	}
	wanted := direct(t)
	for _, tool := range modules(t, filepath.Join(root, "tools/go.mod")).Tool {
		wanted = append(wanted, toolModule(tool.Path))
	}
	for _, vendored := range vendoredScripts(t) {
		wanted = append(wanted, filepath.Base(vendored))
	}
	for _, name := range wanted {
		if !bytes.Contains(text, []byte("| `"+name+"` |")) {
			t.Errorf("%s has no line for `%s` (cure: say who keeps it, its licence, what it replaces)", dependencyFile, name)
		}
	}
}

// toolModule is the module of a tool's package, for the tools we have.
func toolModule(path string) string {
	for _, m := range []string{"honnef.co/go/tools", "golang.org/x/vuln", "github.com/a-h/templ", "github.com/evanw/esbuild"} {
		if strings.HasPrefix(path, m) {
			return m
		}
	}
	return path
}

func vendoredScripts(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(root, "third_party/js/*"))
	if err != nil || len(all) == 0 {
		t.Fatalf("third_party/js: %v, %v", all, err)
	}
	return all
}

// TestVendoredScriptsAreWhatTheyWere: each folder has its licence, and every
// file the hash that was written down when it was taken in.
func TestVendoredScriptsAreWhatTheyWere(t *testing.T) {
	for _, dir := range vendoredScripts(t) {
		text, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(dir), err)
			continue
		}
		sums := map[string]string{}
		for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
			sum, name, _ := strings.Cut(lines.Text(), "  ")
			sums[name] = sum
		}
		if sums["LICENSE"] == "" {
			t.Errorf("%s: no LICENSE among its SHA256SUMS", filepath.Base(dir))
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Name() == "SHA256SUMS" {
				continue
			}
			file, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if sum := sha256.Sum256(file); sums[e.Name()] != hex.EncodeToString(sum[:]) {
				t.Errorf("%s/%s is not what SHA256SUMS says (cure: take the file from its release again)", filepath.Base(dir), e.Name())
			}
		}
	}
}

// TestSQLiteHasItsOwnLibc: the driver is translated C and runs only on the libc
// it was made with.
func TestSQLiteHasItsOwnLibc(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatalf("go list -m modernc.org/sqlite: %v", err)
	}
	const libc = "modernc.org/libc"
	want, have := versionOf(modules(t, strings.TrimSpace(string(out))), libc), versionOf(modules(t, filepath.Join(root, "go.mod")), libc)
	if want == "" || have != want {
		t.Errorf("go.mod has %s %s, modernc.org/sqlite was made with %s (cure: go get %s@%s)", libc, have, want, libc, want)
	}
}

func versionOf(f *modfile.File, module string) string {
	for _, r := range f.Require {
		if r.Mod.Path == module {
			return r.Mod.Version
		}
	}
	return ""
}
