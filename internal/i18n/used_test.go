package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// keyUses are the ways in which a program names a text, and whether arguments
// follow.
var keyUses = []*regexp.Regexp{
	regexp.MustCompile(`\.T\(\s*"([^"]+)"\s*([,)])`),
	regexp.MustCompile(`\.TextLang\("([^"]+)"()\)`),
	regexp.MustCompile(`i18n\.Key\("([^"]+)"(\))`),
	regexp.MustCompile(`fault\.Of\([\w.]+,\s*"([^"]+)"\s*([,)])`),
	regexp.MustCompile(`\.Add\([^,\n]+,\s*"(fault\.[^"]+)"\s*([,)])`),
}

// TestTextsExist finds what a reader would see as «key»: texts that the program
// names and the English catalogue lacks. Keys put together at run time are
// tested where that is done.
func TestTextsExist(t *testing.T) {
	english := catalogueOf(English)
	root, found := filepath.Join("..", ".."), 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		source := strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".templ")
		if !source || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, use := range keyUses {
			for _, m := range use.FindAllStringSubmatch(string(b), -1) {
				found++
				e, ok := english.entries[m[1]]
				if !ok {
					t.Errorf("%s names the text %q, which the English catalogue lacks", path, m[1])
				} else if args := e.forms["other"].args(); m[2] == ")" && len(args) > 0 {
					t.Errorf("%s gives the text %q no arguments; it takes {%s}", path, m[1], strings.Join(args, "} {"))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 20 {
		t.Errorf("only %d uses of texts found: the patterns no longer fit the program", found)
	}
}
