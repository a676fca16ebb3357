package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var readsVariable = regexp.MustCompile(`"(TIDEWAITER_[A-Z]+|NOTIFY_SOCKET|LC_ALL|LANG)"`)

// TestConfigurationIsWhole: the page names every flag of serve and every variable
// that the program reads, and no variable that it does not.
func TestConfigurationIsWhole(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "reference", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	serve, _, err := command(func(string) string { return "" }, &out, &out).Find([]string{"serve"})
	if err != nil {
		t.Fatal(err)
	}
	flags := regexp.MustCompile(`(?m)^ +(--[a-z-]+)`).FindAllStringSubmatch(serve.LocalFlags().FlagUsages(), -1)
	if len(flags) < 10 {
		t.Fatalf("only %d flags: %q", len(flags), flags)
	}
	for _, f := range flags {
		if !strings.Contains(string(text), "`"+f[1]+"`") {
			t.Errorf("configuration.md lacks %s", f[1])
		}
	}
	read := map[string]bool{}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range readsVariable.FindAllStringSubmatch(string(source), -1) {
			read[m[1]] = true
		}
	}
	for name := range read {
		if !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("configuration.md lacks %s", name)
		}
	}
	for _, name := range regexp.MustCompile("`(TIDEWAITER_[A-Z]+)`").FindAllStringSubmatch(string(text), -1) {
		if !read[name[1]] {
			t.Errorf("configuration.md names %s, which nothing reads", name[1])
		}
	}
}
