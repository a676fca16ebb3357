package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/api"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web"
)

var root = filepath.Join("..", "..")

// TestReference: what the reference says of commands, permissions and routes is
// what the program has. With -update it is written anew.
func TestReference(t *testing.T) {
	for name, generated := range map[string]string{
		"commands.md": commandsText(), "permissions.md": permissionsText(t), "routes.md": routesText(), "api.md": apiText(),
	} {
		path := filepath.Join(root, "docs", "reference", name)
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		const begin, end = "<!-- generated: go test ./cmd/tidewaiter -run TestReference -update -->\n", "<!-- end -->\n"
		head, rest, ok := strings.Cut(string(old), begin)
		_, tail, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Fatalf("%s has no place for what is generated: %s...%s", name, begin, end)
		}
		text := head + begin + "\n" + generated + "\n" + end + tail
		if text == string(old) {
			continue
		}
		if !*update {
			t.Errorf("docs/reference/%s is stale (cure: go test ./cmd/tidewaiter -run TestReference -update)", name)
		} else if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// commandsText lists every subcommand with its flags.
func commandsText() string {
	var b strings.Builder
	none := func(string) string { return "" }
	for _, c := range leaves(command(none, &b, &b)) {
		path := strings.TrimPrefix(c.CommandPath(), "tidewaiter ")
		fmt.Fprintf(&b, "## %s\n\n`tidewaiter %s%s`\n\n%s.\n\n", path, path, strings.TrimPrefix(c.Use, c.Name()), c.Short)
		if c.HasLocalFlags() {
			fmt.Fprintf(&b, "```text\n%s```\n\n", c.LocalFlags().FlagUsages())
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// leaves gives the commands that do something, in the order of their names.
func leaves(c *cobra.Command) (all []*cobra.Command) {
	below := slices.Clone(c.Commands())
	slices.SortFunc(below, func(x, y *cobra.Command) int { return cmp.Compare(x.Name(), y.Name()) })
	for _, b := range below {
		all = append(all, leaves(b)...)
	}
	if len(below) == 0 {
		all = append(all, c)
	}
	return all
}

// permissions reads the names of all permissions where they are declared, in
// that order: those inside an operation, then those of the instance.
func permissions(t *testing.T) (inside, instance []access.Permission) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "internal", "access", "access.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var blocks [][]access.Permission
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		var block []access.Permission
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if id, ok := v.Type.(*ast.Ident); !ok || id.Name != "Permission" {
				continue
			}
			name, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			block = append(block, access.Permission(name))
		}
		if len(block) > 0 {
			blocks = append(blocks, block)
		}
	}
	if len(blocks) != 2 {
		t.Fatalf("%d blocks of permissions in access.go, want two", len(blocks))
	}
	return blocks[0], blocks[1]
}

func permissionsText(t *testing.T) string {
	t.Helper()
	inside, instance := permissions(t)
	var b strings.Builder
	b.WriteString("## Inside an operation\n\n")
	for _, side := range access.Sides() {
		roles := access.RolesOf(side)
		fmt.Fprintf(&b, "Side **%s**:\n\n| Permission |", side)
		for _, r := range roles {
			fmt.Fprintf(&b, " %s |", r)
		}
		b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(roles)) + "\n")
		for _, p := range inside {
			row, any := "", false
			for _, r := range roles {
				mark := ""
				if access.Within(side, []access.Role{r}, p) {
					mark, any = "yes", true
				}
				row += " " + mark + " |"
			}
			if any {
				fmt.Fprintf(&b, "| `%s` |%s\n", p, row)
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("## In the instance\n\n| Permission | anybody signed in | standing contact point | administrator |\n| --- | --- | --- | --- |\n")
	for _, p := range instance {
		fmt.Fprintf(&b, "| `%s` |", p)
		for _, who := range []access.Actor{{}, {ContactPoint: true}, {Administrator: true}} {
			who.Person, who.Organisation = "somebody", 1
			if access.May(who, p) {
				b.WriteString(" yes |")
			} else {
				b.WriteString("  |")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func routesText() string {
	var b strings.Builder
	b.WriteString(tableOf(web.Routes()))
	b.WriteString("\n| Rate | At once | A minute, in the long run |\n| --- | --- | --- |\n")
	for _, class := range slices.Sorted(maps.Keys(door.Rates)) {
		fmt.Fprintf(&b, "| %s | %d | %d |\n", class, door.Rates[class].Burst, door.Rates[class].PerMinute)
	}
	return b.String()
}

func apiText() string { return tableOf(api.Routes()) }

// tableOf lists a door's routes.
func tableOf(all []door.Route) string {
	slices.SortFunc(all, func(x, y door.Route) int {
		return cmp.Or(cmp.Compare(x.Pattern, y.Pattern), cmp.Compare(x.Method, y.Method))
	})
	var b strings.Builder
	b.WriteString("| Method | Path | Command | Body, bytes | Rate |\n| --- | --- | --- | --- | --- |\n")
	for _, r := range all {
		limit := ""
		if r.Limit > 0 {
			limit = strconv.FormatInt(r.Limit, 10)
		}
		fmt.Fprintf(&b, "| %s | `%s` | `%s` | %s | %s |\n", r.Method, strings.TrimSuffix(r.Pattern, "{$}"), r.Command, limit, r.RateOf())
	}
	return b.String()
}

// pages are the texts for people: those at the top, and docs.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	add := func(path string) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		from, _ := filepath.Rel(root, path)
		all[filepath.ToSlash(from)] = string(text)
	}
	for _, name := range []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"} {
		add(filepath.Join(root, name))
	}
	err := filepath.WalkDir(filepath.Join(root, "docs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".md") {
			add(path)
		}
		return err
	})
	if err != nil || len(all) < 15 {
		t.Fatalf("%d pages: %v", len(all), err)
	}
	return all
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)\s]*)?\)`)

// TestLinksLead: every link inside the repository leads to a file, and every
// page of docs is linked from somewhere.
func TestLinksLead(t *testing.T) {
	linked := map[string]bool{}
	for page, text := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			to := filepath.ToSlash(filepath.Join(filepath.Dir(page), m[1]))
			linked[to] = true
			if _, err := os.Stat(filepath.Join(root, to)); err != nil {
				if strings.HasPrefix(to, "docs/screenshots/") {
					t.Errorf("%s shows %s, which is missing (cure: make screenshots)", page, to)
				} else {
					t.Errorf("%s links to %s: %v", page, m[1], err)
				}
			}
		}
	}
	for page := range pages(t) {
		if strings.HasPrefix(page, "docs/") && page != "docs/README.md" && !linked[page] {
			t.Errorf("nothing leads to %s (cure: link it from docs/README.md)", page)
		}
	}
}

var (
	fenced   = regexp.MustCompile("(?s)```sh\n(.*?)```")
	longFlag = regexp.MustCompile(`--[a-z-]+`)
)

// TestCommandsShownAreTold: every command line that a page shows has a story
// that runs the same subcommand with the same flags, and every target exists.
func TestCommandsShownAreTold(t *testing.T) {
	var told []string
	scripts, err := filepath.Glob(filepath.Join(root, "testdata", "scripts", "*.txtar"))
	if err != nil || len(scripts) == 0 {
		t.Fatal("no stories", err)
	}
	for _, name := range scripts {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if _, rest, ok := strings.Cut(line, "exec tidewaiter "); ok {
				told = append(told, rest)
			} else if words := strings.Fields(line); len(words) > 2 && (words[0] == "start" || words[0] == "code" && words[1] == "0") {
				told = append(told, strings.Join(words[2:], " "))
			}
		}
	}
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for page, text := range pages(t) {
		for _, block := range fenced.FindAllStringSubmatch(text, -1) {
			for line := range strings.Lines(strings.ReplaceAll(block[1], "\\\n", " ")) {
				line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
				switch words := strings.Fields(line); {
				case len(words) > 1 && words[0] == "make":
					shown++
					if !bytes.Contains(makefile, []byte("\n"+words[1]+":")) {
						t.Errorf("%s: the Makefile has no target %s", page, words[1])
					}
				case len(words) > 1 && (words[0] == "tidewaiter" || strings.HasSuffix(words[0], "/tidewaiter")):
					shown++
					if !covered(line, told) {
						t.Errorf("%s: no story in testdata/scripts runs %q", page, line)
					}
				}
			}
		}
	}
	if shown < 10 {
		t.Errorf("only %d commands found: the test looks in the wrong place", shown)
	}
}

// covered tells whether a story runs a command line. What --database does is told
// by TestInstanceOnEachEngine.
func covered(line string, told []string) bool {
	_, rest, _ := strings.Cut(line, "tidewaiter ")
	words := strings.Fields(rest)
	return slices.ContainsFunc(told, func(story string) bool {
		if strings.Fields(story)[0] != words[0] {
			return false
		}
		has := longFlag.FindAllString(story, -1)
		for _, f := range longFlag.FindAllString(rest, -1) {
			if f != "--database" && !slices.Contains(has, f) {
				return false
			}
		}
		return true
	})
}
